using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Resilience.Observations.Storing;

/// <summary>Counts by feed and day of receipt what answers held and what was put right in them: what a feed's score is made of.</summary>
internal static class CountQuality
{
    /// <summary>A day of receipt as it is kept.</summary>
    internal static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Adds one answer, or the lack of one.</summary>
    internal static Task AskedAsync(ObservationsDb db, string feedId, DateTimeOffset now, bool failed, CancellationToken cancellationToken) =>
        AddAsync(db, new FeedDay { FeedId = feedId, Day = Day(now), Asked = 1, Failed = failed ? 1 : 0 }, cancellationToken);

    /// <summary>Adds what one document held, how many of its values were new and how many of those are doubted, and what was put right in it.</summary>
    internal static async Task AddAsync(ObservationsDb db, string feedId, DateTimeOffset now, ParsedPayload parsed, int stored, int suspect, CancellationToken cancellationToken)
    {
        var day = new FeedDay
        {
            FeedId = feedId,
            Day = Day(now),
            Usable = parsed.Usable,
            Refused = parsed.Refused.Sum(reason => (long)reason.Value.Count),
            Repaired = parsed.Repairs.Where(kind => kind.Key != RepairKinds.UnitConverted).Sum(kind => (long)kind.Value.Count), // a unit that its format lays down is no fault
            Stored = stored,
            Suspect = suspect,
        };
        if (day.Usable + day.Refused + day.Repaired > 0)
        {
            await AddAsync(db, day, cancellationToken);
        }

        foreach (var (kind, repair) in parsed.Repairs.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO observations_finding (feed_id, day, kind, times, before, after)
                VALUES ({feedId}, {day.Day}, {kind}, {(long)repair.Count}, {repair.Before}, {repair.After})
                ON CONFLICT (feed_id, day, kind) DO UPDATE SET times = observations_finding.times + excluded.times, before = excluded.before, after = excluded.after
                """,
                cancellationToken);
        }
    }

    private static Task<int> AddAsync(ObservationsDb db, FeedDay day, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO observations_feed_day (feed_id, day, asked, failed, usable, refused, repaired, stored, suspect)
        VALUES ({day.FeedId}, {day.Day}, {day.Asked}, {day.Failed}, {day.Usable}, {day.Refused}, {day.Repaired}, {day.Stored}, {day.Suspect})
        ON CONFLICT (feed_id, day) DO UPDATE SET
            asked = observations_feed_day.asked + excluded.asked, failed = observations_feed_day.failed + excluded.failed,
            usable = observations_feed_day.usable + excluded.usable, refused = observations_feed_day.refused + excluded.refused,
            repaired = observations_feed_day.repaired + excluded.repaired, stored = observations_feed_day.stored + excluded.stored, suspect = observations_feed_day.suspect + excluded.suspect
        """,
        cancellationToken);
}
