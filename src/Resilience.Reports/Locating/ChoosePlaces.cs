namespace Resilience.Reports.Locating;

/// <summary>Chooses among namesakes: by the company of the other places named, by the countries named or usual, and by size.</summary>
internal static class ChoosePlaces
{
    private const double NearKm = 150;

    /// <summary>Chooses a place for each mention of the scratch.</summary>
    internal static void In(PlaceScratch scratch, PlaceBook book, IReadOnlyCollection<string> countries)
    {
        Span<ushort> usual = stackalloc ushort[Math.Min(countries.Count, 32)];
        var count = 0;
        if (usual.Length > 0)
        {
            foreach (var code in countries)
            {
                if (count < usual.Length)
                {
                    usual[count++] = Country.NumberOf(code);
                }
            }
        }

        for (var i = 0; i < scratch.MentionCount; i++)
        {
            scratch.Chosen[i] = Choose(i, scratch, book, usual);
        }
    }

    private static (int Place, double Confidence) Choose(int index, PlaceScratch scratch, PlaceBook book, ReadOnlySpan<ushort> usual)
    {
        ref readonly var mention = ref scratch.Mentions[index];
        var candidates = scratch.CandidatesOf(mention);
        Span<double> weights = stackalloc double[PlaceScratch.MostNamesakes];
        var best = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            weights[i] = book.Size(candidates[i]) + Home(book.CountryNumber(candidates[i]), scratch, usual) + Company(candidates[i], index, scratch, book);
            best = weights[i] > weights[best] ? i : best;
        }

        // Namesakes next door (a town and its province) do not compete with each other.
        var sum = 0.0;
        for (var i = 0; i < candidates.Length; i++)
        {
            sum += book.IsNear(candidates[best], candidates[i], NearKm) ? 0 : Math.Exp(weights[i]);
        }

        var most = Math.Exp(weights[best]);

        var isPlace = 0.55 + (mention.Led ? 0.25 : 0) + (mention.Words > 1 ? 0.15 : 0) + (weights[best] > 6.2 ? 0.15 : weights[best] < 5.6 ? -0.2 : 0) - (mention.Thing ? 0.35 : 0) - (mention.Begins ? 0.15 : 0);
        return (candidates[best], Math.Clamp(isPlace, 0, 0.98) * most / (sum + most));
    }

    /// <summary>Which countries are likely: those the post names before those its source writes about.</summary>
    private static double Home(ushort country, PlaceScratch scratch, ReadOnlySpan<ushort> usual)
    {
        foreach (ref readonly var named in scratch.Countries.AsSpan(0, scratch.CountryCount))
        {
            if (named.Country.Number == country)
            {
                return 3;
            }
        }

        return usual.Contains(country) ? 2.5 : scratch.CountryCount > 0 || usual.Length > 0 ? -1.5 : 0;
    }

    private static double Company(int place, int index, PlaceScratch scratch, PlaceBook book)
    {
        var company = 0.0;
        for (var i = 0; i < scratch.MentionCount && company < 4; i++)
        {
            if (i != index)
            {
                company += Ties(place, scratch.CandidatesOf(scratch.Mentions[i]), book);
            }
        }

        return Math.Min(company, 4);
    }

    /// <summary>How much the most fitting bearer of another name speaks for the place.</summary>
    private static double Ties(int place, ReadOnlySpan<int> others, PlaceBook book)
    {
        var most = 0.0;
        foreach (var other in others)
        {
            var tie = book.IsDivisionOf(other, place) ? 2.5
                : book.IsNear(place, other, NearKm) ? 1.5
                : book.CountryNumber(other) == book.CountryNumber(place) && book[other].Population > 50_000 ? 0.7
                : 0;
            if (tie > most)
            {
                most = tie;
                if (tie == 2.5)
                {
                    break;
                }
            }
        }

        return most;
    }
}
