namespace Resilience.Reports.Density;

/// <summary>One origin that waits to be counted, with the one report it is counted by.</summary>
/// <param name="OriginId">Who, hashed.</param>
/// <param name="Finest">The finest cell its place may be shown in.</param>
/// <param name="Category">What it says.</param>
/// <param name="Exercise">From a drill or a recording.</param>
public sealed record Witness(string OriginId, GridCell Finest, string Category, bool Exercise);

/// <summary>A crowd as it is formed.</summary>
/// <param name="Cell">Where.</param>
/// <param name="Exercise">From a drill or a recording; never mixed with real ones.</param>
/// <param name="Origins">Who is in it; at least <see cref="FormCrowds.Least"/>, all different.</param>
/// <param name="Parts">How many of them say what; each part has at least <see cref="FormCrowds.Least"/>.</param>
public sealed record FormedCrowd(GridCell Cell, bool Exercise, IReadOnlyList<string> Origins, IReadOnlyDictionary<string, int> Parts);

/// <summary>
/// Joins origins to crowds of at least <see cref="Least"/> that are published together and never taken apart. Pure.
/// </summary>
/// <remarks>
/// <para>
/// Everything the density layer ever says is a sum of whole crowds: the count of a cell, of a cell and all finer ones in it, of another
/// moment, of an area. An origin is in one crowd at a time. So whatever is subtracted from whatever (a parent and its children, two zoom
/// levels, two moments, two areas one of which lies in the other), what is left is whole crowds: nobody, or at least
/// <see cref="Least"/> different origins. The same holds for the parts by category. This is excluded by construction, not by rounding;
/// that counts are told in steps (<see cref="Bucket"/>) comes on top.
/// </para>
/// <para>
/// Not excluded: somebody who writes under <see cref="Least"/> − 1 names of his own and waits for one more; a person who writes through
/// several sources or accounts, and counts as several; that the crowd that appears at an hour has somebody in it who wrote in the
/// hour before; that all of a part say the same (who is known to be in it is known to say it); what people give away in the public posts
/// themselves.
/// </para>
/// </remarks>
public static class FormCrowds
{
    /// <summary>k: the fewest different origins that are ever told of together.</summary>
    public const int Least = 5;

    /// <summary>The part of a crowd whose categories have too few origins each to be named.</summary>
    public const string Mixed = "mixed";

    /// <summary>
    /// The crowds, finest first: whoever finds fewer than <see cref="Least"/> in a cell is looked for in the next coarser one together with
    /// all that are left there. Who finds too few even in the coarsest is in none and waits.
    /// </summary>
    /// <param name="waiting">Each origin once.</param>
    public static IReadOnlyList<FormedCrowd> Form(IReadOnlyCollection<Witness> waiting)
    {
        var formed = new List<FormedCrowd>();
        foreach (var same in waiting.GroupBy(witness => witness.Exercise).OrderBy(group => group.Key))
        {
            var starting = same.ToLookup(witness => witness.Finest.Level);
            List<(GridCell Cell, Witness Witness)> left = [];
            for (var level = GridCell.Finest; level >= GridCell.Coarsest; level--)
            {
                var here = left.Select(one => (Cell: one.Cell.Parent, one.Witness)).Concat(starting[level].Select(witness => (Cell: witness.Finest, Witness: witness)));
                left = [];
                foreach (var cell in here.GroupBy(one => one.Cell).OrderBy(group => group.Key.X).ThenBy(group => group.Key.Y))
                {
                    var all = cell.ToList();
                    if (all.Count < Least)
                    {
                        left.AddRange(all);
                        continue;
                    }

                    formed.Add(new FormedCrowd(cell.Key, same.Key, [.. all.Select(one => one.Witness.OriginId)], Parts(all.Select(one => one.Witness.Category))));
                }
            }
        }

        return formed;
    }

    /// <summary>Categories that enough origins speak of; the rest together, with the smallest named ones added until they are enough too.</summary>
    internal static IReadOnlyDictionary<string, int> Parts(IEnumerable<string> categories)
    {
        var counts = categories.GroupBy(category => category).Select(group => (Category: group.Key, Count: group.Count())).OrderByDescending(one => one.Count).ThenBy(one => one.Category, StringComparer.Ordinal).ToList();
        var named = counts.Where(one => one.Count >= Least).ToList();
        var rest = counts.Where(one => one.Count < Least).Sum(one => one.Count);
        while (rest is > 0 and < Least && named.Count > 0)
        {
            rest += named[^1].Count;
            named.RemoveAt(named.Count - 1);
        }

        var parts = named.ToDictionary(one => one.Category, one => one.Count, StringComparer.Ordinal);
        if (rest > 0)
        {
            parts[Mixed] = rest;
        }

        return parts;
    }
}
