using Microsoft.EntityFrameworkCore;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds;

/// <summary>What a feed's score is made of, each a share of yesterday's and today's from 0 to 1; null where there is nothing to judge.</summary>
/// <param name="Answered">Of the times it was asked, those with a whole answer. Null for a feed that pushes.</param>
/// <param name="Usable">Of the items it sent, those that told something.</param>
/// <param name="OnTime">Of its stations, those that are not silent. Null for a snapshot.</param>
/// <param name="Believed">Of the values stored, those without a doubt.</param>
/// <param name="Untouched">Of the usable items, those that had not to be put right.</param>
/// <param name="Uncontradicted">Of its stations, those that no neighbour contradicts now. Null without stations.</param>
internal sealed record FeedShares(double? Answered, double? Usable, double? OnTime, double? Believed, double? Untouched, double? Uncontradicted = null);

/// <summary>
/// How good what a feed gives is, 0 to 100: <c>100 × answered × usable × on time × believed × uncontradicted × (3 + untouched) ÷ 4</c>. A feed that fails half the
/// time has half the score, however good the other half; what had to be put right counts three quarters.
/// </summary>
internal static class FeedScore
{
    /// <summary>The score; null while there is nothing to judge. A share that is not known counts as whole.</summary>
    internal static int? Of(FeedShares shares) => shares is { Answered: null, Usable: null, OnTime: null }
        ? null
        : (int)Math.Round(100 * (shares.Answered ?? 1) * (shares.Usable ?? 1) * (shares.OnTime ?? 1) * (shares.Believed ?? 1) * (shares.Uncontradicted ?? 1) * (3 + (shares.Untouched ?? 1)) / 4);

    /// <summary>The shares of a feed whose stations have been counted.</summary>
    internal static async Task<FeedShares> SharesAsync(ObservationsDb db, Feed feed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = new List<string> { CountQuality.Day(now.AddDays(-1)), CountQuality.Day(now) };
        var rows = await db.FeedDays.AsNoTracking().Where(row => row.FeedId == feed.Id && days.Contains(row.Day)).ToListAsync(cancellationToken);
        var (asked, usable, stored) = (rows.Sum(row => row.Asked), rows.Sum(row => row.Usable), rows.Sum(row => row.Stored));
        var contradicted = await db.NeighbourFindings.Where(row => row.Until == null && db.Stations.Any(station => station.Id == row.StationId && station.FeedId == feed.Id))
            .Select(row => row.StationId).Distinct().CountAsync(cancellationToken);
        return new FeedShares(
            Share(asked - rows.Sum(row => row.Failed), asked),
            Share(usable, usable + rows.Sum(row => row.Refused)),
            feed.Snapshot ? null : Share(feed.StationCount - feed.SilentStations, feed.StationCount),
            Share(stored - rows.Sum(row => row.Suspect), stored),
            Share(Math.Max(0, usable - rows.Sum(row => row.Repaired)), usable),
            Share(Math.Max(0, feed.StationCount - contradicted), feed.StationCount));
    }

    private static double? Share(long part, long whole) => whole == 0 ? null : Math.Round((double)part / whole, 4);
}
