using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Resilience.Core;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Rules;
using Resilience.Hazards.Verifying;
using Resilience.Observations;
using Resilience.Observations.Queries;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards.Rules;

/// <summary>A verification goes gauge by gauge in the background: how far it is can be read, it can be ended, and a restart costs it one gauge at most.</summary>
public sealed class RunVerificationsTest
{
    private static readonly TimeSpan OneGauge = TimeSpan.Zero;

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task It_says_how_far_it_is_and_another_worker_goes_on_where_one_died_with_the_same_result(Engine engine)
    {
        await using var test = await ThreeGaugesAsync(engine);
        var request = test.Get<RequestVerification>();
        var run = await request.AskAsync(StageRule.Name, "Karma", default);
        Assert.Equal((RunState.Waiting, 0, 0, "Karma"), (run.State, run.Total, run.Done, run.RequestedByName));
        // Asked again while it is open it is the same.
        Assert.Equal(run.Id, (await request.AskAsync(StageRule.Name, "Tshering", default)).Id);

        await test.Get<RunVerifications>().RunAsync(OneGauge, default);
        run = await request.GetAsync(run.Id, default);
        Assert.Equal((RunState.Running, 3, 1, 1), (run.State, run.Total, run.Done, run.Judged));
        // What it holds is in the database alone: a new process has a new worker.
        var other = new RunVerifications(test.Store, test.Get<ReplayStored>(), test.Get<ILogger<RunVerifications>>());
        await other.RunAsync(OneGauge, default);
        Assert.Equal(2, (await request.GetAsync(run.Id, default)).Done);
        await other.RunAsync(default);
        run = await request.GetAsync(run.Id, default);
        Assert.Equal((RunState.Done, 3, 3, 3, null), (run.State, run.Total, run.Done, run.Judged, run.Problem));
        var pieces = await KeptAsync(test, run);

        var whole = await request.AskAsync(StageRule.Name, "Karma", default);
        Assert.NotEqual(run.Id, whole.Id);
        await test.Get<RunVerifications>().RunAsync(default);
        Assert.Equal(pieces, await KeptAsync(test, await request.GetAsync(whole.Id, default)));
        await using var db = test.Store.Read<HazardsDb>();
        Assert.Equal(0, await db.RunGauges.CountAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Ended_by_somebody_nothing_of_it_is_kept_and_it_can_be_asked_for_again(Engine engine)
    {
        await using var test = await ThreeGaugesAsync(engine);
        var request = test.Get<RequestVerification>();
        var run = await request.AskAsync(StageRule.Name, "Karma", default);
        await test.Get<RunVerifications>().RunAsync(OneGauge, default);
        Assert.Equal(RunState.Cancelled, (await request.CancelAsync(run.Id, default)).State);
        await test.Get<RunVerifications>().RunAsync(default);
        run = await request.GetAsync(run.Id, default);
        Assert.Equal((RunState.Cancelled, 1), (run.State, run.Done));
        await using var db = test.Store.Read<HazardsDb>();
        Assert.Equal((0, 0), (await db.Verifications.CountAsync(), await db.RunGauges.CountAsync()));
        var again = await request.AskAsync(StageRule.Name, "Karma", default);
        await test.Get<RunVerifications>().RunAsync(default);
        Assert.Equal(RunState.Done, (await request.GetAsync(again.Id, default)).State);
        Assert.Equal(RunState.Done, (await request.CancelAsync(again.Id, default)).State);
        Assert.Equal("hazards.no-such-rule", (await Assert.ThrowsAsync<RefusalException>(() => request.AskAsync("astrology", "Karma", default))).Code);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Thresholds_that_came_with_the_house_are_verified_by_themselves_once_a_month_of_the_past_is_there(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddPearlAsync(test);
        await WaterAsync(test, Gauges.PearlStage, days: 20, test.Clock.GetUtcNow());
        await test.Get<VerifyThresholds>().RunAsync(default);
        Assert.Equal(SetStanding.NeverVerified, (await StandingAsync(test)).Standing);

        test.Clock.Advance(TimeSpan.FromDays(20));
        await WaterAsync(test, Gauges.PearlStage, days: 20, test.Clock.GetUtcNow());
        await test.Get<VerifyThresholds>().RunAsync(default);
        var set = await StandingAsync(test);
        Assert.Equal((SetStanding.Verified, test.Clock.GetUtcNow(), 2), (set.Standing, set.VerifiedAt, set.Result!.Scores!.Hits + set.Result.Scores.Misses));
        Assert.InRange(set.HeardDays!.Value, 39, 41);

        // And so is the rule itself, once.
        await test.Get<RunVerifications>().RunAsync(default);
        var rule = (await test.Get<VerifyStored>().ListAsync(default)).Single(one => one.Name == StageRule.Name);
        Assert.Equal((RunState.Done, VerificationRun.ByItself, 2), (rule.Run!.State, rule.Run.RequestedByName, rule.Verification!.Scores.Hits + rule.Verification.Scores.Misses));
        await test.Get<VerifyThresholds>().RunAsync(default);
        await test.Get<RunVerifications>().RunAsync(default);
        await using var db = test.Store.Read<HazardsDb>();
        Assert.Equal(1, await db.Runs.CountAsync(row => row.Rule == StageRule.Name));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Silences_below_rising_water_are_replayed_with_what_the_gauge_said_when_it_spoke_again(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddFeedAsync(test);
        await Gauges.AddAsync(test, "drill:thanza", "Pho Chhu at Thanza", 90.206, 28.085, "level", ObservedProperty.Stage, "m", exercise: true, high: 2.6);
        await Gauges.AddAsync(test, "drill:lhedi", "Pho Chhu at Lhedi", 90.065, 28.03, "level", ObservedProperty.Stage, "m", exercise: true, high: 2.6);
        // Four pauses of six hours below: above the first two the water rises, and the gauge speaks again high, then low; above the third it is calm and the gauge speaks high; the last tells nothing.
        var begin = test.Clock.GetUtcNow().AddDays(-4);
        var (above, below) = (new List<(DateTimeOffset, double, QualityFlags)>(), new List<(DateTimeOffset, double, QualityFlags)>());
        for (var i = 0; i < 4 * 96; i++)
        {
            var (day, quarter) = (i / 96, i % 96);
            above.Add((begin.AddMinutes(15 * i), 1.2 + (day < 2 && quarter is >= 36 and < 60 ? 0.05 * (quarter - 36) : 0), QualityFlags.None));
            if (quarter is < 40 or >= 64)
            {
                below.Add((begin.AddMinutes(15 * i), day is 0 or 2 && quarter is >= 64 and < 72 ? 2.7 : 1.6, QualityFlags.None));
            }
        }

        await Gauges.StoreAsync(test, "drill:thanza:level", above, 4000);
        await Gauges.StoreAsync(test, "drill:lhedi:level", below, 4000);
        await test.SweepAsync();
        await test.Get<RequestVerification>().AskAsync(UpstreamRise.RuleName, "Karma", default);
        await test.Get<RunVerifications>().RunAsync(default);
        var rule = (await test.Get<VerifyStored>().ListAsync(default)).Single(one => one.Name == UpstreamRise.RuleName);
        Assert.Equal(RunState.Done, rule.Run!.State);
        var found = rule.Verification!;
        Assert.Equal((1, 1, 1), (found.Scores.Hits, found.Scores.Misses, found.Scores.FalseAlarms));
        // Noticed after three quarters of an hour, raised then: the water had risen 0.15 m by quarter 40.
        Assert.InRange(found.Scores.MedianLeadHours!.Value, 5.2, 5.6);
        Assert.Equal((2, UpstreamRise.RuleVersion, 1), (found.Raised![0].Times, found.Version, found.Stations.Single(one => one.Station == "drill:lhedi").Scores.Hits));
    }

    [Fact]
    public async Task Who_asks_is_answered_at_once_where_the_progress_is()
    {
        await using var test = await ThreeGaugesAsync(Engine.Sqlite);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(test.Clock).AddStorage(test.Get<StorageOptions>());
        builder.Services.AddSingleton(test.Get<Resilience.Core.Geography.GeodataDirectory>());
        builder.Services.AddObservations(builder.Configuration).AddHazards(builder.Configuration);
        foreach (var hosted in builder.Services.Where(one => one.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService)).ToList())
        {
            builder.Services.Remove(hosted);
        }

        builder.Services.AddAuthorization(options => options.AddPolicy(Resilience.Access.Roles.Coordinator, policy => policy.RequireAuthenticatedUser()));
        await using var app = builder.Build();
        app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, StableId.From("test.person", "karma").ToString()), new(ClaimTypes.Name, "Karma")], "test"));
            return next(context);
        });
        app.UseAuthorization();
        app.MapHazards();
        await app.StartAsync();
        var client = app.GetTestClient();

        var answer = await client.PostAsync(new Uri("/hazards/rules/river-stage/verify", UriKind.Relative), null);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        var address = answer.Headers.Location!;
        Assert.Contains("\"state\":\"Waiting\"", await client.GetStringAsync(address), StringComparison.Ordinal);
        await test.Get<RunVerifications>().RunAsync(OneGauge, default);
        Assert.Contains("\"total\":3,\"done\":1,", await client.GetStringAsync(address), StringComparison.Ordinal);
        var sets = await client.GetStringAsync(new Uri("/hazards/rules/sets", UriKind.Relative));
        Assert.Equal(3, sets.Split("\"standing\":\"NeverVerified\"").Length - 1);
        Assert.Contains("\"run\":{", await client.GetStringAsync(new Uri("/hazards/rules", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("\"sets\":[{", await client.GetStringAsync(new Uri($"/hazards/stations/{Gauges.Pearl}", UriKind.Relative)), StringComparison.Ordinal);
        await client.PostAsync(new Uri($"{address}/cancel", UriKind.Relative), null);
        Assert.Contains("\"state\":\"Cancelled\"", await client.GetStringAsync(address), StringComparison.Ordinal);
    }

    /// <summary>Three gauges of the drill's valley, a day of readings each with one flood.</summary>
    private static async Task<TestStore> ThreeGaugesAsync(Engine engine)
    {
        var test = await Gauges.CreateAsync(engine);
        await Gauges.AddPearlAsync(test);
        await Gauges.AddAsync(test, "t:mill", "Mill", 90, 27, "stage", ObservedProperty.Stage, "m", high: 2.6, record: 2.9);
        await Gauges.AddAsync(test, "t:weir", "Weir", 90.5, 27, "stage", ObservedProperty.Stage, "m", high: 2.6, record: 2.9);
        foreach (var (id, low) in new[] { (Gauges.PearlStage, 16.0), ("t:mill:stage", 2.0), ("t:weir:stage", 2.2) })
        {
            await Gauges.StoreAsync(test, id, Gauges.Quarters(test.Clock.GetUtcNow(), [.. Enumerable.Repeat(low, 48), .. Enumerable.Range(0, 48).Select(i => low + (0.1 * i))]), 4000);
        }

        await test.SweepAsync();
        return test;
    }

    /// <summary>Quarter-hours up to a moment, with one flood in the middle.</summary>
    private static async Task WaterAsync(TestStore test, string datastream, int days, DateTimeOffset until)
    {
        var count = days * 96;
        await Gauges.StoreAsync(test, datastream, Gauges.Quarters(until, [.. Enumerable.Range(0, count).Select(i => Math.Abs(i - (count / 2)) < 60 ? 19.5 : 12.0)]), 4000);
        await test.SweepAsync();
    }

    private static async Task<ThresholdSet> StandingAsync(TestStore test)
    {
        var observations = test.Get<ObservationQueries>();
        return (await test.Get<FindStanding>().ListAsync(await observations.GetStationAsync(Gauges.Pearl, default), (await observations.FindDatastreamAsync(Gauges.PearlStage, default))!, default)).Single();
    }

    private static async Task<string> KeptAsync(TestStore test, VerificationRun run)
    {
        await using var db = test.Store.Read<HazardsDb>();
        return (await db.Verifications.SingleAsync(row => row.Id == run.VerificationId)).Result;
    }
}
