using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Storage;

namespace Resilience.Observations.Quality.Neighbours;

/// <summary>What neighbours contradict, with the comparison it rests on.</summary>
internal static class ShowNeighbours
{
    private const int Most = 50;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/stations/{id}/findings", AnswerAsync).WithSummary("What the neighbours of a station contradict, and did in the last 30 days, newest first; refuted findings are left out.");

    /// <summary>The open findings of a feed's stations, the longest first.</summary>
    internal static async Task<ShownFinding[]> OfFeedAsync(ObservationsDb db, string feedId, CancellationToken cancellationToken) => await ShowAsync(
        db, await db.NeighbourFindings.Where(row => row.Until == null && db.Stations.Any(station => station.Id == row.StationId && station.FeedId == feedId)).OrderBy(row => row.Since).ThenBy(row => row.DatastreamId).Take(Most).ToListAsync(cancellationToken), cancellationToken);

    private static async Task<Ok<ShownFinding[]>> AnswerAsync(string id, Store store, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        var since = store.Clock.GetUtcNow().AddDays(-30);
        return TypedResults.Ok(await ShowAsync(
            db, await db.NeighbourFindings.Where(row => row.StationId == id && (row.Until == null || (row.Until > since && row.Until != row.Since))).OrderByDescending(row => row.Since).ThenBy(row => row.DatastreamId).Take(Most).ToListAsync(cancellationToken), cancellationToken));
    }

    private static async Task<ShownFinding[]> ShowAsync(ObservationsDb db, List<NeighbourFinding> rows, CancellationToken cancellationToken)
    {
        var figures = rows.ToDictionary(row => row.Id, row => NeighbourFigures.FromJson(row.Figures));
        var ids = rows.Select(row => row.DatastreamId).Concat(figures.Values.SelectMany(one => one.Neighbours.Select(neighbour => neighbour.DatastreamId))).Distinct().ToList();
        var known = await db.Datastreams.Where(datastream => EF.Parameter(ids).Contains(datastream.Id))
            .Join(db.Stations, datastream => datastream.StationId, station => station.Id, (datastream, station) => new { datastream.Id, datastream.Property, StationId = station.Id, station.Name })
            .ToDictionaryAsync(row => row.Id, cancellationToken);
        return [.. rows.Select(row =>
        {
            var of = figures[row.Id];
            return new ShownFinding(
                row.Id, row.StationId, known.GetValueOrDefault(row.DatastreamId)?.Name ?? row.StationId, row.DatastreamId, known.GetValueOrDefault(row.DatastreamId)?.Property.ToString() ?? "Other",
                row.Kind.ToString(), row.Since, row.Until, row.FoundAt, row.RulesVersion, of.Unit, of.At, of.Value, of.Expected, of.Tolerance, of.PerDay,
                [.. of.Neighbours.Select(one => new ShownNeighbour(known.GetValueOrDefault(one.DatastreamId)?.StationId ?? "", known.GetValueOrDefault(one.DatastreamId)?.Name ?? one.DatastreamId, one.Kilometres, one.Value, one.Adjusted))]);
        })];
    }
}

/// <summary>A finding as the faces get it; see <see cref="NeighbourFinding"/> and <see cref="NeighbourFigures"/>.</summary>
internal sealed record ShownFinding(
    Guid Id, string Station, string StationName, string Datastream, string Property, string Kind, DateTimeOffset Since, DateTimeOffset? Until, DateTimeOffset FoundAt, string RulesVersion,
    string Unit, DateTimeOffset At, double Value, double Expected, double Tolerance, double? PerDay, ShownNeighbour[] Neighbours);

/// <summary>One neighbour of the comparison.</summary>
internal sealed record ShownNeighbour(string Station, string Name, double Kilometres, double Value, double Adjusted);
