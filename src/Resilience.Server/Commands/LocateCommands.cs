using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Reports.Locating;
using Resilience.Reports.Locating.Evaluating;

namespace Resilience.Server.Commands;

/// <summary>
/// <c>locate evaluate</c>: the place finder against posts whose places people marked. Exit codes: 0 done; 1 the file or an option cannot
/// be used; 3 done, but some lines were no posts (each is named on standard error).
/// </summary>
internal static class LocateCommands
{
    private const int SomeBadLines = 3;

    internal static void AddTo(RootCommand root)
    {
        var data = new Option<FileInfo>("--data") { Description = "Posts with their places, one JSON object a line, in the shape of IDRISI-D (.gz is unpacked).", Required = true };
        var json = new Option<bool>("--json") { Description = "Print the figures as JSON." };
        var countries = new Option<string>("--countries") { Description = "Countries the posts' source writes about, ISO 3166-1 alpha-2, comma-separated; EVENT=IN holds for the posts of one event.", DefaultValueFactory = _ => "" };
        var half = new Option<string?>("--half") { Description = "Only one half of the posts, by a hash of their ids: tune on the first, quote the second." };
        half.AcceptOnlyFromAmong("first", "second");
        var evaluate = new Command("evaluate", "Judges the place finder on posts whose places are known.") { data, json, countries, half };
        evaluate.SetAction(arguments =>
        {
            try
            {
                return Evaluate(arguments.GetRequiredValue(data), arguments.GetValue(json), Countries(arguments.GetRequiredValue(countries)), arguments.GetValue(half));
            }
            catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(exception.Message);
                return 1;
            }
        });
        root.Subcommands.Add(new Command("locate", "Finds the places that posts name.") { evaluate });
    }

    private static int Evaluate(FileInfo file, bool json, Func<string, IReadOnlyCollection<string>> countries, string? half)
    {
        var (posts, bad) = (new List<PlacedPost>(), 0);
        using (var reader = Open(file))
        {
            foreach (var (line, post, reason) in ReadPlaced.Read(reader))
            {
                if (post is null)
                {
                    bad++;
                    Console.Error.WriteLine($"line {line}: {reason}");
                }
                else if (half is null || half == (IsFirstHalf(post.Id) ? "first" : "second"))
                {
                    posts.Add(post);
                }
            }
        }

        var figures = EvaluateLocating.Of(new LocatePost(ReadGazetteer()), posts, countries, bad);
        if (json)
        {
            Console.WriteLine(figures.ToJson());
        }
        else
        {
            Print(file.Name, figures);
        }

        return bad == 0 ? 0 : SomeBadLines;
    }

    private static void Print(string title, LocatingFigures figures)
    {
        Say($"\n{title}: {figures.Posts} posts, {figures.BadLines} bad lines, {figures.PostsPerSecond:0} posts a second on one thread");
        Say($"places listed: {figures.Listed}, of them {figures.ListedMarked:0.0%} where a person marked one\n");
        Say($"{"marked places",-32}{"marked",8}{"found",8}{"median km",11}{"<= 10 km",10}{"<= 100 km",11}{"in radius",11}");
        foreach (var one in figures.Types.Prepend(figures.Mentions))
        {
            Say($"{(one.Name.Length == 0 ? "all" : one.Name),-32}{one.Marked,8}{one.Found,8:0.0%}{one.MedianKm,11:0.0}{one.Within10Km,10:0.0%}{one.Within100Km,11:0.0%}{one.WithinRadius,11:0.0%}");
        }

        Say($"\n{"points of posts",-32}{"posts",8}{"narrow",8}{"given",8}{"median km",11}{"<= 10 km",10}{"<= 100 km",11}{"in radius",11}{"false",7}{"outside",9}");
        foreach (var one in figures.Events.Prepend(figures.Points))
        {
            Say($"{(one.Name.Length == 0 ? "all" : one.Name),-32}{one.Posts,8}{one.Narrow,8:0.0%}{one.Given,8:0.0%}{one.MedianKm,11:0.0}{one.Within10Km,10:0.0%}{one.Within100Km,11:0.0%}{one.WithinRadius,11:0.0%}{one.FalsePoints,7}{one.FalseOutside,9}");
        }

        Say($"\n{"confidence",-12}{"points",8}{"stated",8}{"<= 100 km",11}");
        foreach (var bin in figures.Confidences)
        {
            Say($"{bin.From,-12:0.0}{bin.Points,8}{bin.MeanConfidence,8:0.00}{bin.Within100Km,11:0.00}");
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static Func<string, IReadOnlyCollection<string>> Countries(string option)
    {
        var entries = option.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(entry => entry.Split('=')).ToList();
        if (entries.Find(entry => entry.Length > 2 || entry[^1].Length != 2) is { } wrong)
        {
            throw new InvalidDataException($"--countries: {string.Join('=', wrong)} is neither a code like IN nor EVENT=IN.");
        }

        var everywhere = entries.FindAll(entry => entry.Length == 1).ConvertAll(entry => entry[0].ToUpperInvariant());
        var byEvent = entries.FindAll(entry => entry.Length == 2).ToLookup(entry => entry[0], entry => entry[1].ToUpperInvariant());
        return of => byEvent.Contains(of) ? [.. byEvent[of], .. everywhere] : everywhere;
    }

    private static bool IsFirstHalf(string id) => (StableId.From("locate.half", id).ToByteArray()[0] & 1) == 0;

    private static StreamReader Open(FileInfo file)
    {
        var stream = file.OpenRead();
        return new StreamReader(file.Name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream, Encoding.UTF8);
    }

    private static Gazetteer ReadGazetteer()
    {
        using var file = File.OpenRead(GeodataDirectory.Find(null).File("gazetteer", "places.tsv.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress), Encoding.UTF8);
        return Gazetteer.Load(reader);
    }
}
