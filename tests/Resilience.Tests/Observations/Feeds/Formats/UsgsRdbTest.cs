using System.Text;
using Resilience.Observations;
using Resilience.Observations.Feeds.Formats;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>RDB tables name the same stations and datastreams as the JSON of the same services, and never guess a zone.</summary>
public sealed class UsgsRdbTest
{
    private const string Header = "# a\nagency_cd\tsite_no\tdatetime\ttz_cd\t1_00065\t1_00065_cd\n5s\t15s\t20d\t6s\t14n\t10s\n";

    private static readonly UsgsRdb Format = new(null);

    [Fact]
    public async Task A_real_answer_of_the_instantaneous_service_is_read()
    {
        var (parsed, trouble) = await Fuzz.ReadAsync(Format, Recording.Bytes("usgs-rdb-iv.txt"));

        Assert.Null(trouble);
        Assert.Empty(parsed.Refused);
        Assert.Equal([("t:13206000:00060", ObservedProperty.Discharge, "ft3/s"), ("t:13206000:00065", ObservedProperty.Stage, "ft")], parsed.Datastreams.Values.Select(one => (one.Id, one.Property, one.Unit)));
        Assert.Equal(32, parsed.Observations.Count);
        Assert.Equal((new DateTimeOffset(2012, 5, 2, 16, 0, 0, TimeSpan.Zero), 7830.0, "P", false), (parsed.Observations[0].Time, parsed.Observations[0].Result, parsed.Observations[0].Qualifier, parsed.Observations[0].Doubted));
        Assert.Equal("Gage height, feet", parsed.Datastreams["t:13206000:00065"].Name);
    }

    [Fact]
    public async Task Real_sites_are_stations()
    {
        var parsed = await Recording.ParseStationsAsync("usgs-rdb", "usgs-rdb-site.txt");

        Assert.Equal(["usgs:01491000", "usgs:01645000"], parsed.Stations.Keys);
        Assert.Equal(("CHOPTANK RIVER NEAR GREENSBORO, MD", "CHOPTANK RIVER", 38.99719444), (parsed.Stations["usgs:01491000"].Name, parsed.Stations["usgs:01491000"].River, parsed.Stations["usgs:01491000"].Location.Y));
    }

    [Fact]
    public async Task Real_daily_values_are_set_aside_until_the_feed_names_their_zone()
    {
        var (without, _) = await Fuzz.ReadAsync(Format, Recording.Bytes("usgs-rdb-dv.txt"));
        var (with, trouble) = await Fuzz.ReadAsync(new UsgsRdb(FeedZone.Find("-05:00")), Recording.Bytes("usgs-rdb-dv.txt"));

        Assert.Equal((0, 31), (without.Usable, without.Refused["no-zone"].Count));
        Assert.Null(trouble);
        Assert.Equal((31, "t:02177000:00060:00003"), (with.Observations.Count, with.Observations[0].DatastreamId));
        Assert.Equal(new DateTimeOffset(2012, 9, 1, 5, 0, 0, TimeSpan.Zero), with.Observations[0].Time);
        Assert.Equal(TimeSpan.FromDays(1), Assert.Single(with.Datastreams.Values).ExpectedEvery);
    }

    [Theory]
    [InlineData("2012-05-02 10:00\tMDT\t1.5\tP", 1, 0, null)]
    [InlineData("2012-05-02 10:00\tXYZ\t1.5\tP", 0, 0, "unknown-zone")]
    [InlineData("2012-05-02 10:00\t\t1.5\tP", 0, 0, "unknown-zone")]
    [InlineData("2012-05-32 10:00\tMDT\t1.5\tP", 0, 0, "no-time")]
    [InlineData("2012-05-02 10:00\tMDT\tIce\tP", 0, 1, null)]
    [InlineData("2012-05-02 10:00\tMDT\t\t", 0, 1, null)]
    [InlineData("2012-05-02 10:00\tMDT\t-999999\tA", 0, 1, null)]
    [InlineData("2012-05-02 10:00\tMDT\thigh\tA", 0, 0, "not-a-number")]
    [InlineData("2012-05-02 10:00\tMDT\t1.5", 0, 0, "wrong-columns")]
    public async Task Each_row_is_a_value_or_a_missing_one_or_set_aside_with_its_reason(string row, int values, int missing, string? reason)
    {
        var (parsed, trouble) = await Fuzz.ReadAsync(Format, $"{Header}USGS\t13206000\t{row}\n");

        Assert.Null(trouble);
        Assert.Equal((values, missing), (parsed.Observations.Count, parsed.Missing));
        Assert.Equal(reason is null ? [] : [reason], parsed.Refused.Keys);
    }

    [Theory]
    [InlineData("A:[91]", false)]
    [InlineData("P e", true)]
    [InlineData("P:Ice", true)]
    [InlineData("", false)]
    public async Task Estimated_and_icy_values_are_doubted_and_verified_ones_are_not(string marks, bool doubted) =>
        Assert.Equal(doubted, Assert.Single((await Fuzz.ReadAsync(Format, $"{Header}USGS\t13206000\t2012-05-02 10:00\tMDT\t1.5\t{marks}\n")).Parsed.Observations).Doubted);

    [Fact]
    public async Task Sites_follow_each_other_as_tables_of_their_own()
    {
        var (parsed, _) = await Fuzz.ReadAsync(Format, $"{Header}USGS\t1\t2012-05-02 10:00\tUTC\t1\tA\n#\nagency_cd\tsite_no\tdatetime\ttz_cd\t7_00060\t7_00060_cd\n5s\t15s\t20d\t6s\t14n\t10s\nAR008\t2\t2012-05-02 10:00\tUTC\t2\tA\n");

        Assert.Equal(["t:1:00065", "t:AR008-2:00060"], parsed.Observations.Select(value => value.DatastreamId));
    }

    [Theory]
    [InlineData("#  No sites found matching all criteria\n", "nothing-usable", "No sites found")]
    [InlineData("name,value\n1,2\n", "not-this-format", "site_no")]
    [InlineData("agency_cd\tsite_no\tdatetime\ttz_cd\n", "not-this-format", "no table")]
    [InlineData("agency_cd\tsite_no\tdatetime\ttz_cd\nUSGS\t1\t2\t3\n", "not-this-format", "Line 2")]
    public async Task What_is_no_such_table_is_trouble_and_never_calm(string document, string reason, string says)
    {
        var (_, trouble) = await Fuzz.ReadAsync(Format, document);

        Assert.Equal(reason, trouble!.Reason);
        Assert.Contains(says, trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agency_that_could_not_be_stored_is_set_aside()
    {
        var (parsed, _) = await Fuzz.ReadAsync(Format, Header + "U\0GS\t13202000\t2012-05-02 10:00\tMDT\t1.5\tP\n");
        Assert.Equal(["not-understood"], parsed.Refused.Keys);
    }

    [Fact]
    public async Task A_line_without_end_is_refused_without_being_held() =>
        Assert.Equal("too-large", (await Fuzz.ReadAsync(Format, Header + new string('x', TextLines.Longest + 10))).Trouble!.Reason);

    [Fact]
    public Task Damaged_documents_break_nothing() => Fuzz.NothingBreaksAsync(new UsgsRdb(FeedZone.Find("America/Denver")), Recording.Bytes("usgs-rdb-iv.txt"), Recording.Bytes("usgs-rdb-dv.txt"), Recording.Bytes("usgs-rdb-site.txt"));

    [Fact]
    public Task A_document_cut_off_anywhere_keeps_what_was_whole() => Fuzz.ACutKeepsWhatWasWholeAsync(Format, Recording.Bytes("usgs-rdb-iv.txt"));

    [Fact]
    public async Task Many_values_are_read_in_a_moment()
    {
        var document = new StringBuilder(Header);
        for (var i = 0; document.Length < 16_000_000; i++)
        {
            document.Append(System.Globalization.CultureInfo.InvariantCulture, $"USGS\t1320{i % 9000}\t2012-05-02 10:00\tMDT\t{i % 100}.5\tP\n");
        }

        await Speed.ReportAsync(Format, document.ToString());
        await Speed.AssertEndsInTimeAsync(Format, document.ToString());
    }
}
