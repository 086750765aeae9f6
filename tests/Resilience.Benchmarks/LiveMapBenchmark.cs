using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core.Geography;
using Resilience.Observations;
using Resilience.Observations.Feeds;
using Resilience.Observations.Storing;
using Resilience.Server;

namespace Resilience.Benchmarks;

/// <summary>
/// <c>live-map</c>: how long after an observation is committed a connected map has it, with and without a client that has stopped
/// reading its socket. Server and clients share one process and its cores, so the figures are on the high side.
/// </summary>
internal static class LiveMapBenchmark
{
    private const int Stations = 1_000;

    private static readonly Option<int> Rate = new("--rate") { Description = "Observations a second.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "How long each run measures.", DefaultValueFactory = _ => 30 };
    private static readonly Option<int> Clients = new("--clients") { Description = "Connected maps.", DefaultValueFactory = _ => 20 };

    internal static void AddTo(RootCommand root)
    {
        var command = new Command("live-map", "Observation stored until the change is received, by 20 clients, one of them stalled or none.") { Rate, Seconds, Clients };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var (rate, seconds, clients) = (arguments.GetValue(Rate), arguments.GetValue(Seconds), arguments.GetValue(Clients));
            Console.WriteLine("run          clients  stalled  deliveries     p50 ms   p95 ms   p99 ms   max ms");
            foreach (var stalled in new[] { 0, 1, 0, 1 })
            {
                await RunAsync(rate, seconds, clients, stalled, cancellationToken);
            }

            return 0;
        });
        root.Subcommands.Add(command);
    }

    private static async Task RunAsync(int rate, int seconds, int clients, int stalled, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("resilience-bench-").FullName;
        await using (var app = await Host.BuildAsync(new HostOptions("http://127.0.0.1:0", data) { Settings = new Dictionary<string, string?> { ["Logs:Level"] = "Error" } }, cancellationToken))
        {
            await app.StartAsync(cancellationToken);
            var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            var feed = await RegisterAsync(app, cancellationToken);
            var stored = new StoredTimes(Stations);
            var maps = new List<TimedMap>();
            for (var i = 0; i < clients - stalled; i++)
            {
                maps.Add(await TimedMap.ConnectAsync(address, stored, cancellationToken));
            }

            var silent = new List<StalledMap>();
            for (var i = 0; i < stalled; i++)
            {
                silent.Add(await StalledMap.ConnectAsync(address, cancellationToken));
            }

            await FeedAsync(app, feed, stored, rate, TimeSpan.FromSeconds(5), cancellationToken);
            maps.ForEach(map => map.Begin());
            await FeedAsync(app, feed, stored, rate, TimeSpan.FromSeconds(seconds), cancellationToken);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
            Print(stalled, clients, [.. maps.SelectMany(map => map.Latencies)]);
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
    private static async Task FeedAsync(WebApplication app, Feed feed, StoredTimes stored, int rate, TimeSpan time, CancellationToken cancellationToken)
    {
        var store = app.Services.GetRequiredService<StoreObservations>();
        var batch = rate / 10;
        var begun = Stopwatch.GetTimestamp();
        for (var number = 0; Stopwatch.GetElapsedTime(begun) < time; number++)
        {
            var parsed = new ParsedPayload();
            var indices = Enumerable.Range(0, batch).Select(_ => stored.NextStation()).Distinct().ToList();
            foreach (var index in indices)
            {
                var (station, datastream) = ($"bench:{index}", $"bench:{index}:00065");
                parsed.Stations[station] = new ParsedStation(station, $"Station {index}", Wgs84.Point((index % 100) * 0.1, (index / 100) * 0.1));
                parsed.Datastreams[datastream] = new ParsedDatastream(datastream, station, ObservedProperty.Other, "m", "Bench");
                parsed.Observations.Add(new ParsedObservation(datastream, TimeProvider.System.GetUtcNow(), stored.Next(index)));
            }

            await store.StoreAsync(feed, parsed, cancellationToken);
            stored.Committed(indices);
            var due = TimeSpan.FromMilliseconds(100 * (number + 1)) - Stopwatch.GetElapsedTime(begun);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, TimeProvider.System, cancellationToken);
            }
        }
    }

    private static void Print(int stalled, int clients, double[] latencies)
    {
        Array.Sort(latencies);
        double At(double share) => latencies.Length == 0 ? double.NaN : latencies[(int)(share * (latencies.Length - 1))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"live-map     {clients,7}  {stalled,7}  {latencies.Length,10}  {At(0.5),9:0.0}{At(0.95),9:0.0}{At(0.99),9:0.0}{At(1),9:0.0}"));
    }
}
