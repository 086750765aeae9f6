using System.CommandLine;
using System.Globalization;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Server.Replaying;
using Resilience.Storage.HandingOver;

namespace Resilience.Server.Commands;

/// <summary><c>replay</c>: one recording through the whole chain, without a person, and everything that was decided in a file.</summary>
internal static class ReplayRecording
{
    private static readonly Argument<string> Name = new("recording") { Description = "Folder under geodata/recordings." };

    private static readonly Option<string> Speed = new("--speed") { Description = "max: as fast as the machine can, at the recording's own times, deterministic. A number: chain seconds per real second, from now on.", DefaultValueFactory = _ => "max" };

    private static readonly Option<FileInfo> Out = new("--out") { Description = "Where to write the decisions, one JSON object a line.", Required = true };

    internal static void AddTo(RootCommand root)
    {
        var replay = new Command("replay", "Play one recording to its end and write down every decision.") { Name, Speed, Out };
        replay.SetAction(async (arguments, cancellationToken) =>
        {
            var kept = arguments.GetValue(Serve.Data)?.FullName;
            var data = kept ?? Directory.CreateTempSubdirectory("resilience-replay-").FullName;
            try
            {
                var (urls, file) = (arguments.GetValue(Serve.Urls), arguments.GetRequiredValue(Out).FullName);
                var recording = Find(arguments.GetRequiredValue(Name));
                return arguments.GetRequiredValue(Speed) switch
                {
                    "max" => await StepAsync(recording, urls, data, file, null, cancellationToken),
                    var text when double.TryParse(text, CultureInfo.InvariantCulture, out var speed) && speed > 0 => await PlayAsync(recording, urls, data, speed, file, cancellationToken),
                    var text => throw new RefusalException("server.speed", $"--speed {text}: use max or a number above 0."),
                };
            }
            catch (RefusalException refusal)
            {
                await Console.Error.WriteLineAsync(refusal.Message);
                return 2;
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
        root.Subcommands.Add(replay);
    }

    /// <summary>Headless: at the recording's own times, as fast as possible. With an address, faces may watch but nothing they see is waited for.</summary>
    internal static async Task<int> StepAsync(Recording recording, string? urls, string data, string file, Action? died, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(data);
        var clock = new SteppedClock(ReplayState.Find(data)?.Now ?? recording.RealFrom);
        var played = new Played(recording, TimeSpan.Zero);
        var replay = new Replay([played], clock, Endless: false);
        await using var app = await Host.BuildAsync(
            new HostOptions(urls, data)
            {
                // No worker but the stepping below: what runs when must not depend on the machine.
                Settings = new Dictionary<string, string?> { ["Roles"] = "web", ["Reports:Streaming"] = "false" },
                Before = replay.AddBefore,
                After = replay.AddAfter,
            },
            cancellationToken);
        await replay.RegisterAsync(app.Services, cancellationToken);
        if (urls is not null)
        {
            await app.StartAsync(cancellationToken);
        }

        await new StepThrough(played, clock, app.Services, data).RunAsync(died, cancellationToken);
        await WriteDecisions.WriteAsync(app.Services, file, cancellationToken);
        if (urls is not null)
        {
            await app.StopAsync(CancellationToken.None);
        }

        return 0;
    }

    /// <summary>As the demo does it, with one recording, until its end.</summary>
    private static async Task<int> PlayAsync(Recording recording, string? urls, string data, double speed, string file, CancellationToken cancellationToken)
    {
        await using var app = await Demo.BuildAsync(urls ?? "http://127.0.0.1:0", data, speed, [recording.Id], cancellationToken);
        await app.StartAsync(cancellationToken);
        var replay = app.Services.GetRequiredService<Replay>();
        await Task.Delay(replay.Played[0].End - replay.Clock.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero, replay.Clock, cancellationToken);
        await app.Services.GetRequiredService<DrainLinks>().SweepAsync(cancellationToken);
        await WriteDecisions.WriteAsync(app.Services, file, cancellationToken);
        await app.StopAsync(CancellationToken.None);
        return 0;
    }

    private static Recording Find(string name)
    {
        var all = Recording.LoadAll(GeodataDirectory.Find(null).File("recordings"));
        return all.FirstOrDefault(recording => recording.Id == name)
            ?? throw new RefusalException("server.no-such-recording", $"No recording {name}; there are {string.Join(", ", all.Select(recording => recording.Id))}.");
    }
}
