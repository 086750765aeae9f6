using Resilience.Core.Chain;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Storage;

/// <summary>Whose a database is, on both engines.</summary>
public sealed class MarkModeTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_first_start_decides_and_every_other_start_agrees_or_is_refused(Engine engine)
    {
        await using var test = await TestStore.CreateAsync(engine);
        var (live, replay) = (new MarkMode(test.Get<StorageOptions>(), OperatingMode.Live), new MarkMode(test.Get<StorageOptions>(), OperatingMode.Replay));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => replay.EnsureAsync(CancellationToken.None)));

        await Assert.ThrowsAsync<InvalidOperationException>(() => live.EnsureAsync(CancellationToken.None));
        await replay.EnsureAsync(CancellationToken.None);
    }
}
