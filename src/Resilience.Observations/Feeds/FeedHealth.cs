using Microsoft.EntityFrameworkCore;
using Resilience.Observations.Bulletins;

namespace Resilience.Observations.Feeds;

/// <summary>How a feed is doing: the judgement, and the counts shown beside it.</summary>
internal static class FeedHealth
{
    /// <summary>Polls run by the second, so a feed that is asked every few seconds must not flicker between fine and late.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>The state at a time. Pure.</summary>
    internal static FeedState Judge(Feed feed, DateTimeOffset now)
    {
        if (feed.Paused)
        {
            return FeedState.Paused;
        }

        if (feed.LastTried is null)
        {
            return FeedState.New;
        }

        if (feed.Topics is not null)
        {
            return JudgeStream(feed, now);
        }

        if (feed.LastGood is not { } good)
        {
            return feed.ConsecutiveFailures >= 5 ? FeedState.Dead : FeedState.Late;
        }

        return (now - good) switch
        {
            var age when age > (feed.Every * 10) + Slack => FeedState.Dead,
            var age when age > (feed.Every * 2) + Slack => FeedState.Late,
            _ => FeedState.Ok,
        };
    }

    // A connection alone is no good news: what counts is when something last came. And without a connection nothing is Ok, however fresh.
    private static FeedState JudgeStream(Feed feed, DateTimeOffset now) => (now - (feed.LastGood ?? feed.NextDue)) switch
    {
        var age when age > (feed.Every * 10) + Slack => FeedState.Dead,
        var age when age > (feed.Every * 2) + Slack || feed.LostSince is not null => FeedState.Late,
        _ => feed.LastGood is null ? FeedState.New : FeedState.Ok,
    };

    /// <summary>When it is asked next: in its own rhythm, later when the source asks for patience (a day at most).</summary>
    internal static DateTimeOffset NextDue(Feed feed, DateTimeOffset now, TimeSpan? retryAfter)
    {
        var next = feed.NextDue + feed.Every > now ? feed.NextDue + feed.Every : now + feed.Every;
        var patient = now + (retryAfter is { } wait ? TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, TimeSpan.TicksPerDay)) : TimeSpan.Zero);
        return patient > next ? patient : next;
    }

    /// <summary>Counts stations, silent stations and quarantined inputs anew, and scores.</summary>
    internal static async Task CountAsync(ObservationsDb db, Feed feed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var yesterday = now - TimeSpan.FromDays(1);
        var stations = await (
            from station in db.Stations
            where station.FeedId == feed.Id
            join one in db.Datastreams on station.MainDatastreamId equals one.Id into mains
            from main in mains.DefaultIfEmpty()
            join one in db.Latest on station.MainDatastreamId equals one.DatastreamId into heard
            from latest in heard.DefaultIfEmpty()
            select new { ExpectedEvery = main == null ? (TimeSpan?)null : main.ExpectedEvery, Last = latest == null ? (DateTimeOffset?)null : latest.PhenomenonTime }).ToListAsync(cancellationToken);
        feed.StationCount = stations.Count;
        // A snapshot is one answer of one day, given again: its stations owe nothing.
        feed.SilentStations = feed.Snapshot ? 0 : stations.Count(station => IsSilent(station.Last, station.ExpectedEvery ?? feed.Every, now));
        feed.OutsideArea = await LeaveOutside.CountAsync(db, feed, now, cancellationToken);
        feed.Quarantined = await db.Quarantine.CountAsync(row => row.FeedId == feed.Id && row.LastReceivedAt >= yesterday, cancellationToken);
        feed.Score = FeedScore.Of(await FeedScore.SharesAsync(db, feed, now, cancellationToken));
    }

    /// <summary>A station is silent after four of its own intervals, at least an hour; one never heard is.</summary>
    private static bool IsSilent(DateTimeOffset? last, TimeSpan expectedEvery, DateTimeOffset now) =>
        last is not { } time || now - time > TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerHour, 4 * expectedEvery.Ticks));
}
