using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Resilience.Storage;

namespace Resilience.Benchmarks;

/// <summary>
/// <c>ingest</c>: the real intake (merge, quality flags, latest values, map versions, hand-over) beside the bare minimum that gets the same
/// rows into the same table: binary COPY on PostgreSQL, a prepared statement in a loop on SQLite. Each side has a database of its own with
/// the same rows in it, its payloads ready before the clock starts, and one durable transaction for each batch; it is given the rows in the
/// same order, and the rows must be equal before the times are compared. "Barest" is COPY of bytes made beforehand, and the engine's own C
/// interface without a driver: what no program that reads a feed can reach.
/// </summary>
internal static class IngestBenchmark
{
    private static readonly Option<int> Streams = new("--datastreams") { Description = "Datastreams, each in every batch.", DefaultValueFactory = _ => 1_000 };
    private static readonly Option<int> Values = new("--values") { Description = "Values of each datastream in a batch.", DefaultValueFactory = _ => 20 };
    private static readonly Option<int> Batches = new("--batches") { Description = "Batches in a run.", DefaultValueFactory = _ => 10 };
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Runs of each side, taking turns; the best counts.", DefaultValueFactory = _ => 5 };
    private static readonly Option<string> Engines = new("--engines") { Description = "Sqlite, Postgres or both.", DefaultValueFactory = _ => "Sqlite,Postgres" };

    private delegate Task Side(IngestDatabase database, IngestRows rows, CancellationToken cancellationToken);

    internal static void AddTo(RootCommand root)
    {
        var command = new Command("ingest", "Observations stored a second, beside COPY (RESILIENCE_TEST_POSTGRES) and a prepared statement (SQLite).") { Streams, Values, Batches, Rounds, Engines };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Console.WriteLine("engine       rows  intake rows/s    peer rows/s  ratio (of each round)                barest rows/s  ratio");
            foreach (var engine in arguments.GetValue(Engines)!.Split(',').Select(Enum.Parse<Engine>))
            {
                await RunAsync(engine, new IngestRows(arguments.GetValue(Streams), arguments.GetValue(Values), arguments.GetValue(Batches)), arguments.GetValue(Rounds), cancellationToken);
            }

            return 0;
        });
        root.Subcommands.Add(command);
    }

    private static async Task RunAsync(Engine engine, IngestRows rows, int rounds, CancellationToken cancellationToken)
    {
        Side[] sides = [StoreAsync, (database, given, token) => database.InsertPlainlyAsync(given, token), (database, given, token) => database.InsertBarelyAsync(given, token)];
        var best = sides.Select(_ => TimeSpan.MaxValue).ToArray();
        var ratios = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var times = new TimeSpan[sides.Length];
            string? stored = null;
            for (var turn = 0; turn < sides.Length; turn++)
            {
                var side = (turn + round) % sides.Length;
                (times[side], var digest) = await TimeAsync(engine, rows, sides[side], cancellationToken);
                best[side] = times[side] < best[side] ? times[side] : best[side];
                stored ??= digest;
                if (stored != digest)
                {
                    throw new InvalidOperationException("The sides did not store the same rows.");
                }
            }

            ratios.Add(times[1] / times[0]);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{engine,-8} {rows.Count,8:N0} {rows.Count / best[0].TotalSeconds,14:N0} {rows.Count / best[1].TotalSeconds,14:N0}   {best[1] / best[0],4:0.00} ({string.Join(' ', ratios.Select(ratio => ratio.ToString("0.00", CultureInfo.InvariantCulture))),-30}) {rows.Count / best[2].TotalSeconds,14:N0}   {best[2] / best[0],4:0.00}"));
    }

    private static async Task<(TimeSpan Time, string Digest)> TimeAsync(Engine engine, IngestRows rows, Side side, CancellationToken cancellationToken)
    {
        await using var database = await IngestDatabase.CreateAsync(engine, rows, cancellationToken);
        GC.Collect();
        var begun = Stopwatch.GetTimestamp();
        await side(database, rows, cancellationToken);
        var time = Stopwatch.GetElapsedTime(begun);
        return (time, await database.DigestAsync(cancellationToken));
    }

    private static async Task StoreAsync(IngestDatabase database, IngestRows rows, CancellationToken cancellationToken)
    {
        foreach (var payload in database.Payloads)
        {
            if (await database.Intake.StoreAsync(IngestDatabase.Feed, payload, cancellationToken) is not { Known: 0, BatchId: not null })
            {
                throw new InvalidOperationException("Not everything was new.");
            }
        }
    }
}
