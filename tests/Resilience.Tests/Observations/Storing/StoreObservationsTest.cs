using CsCheck;
using Microsoft.EntityFrameworkCore;
using Resilience.Observations;
using Resilience.Observations.Queries;
using Resilience.Observations.Storing;
using Resilience.Storage;
using Resilience.Tests.Kit;
using static Resilience.Tests.Observations.ObservationsFixture;

namespace Resilience.Tests.Observations.Storing;

/// <summary>Storing is idempotent, keeps every revision, and hands over exactly what is new.</summary>
public sealed class StoreObservationsTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_same_batch_twice_changes_nothing_and_hands_over_nothing(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var feed = await test.RegisterAsync();
        var first = await test.StoreAsync(feed, Stages((-30, 1), (-15, 1.1), (0, 1.2)));
        var second = await test.StoreAsync(feed, Stages((-30, 1), (-15, 1.1), (0, 1.2)));

        Assert.Equal((3, 0), (first.Added, first.Known));
        Assert.Equal(new StoredBatch(null, 0, 0, 3, 0), second);
        Assert.Equal(3, (await test.ObservationsAsync()).Count);
        Assert.Equal([first.BatchId.ToString()!], await test.HandedOverAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_changed_value_becomes_a_revision_and_both_are_kept(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var feed = await test.RegisterAsync();
        await test.StoreAsync(feed, Stages((-15, 1), (0, 1.2)));
        var correction = await test.StoreAsync(feed, Stages((-15, 1), (0, 1.4)));

        Assert.Equal((0, 1, 1), (correction.Added, correction.Revised, correction.Known));
        Assert.Equal([(0, 1.0), (0, 1.2), (1, 1.4)], (await test.ObservationsAsync()).Select(row => (row.Revision, row.Result)));
        var queries = test.Get<ObservationQueries>();
        Assert.Equal([1, 1.4], (await queries.ListObservationsAsync(Stage, TestStore.Begin.AddDays(-1), TestStore.Begin, 10, default)).Select(row => row.Result));
        Assert.Equal([1.4], (await queries.ListBatchesAsync([correction.BatchId!.Value], default)).Select(row => row.Observation.Result));
        Assert.Equal(1.4, (await queries.LatestAsync([Stage], default))[Stage].Result);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_later_review_mark_alone_is_no_new_value_but_a_later_doubt_is(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var feed = await test.RegisterAsync();
        var value = new ParsedObservation(Stage, TestStore.Begin, 1.2, "P");
        await test.StoreAsync(feed, Payload(value));

        Assert.Null((await test.StoreAsync(feed, Payload(value with { Qualifier = "A" }))).BatchId);
        Assert.Equal(1, (await test.StoreAsync(feed, Payload(value with { Qualifier = "P,Ice", Doubted = true }))).Revised);
        var row = (await test.ObservationsAsync())[^1];
        Assert.Equal(("P,Ice", QualityFlags.Qualifier | QualityFlags.Suspect), (row.Qualifier, row.Flags));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Values_ahead_of_the_clock_are_quarantined_and_slightly_early_ones_marked(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var stored = await test.StoreAsync(await test.RegisterAsync(), Stages((0, 1), (5, 1.1), (11, 1.2)));

        Assert.Equal(2, stored.Added);
        Assert.Equal([QualityFlags.None, QualityFlags.Future], (await test.ObservationsAsync()).Select(row => row.Flags));
        Assert.Equal("future-time", Assert.Single(await test.QuarantineAsync()).Reason);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_replay_holds_the_future_back_until_it_comes(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var feed = await test.RegisterAsync(Definition() with { HoldBackFuture = true, TimeShift = TimeSpan.FromMinutes(10) });
        var now = await test.StoreAsync(feed, Stages((-10, 1), (-5, 1.1), (5, 1.2)));
        test.Clock.Advance(TimeSpan.FromMinutes(15));
        var later = await test.StoreAsync(feed, Stages((-10, 1), (-5, 1.1), (5, 1.2)));

        Assert.Equal((1, 2), (now.Added, now.HeldBack));
        Assert.Equal((2, 0), (later.Added, later.HeldBack));
        Assert.Equal([0, 5, 15], (await test.ObservationsAsync()).Select(row => (row.PhenomenonTime - TestStore.Begin).TotalMinutes));
        Assert.Empty(await test.QuarantineAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Values_of_an_unknown_station_are_set_aside_and_the_others_stored(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var parsed = Stages((0, 1));
        parsed.Datastreams["t:9:stage"] = parsed.Datastreams[Stage] with { Id = "t:9:stage", StationId = "t:9" };
        parsed.Observations.Add(new ParsedObservation("t:9:stage", TestStore.Begin, 5));
        var stored = await test.StoreAsync(await test.RegisterAsync(), parsed);

        Assert.Equal(1, stored.Added);
        var row = Assert.Single(await test.QuarantineAsync());
        Assert.Equal("unknown-station", row.Reason);
        Assert.Contains("t:9", row.Detail);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Two_series_of_one_parameter_become_two_datastreams_instead_of_endless_corrections(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var feed = await test.RegisterAsync();
        for (var round = 0; round < 2; round++)
        {
            foreach (var (series, value) in new[] { ("aaaaaaaaaaaa", 1.0), ("bbbbbbbbbbbb", 2.0) })
            {
                var page = Stages((0, value));
                page.Datastreams[Stage] = page.Datastreams[Stage] with { SourceSeries = series };
                await test.StoreAsync(feed, page);
            }
        }

        Assert.Equal([(Stage, 1.0), (Stage + ":bbbbbbbb", 2.0)], (await test.ObservationsAsync()).Select(row => (row.DatastreamId, row.Result)));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Whatever_the_order_split_and_repetition_of_batches_the_stored_set_is_the_same(Engine engine)
    {
        var series = Series();
        await using var straight = await CreateAsync(engine);
        await straight.StoreAsync(await straight.RegisterAsync(), Payload(series));
        var expected = await StateAsync(straight);
        Assert.All(["RateOfChange", "Spike", "Step", "Suspect, Step", "Gap", "Stuck"], flag => Assert.Contains(expected, row => row.Contains(flag, StringComparison.Ordinal)));

        await Gen.Int.Array[series.Length].Select(Gen.Int[1, 24], Gen.Int[0, 2], Gen.Int[0, 2].Array[60]).SampleAsync(
            async (keys, pieces, disorder, turns) =>
            {
                // As they happened, as they happened and once again, or in any order and once again.
                var repeat = disorder > 0;
                var shuffled = disorder < 2 ? series : series.Zip(keys).OrderBy(pair => pair.Second).Select(pair => pair.First).ToArray();
                var batches = shuffled.Chunk((shuffled.Length / pieces) + 1).ToList();
                await using var test = await CreateAsync(engine);
                var feed = await test.RegisterAsync();

                // Three processes take turns; each remembers what it stored, and must notice what the others did.
                var processes = new[] { new StoreObservations(test.Store), new StoreObservations(test.Store), new StoreObservations(test.Store) };
                foreach (var (batch, turn) in (repeat ? batches.Concat(batches) : batches).Zip(turns))
                {
                    await processes[turn].StoreAsync(feed, Payload(batch), CancellationToken.None);
                }

                Assert.Equal(expected, await StateAsync(test));
                return true;
            },
            iter: engine == Engine.Sqlite ? 25 : 8, threads: 1);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_was_rolled_back_is_not_taken_for_stored(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var feed = await test.RegisterAsync();
        await test.StoreAsync(feed, Stages((-60, 0.4)));
        await using (var step = await test.Store.BeginAsync<ObservationsDb>(CancellationToken.None))
        {
            await test.Get<StoreObservations>().StoreAsync(step, feed, Payload(new ParsedObservation(Stage, TestStore.Begin.AddMinutes(-45), 9), new ParsedObservation("t:2:stage", TestStore.Begin, 1)), CancellationToken.None);
        }

        await test.StoreAsync(feed, Payload(new ParsedObservation(Stage, TestStore.Begin.AddMinutes(-30), 0.5), new ParsedObservation("t:2:stage", TestStore.Begin, 1)));
        Assert.Equal([(Stage, 0.4, QualityFlags.None), (Stage, 0.5, QualityFlags.None), ("t:2:stage", 1, QualityFlags.None)], (await test.ObservationsAsync()).Select(row => (row.DatastreamId, row.Result, row.Flags)));
    }

    [Fact]
    public async Task A_station_that_moved_back_and_forth_in_two_processes_stands_where_it_was_said_last()
    {
        await using var test = await CreateAsync(Engine.Sqlite);
        var feed = await test.RegisterAsync();
        var (one, other) = (new StoreObservations(test.Store), new StoreObservations(test.Store));
        foreach (var (process, longitude) in new[] { (one, 90.0), (other, 91.0), (one, 90.0) })
        {
            var payload = Stages((-60, 0.4));
            payload.Stations["t:1"] = payload.Stations["t:1"] with { Location = Resilience.Core.Geography.Wgs84.Point(longitude, 28) };
            await process.StoreAsync(feed, payload, CancellationToken.None);
        }

        await using var db = test.Store.Read<ObservationsDb>();
        Assert.Equal(90.0, (await db.Stations.SingleAsync()).Location.Coordinate.X);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_another_process_stored_is_noticed_even_after_a_roll_back(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var feed = await test.RegisterAsync();
        var (one, other) = (new StoreObservations(test.Store), new StoreObservations(test.Store));
        await one.StoreAsync(feed, At(90), CancellationToken.None);
        await using (var step = await test.Store.BeginAsync<ObservationsDb>(CancellationToken.None))
        {
            // Two pages in one step that comes to nothing: the second is told a version that nobody will have seen, and the next to write takes it.
            await one.StoreAsync(step, feed, Stages((-45, 0.5)), CancellationToken.None);
            await one.StoreAsync(step, feed, Stages((-30, 0.6)), CancellationToken.None);
        }

        await one.StoreAsync(feed, At(90), CancellationToken.None);
        await other.StoreAsync(feed, At(91), CancellationToken.None);
        await one.StoreAsync(feed, At(90), CancellationToken.None);
        await using var db = test.Store.Read<ObservationsDb>();
        Assert.Equal(90.0, (await db.Stations.SingleAsync()).Location.Coordinate.X);

        static ParsedPayload At(double longitude)
        {
            var payload = Stages((-60, 0.4));
            payload.Stations["t:1"] = payload.Stations["t:1"] with { Location = Resilience.Core.Geography.Wgs84.Point(longitude, 28) };
            return payload;
        }
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_is_remembered_wrongly_fails_once_and_is_then_read_anew(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var feed = await test.RegisterAsync();
        await test.StoreAsync(feed, Stages((-60, 0.4)));
        await using (var step = await test.Store.BeginAsync<ObservationsDb>(CancellationToken.None))
        {
            step.Db.Observations.Add(new Observation { DatastreamId = Stage, PhenomenonTime = TestStore.Begin.AddMinutes(-45), Revision = 0, Result = 0.5, Flags = QualityFlags.None, BatchId = Guid.Empty });
            await step.CommitAsync(CancellationToken.None);
        }

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => test.StoreAsync(feed, Stages((-45, 0.5), (-30, 0.6))));
        Assert.Equal(1, (await test.StoreAsync(feed, Stages((-45, 0.5), (-30, 0.6)))).Added);
        Assert.Equal([0.4, 0.5, 0.6], (await test.ObservationsAsync()).Select(row => row.Result));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_spike_is_recognised_when_what_follows_comes_in_later_batches(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var feed = await test.RegisterAsync();
        await test.StoreAsync(feed, Stages((-60, 0.4), (-45, 0.4), (-30, 7.2)));
        Assert.Equal(QualityFlags.RateOfChange, (await test.ObservationsAsync())[2].Flags);

        await test.StoreAsync(feed, Stages((-15, 0.5)));
        Assert.Equal(QualityFlags.RateOfChange | QualityFlags.Spike | QualityFlags.Suspect, (await test.ObservationsAsync())[2].Flags);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_is_beyond_the_stations_record_is_marked_and_not_doubted(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var payload = Stages((-30, 4.0), (-15, 5.2), (0, 5.6));
        payload.Stations["t:1"] = payload.Stations["t:1"] with { ReferenceLow = 0.5, ReferenceRecord = 5, ReferenceUnit = "m" };
        await test.StoreAsync(await test.RegisterAsync(), payload);

        // 10 % of 0.5 to 5 m are 0.45 m.
        Assert.Equal([QualityFlags.None, QualityFlags.RateOfChange, QualityFlags.Climatology], (await test.ObservationsAsync()).Select(row => row.Flags));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_record_above_another_zero_says_nothing(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var payload = Stages((-30, 4.0), (0, 5.6));
        payload.Stations["t:1"] = payload.Stations["t:1"] with { ReferenceLow = 0.5, ReferenceRecord = 5, ReferenceUnit = "mAOD" };
        await test.StoreAsync(await test.RegisterAsync(), payload);

        Assert.DoesNotContain(await test.ObservationsAsync(), row => row.Flags.HasFlag(QualityFlags.Climatology));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_spike_is_recognised_when_another_process_stored_it(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var feed = await test.RegisterAsync();
        var (one, other) = (new StoreObservations(test.Store), new StoreObservations(test.Store));
        await one.StoreAsync(feed, Stages((-60, 0.4), (-45, 0.4)), CancellationToken.None);
        await other.StoreAsync(feed, Stages((-30, 7.2)), CancellationToken.None);
        await one.StoreAsync(feed, Stages((-15, 0.5)), CancellationToken.None);
        Assert.Equal(QualityFlags.RateOfChange | QualityFlags.Spike | QualityFlags.Suspect, (await test.ObservationsAsync())[2].Flags);
    }

    private static async Task<List<string>> StateAsync(TestStore test)
    {
        await using var db = test.Store.Read<ObservationsDb>();
        return [.. (await test.ObservationsAsync()).Select(row => $"{row.DatastreamId} {row.PhenomenonTime:O} {row.Revision} {row.Result} {row.Flags}"),
            .. (await db.Latest.OrderBy(row => row.DatastreamId).ToListAsync()).Select(row => $"latest {row.DatastreamId} {row.PhenomenonTime:O} {row.Revision} {row.Result} {row.Flags} {row.TrendPerHour} {row.UnchangedSince:O}")];
    }

    // Five days with a steep wave, a spike, a gap, a day at rest, a day in feet, a new zero lower and one higher; a second short series beside it.
    private static ParsedObservation[] Series()
    {
        var values = new List<ParsedObservation>();
        for (var i = 0; i < 480; i++)
        {
            var value = i switch
            {
                < 20 => 0.4 + (i * 0.001),
                20 => 7.2,
                < 30 => 0.45,
                < 34 => 0.45 + ((i - 29) * 1.5),
                < 40 => 6.5 - (i * 0.01),
                < 160 => 6.123,
                < 200 => 6 - (i % 3 * 0.01),
                < 290 => Math.Round((6 - (i % 3 * 0.01)) / 0.3048, 2),
                < 320 => 6 - (i % 3 * 0.01),
                < 380 => 3 - (i % 3 * 0.01),
                < 400 => 6 - (i % 3 * 0.01),
                _ => 8 - (i % 3 * 0.01),
            };
            if (i is < 44 or > 49)
            {
                values.Add(new ParsedObservation(Stage, TestStore.Begin.AddMinutes((i - 480) * 15), value));
            }
        }

        values.AddRange(Enumerable.Range(0, 6).Select(i => new ParsedObservation("t:2:stage", TestStore.Begin.AddMinutes((i - 6) * 15), i)));
        return [.. values];
    }
}
