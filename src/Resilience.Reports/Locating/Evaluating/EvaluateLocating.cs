using System.Diagnostics;
using NetTopologySuite.Geometries;
using Resilience.Core.Geography;

namespace Resilience.Reports.Locating.Evaluating;

/// <summary>Holds the places found in posts against those that people marked.</summary>
public static class EvaluateLocating
{
    private const double FalseKm = 100;

    /// <summary>Measures the locator on the posts.</summary>
    /// <param name="locate">The locator.</param>
    /// <param name="posts">Posts whose places are known.</param>
    /// <param name="countries">Countries the source of a post of an event writes about.</param>
    /// <param name="badLines">Lines that were no posts; only passed on.</param>
    public static LocatingFigures Of(LocatePost locate, IReadOnlyList<PlacedPost> posts, Func<string, IReadOnlyCollection<string>> countries, int badLines)
    {
        var said = posts.Select(post => (Post: post, Place: locate.Locate(post.Text, countries(post.Event)), Listed: locate.ListPlaces(post.Text, countries(post.Event)))).ToList();
        var mentions = said.SelectMany(one => one.Post.Mentions.Select(marked => new Found(marked, Nearest(marked, one.Listed)))).ToList();
        var points = said.ConvertAll(one => new Given(one.Post, one.Place));
        var listed = said.Sum(one => one.Listed.Count);
        var overlap = said.Sum(one => one.Listed.Count(place => one.Post.Mentions.Any(marked => Overlap(marked, place))));
        return new LocatingFigures(
            posts.Count, badLines, Speed(locate, posts, countries), Figures("", mentions), listed, Share(overlap, listed), Figures("", points),
            [.. mentions.GroupBy(found => found.Marked.Type).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => Figures(group.Key, [.. group]))],
            [.. points.GroupBy(given => given.Post.Event).Where(group => group.Key.Length > 0).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => Figures(group.Key, [.. group]))],
            Bins(points));
    }

    /// <summary>Posts a second, from the best of three turns over all of them: the first one warms up.</summary>
    private static double Speed(LocatePost locate, IReadOnlyList<PlacedPost> posts, Func<string, IReadOnlyCollection<string>> countries)
    {
        var work = posts.Select(post => (post.Text, Countries: countries(post.Event))).ToArray();
        var best = TimeSpan.MaxValue;
        for (var turn = 0; turn < 3; turn++)
        {
            var started = Stopwatch.GetTimestamp();
            foreach (var (text, of) in work)
            {
                locate.Locate(text, of);
            }

            var took = Stopwatch.GetElapsedTime(started);
            best = took < best ? took : best;
        }

        return work.Length == 0 ? 0 : Math.Round(work.Length / best.TotalSeconds);
    }

    /// <summary>The listed place that shares the most characters with the marked one: the nearest of them where several do.</summary>
    private static LocatedPlace? Nearest(PlacedMention marked, IReadOnlyList<PlaceMention> listed) =>
        listed.Where(place => Overlap(marked, place)).OrderByDescending(place => Shared(marked, place)).ThenBy(place => Km(place.Place, marked)).FirstOrDefault()?.Place;

    private static bool Overlap(PlacedMention marked, PlaceMention place) => Shared(marked, place) > 0;

    private static int Shared(PlacedMention marked, PlaceMention place) =>
        Math.Min(marked.Start + marked.Length, place.Start + place.Length) - Math.Max(marked.Start, place.Start);

    private static MentionFigures Figures(string name, List<Found> mentions)
    {
        var found = mentions.FindAll(one => one.Place is not null);
        return new MentionFigures(
            name, mentions.Count, Share(found.Count, mentions.Count), Median([.. found.Select(one => one.Km)]),
            Share(found.Count(one => one.Km <= 10), found.Count), Share(found.Count(one => one.Km <= 100), found.Count), Share(found.Count(one => one.Km <= one.Place!.RadiusKm), found.Count));
    }

    private static PointFigures Figures(string name, List<Given> posts)
    {
        var given = posts.FindAll(one => one.Place is not null);
        var wrong = given.FindAll(one => one.Km > FalseKm);
        return new PointFigures(
            name, posts.Count, Share(posts.Count(one => one.Post.Mentions.Any(IsNarrow)), posts.Count), Share(given.Count, posts.Count), Median([.. given.Select(one => one.Km)]),
            Share(given.Count(one => one.Km <= 10), given.Count), Share(given.Count(one => one.Km <= 100), given.Count), Share(given.Count(one => one.Km <= one.Place!.RadiusKm), given.Count),
            wrong.Count, wrong.Count(one => !one.Post.Mentions.Any(marked => IsNarrow(marked) && Holds(marked, one.Place!))));
    }

    private static List<ConfidenceBin> Bins(List<Given> points) =>
    [
        .. points.Where(one => one.Place is not null).GroupBy(one => Math.Min(9, (int)(one.Place!.Confidence * 10 + 1e-9))).OrderBy(bin => bin.Key)
            .Select(bin => new ConfidenceBin(bin.Key / 10.0, bin.Count(), Math.Round(bin.Average(one => one.Place!.Confidence), 3), Share(bin.Count(one => one.Km <= 100), bin.Count()))),
    ];

    private static bool IsNarrow(PlacedMention marked) => marked.Type is not ("Country" or "Continent");

    private static bool Holds(PlacedMention marked, LocatedPlace place) =>
        marked.Box is { } box && place.Longitude >= box.West && place.Longitude <= box.East && place.Latitude >= box.South && place.Latitude <= box.North;

    private static double Km(LocatedPlace place, PlacedMention marked) =>
        Wgs84.DistanceMetres(new Coordinate(place.Longitude, place.Latitude), new Coordinate(marked.Longitude, marked.Latitude)) / 1000;

    private static double Share(int of, int all) => all == 0 ? 0 : Math.Round((double)of / all, 4);

    private static double? Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? null : Math.Round((values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2, 2);
    }

    private sealed record Found(PlacedMention Marked, LocatedPlace? Place)
    {
        internal double Km { get; } = Place is null ? double.NaN : EvaluateLocating.Km(Place, Marked);
    }

    private sealed record Given(PlacedPost Post, LocatedPlace? Place)
    {
        /// <summary>From the nearest marked place; without one, infinitely far.</summary>
        internal double Km { get; } = Place is null ? double.NaN : Post.Mentions.Select(marked => EvaluateLocating.Km(Place, marked)).DefaultIfEmpty(double.PositiveInfinity).Min();
    }
}
