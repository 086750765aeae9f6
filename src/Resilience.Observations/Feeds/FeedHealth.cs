using Microsoft.EntityFrameworkCore;

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

    /// <summary>Counts stations, silent stations and quarantined inputs anew.</summary>
    internal static async Task CountAsync(ObservationsDb db, Feed feed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var heardSince = now - TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerHour, 4 * feed.Every.Ticks));
        var yesterday = now - TimeSpan.FromDays(1);
        feed.StationCount = await db.Stations.CountAsync(station => station.FeedId == feed.Id, cancellationToken);
        feed.SilentStations = feed.StationCount - await db.Stations.Where(station => station.FeedId == feed.Id)
            .Join(db.Latest, station => station.MainDatastreamId, latest => latest.DatastreamId, (_, latest) => latest.PhenomenonTime)
            .CountAsync(time => time >= heardSince, cancellationToken);
        feed.Quarantined = await db.Quarantine.CountAsync(row => row.FeedId == feed.Id && row.LastReceivedAt >= yesterday, cancellationToken);
    }
}
