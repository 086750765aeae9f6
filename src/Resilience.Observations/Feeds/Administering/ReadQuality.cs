using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Observations.LiveMap;
using Resilience.Observations.Quality.Neighbours;
using Resilience.Storage;

namespace Resilience.Observations.Feeds.Administering;

/// <summary>What a feed's answers were worth: its score and what that is made of, day by day, and what was put right in them, before and after.</summary>
internal static class ReadQuality
{
    private const int Days = 14;
    private const int MostDoubted = 50;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/feeds/{id}/quality", AnswerAsync).WithSummary("A feed's score, what it is made of, and what was put right on reading, of the last 14 days it sent something.");

    private static async Task<Ok<FeedQuality>> AnswerAsync(string id, Store store, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        var feed = await db.Feeds.SingleOrDefaultAsync(row => row.Id == id && row.RemovedAt == null, cancellationToken) ?? throw new RefusalException("observations.no-feed", $"There is no feed '{id}'.", 404);
        var days = await db.FeedDays.Where(row => row.FeedId == id).OrderByDescending(row => row.Day).Take(Days).ToListAsync(cancellationToken);
        var since = days.Count == 0 ? "" : days[^1].Day;
        var findings = await db.Findings.Where(row => row.FeedId == id && string.Compare(row.Day, since) >= 0).OrderByDescending(row => row.Day).ThenBy(row => row.Kind).ToListAsync(cancellationToken);
        return TypedResults.Ok(new FeedQuality(
            feed.Score,
            await FeedScore.SharesAsync(db, feed, store.Clock.GetUtcNow(), cancellationToken),
            [.. days.Select(day => new QualityDay(day.Day, day.Asked, day.Failed, day.Usable, day.Refused, day.Repaired, day.Stored, day.Suspect))],
            [.. findings.Select(finding => new QualityRepair(finding.Day, finding.Kind, finding.Times, finding.Before, finding.After))],
            await ShowNeighbours.OfFeedAsync(db, id, cancellationToken),
            await DoubtedAsync(db, id, cancellationToken)));
    }

    /// <summary>Whose newest values are doubted, those for longest first: which instruments somebody should look at.</summary>
    internal static async Task<DoubtedValue[]> DoubtedAsync(ObservationsDb db, string feedId, CancellationToken cancellationToken)
    {
        var rows = await (
            from latest in db.Latest
            join datastream in db.Datastreams on latest.DatastreamId equals datastream.Id
            join station in db.Stations on datastream.StationId equals station.Id
            where station.FeedId == feedId && (latest.Flags & QualityFlags.Suspect) != 0
            orderby latest.UnchangedSince, latest.DatastreamId
            select new { Station = station.Id, StationName = station.Name, datastream.Id, datastream.Property, datastream.Name, datastream.Unit, latest.Result, latest.PhenomenonTime, latest.Flags }).Take(MostDoubted).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new DoubtedValue(row.Station, row.StationName, row.Id, row.Property.ToString(), row.Name, row.Unit, row.Result, row.PhenomenonTime, FeatureJson.Names(row.Flags)))];
    }

    internal sealed record FeedQuality(int? Score, FeedShares Shares, QualityDay[] Days, QualityRepair[] Repairs, ShownFinding[] Findings, DoubtedValue[] Doubted);

    internal sealed record DoubtedValue(string Station, string StationName, string Datastream, string Property, string Name, string Unit, double Value, DateTimeOffset Time, string[] Quality);

    internal sealed record QualityDay(string Day, long Asked, long Failed, long Usable, long Refused, long Repaired, long Stored, long Suspect);

    internal sealed record QualityRepair(string Day, string Kind, long Times, string Before, string After);
}
