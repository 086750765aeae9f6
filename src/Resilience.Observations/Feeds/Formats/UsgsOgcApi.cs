using System.Text.Json;
using Resilience.Core.Geography;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// USGS Water Data OGC API (<c>api.waterdata.usgs.gov/ogcapi</c>): collections <c>continuous</c> and <c>latest-continuous</c> for
/// observations, <c>monitoring-locations</c> for stations; GeoJSON, paged by <c>next</c> links.
/// </summary>
/// <remarks>
/// Values are text. <c>continuous</c> may come without geometry: its stations must then be known from <c>monitoring-locations</c>;
/// <c>latest-continuous</c> carries a point. One parameter code can have several time series at a site (two gauges in one
/// reservoir): they are told apart when stored.
/// </remarks>
internal sealed class UsgsOgcApi : IFeedFormat
{
    public string Name => "usgs-ogc";

    public string Title => "USGS Water Data, OGC API (JSON)";

    public string Prefix => "usgs";

    public string Accept => "application/geo+json, application/json;q=0.9";

    public async Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        await foreach (var feature in FeaturesAsync(document, into, cancellationToken))
        {
            ReadObservation(feature, prefix, into);
        }
    }

    public async Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        await foreach (var feature in FeaturesAsync(document, into, cancellationToken))
        {
            ReadStation(feature, prefix, into);
        }
    }

    /// <summary>Streams the features, then reads the next link, which may stand before or after them.</summary>
    private static async IAsyncEnumerable<JsonElement> FeaturesAsync(Stream document, ParsedPayload into, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var features = new JsonItems(document, "features");
        await foreach (var feature in features.ReadAsync(cancellationToken))
        {
            yield return feature;
        }

        if (!features.Found)
        {
            throw new FeedTrouble("not-this-format", "The answer is JSON but has no 'features'; it is not a GeoJSON FeatureCollection.");
        }

        document.Position = 0;
        await foreach (var link in new JsonItems(document, "links").ReadAsync(cancellationToken))
        {
            if (link.Text("rel") == "next" && Uri.TryCreate(link.Text("href"), UriKind.Absolute, out var next))
            {
                into.Next = next;
            }
        }
    }

    private static void ReadObservation(JsonElement feature, string prefix, ParsedPayload into)
    {
        var properties = feature.Object("properties") ?? default;
        var code = properties.Text("parameter_code");
        if (StationId(properties.Text("monitoring_location_id"), prefix) is not { } stationId || code is null)
        {
            into.Refuse("not-understood", "a feature without monitoring_location_id or parameter_code");
            return;
        }

        if (Position(feature) is { } point)
        {
            into.Stations.TryAdd(stationId, new ParsedStation(stationId, stationId, point) { PositionOnly = true });
        }

        var statistic = properties.Text("statistic_id") is { } id and not ("00011" or "00000") ? $":{id}" : "";
        var datastreamId = $"{stationId}:{code}{statistic}";
        var series = properties.Text("time_series_id");
        if (into.Datastreams.TryGetValue(datastreamId, out var there) && series is not null && there.SourceSeries != series)
        {
            datastreamId = $"{datastreamId}:{series[..Math.Min(8, series.Length)]}";
        }

        into.Datastreams.TryAdd(datastreamId, new ParsedDatastream(datastreamId, stationId, UsgsCodes.Property(code), UsgsCodes.Unit(properties.Text("unit_of_measure")), $"Parameter {code}", SourceSeries: series));
        ReadValue(properties, datastreamId, into);
    }

    private static void ReadValue(JsonElement properties, string datastreamId, ParsedPayload into)
    {
        if (properties.Text("value") is null)
        {
            into.Missing++;
            return;
        }

        var marks = properties.Each("qualifier").Select(mark => mark.ValueKind == JsonValueKind.String ? mark.GetString() : null).OfType<string>().ToList();
        if (properties.Text("approval_status") is { } approval)
        {
            marks.Insert(0, approval switch { "Provisional" => "P", "Approved" => "A", _ => approval });
        }

        if (!JsonValues.TryNumber(properties.GetProperty("value"), out var number) || !double.IsFinite(number))
        {
            into.Refuse("not-a-number", $"{datastreamId}: {properties.Text("value")}");
        }
        else if (UsgsCodes.IsMissing(number, noDataValue: null))
        {
            into.Missing++;
        }
        else if (JsonValues.Time(properties.Text("time")) is not { } time)
        {
            into.Refuse("no-time", $"{datastreamId}: {properties.Text("time")}");
        }
        else
        {
            into.Observations.Add(new ParsedObservation(datastreamId, time, number, marks.Count == 0 ? null : string.Join(',', marks), UsgsCodes.Doubted(marks), JsonValues.Time(properties.Text("last_modified"))));
        }
    }

    private static void ReadStation(JsonElement feature, string prefix, ParsedPayload into)
    {
        var properties = feature.Object("properties") ?? default;
        if (StationId(feature.Text("id") ?? properties.Text("id"), prefix) is not { } id)
        {
            into.Refuse("not-understood", "a monitoring location without id");
        }
        else if (Position(feature) is not { } point)
        {
            into.Refuse("no-position", id);
        }
        else
        {
            var name = properties.Text("monitoring_location_name") ?? id;
            into.Stations[id] = new ParsedStation(id, name, point) { River = UsgsCodes.River(name) };
        }
    }

    // USGS-02489500 is the agency and its number; of another agency's location both are kept.
    private static string? StationId(string? location, string prefix) =>
        location is null ? null : $"{prefix}:{(location.StartsWith("USGS-", StringComparison.Ordinal) ? location[5..] : location)}";

    private static NetTopologySuite.Geometries.Point? Position(JsonElement feature)
    {
        var coordinates = (feature.Object("geometry") ?? default).Each("coordinates").Take(2).ToList();
        return coordinates.Count == 2 && JsonValues.TryNumber(coordinates[0], out var longitude) && JsonValues.TryNumber(coordinates[1], out var latitude) && Wgs84.IsPosition(longitude, latitude)
            ? Wgs84.Point(longitude, latitude)
            : null;
    }
}
