using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Resilience.Core.Geography;
using Resilience.Reports.Locating;
using Resilience.Reports.Locating.Evaluating;

namespace Resilience.Benchmarks;

/// <summary>
/// <c>locating</c>: how long the place finder takes for a post, on one thread. The digest of all its answers tells whether a faster one still
/// gives the same.
/// </summary>
internal static class LocatingBenchmark
{
    private static readonly Option<FileInfo[]> Data = new("--data") { Description = "Posts: .jsonl in the shape of IDRISI-D, or .tsv with the text in the fourth column; .gz is unpacked.", Required = true, AllowMultipleArgumentsPerToken = true };
    private static readonly Option<FileInfo?> Answers = new("--answers") { Description = "Also write every answer here, one a line." };
    private static readonly Option<int> Turns = new("--turns") { Description = "Turns over all posts; the best counts.", DefaultValueFactory = _ => 5 };

    internal static void AddTo(RootCommand root)
    {
        var command = new Command("locating", "The place finder on files of posts: microseconds and bytes a post.") { Data, Answers, Turns };
        command.SetAction(arguments =>
        {
            var begun = Stopwatch.GetTimestamp();
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var gazetteer = ReadGazetteer();
            var (loaded, held) = (Stopwatch.GetElapsedTime(begun), GC.GetTotalMemory(forceFullCollection: true) - before);
            begun = Stopwatch.GetTimestamp();
            var locate = new LocatePost(gazetteer);
            locate.Locate("Flood in Punakha", []);
            Say($"gazetteer {loaded.TotalSeconds:0.00} s, {held / 1e6:0} MB; place finder {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.00} s, {(GC.GetTotalMemory(forceFullCollection: true) - before - held) / 1e6:0} MB more");
            Say($"| posts of | posts | characters a post | with a point | µs a post | posts/s | bytes a post | digest of the answers |");
            Say($"|---|---|---|---|---|---|---|---|");
            using var answers = arguments.GetValue(Answers) is { } file ? new StreamWriter(file.FullName) : null;
            foreach (var data in arguments.GetRequiredValue(Data))
            {
                Measure(locate, data, answers, arguments.GetValue(Turns));
            }

            GC.KeepAlive(gazetteer);
            return 0;
        });
        root.Subcommands.Add(command);
    }

    private static void Measure(LocatePost locate, FileInfo data, StreamWriter? answers, int turns)
    {
        var texts = Texts(data);
        var best = TimeSpan.MaxValue;
        var allocated = 0L;
        for (var turn = 0; turn < turns; turn++)
        {
            allocated = GC.GetAllocatedBytesForCurrentThread();
            var begun = Stopwatch.GetTimestamp();
            foreach (var text in texts)
            {
                locate.Locate(text, []);
            }

            var took = Stopwatch.GetElapsedTime(begun);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            best = took < best ? took : best;
        }

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var given = 0;
        foreach (var text in texts)
        {
            var place = locate.Locate(text, []);
            given += place is null ? 0 : 1;
            var answer = place is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{place.Name} {place.Longitude} {place.Latitude} {place.RadiusKm} {place.Confidence}");
            answers?.WriteLine(answer);
            digest.AppendData(Encoding.UTF8.GetBytes(answer + "\n"));
        }

        Say($"| {data.Name} | {texts.Count:N0} | {texts.Average(text => text.Length):0} | {given:N0} | {best.TotalMicroseconds / texts.Count:0.00} | {texts.Count / best.TotalSeconds:N0} | {allocated / (double)texts.Count:0} | {Convert.ToHexStringLower(digest.GetHashAndReset())[..12]} |");
    }

    private static List<string> Texts(FileInfo data)
    {
        using var file = data.OpenRead();
        using var reader = new StreamReader(data.Name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file, Encoding.UTF8);
        if (data.Name.Contains(".jsonl", StringComparison.Ordinal))
        {
            return [.. ReadPlaced.Read(reader).Select(read => read.Post?.Text).OfType<string>()];
        }

        var texts = new List<string>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t') is { Length: > 3 } cells)
            {
                texts.Add(cells[3]);
            }
        }

        return texts;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static Gazetteer ReadGazetteer()
    {
        using var file = File.OpenRead(GeodataDirectory.Find(null).File("gazetteer", "places.tsv.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress), Encoding.UTF8);
        return Gazetteer.Load(reader);
    }
}
