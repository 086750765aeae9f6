using Resilience.EndToEnd.Kit;

namespace Resilience.EndToEnd.Chain;

/// <summary>What the drill decides when nobody disturbs it: replayed once, compared with by every test of the class.</summary>
public sealed class UndisturbedReplay : IAsyncLifetime
{
    /// <summary>The recording under geodata/recordings.</summary>
    public const string Recording = "thorthormi-2019-drill";

    /// <summary>Half a minute on two idle cores; the limit is for a machine with other things to do.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>One decision a line.</summary>
    public string[] Decisions { get; private set; } = [];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        using var data = new DataDirectory();
        Decisions = await RunAsync(data, "undisturbed");
    }

    /// <summary>Replays to the end without a word from anybody.</summary>
    public static async Task<string[]> RunAsync(DataDirectory data, string name)
    {
        var (code, output) = await RunningServer.RunAsync(Arguments(data, name), Limit);
        Assert.True(code == 0, output);
        return Read(data, name);
    }

    /// <summary>The command line of a replay whose data and decisions lie in a directory under a name.</summary>
    public static string[] Arguments(DataDirectory data, string name) =>
        ["replay", Recording, "--speed", "max", "--out", Path.Combine(data.Path, $"{name}.jsonl"), "--data", Path.Combine(data.Path, name)];

    /// <summary>What a replay wrote.</summary>
    public static string[] Read(DataDirectory data, string name) => File.ReadAllLines(Path.Combine(data.Path, $"{name}.jsonl"));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
