using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core.Geography;
using Resilience.Observations;
using Resilience.Observations.Feeds;
using Resilience.Observations.Storing;
using Resilience.Server;
using Resilience.Storage;

namespace Resilience.Benchmarks;

/// <summary>
/// <c>live-map</c>: how long after an observation is committed a connected map has it, with and without a client that has stopped
/// reading its socket. Server and clients share one process and its cores, so the figures are on the high side.
/// </summary>
internal static class LiveMapBenchmark
{
    private static readonly Option<int> Rate = new("--rate") { Description = "Observations a second.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "How long each run measures.", DefaultValueFactory = _ => 30 };
    private static readonly Option<int> Stations = new("--stations") { Description = "Stations that send them, in turn.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Runs = new("--runs") { Description = "Runs, by turns with none and with one stalled map.", DefaultValueFactory = _ => 4 };
    private static readonly Option<int> Clients = new("--clients") { Description = "Connected maps.", DefaultValueFactory = _ => 20 };

    internal static void AddTo(RootCommand root)
    {
        var command = new Command("live-map", "Observation stored until the change is received, by 20 clients, one of them stalled or none.") { Rate, Stations, Seconds, Clients, Runs };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var load = new Load(arguments.GetValue(Rate), arguments.GetValue(Stations), TimeSpan.FromSeconds(arguments.GetValue(Seconds)), arguments.GetValue(Clients));
            Console.WriteLine("run          clients  stalled  deliveries     p50 ms   p95 ms   p99 ms   max ms");
            for (var run = 0; run < arguments.GetValue(Runs); run++)
            {
                await RunAsync(load, run % 2, cancellationToken);
            }

            return 0;
        });
        root.Subcommands.Add(command);
    }

    private sealed record Load(int Rate, int Stations, TimeSpan Time, int Clients);

    private static async Task RunAsync(Load load, int stalled, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("resilience-bench-").FullName;
        await using (var app = await Host.BuildAsync(new HostOptions("http://127.0.0.1:0", data) { Settings = new Dictionary<string, string?> { ["Logs:Level"] = "Error" } }, cancellationToken))
        {
            await app.StartAsync(cancellationToken);
            var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            var feed = await RegisterAsync(app, cancellationToken);
            var stored = new StoredTimes(load.Stations);
            var maps = new List<TimedMap>();
            for (var i = 0; i < load.Clients - stalled; i++)
            {
                maps.Add(await TimedMap.ConnectAsync(address, stored, cancellationToken));
            }

            var silent = new List<StalledMap>();
            for (var i = 0; i < stalled; i++)
            {
                silent.Add(await StalledMap.ConnectAsync(address, cancellationToken));
            }

            await FeedAsync(app, feed, stored, load with { Time = TimeSpan.FromSeconds(5) }, cancellationToken);
            maps.ForEach(map => map.Begin());
            var cpu = Environment.CpuUsage.TotalTime;
            var fed = await FeedAsync(app, feed, stored, load, cancellationToken);
            cpu = Environment.CpuUsage.TotalTime - cpu;
            var waiting = await WaitingAsync(app, cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
            Print(stalled, load.Clients, [.. maps.SelectMany(map => map.Latencies)]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  stored {fed.Stored:N0} in {fed.Time.TotalSeconds:0.0} s = {fed.Stored / fed.Time.TotalMinutes:N0} a minute; behind at most {fed.Behind.TotalMilliseconds:N0} ms; {cpu / fed.Time:0.00} cores, {Environment.WorkingSet / 1e6:N0} MB; {waiting} batches wait for the next link"));
            foreach (var map in maps)
            {
                await map.DisposeAsync();
            }

            silent.ForEach(map => map.Dispose());
            await app.StopAsync(cancellationToken);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(data, recursive: true);
    }

    private static async Task<Feed> RegisterAsync(WebApplication app, CancellationToken cancellationToken)
    {
        await app.Services.GetRequiredService<RegisterFeed>().UpsertAsync(
            new FeedDefinition { Id = "bench", Name = "Benchmark", Format = "usgs-ogc", Readings = new Uri("http://none.invalid/"), StationPrefix = "bench", Credit = "none", Licence = "none", Every = TimeSpan.FromDays(7) }, cancellationToken);
        return new Feed { Id = "bench", Name = "Benchmark", Format = "usgs-ogc", Readings = new Uri("http://none.invalid/"), StationPrefix = "bench", Credit = "none", Licence = "none", Every = TimeSpan.FromDays(7) };
    }

    /// <summary>Stores observations at the rate, ten batches a second, each station in turn; notes when each batch was committed.</summary>
    private static async Task<(int Stored, TimeSpan Time, TimeSpan Behind)> FeedAsync(WebApplication app, Feed feed, StoredTimes stored, Load load, CancellationToken cancellationToken)
    {
        var store = app.Services.GetRequiredService<StoreObservations>();
        var (count, behind) = (0, TimeSpan.Zero);
        var begun = Stopwatch.GetTimestamp();
        for (var number = 0; Stopwatch.GetElapsedTime(begun) < load.Time; number++)
        {
            var parsed = new ParsedPayload();
            var indices = new HashSet<int>();
            var now = TimeProvider.System.GetUtcNow();
            for (var value = 0; value < load.Rate / 10; value++)
            {
                var index = stored.NextStation();
                var datastream = $"bench:{index}:00065";
                if (indices.Add(index))
                {
                    var station = $"bench:{index}";
                    parsed.Stations[station] = new ParsedStation(station, $"Station {index}", Wgs84.Point((index % 100) * 0.1, (index / 100) * 0.1));
                    parsed.Datastreams[datastream] = new ParsedDatastream(datastream, station, ObservedProperty.Other, "m", "Bench");
                }

                parsed.Observations.Add(new ParsedObservation(datastream, now.AddMicroseconds(value), stored.Next(index)));
            }

            count += (await store.StoreAsync(feed, parsed, cancellationToken)).Added;
            stored.Committed(indices);
            var due = TimeSpan.FromMilliseconds(100 * (number + 1)) - Stopwatch.GetElapsedTime(begun);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, TimeProvider.System, cancellationToken);
            }

            behind = -due > behind ? -due : behind;
        }

        return (count, Stopwatch.GetElapsedTime(begun), behind);
    }

    private static async Task<int> WaitingAsync(WebApplication app, CancellationToken cancellationToken)
    {
        await using var db = app.Services.GetRequiredService<Store>().Read<ObservationsDb>();
        return await db.Database.SqlQuery<int>($"SELECT count(*) AS \"Value\" FROM storage_handed_over").SingleAsync(cancellationToken);
    }

    private static void Print(int stalled, int clients, double[] latencies)
    {
        Array.Sort(latencies);
        double At(double share) => latencies.Length == 0 ? double.NaN : latencies[(int)(share * (latencies.Length - 1))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"live-map     {clients,7}  {stalled,7}  {latencies.Length,10}  {At(0.5),9:0.0}{At(0.95),9:0.0}{At(0.99),9:0.0}{At(1),9:0.0}"));
    }
}
