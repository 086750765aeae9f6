using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Queries;
using Resilience.Hazards.Revising;
using Resilience.Hazards.Thresholds;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards.Revising;

/// <summary>An agency sets its own thresholds: tried on the past first, agreed by a second person, in force at once, and undone the same way.</summary>
public sealed class ReviseThresholdsTest
{
    private static readonly Caller Karma = new(StableId.From("test.person", "karma"), "Karma");
    private static readonly Caller Tshering = new(StableId.From("test.person", "tshering"), "Tshering");
    private static readonly IReadOnlyList<OwnThreshold> Lower = [new(HazardLevel.Action, 11.98), new(HazardLevel.Minor, 12), new(HazardLevel.Major, 20)];

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
        var proposed = await test.Get<ProposeThresholds>().ProposeAsync("t:mill:stage", new ProposalRequest([new(HazardLevel.Minor, 2.5)], "Marks on the wall"), Karma, default);
        await test.Get<DecideThresholds>().EnableAsync(proposed.Id, new(null), Tshering, default);
        await test.SweepAsync();
        Assert.Equal(HazardLevel.Minor, (await test.Get<HazardQueries>().FindCurrentAsync("t:mill", default))!.Level);
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
        var proposed = await test.Get<ProposeThresholds>().ProposeAsync(Gauges.PearlStage, new ProposalRequest(Lower, "Survey of 2024", Unverified: true), Karma, default);
        Assert.Contains("nobody knows", proposed.Trial, StringComparison.Ordinal);
        Assert.Equal("hazards.already-proposed", await RefusedAsync(() => test.Get<ProposeThresholds>().ProposeAsync(Gauges.PearlStage, new ProposalRequest(Lower, "Another", Unverified: true), Tshering, default)));
        Assert.Equal("hazards.threshold-note", await RefusedAsync(() => test.Get<DecideThresholds>().RejectAsync(proposed.Id, new(" "), Tshering, default)));
        var taken = await test.Get<DecideThresholds>().RejectAsync(proposed.Id, new(null), Karma, default);
        Assert.Equal(RevisionState.Rejected, taken.State);
        Assert.Equal(2, (await test.Get<ProposeThresholds>().ProposeAsync(Gauges.PearlStage, new ProposalRequest(Lower, "Another", Unverified: true), Tshering, default)).Number);
    }

    [Fact]
    public async Task What_was_tried_with_another_version_of_the_rule_is_not_put_in_force()
    {
        await using var test = await PearlAsync(Engine.Sqlite, 8, 9, 9, 9);
        var old = (await ProposeAsync(test, Lower)) with { RuleVersion = "0" };
        Assert.Equal("hazards.trial-outdated", Assert.Throws<RefusalException>(() => DecideThresholds.Refuse(old, RevisionState.InForce, null, Tshering)).Code);
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
        await Gauges.StoreAsync(test, Gauges.PearlStage, Gauges.Quarters(test.Store.Clock.GetUtcNow(), values));
        await test.SweepAsync();
        return test;
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
