using Resilience.Hazards.Assessing;

namespace Resilience.Hazards.Verifying;

/// <summary>For how long a gauge was heard: between readings no further apart than a silence, and one interval where a pause was longer. Pure.</summary>
internal static class HeardTime
{
    /// <summary>What one more reading adds; <paramref name="last"/> is the time of the one before it, null for the first.</summary>
    internal static TimeSpan Add(DateTimeOffset? last, DateTimeOffset time, Setting setting) =>
        last is { } before && time - before <= setting.LongestPause ? time - before : setting.Every;

    /// <summary>In days.</summary>
    internal static double Days(IReadOnlyList<Reading> readings, Setting setting)
    {
        setting = setting.Heard([.. readings.TakeLast(50)]);
        var (sum, last) = (TimeSpan.Zero, (DateTimeOffset?)null);
        foreach (var reading in readings)
        {
            (sum, last) = (sum + Add(last, reading.Time, setting), reading.Time);
        }

        return Math.Round(sum.TotalDays, 2);
    }
}
