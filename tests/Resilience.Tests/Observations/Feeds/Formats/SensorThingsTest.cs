using Resilience.Observations;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>SensorThings answers become stations, datastreams and observations, whatever the server's habits.</summary>
public sealed class SensorThingsTest
{
    private const string Datastreams = """
        {"value":[
          {"@iot.id":7,"name":"Wasserstand an der Brücke","unitOfMeasurement":{"name":"Metre","symbol":"m","definition":"ucum:m"},
           "ObservedProperty":{"name":"Water level","definition":"http://example.org/def/WaterLevel"},
           "Thing":{"@iot.id":"gauge:ä/1","name":"Brücke","Locations":[{"encodingType":"application/geo+json","location":{"type":"Feature","geometry":{"type":"Point","coordinates":[89.6,27.5,12]}}}]},
           "Observations":[{"@iot.id":1,"phenomenonTime":"2024-05-01T10:00:00Z","resultTime":null,"result":1.25},{"phenomenonTime":"2024-05-01T09:45:00Z","result":null}],
           "Observations@iot.nextLink":"https://sta.example.org/v1.1/Datastreams(7)/Observations?$skip=2"},
          {"@iot.id":"rain-1","name":"Rain","unitOfMeasurement":{"symbol":"mm"},"ObservedProperty":{"name":"x","definition":"http://example.org/def/precipitation_amount"},
           "Thing":{"@iot.id":2,"name":"Hill","Locations":[{"encodingType":"application/vnd.geo+json","location":{"type":"Point","coordinates":[89.7,27.6]}}]},
           "Observations":[{"phenomenonTime":"2024-05-01T09:00:00+06:00/2024-05-01T10:00:00+06:00","resultTime":"2024-05-01T04:05:00Z","result":"12.5","resultQuality":{"quality":"Suspect"}}]},
          {"@iot.id":3,"name":"Turbidity","unitOfMeasurement":{"symbol":"NTU"},"ObservedProperty":{"name":"Turbidity"},
           "Thing":{"@iot.id":2},"Observations":[{"phenomenonTime":"2024-05-01T10:00:00Z","result":4}]}
        ],"@iot.nextLink":"https://sta.example.org/v1.1/Datastreams?$skip=3&$filter=name%20eq%20'x'"}
        """;

    private static readonly IFeedFormat Format = FeedFormats.Find("sensorthings")!;

    [Fact]
    public async Task Datastreams_with_everything_expanded_are_read()
    {
        var (parsed, trouble) = await Fuzz.ReadAsync(Format, Datastreams);

        Assert.Null(trouble);
        Assert.Empty(parsed.Refused);
        Assert.Equal(["t:gauge:ä/1", "t:2"], parsed.Stations.Keys);
        Assert.Equal((89.6, 27.5), (parsed.Stations["t:gauge:ä/1"].Location.X, parsed.Stations["t:gauge:ä/1"].Location.Y));
        Assert.Equal([(ObservedProperty.Stage, "m"), (ObservedProperty.Rainfall, "mm"), (ObservedProperty.Other, "NTU")], parsed.Datastreams.Values.Select(one => (one.Property, one.Unit)));
        Assert.Equal("Turbidity", parsed.Datastreams["t:2:3"].Name); // nobody judges it, everybody sees it
        Assert.Equal(
            [
                new ParsedObservation("t:gauge:ä/1:7", new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero), 1.25),
                new ParsedObservation("t:2:rain-1", new DateTimeOffset(2024, 5, 1, 4, 0, 0, TimeSpan.Zero), 12.5, "Suspect", true, new DateTimeOffset(2024, 5, 1, 4, 5, 0, TimeSpan.Zero)),
                new ParsedObservation("t:2:3", new DateTimeOffset(2024, 5, 1, 10, 0, 0, TimeSpan.Zero), 4),
            ],
            parsed.Observations);
        Assert.Equal(1, parsed.Missing);
        Assert.Equal("https://sta.example.org/v1.1/Datastreams?$skip=3&$filter=name%20eq%20'x'", parsed.Next!.OriginalString);
    }

    [Fact]
    public async Task A_real_thing_of_the_older_encoding_is_a_station_with_its_datastreams()
    {
        var parsed = await Recording.ParseAsync("sensorthings", "sensorthings-usgs-thing.json");

        var well = Assert.Single(parsed.Stations.Values);
        Assert.Equal(("t:AR008-331856091114601", -91.1969333333333), (well.Id, well.Location.X));
        Assert.Equal([(ObservedProperty.Other, "US Gal/min"), (ObservedProperty.Rainfall, "in")], parsed.Datastreams.Values.Select(one => (one.Property, one.Unit)));
        Assert.Empty(parsed.Refused);
    }

    [Fact]
    public async Task A_real_answer_that_leaves_out_ids_is_set_aside_and_says_so()
    {
        var parsed = await Recording.ParseAsync("sensorthings", "sensorthings-usgs-latest-results.json");

        Assert.Equal(0, parsed.Usable);
        Assert.Equal(4, parsed.Refused["not-understood"].Count);
        Assert.Contains("DCP battery voltage", parsed.Refused["not-understood"].Samples[0]);
    }

    [Fact]
    public async Task Observations_that_carry_their_datastream_are_read_too()
    {
        var (parsed, _) = await Fuzz.ReadAsync(Format, """
            {"value":[{"phenomenonTime":"2024-05-01T10:00:00Z","result":"31","Datastream":{"@iot.id":"'1'","unitOfMeasurement":{"symbol":"m³/s"},"observedArea":{"type":"Polygon","coordinates":[[[89,27],[90,27],[90,28],[89,28],[89,27]]]},"ObservedProperty":{"name":"Streamflow"},"Thing":{"@iot.id":"a b"}}}]}
            """);

        Assert.Equal((89.5, 27.5), (parsed.Stations["t:a b"].Location.X, parsed.Stations["t:a b"].Location.Y));
        Assert.Equal((ObservedProperty.Discharge, "m3/s"), (parsed.Datastreams["t:a b:'1'"].Property, parsed.Datastreams["t:a b:'1'"].Unit));
        Assert.Equal(31, Assert.Single(parsed.Observations).Result);
    }

    [Theory]
    [InlineData("\"2024-05-01T10:00:00\"", "1", "no-zone")]
    [InlineData("\"2024-05-01T10:00:00Z/..\"", "1", "no-zone")]
    [InlineData("\"2024-05-01T10:00:00Z/2024-05-01T09:00:00Z\"", "1", "no-time")]
    [InlineData("null", "1", "no-time")]
    [InlineData("\"2024-05-01T10:00:00Z\"", "\"open\"", "not-a-number")]
    [InlineData("\"2024-05-01T10:00:00Z\"", "true", "not-a-number")]
    [InlineData("\"2024-05-01T10:00:00Z\"", "1e999", "not-a-number")]
    public async Task What_cannot_be_used_is_set_aside_with_its_reason(string time, string result, string reason)
    {
        var (parsed, _) = await Fuzz.ReadAsync(Format, $$"""{"value":[{"@iot.id":1,"unitOfMeasurement":{"symbol":"m"},"Thing":{"@iot.id":1},"Observations":[{"phenomenonTime":{{time}},"result":{{result}} }]}]}""");

        Assert.Equal([reason], parsed.Refused.Keys);
        Assert.Empty(parsed.Observations);
    }

    [Theory]
    [InlineData("Water level", "mg/l", ObservedProperty.Other)]
    [InlineData("Groundwater level", "m", ObservedProperty.Other)]
    [InlineData("Rainfall intensity", "mm", ObservedProperty.Other)]
    [InlineData("rainfall", "mm/h", ObservedProperty.Other)]
    [InlineData("Débit", "m3/s", ObservedProperty.Discharge)]
    [InlineData("http://vocab.example.org/GaugeHeight", "ft", ObservedProperty.Stage)]
    [InlineData("Gage height, ft", "ft", ObservedProperty.Stage)]
    [InlineData("reservoir_water_level", "m", ObservedProperty.LakeLevel)]
    [InlineData("Lufttemperatur", "°C", ObservedProperty.AirTemperature)]
    [InlineData("air_temperature", "K", ObservedProperty.AirTemperature)]
    [InlineData("Water temperature", "°C", ObservedProperty.Other)]
    [InlineData("Air temperature", "%", ObservedProperty.Other)]
    [InlineData("Humidité relative", "%", ObservedProperty.RelativeHumidity)]
    [InlineData("Wind speed", "kt", ObservedProperty.WindSpeed)]
    [InlineData("wind_gust", "m s-1", ObservedProperty.WindGust)]
    [InlineData("Wind direction", "degrees true", ObservedProperty.WindDirection)]
    [InlineData("Mean sea level pressure", "mbar", ObservedProperty.SeaLevelPressure)]
    [InlineData("Air pressure", "hPa", ObservedProperty.Other)]
    public void A_name_counts_only_with_a_unit_that_fits(string name, string unit, ObservedProperty property) =>
        Assert.Equal(property, QuantityNames.Property([name], QuantityNames.Unit(unit)));

    [Fact]
    public async Task A_location_in_another_encoding_is_named() =>
        Assert.Contains("text/plain", Assert.Single((await Fuzz.ReadAsync(Format, """{"value":[{"@iot.id":1,"Locations":[{"encodingType":"text/plain","location":"by the mill"}]}]}""")).Parsed.Refused["no-position"].Samples), StringComparison.Ordinal);

    [Fact]
    public Task Damaged_documents_break_nothing() => Fuzz.NothingBreaksAsync(Format, System.Text.Encoding.UTF8.GetBytes(Datastreams), Recording.Bytes("sensorthings-usgs-thing.json"));

    [Fact]
    public Task Damaged_pushed_observations_break_nothing()
    {
        var seed = """{"@iot.id":7,"phenomenonTime":"2024-05-01T10:00:00Z/2024-05-01T10:15:00Z","resultTime":null,"result":"1.25","resultQuality":{"nameOfMeasure":"Suspect"},"Datastream":{"@iot.id":"rain-1"}}"""u8.ToArray();
        return FuzzRun.RunAsync(
            "sensorthings (pushed)",
            n => Fuzz.Damage(seed, new Random(n)),
            (_, document, parsed) =>
            {
                using var read = System.Text.Json.JsonDocument.Parse(document);
                SensorThings.ReadObservation(read.RootElement, "t:1:7", parsed);
                return Task.CompletedTask;
            },
            json: true);
    }

    [Fact]
    public Task A_document_cut_off_anywhere_keeps_what_was_whole() => Fuzz.ACutKeepsWhatWasWholeAsync(Format, System.Text.Encoding.UTF8.GetBytes(Datastreams));
}
