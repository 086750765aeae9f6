using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Resilience.Core.Chain;
using Resilience.Storage;
using Resilience.Storage.HandingOver;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Storage;

/// <summary>Nothing handed over is lost, handled out of order, or stopped by a neighbour that fails.</summary>
public sealed class HandingOverTest
{
    private static readonly Topic Stored = new("test.stored");

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Handed_over_keys_arrive_once_in_order(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        await HandOverAsync(test, "a", "b", "c");

        Assert.Equal(3, await test.SweepAsync());
        Assert.Equal(0, await test.SweepAsync());
        Assert.Equal(["a", "b", "c"], test.Get<Recorder>().Handled);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_rolled_back_step_hands_nothing_over(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        await using (var step = await test.Store.BeginAsync<TestDb>(CancellationToken.None))
        {
            step.HandOver(Stored, "a");
            await step.Db.SaveChangesAsync();
        }

        Assert.Equal(0, await test.SweepAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_failing_key_waits_alone_and_is_tried_again(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var recorder = test.Get<Recorder>();
        recorder.Poison = "b";
        await HandOverAsync(test, "a", "b", "c");

        await test.SweepAsync();
        Assert.Equal(["a", "c"], recorder.Handled);

        recorder.Poison = null;
        Assert.Equal(0, await test.SweepAsync());
        test.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(1, await test.SweepAsync());
        Assert.Equal(["a", "c", "b"], recorder.Handled);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Layer_versions_rise_by_one_per_layer(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        var taken = new List<long>();
        foreach (var layer in new[] { "x", "x", "y" })
        {
            await using var step = await test.Store.BeginAsync<TestDb>(CancellationToken.None);
            taken.Add(await step.NextLayerVersionAsync(layer, CancellationToken.None));
            await step.CommitAsync(CancellationToken.None);
        }

        Assert.Equal([1, 2, 1], taken);
    }

    private static Task<TestStore> CreateAsync(Engine engine) => TestStore.CreateAsync(
        engine,
        (services, _) => services.AddModuleDb<TestDb>().AddLink<Recorder>(),
        routes => routes.Add(Stored, "Test.Record"));

    private static async Task HandOverAsync(TestStore test, params string[] keys)
    {
        await using var step = await test.Store.BeginAsync<TestDb>(CancellationToken.None);
        foreach (var key in keys)
        {
            step.HandOver(Stored, key);
        }

        await step.CommitAsync(CancellationToken.None);
    }

    private sealed class TestDb(DbContextOptions<TestDb> options) : ModuleDb(options)
    {
        protected override void ConfigureModel(ModelBuilder modelBuilder)
        {
        }
    }

    private sealed class Recorder(Store store) : Link<TestDb>(store, NullLogger.Instance)
    {
        public List<string> Handled { get; } = [];

        public string? Poison { get; set; }

        public override string Name => "Test.Record";

        protected override Task HandleAsync(Step<TestDb> step, IReadOnlyList<string> keys, CancellationToken cancellationToken)
        {
            if (keys.Contains(Poison))
            {
                throw new InvalidDataException("poison");
            }

            Handled.AddRange(keys);
            return Task.CompletedTask;
        }
    }
}
