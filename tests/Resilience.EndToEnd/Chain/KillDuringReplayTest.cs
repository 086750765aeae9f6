using System.Diagnostics;
using Resilience.EndToEnd.Kit;

namespace Resilience.EndToEnd.Chain;

/// <summary>Whatever moment the process dies at, the decisions in the end are the same: none lost, none doubled.</summary>
public sealed class KillDuringReplayTest
{
    private const string Recording = "thorthormi-2019-drill";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Same_recording_same_bytes()
    {
        using var data = new DataDirectory();
        var first = await ReplayAsync(data, "first");
        var second = await ReplayAsync(data, "second");

        Assert.NotEmpty(first);
        Assert.Equal(first, second);
        foreach (var kind in new[] { "assessment", "zone", "draft", "incident", "task" })
        {
            Assert.Contains(first, line => line.Contains($"\"{kind}\"", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task Killed_again_and_again_it_still_comes_to_the_same_decisions(string engine)
    {
        using var data = new DataDirectory();
        var undisturbed = await ReplayAsync(data, "undisturbed");
        await using var database = await ScratchDatabase.CreateAsync(engine);
        var whole = Stopwatch.StartNew();

        // The kill comes later each time, so that it falls into start, polling, draining and writing alike; the last run is left alone.
        var killed = 0;
        for (var after = 400; ; after += 350)
        {
            using var process = RunningServer.Launch(Arguments(data, "disturbed"), database.Environment);
            _ = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            using var moment = new CancellationTokenSource(killed < 20 ? TimeSpan.FromMilliseconds(after) : Limit);
            try
            {
                await process.WaitForExitAsync(moment.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                await process.WaitForExitAsync();
                killed++;
                continue;
            }

            Assert.True(process.ExitCode == 0, await errors);
            break;
        }

        Assert.True(killed >= 3, $"The replay was over before it could be killed three times ({killed}, {whole.Elapsed}).");
        Assert.Equal(undisturbed.Order(StringComparer.Ordinal), Read(data, "disturbed").Order(StringComparer.Ordinal));
    }

    private static async Task<string[]> ReplayAsync(DataDirectory data, string name)
    {
        var (code, output) = await RunningServer.RunAsync(Arguments(data, name), Limit);
        Assert.True(code == 0, output);
        return Read(data, name);
    }

    private static string[] Arguments(DataDirectory data, string name) =>
        ["replay", Recording, "--speed", "max", "--out", Path.Combine(data.Path, $"{name}.jsonl"), "--data", Path.Combine(data.Path, name)];

    private static string[] Read(DataDirectory data, string name) => File.ReadAllLines(Path.Combine(data.Path, $"{name}.jsonl"));
}
