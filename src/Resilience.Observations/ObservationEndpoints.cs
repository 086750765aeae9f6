using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Observations.Bulletins;
using Resilience.Observations.Feeds.Administering;
using Resilience.Observations.LiveMap;
using Resilience.Observations.Quality.Neighbours;
using Resilience.Observations.Queries;
using Resilience.Storage;

namespace Resilience.Observations;

/// <summary>What the faces ask of this module; names and shapes as in <c>src/shared/api.ts</c> of the web project.</summary>
internal static class ObservationEndpoints
{
    /// <summary>More points than a wide screen has columns for their highs and lows.</summary>
    private const int PointLimit = 2_000;

    /// <summary>Two years of quarter-hours: what is read to be thinned.</summary>
    private const int ReadLimit = 70_000;

    private const int QuarantineLimit = 500;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/observations").WithTags("Observations");
        group.MapGet("/stations/{id}", GetStationAsync).WithSummary("A station and its datastreams.");
        group.MapGet("/datastreams/{id}/observations", ListObservationsAsync).WithSummary("Observations oldest first, the last 24 hours unless told; at most 2,000, thinned so that highs and lows stay.");
        group.MapGet("/quarantine", ListQuarantineAsync).WithSummary("Input that could not be used and why, newest first.").RequireAuthorization(Roles.Coordinator);
        group.MapGet("/feeds", ListFeedsAsync).WithSummary("Health of all feeds.");
        ShowBulletins.Map(group);
        ShowNeighbours.Map(group);
        var desk = group.MapGroup("").RequireAuthorization(Roles.Coordinator);
        SetUpFeed.Map(desk);
        TryFeed.Map(desk);
        SampleFeed.Map(desk);
        PauseFeed.Map(desk);
        ReadQuality.Map(desk);
        RemoveFeed.Map(desk);
    }

    private static async Task<Ok<StationDetail>> GetStationAsync(string id, ObservationQueries queries, Store store, CancellationToken cancellationToken)
    {
        var station = await queries.GetStationAsync(id, cancellationToken);
        var datastreams = await queries.ListDatastreamsAsync(id, cancellationToken);
        await using var db = store.Read<ObservationsDb>();
        var credit = await db.Feeds.Where(feed => feed.Id == station.FeedId).Select(feed => feed.Credit).SingleAsync(cancellationToken);
        return TypedResults.Ok(new StationDetail(
            station.Id, station.Name, station.River, station.Location.Coordinate.X, station.Location.Coordinate.Y, credit, Math.Round(station.TimeShift.TotalSeconds), station.Exercise,
            [.. datastreams.Select(datastream => new DatastreamDetail(datastream.Id, datastream.Property.ToString(), datastream.Unit, datastream.Name))]));
    }

    private static async Task<Ok<ObservationPoint[]>> ListObservationsAsync(
        string id, DateTimeOffset? from, DateTimeOffset? to, ObservationQueries queries, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await queries.FindDatastreamAsync(id, cancellationToken) is null)
        {
            throw new RefusalException("observations.no-datastream", $"There is no datastream '{id}'.", 404);
        }

        var end = to ?? clock.GetUtcNow();
        var observations = await queries.ListObservationsAsync(id, from ?? end - TimeSpan.FromDays(1), end, ReadLimit, cancellationToken);
        return TypedResults.Ok(ThinSeries.To(observations, PointLimit).Select(row => new ObservationPoint(row.PhenomenonTime, row.Result, FeatureJson.Names(row.Flags))).ToArray());
    }

    private static async Task<Ok<Quarantined[]>> ListQuarantineAsync(string? feed, Store store, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        var rows = await db.Quarantine.Where(row => feed == null || row.FeedId == feed)
            .OrderByDescending(row => row.LastReceivedAt).ThenByDescending(row => row.Id).Take(QuarantineLimit).ToListAsync(cancellationToken);
        return TypedResults.Ok(rows.Select(row => new Quarantined(row.Id, row.FeedId, row.LastReceivedAt, row.Reason, row.Times == 1 ? row.Detail : $"{row.Detail} ({row.Times} times)", row.Bytes)).ToArray());
    }

    private static async Task<Ok<FeedStatus[]>> ListFeedsAsync(Store store, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return TypedResults.Ok((await db.Feeds.Where(feed => feed.RemovedAt == null).OrderBy(feed => feed.Id).ToListAsync(cancellationToken)).Select(FeedStatus.Of).ToArray());
    }

    internal sealed record StationDetail(string Id, string Name, string? River, double Lon, double Lat, string Credit, double ShiftSeconds, bool Exercise, DatastreamDetail[] Datastreams);

    internal sealed record DatastreamDetail(string Id, string Property, string Unit, string Name);

    internal sealed record ObservationPoint(DateTimeOffset Time, double Value, string[] Quality);

    internal sealed record Quarantined(long Id, string Feed, DateTimeOffset ReceivedAt, string Reason, string Detail, long Bytes);
}
