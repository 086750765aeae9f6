using System.Globalization;
using System.Text.Json.Serialization;

namespace Resilience.Hazards.Frequency;

/// <summary>How rare the water of an assessment is at its gauge, with all that the figure follows from.</summary>
/// <param name="Value">What was held against the record, in its unit.</param>
/// <param name="Time">When it was observed.</param>
/// <param name="Years">On average exceeded once in so many years.</param>
/// <param name="Low">Lower end of the 90 % interval.</param>
/// <param name="High">Upper end of the 90 % interval.</param>
/// <param name="Record">The annual maxima.</param>
/// <param name="Rating">The rating a stage became a flow by; null where the record is of what is measured.</param>
public sealed record Rarity(double Value, DateTimeOffset Time, double Years, double Low, double High, AnnualMaxima Record, UsedRating? Rating)
{
    /// <summary>In words, without a precision the record does not bear: "about a 1-in-20-year flow (8–90), from 19 years". Empty for what most years bring.</summary>
    [JsonIgnore]
    public string Words
    {
        get
        {
            var n = Record.Values.Count;
            var by = Rating is null ? "" : Rating.Extrapolated ? "; the flow by a rating carried on above its highest gauging" : "; the flow by the rating";
            var interval = $"90 % between {Round(Low)} and {(High >= FloodFrequency.Longest ? "more than 1000" : Round(High))}";
            // More than twice the years of the record is beyond what it can tell apart.
            return Years < 2 ? $"a {Record.Of} most years bring, from {n} years of record{by}"
                : Years > 2 * n ? $"rarer than a 1-in-{Round(2 * n)}-year {Record.Of}, beyond what {n} years of record can tell apart (at least {Round(Low)}){by}"
                : $"about a 1-in-{Round(Years)}-year {Record.Of} ({interval}), from {n} years of record{by}";
        }
    }

    /// <summary>To whole years below ten, to fives below fifty, then tens and hundreds.</summary>
    internal static string Round(double years)
    {
        var step = years < 10 ? 1 : years < 50 ? 5 : years < 200 ? 10 : 100;
        return (Math.Round(years / step) * step).ToString("0", CultureInfo.InvariantCulture);
    }
}

/// <summary>Which rating was used.</summary>
/// <param name="Source">Whose.</param>
/// <param name="Version">Hash of the file it was read from.</param>
/// <param name="Extrapolated">True above the highest gauging.</param>
public sealed record UsedRating(string Source, string Version, bool Extrapolated);
