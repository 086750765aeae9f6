using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Resilience.Observations.Feeds;
using Resilience.Observations.Storing;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>
/// Gives a reader one damaged input after the other and keeps count. Input n is the same every time. <c>tests/fuzz</c> sets RESILIENCE_FUZZ (how many) and
/// RESILIENCE_FUZZ_FROM (the first), so that a million can be run in pieces; each run then adds a line to <c>artifacts/fuzz/ledger.tsv</c>, and the bytes of an
/// input that fails are left beside it.
/// </summary>
internal static class FuzzRun
{
    /// <summary>What one input may take; a document made to cost time must not.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private static readonly Lock Ledger = new();

    /// <summary>How many inputs; few in a plain test run.</summary>
    internal static int Inputs => Number("RESILIENCE_FUZZ") ?? 3_000;

    /// <summary>The number of the first.</summary>
    internal static int From => Number("RESILIENCE_FUZZ_FROM") ?? 0;

    /// <summary>Runs all inputs. Whatever one is, the reader gives only storable values, throws nothing but trouble, and ends in time.</summary>
    internal static async Task<FuzzCount> RunAsync(string name, Func<int, byte[]> input, Func<int, byte[], ParsedPayload, Task> read, bool json = false, int? inputs = null)
    {
        var count = new FuzzCount();
        var end = From + (inputs ?? Inputs);
        for (var n = From; n < end; n++)
        {
            var document = input(n);
            try
            {
                var (parsed, trouble, took) = await ReadAsync(n, document, read, json);
                for (var again = 0; again < 2 && took > Longest; again++)
                {
                    // A busy computer makes anything slow once; what is slow three times is slow.
                    var next = (await ReadAsync(n, document, read, json)).Took;
                    took = next < took ? next : took;
                }

                Assert.True(took <= Longest, $"it took {took.TotalSeconds:0.0} s");
                CheckStorable(parsed);
                count.Add(parsed, trouble, took);
            }
#pragma warning disable CA1031 // The input's number and bytes are what one needs to see.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Assert.Fail($"Input {n} of {name} (kept as {Keep(name, n, document)}): {exception}");
            }
        }

        Note(name, inputs ?? Inputs, count);
        return count;
    }

    private static async Task<(ParsedPayload Parsed, bool Trouble, TimeSpan Took)> ReadAsync(int n, byte[] document, Func<int, byte[], ParsedPayload, Task> read, bool json)
    {
        var parsed = new ParsedPayload();
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await read(n, document, parsed);
            return (parsed, false, Stopwatch.GetElapsedTime(begun));
        }
        catch (Exception expected) when (expected is FeedTrouble or JsonException || (json && expected is InvalidOperationException))
        {
            return (parsed, true, Stopwatch.GetElapsedTime(begun)); // trouble with a reason is what a damaged document is meant to give
        }
    }

    private static void CheckStorable(ParsedPayload parsed)
    {
        Assert.All(parsed.Observations, value => Assert.True(double.IsFinite(value.Result) && value.Time.Year is >= 1699 and <= 2301, $"{value}"));
        Assert.All(parsed.Stations.Values, station => Assert.True(Math.Abs(station.Location.X) <= 180 && Math.Abs(station.Location.Y) <= 90 && !station.Name.Contains('\0', StringComparison.Ordinal), station.Id));
        Assert.All(parsed.Bulletins, bulletin => Assert.True(
            bulletin.Identifier.Length is > 0 and <= 500 && bulletin.Parts.Count > 0 && bulletin.Sent.Year is >= 1899 and <= 2201
                && bulletin.Parts.SelectMany(part => part.Areas).All(area => area.Shape is null || (Math.Abs(area.Shape.EnvelopeInternal.MaxX) <= 180 && Math.Abs(area.Shape.EnvelopeInternal.MaxY) <= 90)), bulletin.Identifier));
        Assert.All(parsed.Datastreams.Values, stream => Assert.False((stream.Id + stream.Unit + stream.Name).Contains('\0', StringComparison.Ordinal), stream.Id));
        Assert.All(parsed.Coverages.SelectMany(coverage => coverage.Extents).Where(extent => extent.Area is not null), extent => Assert.True(
            extent.Area!.EnvelopeInternal is { MinX: >= -180, MaxX: <= 180, MinY: >= -90, MaxY: <= 90 }, $"{extent.Area.EnvelopeInternal}"));
    }

    private static string Keep(string name, int n, byte[] document)
    {
        var file = Path.Combine(Folder(), $"{name.Replace(' ', '-')}-{n}.bin");
        File.WriteAllBytes(file, document);
        return Path.GetRelativePath(Repository.Path("."), file);
    }

    private static void Note(string name, int inputs, FuzzCount count)
    {
        if (Number("RESILIENCE_FUZZ") is null)
        {
            return;
        }

        lock (Ledger)
        {
            File.AppendAllText(Path.Combine(Folder(), "ledger.tsv"), FormattableString.Invariant($"{name}\t{From}\t{inputs}\t{count.Whole}\t{count.InPart}\t{count.Refused}\t{count.Slowest.TotalMilliseconds:0}\n"));
        }
    }

    private static string Folder() => Directory.CreateDirectory(Repository.Path("artifacts", "fuzz")).FullName;

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What became of the inputs: read to the end with something to use, used in part, refused.</summary>
internal sealed class FuzzCount
{
    internal int Whole { get; private set; }

    internal int InPart { get; private set; }

    internal int Refused { get; private set; }

    internal TimeSpan Slowest { get; private set; }

    internal void Add(ParsedPayload parsed, bool trouble, TimeSpan took)
    {
        var usable = parsed.Usable + parsed.Stations.Count > 0;
        (Whole, InPart, Refused) = (usable, trouble || parsed.Refused.Count > 0) switch
        {
            (true, false) => (Whole + 1, InPart, Refused),
            (true, true) => (Whole, InPart + 1, Refused),
            _ => (Whole, InPart, Refused + 1),
        };
        Slowest = took > Slowest ? took : Slowest;
    }
}
