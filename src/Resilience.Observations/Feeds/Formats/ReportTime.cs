namespace Resilience.Observations.Feeds.Formats;

/// <summary>Finds the moment of a report that gives only the day of the month.</summary>
internal static class ReportTime
{
    /// <summary>A report may be prepared a little ahead of its hour; later than this it must be last month's.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(12);

    /// <summary>The latest such day and time up to half a day after <paramref name="now"/>; null when there is none, as a 31st after a short month.</summary>
    internal static DateTimeOffset? Resolve(DateTimeOffset now, int day, int hour, int minute)
    {
        if (day is < 1 or > 31 || hour is < 0 or > 23 || minute is < 0 or > 59)
        {
            return null;
        }

        var month = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, hour, minute, 0, TimeSpan.Zero);
        foreach (var back in new[] { 1, 0, -1 })
        {
            var candidate = month.AddMonths(back);
            if (day <= DateTime.DaysInMonth(candidate.Year, candidate.Month) && candidate.AddDays(day - 1) is var time && time <= now + Ahead)
            {
                return time;
            }
        }

        return null;
    }
}
