using Microsoft.Extensions.Options;
using Resilience.Observations;
using Resilience.Observations.Feeds;
using Resilience.Observations.Feeds.Streams.Wis2;
using Resilience.Observations.Storing;
using Resilience.Storage;
using static Resilience.Tests.Observations.Feeds.Streams.StreamFixture;
using static Resilience.Tests.Observations.ObservationsFixture;

namespace Resilience.Tests.Observations.Feeds.Streams;

/// <summary>BUFR as national services send it, decoded by ECMWF's program; without the program it is kept and said to be not decoded.</summary>
public sealed class BufrTest
{
    [Fact]
    public async Task A_real_message_of_many_stations_becomes_observations()
    {
        var parsed = await ReadAsync("bufr-algeria.bufr4");
        Assert.All(parsed.Stations.Values, station => Assert.InRange(station.Elevation!.Value, 0, 2_500));
        Assert.Empty(parsed.Refused);
        Assert.Equal(17, parsed.Stations.Count); // the 18th says nothing, not even where it stands
        var jijel = parsed.Stations["wigos:0-20000-0-60351"];
        Assert.Equal((5.873, 36.794), (jijel.Location.X, jijel.Location.Y));
    }

    [Fact]
    public async Task Messages_one_after_another_give_their_stations_times_and_values()
    {
        var parsed = await ReadAsync("bufr-algeria-multi.bufr4");
        Assert.Empty(parsed.Refused);
        var first = parsed.Observations.Where(value => value.Time == new DateTimeOffset(2022, 3, 20, 9, 0, 0, TimeSpan.Zero)).ToList();
        double Value(string code) => first.Single(value => value.DatastreamId == $"wigos:0-20000-0-60351:{code}").Result;
        Assert.Equal((16.3, 9.8, 65, 190, 1.5, 1021.6), (Value("air-temperature"), Value("dew-point"), Value("relative-humidity"), Value("wind-direction"), Value("wind-speed"), Value("sea-level-pressure")));
        Assert.True(parsed.Observations.Select(value => value.Time).Distinct().Count() > 1);
    }

    [Fact]
    public void A_compressed_message_has_a_value_for_each_subset_under_one_name()
    {
        var parsed = new ParsedPayload();
        BufrSynop.Read("""
            edition=4
            numberOfSubsets=2
            compressedData=1
            wigosIdentifierSeries=0
            wigosIssuerOfIdentifier=20000
            wigosIssueNumber=0
            wigosLocalIdentifierCharacter={
                  "44001", "44002"}
            year=2024
            month=3
            day=5
            hour=6
            latitude={
                  27.1,
                  27.2}
            longitude=90
            airTemperature={
                  280.15, MISSING}
            #1#timePeriod=-6
            #1#totalPrecipitationOrTotalWaterEquivalent={ 12.5, -0.1}
            """, "wigos", parsed);
        Assert.Equal(["wigos:0-20000-0-44001:air-temperature", "wigos:0-20000-0-44001:rain-6h", "wigos:0-20000-0-44002:rain-6h"], parsed.Observations.Select(value => value.DatastreamId).Order());
        Assert.Equal([7, 12.5, 0], parsed.Observations.Select(value => value.Result));
        Assert.Equal(27.2, parsed.Stations["wigos:0-20000-0-44002"].Location.Y);
    }

    [Fact]
    public Task Damaged_dumps_break_nothing()
    {
        const string Seed = "edition=4\nnumberOfSubsets=2\ncompressedData=1\nblockNumber=44\nstationNumber={ 1, 2}\nyear=2024\nmonth=3\nday=5\nhour=6\nlatitude=27\nlongitude=90\nairTemperature={ 280, MISSING}\n#1#timePeriod=-6\n#1#totalPrecipitationOrTotalWaterEquivalent=3\n";
        return Formats.FuzzRun.RunAsync(
            "bufr dump",
            n =>
            {
                var random = new Random(n);
                var text = Seed.ToCharArray();
                for (var i = random.Next(1, 8); i > 0; i--)
                {
                    text[random.Next(text.Length)] = "0123456789-={},\n#e.\"M\0"[random.Next(22)];
                }

                return n % 2 == 0 ? System.Text.Encoding.UTF8.GetBytes(text) : Formats.Fuzz.Damage(System.Text.Encoding.UTF8.GetBytes(Seed), random);
            },
            (_, document, parsed) =>
            {
                BufrSynop.Read(System.Text.Encoding.UTF8.GetString(document), "t", parsed);
                return Task.CompletedTask;
            });
    }

    [Fact]
    public async Task By_wis2_it_is_stored_and_without_the_program_kept_and_said_to_be_not_decoded()
    {
        var data = Recording.Bytes("bufr-algeria-multi.bufr4");
        await using var source = await FeedSource.StartAsync();
        source.Answer = context => context.Response.Body.WriteAsync(data).AsTask();
        var message = Notification(data, "dz/synop/1", 1, href: source.Address + "/x.bufr4", type: "application/bufr");
        await using (var test = await CreateAsync(Engine.Sqlite))
        {
            test.Clock.SetUtcNow(new DateTimeOffset(2022, 3, 21, 0, 0, 0, TimeSpan.Zero));
            await Wis2FormatTest.TakeAsync(test, message);
            Assert.NotEmpty(await test.ObservationsAsync());
            Assert.Empty(await test.QuarantineAsync());
        }

        await using (var test = await CreateAsync(Engine.Sqlite, ("Observations:BufrDump", "/nowhere/bufr_dump")))
        {
            await Wis2FormatTest.TakeAsync(test, message);
            Assert.Empty(await test.ObservationsAsync());
            Assert.Contains("libeccodes-tools", (await test.FeedAsync()).LastError);
            var row = Assert.Single(await test.QuarantineAsync());
            Assert.Equal("not-decoded", row.Reason);
            await using var db = test.Store.Read<ObservationsDb>();
            Assert.Contains(db.Payloads, payload => payload.Sha256 == row.PayloadSha256 && payload.Bytes == data.Length);
        }
    }

    [Fact]
    public async Task Broken_bufr_has_a_reason_and_leaves_no_file_behind()
    {
        var before = Directory.GetFiles(Path.GetTempPath(), "resilience-*.bufr").Length;
        using var dump = new BufrDump(Options.Create(new ObservationsOptions()));
        var trouble = await Assert.ThrowsAsync<FeedTrouble>(() => dump.DumpAsync(Recording.Bytes("bufr-algeria.bufr4")[..500], CancellationToken.None));
        Assert.Equal("bufr", trouble.Reason);
        Assert.True(Directory.GetFiles(Path.GetTempPath(), "resilience-*.bufr").Length <= before);
    }

    [Fact]
    public async Task More_bufr_than_any_bulletin_has_is_refused_before_it_is_decoded()
    {
        var bulletin = Recording.Bytes("bufr-algeria-multi.bufr4");
        var much = Enumerable.Repeat(bulletin, 1 + (BufrDump.MaxInput / bulletin.Length)).SelectMany(one => one).ToArray();
        using var dump = new BufrDump(Options.Create(new ObservationsOptions()));
        Assert.Equal("too-large", (await Assert.ThrowsAsync<FeedTrouble>(() => dump.DumpAsync(much, CancellationToken.None))).Reason);
        Assert.NotEmpty(await dump.DumpAsync(much[..(bulletin.Length * 20)], CancellationToken.None));
    }

    [Theory]
    [InlineData("exec yes", "too-large")]
    [InlineData("head -c 900000000 /dev/zero | tail", "bufr")]
    public async Task A_decoder_that_runs_wild_is_ended(string script, string reason)
    {
        var program = Path.Combine(Directory.CreateTempSubdirectory().FullName, "wild");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\n{script}\n");
        await System.Diagnostics.Process.Start("chmod", ["+x", program]).WaitForExitAsync();
        using var dump = new BufrDump(Options.Create(new ObservationsOptions { BufrDump = program }));
        Assert.Equal(reason, (await Assert.ThrowsAsync<FeedTrouble>(() => dump.DumpAsync([1], CancellationToken.None))).Reason);
    }

    private static async Task<ParsedPayload> ReadAsync(string name)
    {
        using var dump = new BufrDump(Options.Create(new ObservationsOptions()));
        var parsed = new ParsedPayload();
        BufrSynop.Read(await dump.DumpAsync(Recording.Bytes(name), CancellationToken.None), "wigos", parsed);
        return parsed;
    }
}
