using System.Text;
using System.Text.RegularExpressions;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Observations.Feeds.Formats;

namespace Resilience.Tests.Observations.Feeds.Formats.Announcements;

/// <summary>GDACS and the USGS's earthquakes as really served.</summary>
public sealed class DisasterFeedsTest
{
    [Fact]
    public async Task Gdacs_events_stand_where_they_are_with_the_level_of_their_present_episode()
    {
        var parsed = await Recording.ParseAsync("gdacs", "gdacs-rss.xml.gz");
        Assert.Empty(parsed.Refused);
        Assert.Equal(16, parsed.Bulletins.Count);
        var storm = parsed.Bulletins.Single(bulletin => bulletin.Identifier == "TC:1000643:1");
        var part = Assert.Single(storm.Parts);
        Assert.Equal((HazardKind.Storm, CapSeverity.Minor, "Tropical cyclone CALVINIA-19", "Mauritius"), (part.Kind, part.Severity, part.Event, part.Areas[0].Words));
        Assert.Equal((59.8, -19.4), (part.Areas[0].Shape!.Coordinate.X, part.Areas[0].Shape!.Coordinate.Y)); // GeoRSS has the latitude first
        Assert.Equal(["TC:1000643"], storm.Names);
        var quakes = parsed.Bulletins.Where(bulletin => bulletin.Parts[0].Kind == HazardKind.Earthquake).ToList();
        Assert.NotEmpty(quakes);
        Assert.All(quakes, quake => Assert.InRange(quake.Parts[0].Magnitude!.Value, 4, 8));
        Assert.All(quakes, quake => Assert.NotNull(quake.Parts[0].DepthKm));
    }

    [Theory]
    [InlineData("Green", "Orange", CapSeverity.Severe)]
    [InlineData("Red", "Green", CapSeverity.Minor)]
    [InlineData("orange", "", CapSeverity.Severe)]
    [InlineData("ORANGE", "ORANGE", CapSeverity.Severe)]
    [InlineData("Purple", "", CapSeverity.Unknown)]
    public async Task The_episodes_level_decides_and_its_spelling_does_not(string whole, string episode, CapSeverity severity)
    {
        var own = episode.Length > 0 ? $",\"episodealertlevel\":\"{episode}\"" : "";
        var (parsed, trouble) = await Fuzz.ReadAsync(FeedFormats.Find("gdacs")!,
            $$$"""{"features":[{"geometry":{"type":"Point","coordinates":[90.4,27.5]},"properties":{"eventtype":"FL","eventid":1103,"episodeid":2,"alertlevel":"{{{whole}}}"{{{own}}},"fromdate":"2026-01-01T00:00:00","todate":"2026-01-03T00:00:00","datemodified":"2026-01-02T00:00:00","iscurrent":"false","country":"Bhutan"} }]}""");
        Assert.Null(trouble);
        var flood = Assert.Single(parsed.Bulletins);
        Assert.Equal((severity, HazardKind.RiverFlood, 90.4), (flood.Parts[0].Severity, flood.Parts[0].Kind, flood.Parts[0].Areas[0].Shape!.Coordinate.X));
        Assert.Equal(new DateTimeOffset(2026, 1, 4, 0, 0, 0, TimeSpan.Zero), flood.Parts[0].Expires); // closed: ends with its last day
    }

    [Fact]
    public async Task A_week_of_real_earthquakes_is_read_with_depths_in_kilometres_and_blasts_told_apart()
    {
        var parsed = await Recording.ParseAsync("usgs-quakes", "usgs-quakes-all-week.geojson.gz");
        Assert.Empty(parsed.Refused);
        Assert.Equal(1707, parsed.Bulletins.Count);
        Assert.Equal(28, parsed.Bulletins.Count(bulletin => bulletin.Parts[0].Kind == HazardKind.Other)); // 15 explosions, 13 quarry blasts
        var hualien = parsed.Bulletins.Single(bulletin => bulletin.Identifier == "us1000chhc");
        var part = hualien.Parts[0];
        Assert.Equal((6.4, 10.64, CapSeverity.Minor), (part.Magnitude, part.DepthKm, part.Severity)); // PAGER had it green
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1517932242400), part.Onset); // 23:50 in Taiwan
        Assert.Equal(121.653, part.Areas[0].Shape!.Coordinate.X);
        Assert.Equal(493, parsed.Bulletins.Count(bulletin => bulletin.Findings.Any(finding => finding.StartsWith("located by machine", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_deleted_earthquake_is_withdrawn_even_without_a_position()
    {
        var (parsed, _) = await Fuzz.ReadAsync(FeedFormats.Find("usgs-quakes")!, """{"features":[{"id":"us1","properties":{"time":1517966773840,"status":"deleted","ids":",us1,ci2,"},"geometry":null}]}""");
        var one = Assert.Single(parsed.Bulletins);
        Assert.Equal((CapMsgType.Cancel, true), (one.MsgType, one.ReplacesThread));
        Assert.Equal(["ci2"], one.Names);
    }

    [Fact]
    public async Task No_damaged_document_breaks_the_reader_of_gdacs()
    {
        // Nine tenths of an item are lists of maps and reports that are not read.
        var items = Regex.Replace(Encoding.UTF8.GetString(Recording.Bytes("gdacs-rss.xml.gz")), "<gdacs:resources.*?</gdacs:resources>", "", RegexOptions.Singleline);
        await Fuzz.NothingBreaksAsync(FeedFormats.Find("gdacs")!, Fuzz.First(Encoding.UTF8.GetBytes(items), 2, "</item>", "</channel></rss>"), Encoding.UTF8.GetBytes(
            """{"features":[{"geometry":{"type":"Point","coordinates":[90.4,27.5]},"properties":{"eventtype":"FL","eventid":1103,"episodeid":2,"eventname":"","name":"Flood in Bhutan","alertlevel":"Red","episodealertlevel":"Orange","fromdate":"2026-01-01T00:00:00","todate":"2026-01-03T00:00:00","datemodified":"2026-01-02T10:00:00","iscurrent":"true","country":"Bhutan","url":{"report":"https://a.example/r"},"severitydata":{"severity":6.1,"severitytext":"Magnitude 6.1M, Depth:10km","severityunit":"M"}}}]}"""));
    }

    [Fact]
    public async Task No_damaged_document_breaks_the_reader_of_earthquakes() => await Fuzz.NothingBreaksAsync(
        FeedFormats.Find("usgs-quakes")!, Fuzz.First(Recording.Bytes("usgs-quakes-all-week.geojson.gz"), 4, "},\"geometry\":", "null}]}"),
        Encoding.UTF8.GetBytes("""{"features":[{"id":"us1","geometry":{"type":"Point","coordinates":[90.4,27.5,10]},"properties":{"time":1517966773840,"updated":1517966996303,"mag":6.1,"place":"Gasa","alert":"orange","ids":",us1,ci2,","status":"reviewed","type":"earthquake"}}]}"""));

    [Theory]
    [InlineData("gdacs", "<html/>")]
    [InlineData("gdacs", "{\"a\":1}")]
    [InlineData("usgs-quakes", "{\"a\":1}")]
    public async Task Another_document_is_trouble(string format, string document) => Assert.Equal("not-this-format", (await Fuzz.ReadAsync(FeedFormats.Find(format)!, document)).Trouble?.Reason);
}
