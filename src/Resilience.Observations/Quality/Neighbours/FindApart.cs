namespace Resilience.Observations.Quality.Neighbours;

/// <summary>A stretch in which neighbours contradict a datastream.</summary>
/// <param name="Since">The first hour of it.</param>
/// <param name="Until">The first hour after it; null while it lasts.</param>
/// <param name="Hour">The hour that shows it best: the last of it that was compared, counted from the window's first; −1 when it began and ended before.</param>
public readonly record struct Stretch(DateTimeOffset Since, DateTimeOffset? Until, int Hour);

/// <summary>
/// When a datastream is apart from its neighbours: from the first of <see cref="NeighbourRules.Hours"/> in which nearly all comparisons say so, to the same side,
/// until as many in which nearly none does. Pure.
/// </summary>
internal static class FindApart
{
    /// <summary>The stretches of a window.</summary>
    /// <param name="sides">For each hour +1, −1 or 0; null where nothing could be compared.</param>
    /// <param name="first">The window's first hour.</param>
    /// <param name="openSince">Since when a finding lasts that began before the window; null: none does.</param>
    /// <param name="rules">The rules.</param>
    internal static List<Stretch> In(IReadOnlyList<int?> sides, DateTimeOffset first, DateTimeOffset? openSince, NeighbourRules rules)
    {
        var (found, since, shown) = (new List<Stretch>(), openSince, -1);
        for (var i = Begin(openSince, first); i < sides.Count; i++)
        {
            if (sides[i] is null)
            {
                continue;
            }

            var from = Math.Max(Begin(openSince, first), i - rules.Hours + 1);
            var compared = Enumerable.Range(from, i - from + 1).Where(k => sides[k] is not null).ToList();
            var (above, below) = (compared.Count(k => sides[k] > 0), compared.Count(k => sides[k] < 0));
            var enough = compared.Count >= rules.Compared && i - compared[0] + 1 >= rules.Hours * 0.75;
            if (enough && since is null && Math.Max(above, below) >= rules.Share * compared.Count)
            {
                since = first.AddHours(compared.First(k => sides[k] == (above > below ? 1 : -1)));
            }
            else if (enough && since is { } began && above + below <= (1 - rules.Share) * compared.Count)
            {
                var until = first.AddHours(compared.First(k => sides[k] == 0));
                found.Add(new Stretch(began, until > began ? until : began.AddHours(1), shown));
                (since, shown) = (null, -1);
            }

            shown = since is not null && sides[i] != 0 ? i : shown;
        }

        if (since is { } open)
        {
            // With nobody left to compare with, nothing is said any more.
            found.Add(openSince is not null && sides.All(side => side is null) ? new Stretch(open, first.AddHours(sides.Count), -1) : new Stretch(open, null, shown));
        }

        return found;
    }

    /// <summary>A finding carried into the window is followed from its own beginning, not from what lay before it.</summary>
    internal static int Begin(DateTimeOffset? openSince, DateTimeOffset first) => openSince > first ? (int)(openSince.Value - first).TotalHours : 0;
}
