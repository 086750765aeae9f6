using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Queries;
using Resilience.Hazards.Revising;
using Resilience.Hazards.Thresholds;
using Resilience.Hazards.Verifying;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards.Revising;

/// <summary>An agency sets its own thresholds: tried on the past first, agreed by a second person, in force at once, and undone the same way.</summary>
public sealed class ReviseThresholdsTest
{
    private static readonly Caller Karma = new(StableId.From("test.person", "karma"), "Karma");
    private static readonly Caller Tshering = new(StableId.From("test.person", "tshering"), "Tshering");
    private static readonly IReadOnlyList<OwnThreshold> Lower = [new(HazardLevel.Action, 11.98), new(HazardLevel.Minor, 12), new(HazardLevel.Major, 20)];

    private const string NewGauge = "The gauge is new; the marks of 1988 are all there is.";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Lower_thresholds_are_tried_proposed_agreed_by_another_and_judge_the_gauge_at_once(Engine engine)
    {
        await using var test = await PearlAsync(engine, 11.9, 11.92, 11.94, 11.96, 11.99, 12.01, 12.03, 12.05);
        Assert.Equal(HazardLevel.None, await LevelAsync(test));

        var (trial, _) = await test.Get<TryThresholds>().TryAsync(Gauges.PearlStage, Lower, default);
        Assert.Equal((0, 1, 12.0), (trial.Before!.Alerts, trial.After!.Alerts, trial.Event));
        Assert.Equal((HazardLevel.None, HazardLevel.Minor), (trial.Before.LevelNow, trial.After.LevelNow));
        Assert.Equal((1, 0), (trial.Before.Scores!.Misses, trial.Before.Scores.Hits));
        Assert.Equal((0, 1), (trial.After.Scores!.Misses, trial.After.Scores.Hits));
        Assert.Single(trial.Gained);
        Assert.Empty(trial.Lost);
        Assert.Contains(trial.Cautions, line => line.Contains("days of readings", StringComparison.Ordinal));

        var proposed = await ProposeAsync(test, Lower);
        await test.SweepAsync();
        Assert.Equal(HazardLevel.None, await LevelAsync(test));
        Assert.Equal("hazards.two-people", await RefusedAsync(() => test.Get<DecideThresholds>().EnableAsync(proposed.Id, new(null), Karma, default)));

        await test.Get<DecideThresholds>().EnableAsync(proposed.Id, new("Seen on the bridge."), Tshering, default);
        await test.SweepAsync();
        Assert.Equal(HazardLevel.Minor, await LevelAsync(test));
        var evidence = Evidence.FromJson((await test.Get<HazardQueries>().FindCurrentAsync(Gauges.Pearl, default))!.Evidence);
        Assert.Equal([11.98, 12, 20], evidence.Thresholds.Select(one => one.Value));
        Assert.Equal($"Survey of 2024 (revision 1, set by Karma and Tshering on {test.Store.Clock.GetUtcNow():yyyy-MM-dd})", evidence.Thresholds[0].Source);
        await using var db = test.Store.Read<HazardsDb>();
        Assert.Equal(["hazards.thresholds-proposed", "hazards.thresholds-enabled"], await db.Database.SqlQuery<string>($"SELECT action AS \"Value\" FROM access_audit ORDER BY at, action DESC").ToListAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Going_back_to_the_published_thresholds_is_a_change_like_any_other(Engine engine)
    {
        await using var test = await PearlAsync(engine, 12.6, 12.6, 12.6, 12.6);
        await AgreeAsync(test, Lower);
        Assert.Equal(HazardLevel.Minor, await LevelAsync(test));
        var back = await AgreeAsync(test, []);
        Assert.Equal(2, back.Number);
        Assert.Equal(HazardLevel.None, await LevelAsync(test));
        await using var db = test.Store.Read<HazardsDb>();
        Assert.Equal([RevisionState.Superseded, RevisionState.InForce], (await db.Revisions.OrderBy(row => row.Number).ToListAsync()).Select(row => row.State));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_gauge_nobody_judged_before_is_judged_at_once_by_what_it_said_of_late(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddFeedAsync(test);
        await Gauges.AddAsync(test, "t:mill", "Mill", 90, 27, "stage", Resilience.Observations.ObservedProperty.Stage, "m");
        await Gauges.StoreAsync(test, "t:mill:stage", Gauges.Quarters(test.Store.Clock.GetUtcNow(), 2.6, 2.6, 2.6));
        await test.SweepAsync();
        Assert.Null(await test.Get<HazardQueries>().FindCurrentAsync("t:mill", default));
        // A village with a new gauge has no history: both people say that it goes live all the same, and that stays to be seen.
        Assert.Equal("hazards.unverified", await RefusedAsync(() => test.Get<ProposeThresholds>().ProposeAsync("t:mill:stage", new ProposalRequest([new(HazardLevel.Minor, 2.5)], "Marks on the wall"), Karma, default)));
        var proposed = await test.Get<ProposeThresholds>().ProposeAsync("t:mill:stage", new ProposalRequest([new(HazardLevel.Minor, 2.5)], "Marks on the wall", NewGauge), Karma, default);
        Assert.Equal("hazards.without-history", await RefusedAsync(() => test.Get<DecideThresholds>().EnableAsync(proposed.Id, new(null), Tshering, default)));
        await test.Get<DecideThresholds>().EnableAsync(proposed.Id, new(null, WithoutHistory: true), Tshering, default);
        await test.SweepAsync();
        var current = (await test.Get<HazardQueries>().FindCurrentAsync("t:mill", default))!;
        Assert.Equal(HazardLevel.Minor, current.Level);
        Assert.EndsWith($", without history: {NewGauge})", Evidence.FromJson(current.Evidence).Thresholds[0].Source, StringComparison.Ordinal);
        var set = Assert.Single(await StandingAsync(test, "t:mill"));
        Assert.Equal((SetStanding.WithoutHistory, new WithoutHistory(NewGauge, "Karma", "Tshering", test.Store.Clock.GetUtcNow())), (set.Standing, set.WithoutHistory));
        await using var db = test.Store.Read<HazardsDb>();
        Assert.Equal(2, await db.Database.SqlQuery<int>($"SELECT count(*) AS \"Value\" FROM access_audit WHERE detail LIKE '%The gauge is new%'").SingleAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Of_two_who_decide_at_once_one_decides(Engine engine)
    {
        await using var test = await PearlAsync(engine, 8, 9, 9, 9);
        var proposed = await ProposeAsync(test, Lower);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => RefusedAsync(() => n % 2 == 0
            ? test.Get<DecideThresholds>().EnableAsync(proposed.Id, new(null), Tshering, default)
            : test.Get<DecideThresholds>().RejectAsync(proposed.Id, new("No."), Tshering, default))));
        Assert.Equal([null, .. Enumerable.Repeat("hazards.decided", 7)], answers.Order());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_database_itself_refuses_thresholds_one_person_set_alone(Engine engine)
    {
        await using var test = await PearlAsync(engine, 8, 9, 9, 9);
        var proposed = await ProposeAsync(test, Lower);
        await using var step = await test.Store.BeginAsync<HazardsDb>(default);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => step.Db.Revisions.Where(row => row.Id == proposed.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, RevisionState.InForce).SetProperty(row => row.DecidedBy, Karma.Id)));
    }

    [Fact]
    public async Task A_gauge_without_readings_needs_a_plain_yes_and_a_second_proposal_waits()
    {
        await using var test = await PearlAsync(Engine.Sqlite);
        Assert.Equal("hazards.unverified", await RefusedAsync(() => ProposeAsync(test, Lower)));
        Assert.Equal("hazards.without-history-reason", await RefusedAsync(() => test.Get<ProposeThresholds>().ProposeAsync(Gauges.PearlStage, new ProposalRequest(Lower, "Survey of 2024", "because"), Karma, default)));
        var proposed = await test.Get<ProposeThresholds>().ProposeAsync(Gauges.PearlStage, new ProposalRequest(Lower, "Survey of 2024", NewGauge), Karma, default);
        Assert.Contains("nobody knows", proposed.Trial, StringComparison.Ordinal);
        Assert.Equal("hazards.already-proposed", await RefusedAsync(() => test.Get<ProposeThresholds>().ProposeAsync(Gauges.PearlStage, new ProposalRequest(Lower, "Another", NewGauge), Tshering, default)));
        Assert.Equal("hazards.threshold-note", await RefusedAsync(() => test.Get<DecideThresholds>().RejectAsync(proposed.Id, new(" "), Tshering, default)));
        var taken = await test.Get<DecideThresholds>().RejectAsync(proposed.Id, new(null), Karma, default);
        Assert.Equal(RevisionState.Rejected, taken.State);
        Assert.Equal(2, (await test.Get<ProposeThresholds>().ProposeAsync(Gauges.PearlStage, new ProposalRequest(Lower, "Another", NewGauge), Tshering, default)).Number);
    }

    [Fact]
    public async Task What_was_tried_with_another_version_of_the_rule_is_not_put_in_force()
    {
        await using var test = await PearlAsync(Engine.Sqlite, 8, 9, 9, 9);
        var proposed = await ProposeAsync(test, Lower);
        var version = proposed.ReadTrial().SetVersion;
        DecideThresholds.Refuse(proposed, RevisionState.InForce, null, Tshering, version, withoutHistory: false);
        Assert.Equal("hazards.trial-outdated", Assert.Throws<RefusalException>(() => DecideThresholds.Refuse(proposed with { RuleVersion = "0" }, RevisionState.InForce, null, Tshering, version, false)).Code);
        // Nor what was tried with other thresholds, nor what an older release tried without saying on how much of the past.
        Assert.Equal("hazards.trial-outdated", Assert.Throws<RefusalException>(() => DecideThresholds.Refuse(proposed, RevisionState.InForce, null, Tshering, "other", false)).Code);
        var before = proposed with { Trial = System.Text.RegularExpressions.Regex.Replace(proposed.Trial, "\"heardDays\":[0-9.]+", "\"heardDays\":0") };
        Assert.Equal("hazards.trial-outdated", Assert.Throws<RefusalException>(() => DecideThresholds.Refuse(before, RevisionState.InForce, null, Tshering, version, true)).Code);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_two_people_put_in_force_on_a_month_of_the_past_stands_verified_and_other_values_do_not(Engine engine)
    {
        await using var test = await PearlAsync(engine, 11.9, 11.99, 12.01, 12.03, 12.05);
        // What came with the house judges, and says that nobody has replayed it here.
        Assert.Equal((SetStanding.NeverVerified, null), (await StandingAsync(test, Gauges.Pearl)).Select(one => (one.Standing, one.Revision)).Single());
        await AgreeAsync(test, Lower);
        var set = Assert.Single(await StandingAsync(test, Gauges.Pearl));
        Assert.Equal((SetStanding.Verified, 1, test.Store.Clock.GetUtcNow(), 1), (set.Standing, set.Revision!.Value, set.VerifiedAt!.Value, set.Result!.Scores!.Hits));
        Assert.InRange(set.HeardDays!.Value, 30.9, 31.2);
        Assert.Null(set.WithoutHistory);
        await using (var step = await test.Store.BeginAsync<HazardsDb>(default))
        {
            await step.Db.Revisions.ExecuteUpdateAsync(rows => rows.SetProperty(row => row.Values, ThresholdRevision.Write([new(HazardLevel.Action, 11.97)])));
            await step.CommitAsync(default);
        }

        Assert.Equal(SetStanding.NeverVerified, (await StandingAsync(test, Gauges.Pearl)).Single().Standing);
    }

    [Theory]
    [InlineData("""[{"level":"Action","value":12},{"level":"Minor","value":12}]""", "hazards.threshold-order")]
    [InlineData("""[{"level":"Action","value":12},{"level":"Action","value":13}]""", "hazards.threshold-levels")]
    [InlineData("""[{"level":"None","value":12}]""", "hazards.threshold-levels")]
    [InlineData("""[{"level":"Major","value":1e9}]""", "hazards.threshold-value")]
    public async Task Thresholds_that_make_no_sense_are_refused_in_words(string values, string code)
    {
        await using var test = await PearlAsync(Engine.Sqlite, 8, 9);
        var wanted = JsonSerializer.Deserialize<List<OwnThreshold>>(values, Json);
        Assert.Equal(code, await RefusedAsync(() => test.Get<TryThresholds>().TryAsync(Gauges.PearlStage, wanted, default)));
        Assert.Equal("hazards.threshold-source", await RefusedAsync(() => test.Get<ProposeThresholds>().ProposeAsync(Gauges.PearlStage, new ProposalRequest(Lower, "x"), Karma, default)));
    }

    private static async Task<TestStore> PearlAsync(Engine engine, params double[] values)
    {
        var test = await Gauges.CreateAsync(engine);
        await Gauges.AddPearlAsync(test);
        // A month that was as at the beginning.
        await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(test.Store.Clock.GetUtcNow(), values.Length == 0 ? [] : [.. Enumerable.Repeat(values[0], 31 * 96), .. values]), 4000);
        await test.SweepAsync();
        return test;
    }

    private static async Task<IReadOnlyList<ThresholdSet>> StandingAsync(TestStore test, string stationId)
    {
        var observations = test.Get<Resilience.Observations.Queries.ObservationQueries>();
        return await test.Get<FindStanding>().ListAsync(await observations.GetStationAsync(stationId, default), (await observations.ListDatastreamsAsync(stationId, default))[0], default);
    }

    private static Task<ThresholdRevision> ProposeAsync(TestStore test, IReadOnlyList<OwnThreshold> values) =>
        test.Get<ProposeThresholds>().ProposeAsync(Gauges.PearlStage, new ProposalRequest(values, "Survey of 2024"), Karma, default);

    private static async Task<ThresholdRevision> AgreeAsync(TestStore test, IReadOnlyList<OwnThreshold> values)
    {
        var agreed = await test.Get<DecideThresholds>().EnableAsync((await ProposeAsync(test, values)).Id, new(null), Tshering, default);
        await test.SweepAsync();
        return agreed;
    }

    private static async Task<HazardLevel> LevelAsync(TestStore test) => (await test.Get<HazardQueries>().FindCurrentAsync(Gauges.Pearl, default))?.Level ?? HazardLevel.None;

    private static async Task<string?> RefusedAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (RefusalException refusal)
        {
            return refusal.Code;
        }
    }
}
