using Resilience.Observations.Queries;

namespace Resilience.Hazards.Frequency;

/// <summary>
/// Annual maxima of a stored record. The year begins in the month that is lowest on the average, so that no season of floods is cut in two, and is
/// named after its end; only years are taken of which every month was observed: a year with a hole may miss its flood. Pure.
/// </summary>
public static class WholeYears
{
    /// <summary>A month with fewer readings than half of what is usual here, or than this, is a hole.</summary>
    /// <value>20.</value>
    public const int FewestReadings = 20;

    /// <summary>The maximum of each whole year; none when not one year is whole.</summary>
    public static IReadOnlyList<AnnualMaximum> Of(IReadOnlyList<MonthlyMaximum> months)
    {
        ArgumentNullException.ThrowIfNull(months);
        if (months.Count < 12)
        {
            return [];
        }

        var usual = months.Select(month => month.Readings).Order().ElementAt(months.Count / 2);
        var observed = months.Where(month => month.Readings >= Math.Max(FewestReadings, usual / 2)).ToList();
        if (observed.Count < 12)
        {
            return [];
        }

        var begins = observed.GroupBy(month => month.Month).OrderBy(group => group.Average(month => month.Value)).ThenBy(group => group.Key).First().Key;
        return [.. observed.GroupBy(month => begins == 1 || month.Month < begins ? month.Year : month.Year + 1).Where(year => year.Count() == 12)
            .OrderBy(year => year.Key).Select(year => new AnnualMaximum(year.Key, year.Max(month => month.Value)))];
    }
}
