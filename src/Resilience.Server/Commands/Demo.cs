using System.CommandLine;
using Resilience.Core.Geography;
using Resilience.Server.Replaying;

namespace Resilience.Server.Commands;

/// <summary><c>demo</c>: recorded floods and a drill, moved to now and played fast, on an empty database that goes when it ends.</summary>
internal static class Demo
{
    private static readonly Option<double> Speed = new("--speed") { Description = "Chain seconds per real second.", DefaultValueFactory = _ => 60 };

    internal static void AddTo(RootCommand root)
    {
        var demo = new Command("demo", "Play the recorded events and the drill on a map that moves. Everything says that it is a replay.") { Speed };
        demo.SetAction(async (arguments, cancellationToken) =>
        {
            var kept = arguments.GetValue(Serve.Data)?.FullName;
            var data = kept ?? Directory.CreateTempSubdirectory("resilience-demo-").FullName;
            try
            {
                await using var app = await BuildAsync(arguments.GetValue(Serve.Urls), data, arguments.GetValue(Speed), [], cancellationToken);
                await app.RunAsync(cancellationToken);
                return 0;
            }
            finally
            {
                if (kept is null)
                {
                    Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
                    Directory.Delete(data, recursive: true);
                }
            }
        });
        root.Subcommands.Add(demo);
    }

    /// <summary>A server that plays recordings (all when none is named) from now on, or goes on where it stopped on this data.</summary>
    internal static async Task<WebApplication> BuildAsync(string? urls, string data, double speed, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(data);
        var recordings = Recording.LoadAll(GeodataDirectory.Find(null).File("recordings")).Where(recording => ids.Count == 0 || ids.Contains(recording.Id)).ToList();
        var before = ReplayState.Find(data);
        var real = TimeProvider.System.GetUtcNow();
        var begin = before is not null && before.Now > real ? before.Now : real;
        var played = recordings.Select(recording => new Played(recording, before?.ShiftSeconds.TryGetValue(recording.Id, out var shift) == true
            ? TimeSpan.FromSeconds(shift)
            : TimeSpan.FromSeconds(Math.Floor((begin - recording.DemoBegin).TotalSeconds)))).ToList();
        var clock = new ReplayClock(begin, speed, played.Count == 0 ? begin : played.Max(one => one.End), TimeProvider.System);
        var replay = new Replay(played, clock, Endless: true);
        var app = await Host.BuildAsync(
            new HostOptions(urls, data)
            {
                // People do not think faster than usual: what a second person may take in real time lasts longer on the chain's clock.
                Settings = new Dictionary<string, string?> { ["Warnings:ApprovalWithin"] = Slowed(TimeSpan.FromMinutes(30), speed).ToString("c") },
                Before = replay.AddBefore,
                After = services =>
                {
                    replay.AddAfter(services);
                    services.AddHostedService(_ => new KeepReplayState(replay, data));
                },
            },
            cancellationToken);
        await replay.RegisterAsync(app.Services, cancellationToken);
        return app;
    }

    /// <summary>A time of people's on a clock that runs <paramref name="speed"/> times as fast, up to the day that the option allows.</summary>
    private static TimeSpan Slowed(TimeSpan time, double speed) => TimeSpan.FromTicks(Math.Min((time * Math.Max(1, speed)).Ticks, TimeSpan.TicksPerDay));
}
