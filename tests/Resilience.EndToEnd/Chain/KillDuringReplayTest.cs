using Resilience.EndToEnd.Kit;

namespace Resilience.EndToEnd.Chain;

/// <summary>Whatever moment the process dies at, the decisions in the end are the same: none lost, none doubled.</summary>
public sealed class KillDuringReplayTest(UndisturbedReplay undisturbed) : IClassFixture<UndisturbedReplay>
{
    private const int Kills = 10;

    [Fact]
    public async Task Same_recording_same_bytes_and_every_link_decides()
    {
        using var data = new DataDirectory();
        Assert.Equal(undisturbed.Decisions, await UndisturbedReplay.RunAsync(data, "again"));
        foreach (var kind in new[] { "assessment", "zone", "draft", "incident", "task" })
        {
            Assert.Contains(undisturbed.Decisions, line => line.Contains($"\"decision\":\"{kind}\"", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task Killed_again_and_again_it_still_comes_to_the_same_decisions(string engine)
    {
        using var data = new DataDirectory();
        await using var database = await ScratchDatabase.CreateAsync(engine);

        // The kill comes later each time, so that it falls into start, migration, polling, draining and writing alike; the last run is left alone.
        var killed = 0;
        while (!await EndsAsync(data, database, killed < Kills ? TimeSpan.FromMilliseconds(700 + (killed * 370)) : UndisturbedReplay.Limit))
        {
            killed++;
        }

        Assert.True(killed >= 5, $"The replay was over before it could be killed five times ({killed}).");
        Assert.Equal(undisturbed.Decisions, UndisturbedReplay.Read(data, "disturbed"));
    }

    /// <summary>False when it had to be killed.</summary>
    private static async Task<bool> EndsAsync(DataDirectory data, ScratchDatabase database, TimeSpan killAfter)
    {
        using var process = RunningServer.Launch(UndisturbedReplay.Arguments(data, "disturbed"), database.Environment);
        _ = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var moment = new CancellationTokenSource(killAfter);
        try
        {
            await process.WaitForExitAsync(moment.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync();
            return false;
        }

        Assert.True(process.ExitCode == 0, await errors);
        return true;
    }
}
