using System.Text;
using Resilience.Observations;
using Resilience.Observations.Feeds.Formats;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>WaterML 2.0 series become datastreams that say what their values stand for.</summary>
public sealed class WaterMl2Test
{
    private static readonly WaterMl2 Format = new(null);

    [Fact]
    public async Task A_real_answer_of_daily_means_is_read_in_the_zone_the_feed_names()
    {
        var (without, _) = await Fuzz.ReadAsync(Format, Recording.Bytes("waterml2-usgs-dv.xml"));
        var (parsed, trouble) = await Fuzz.ReadAsync(new WaterMl2(FeedZone.Find("-05:00")), Recording.Bytes("waterml2-usgs-dv.xml"));

        Assert.Equal(8, without.Refused["no-zone"].Count);
        Assert.Null(trouble);
        Assert.Empty(parsed.Refused);
        var station = Assert.Single(parsed.Stations.Values);
        Assert.Equal(("t:01646500", "POTOMAC RIVER", -77.12763889, 38.94977778), (station.Id, station.River, station.Location.X, station.Location.Y));
        Assert.Equal(("t:01646500:00060:00003", ObservedProperty.Discharge, "ft3/s", TimeSpan.FromDays(1)), Assert.Single(parsed.Datastreams.Values.Select(one => (one.Id, one.Property, one.Unit, one.ExpectedEvery!.Value))));
        Assert.Equal((8, 1), (parsed.Observations.Count, parsed.Missing)); // its first point is empty
        Assert.Equal((new DateTimeOffset(2014, 9, 1, 5, 0, 0, TimeSpan.Zero), 2690.0, "P", false), (parsed.Observations[0].Time, parsed.Observations[0].Result, parsed.Observations[0].Qualifier, parsed.Observations[0].Doubted));
    }

    [Fact]
    public async Task Metadata_of_a_point_goes_before_that_of_the_series_and_nil_is_missing()
    {
        var (parsed, _) = await Fuzz.ReadAsync(Format, Series(
            """<wml2:uom code="m"/><wml2:quality xlink:href="http://www.opengis.net/def/waterml/2.0/quality/good"/>""",
            Point("2024-05-01T10:00:00Z", "1.5"),
            Point("2024-05-01T10:15:00+06:00", "1.6", """<wml2:quality xlink:href="http://www.opengis.net/def/waterml/2.0/quality/suspect"/>"""),
            """<wml2:point><wml2:MeasurementTVP><wml2:time>2024-05-01T10:30:00Z</wml2:time><wml2:value xsi:nil="true"/><wml2:metadata><wml2:TVPMeasurementMetadata><wml2:nilReason>missing</wml2:nilReason></wml2:TVPMeasurementMetadata></wml2:metadata></wml2:MeasurementTVP></wml2:point>""",
            Point("2024-05-01T10:45:00Z", "160", """<wml2:uom code="cm"/>"""),
            Point("2024-05-01T11:00:00", "1.7"),
            Point("2024-05-01T11:15:00Z", "high")));

        Assert.Equal([("good", false), ("suspect", true)], parsed.Observations.Select(value => (value.Qualifier!, value.Doubted)));
        Assert.Equal(1, parsed.Missing);
        Assert.Equal(["no-zone", "not-a-number", "unit-changes"], parsed.Refused.Keys);
        Assert.Equal(ObservedProperty.Stage, Assert.Single(parsed.Datastreams.Values).Property);
    }

    [Theory]
    [InlineData("TotalPrec", "mm", "Rainfall", ObservedProperty.Rainfall)]
    [InlineData("TotalSucc", "mm", "Rainfall", ObservedProperty.Other)]
    [InlineData("AveragePrec", "mm", "Rainfall", ObservedProperty.Other)]
    [InlineData("AverageSucc", "m", "Water level", ObservedProperty.Other)]
    [InlineData("AveragePrec", "m", "Water level", ObservedProperty.Stage)]
    [InlineData("Continuous", "m", "Water level", ObservedProperty.Stage)]
    [InlineData("Continuous", "V", "Battery", ObservedProperty.Other)]
    public async Task What_a_value_stands_for_decides_what_it_is(string type, string unit, string title, ObservedProperty property)
    {
        var (parsed, _) = await Fuzz.ReadAsync(Format, Series($"""<wml2:uom code="{unit}"/><wml2:interpolationType xlink:href="http://www.opengis.net/def/waterml/2.0/interpolationType/{type}"/>""", Point("2024-05-01T10:00:00Z", "1")).Replace("Water level", title, StringComparison.Ordinal));

        var stream = Assert.Single(parsed.Datastreams.Values);
        Assert.Equal((property, title), (stream.Property, stream.Name));
        Assert.Equal(type == "Continuous", !stream.Id.Contains(type, StringComparison.Ordinal)); // a mean and a moment never share a series
    }

    [Theory]
    [InlineData("urn:ogc:def:crs:EPSG::4326", "27.5 89.6", true)]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/4326", "27.5 89.6", true)]
    [InlineData("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "89.6 27.5", true)]
    [InlineData("urn:ogc:def:crs:EPSG::3857", "89.6 27.5", false)]
    public async Task The_axes_follow_the_reference_system_and_an_unknown_one_is_named(string crs, string position, bool known)
    {
        var (parsed, _) = await Fuzz.ReadAsync(Format, Series("""<wml2:uom code="m"/>""", Point("2024-05-01T10:00:00Z", "1")).Replace("urn:ogc:def:crs:EPSG::4326", crs, StringComparison.Ordinal).Replace("27.5 89.6", position, StringComparison.Ordinal));

        Assert.Equal(known ? [] : ["unknown-crs"], parsed.Refused.Keys);
        Assert.Equal(known ? [(89.6, 27.5)] : [], parsed.Stations.Values.Select(station => (station.Location.X, station.Location.Y)));
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "dtd")]
    [InlineData("<timeSeriesResponse/>", "not-this-format")]
    [InlineData("<a/>", "not-this-format")]
    [InlineData("<a><b></a>", "invalid-xml")]
    [InlineData("<a><b>", "truncated")]
    [InlineData("<e:ExceptionReport xmlns:e='x'><e:Exception><e:ExceptionText>no such procedure</e:ExceptionText></e:Exception></e:ExceptionReport>", "source-error")]
    public async Task What_is_no_such_document_is_trouble_with_its_reason(string document, string reason) => Assert.Equal(reason, (await Fuzz.ReadAsync(Format, document)).Trouble!.Reason);

    [Fact]
    public async Task Endless_nesting_ends_at_the_limit() =>
        Assert.Equal("too-deep", (await Fuzz.ReadAsync(Format, string.Concat(Enumerable.Repeat("<a>", 100_000)))).Trouble!.Reason);

    [Fact]
    public Task Damaged_documents_break_nothing() => Fuzz.NothingBreaksAsync(new WaterMl2(FeedZone.Find("+06:00")), Recording.Bytes("waterml2-usgs-dv.xml"), Encoding.UTF8.GetBytes(Series("""<wml2:uom code="m"/>""", Point("2024-05-01T10:00:00Z", "1"))));

    [Fact]
    public Task A_document_cut_off_anywhere_keeps_what_was_whole() => Fuzz.ACutKeepsWhatWasWholeAsync(new WaterMl2(FeedZone.Find("+06:00")), Recording.Bytes("waterml2-usgs-dv.xml"));

    [Fact]
    public async Task Many_values_are_read_in_a_moment()
    {
        var document = Series("""<wml2:uom code="m"/>""", [.. Enumerable.Range(0, 90_000).Select(n => Point($"2024-05-01T10:{n % 60:00}:00Z", "1.25"))]);
        await Speed.ReportAsync(Format, document);
        await Speed.AssertEndsInTimeAsync(Format, document);
    }

    private static string Point(string time, string value, string metadata = "") =>
        $"<wml2:point><wml2:MeasurementTVP><wml2:time>{time}</wml2:time><wml2:value>{value}</wml2:value>{(metadata.Length > 0 ? $"<wml2:metadata><wml2:TVPMeasurementMetadata>{metadata}</wml2:TVPMeasurementMetadata></wml2:metadata>" : "")}</wml2:MeasurementTVP></wml2:point>";

    private static string Series(string metadata, params string[] points) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <wml2:Collection xmlns:wml2="http://www.opengis.net/waterml/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:om="http://www.opengis.net/om/2.0" xmlns:sams="http://www.opengis.net/samplingSpatial/2.0">
        <wml2:observationMember><om:OM_Observation gml:id="o1"><om:procedure xlink:href="http://example.org/p/radar"/><om:observedProperty xlink:href="http://example.org/def/1" xlink:title="Water level"/>
        <om:featureOfInterest><wml2:MonitoringPoint gml:id="mp1"><gml:identifier codeSpace="x">G-1</gml:identifier><gml:name>Bridge</gml:name><sams:shape><gml:Point srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>27.5 89.6</gml:pos></gml:Point></sams:shape></wml2:MonitoringPoint></om:featureOfInterest>
        <om:result><wml2:MeasurementTimeseries><wml2:defaultPointMetadata><wml2:DefaultTVPMeasurementMetadata>{metadata}</wml2:DefaultTVPMeasurementMetadata></wml2:defaultPointMetadata>{string.Concat(points)}</wml2:MeasurementTimeseries></om:result></om:OM_Observation></wml2:observationMember></wml2:Collection>
        """;
}
