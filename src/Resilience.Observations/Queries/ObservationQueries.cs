using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Observations.Quality.Neighbours;
using Resilience.Storage;

namespace Resilience.Observations.Queries;

/// <summary>One observation with the datastream that says what it means.</summary>
/// <param name="Datastream">What was observed, where, in which unit.</param>
/// <param name="Observation">The value.</param>
public sealed record DatastreamObservation(Datastream Datastream, Observation Observation)
{
    /// <summary>True when a finding that stood when the value was stored says that the neighbours of its datastream contradict it.</summary>
    public bool Contradicted { get; init; }
}

/// <summary>The highest value of a calendar month.</summary>
/// <param name="Year">Its year.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="Value">In the datastream's unit.</param>
/// <param name="Readings">How many readings it has.</param>
public readonly record struct MonthlyMaximum(int Year, int Month, double Value, int Readings);

/// <summary>What other links read of this one. Except for batches, only the revision that holds is given; raw values and flags as stored.</summary>
public sealed class ObservationQueries(Store store)
{
    /// <summary>A station; refuses with 404 when there is none.</summary>
    public async Task<Station> GetStationAsync(string id, CancellationToken cancellationToken) =>
        await FindStationAsync(id, cancellationToken)
        ?? throw new RefusalException("observations.no-station", $"There is no station '{id}'.", 404);

    /// <summary>A station, or null.</summary>
    public async Task<Station?> FindStationAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await db.Stations.SingleOrDefaultAsync(station => station.Id == id, cancellationToken);
    }

    /// <summary>The stations with these ids, in no order; unknown ids are left out.</summary>
    public async Task<IReadOnlyList<Station>> ListStationsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await db.Stations.Where(station => ids.Contains(station.Id)).ToListAsync(cancellationToken);
    }

    /// <summary>A station's datastreams by id; empty for an unknown station.</summary>
    public async Task<IReadOnlyList<Datastream>> ListDatastreamsAsync(string stationId, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await db.Datastreams.Where(datastream => datastream.StationId == stationId).OrderBy(datastream => datastream.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The datastreams of these stations by id.</summary>
    public async Task<IReadOnlyList<Datastream>> ListDatastreamsAsync(IReadOnlyCollection<string> stationIds, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await db.Datastreams.Where(datastream => stationIds.Contains(datastream.StationId)).OrderBy(datastream => datastream.Id).ToListAsync(cancellationToken);
    }

    /// <summary>A datastream, or null.</summary>
    public async Task<Datastream?> FindDatastreamAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await db.Datastreams.SingleOrDefaultAsync(datastream => datastream.Id == id, cancellationToken);
    }

    /// <summary>
    /// A datastream's observations from <paramref name="from"/> to <paramref name="to"/>, both included, oldest first. When there
    /// are more than <paramref name="limit"/>, the newest are given.
    /// </summary>
    public async Task<IReadOnlyList<Observation>> ListObservationsAsync(string datastreamId, DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        var newestFirst = await Holding(db)
            .Where(row => row.DatastreamId == datastreamId && row.PhenomenonTime >= from && row.PhenomenonTime <= to)
            .OrderByDescending(row => row.PhenomenonTime).Take(limit).ToListAsync(cancellationToken);
        newestFirst.Reverse();
        return newestFirst;
    }

    /// <summary>A page of a datastream's observations after <paramref name="after"/> up to <paramref name="to"/>, oldest first: a long record is read page by page.</summary>
    public async Task<IReadOnlyList<Observation>> ListPageAsync(string datastreamId, DateTimeOffset after, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await Holding(db).Where(row => row.DatastreamId == datastreamId && row.PhenomenonTime > after && row.PhenomenonTime <= to)
            .OrderBy(row => row.PhenomenonTime).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// The highest value of each calendar month (UTC) before <paramref name="before"/> and how many readings it had, doubted ones left out; months without
    /// readings are left out. One look a month: of a long record not for every request.
    /// </summary>
    public async Task<IReadOnlyList<MonthlyMaximum>> ListMonthlyMaximaAsync(string datastreamId, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        var held = Holding(db).Where(row => row.DatastreamId == datastreamId && (row.Flags & QualityFlags.Suspect) == 0);
        var first = await held.OrderBy(row => row.PhenomenonTime).Select(row => (DateTimeOffset?)row.PhenomenonTime).FirstOrDefaultAsync(cancellationToken);
        var months = new List<MonthlyMaximum>();
        for (var month = first is { } time ? new DateTimeOffset(time.UtcDateTime.Year, time.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero) : before; month < before; month = month.AddMonths(1))
        {
            var (from, to) = (month, month.AddMonths(1) < before ? month.AddMonths(1) : before);
            var found = await held.Where(row => row.PhenomenonTime >= from && row.PhenomenonTime < to)
                .GroupBy(_ => 1).Select(rows => new { Highest = rows.Max(row => row.Result), Readings = rows.Count() }).FirstOrDefaultAsync(cancellationToken);
            if (found is not null)
            {
                months.Add(new MonthlyMaximum(month.Year, month.Month, found.Highest, found.Readings));
            }
        }

        return months;
    }

    /// <summary>
    /// All observations the batches brought, by datastream and time. A value corrected since is given as its batch brought it: what
    /// a link makes of a batch must not depend on when it looks.
    /// </summary>
    public async Task<IReadOnlyList<DatastreamObservation>> ListBatchesAsync(IReadOnlyCollection<Guid> batchIds, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        var rows = await db.Observations.Where(row => batchIds.Contains(row.BatchId))
            .Join(db.Datastreams, row => row.DatastreamId, datastream => datastream.Id, (row, datastream) => new { row, datastream })
            .OrderBy(pair => pair.row.DatastreamId).ThenBy(pair => pair.row.PhenomenonTime).ThenBy(pair => pair.row.Revision)
            .ToListAsync(cancellationToken);
        var contradicted = await Contradictions.OfBatchesAsync(db, batchIds, [.. rows.Select(pair => pair.datastream.Id).Distinct()], cancellationToken);
        return [.. rows.Select(pair => new DatastreamObservation(pair.datastream, pair.row) { Contradicted = contradicted.Hold(pair.row) })];
    }

    /// <summary>The newest observation of each of these datastreams; those without any are left out.</summary>
    public async Task<IReadOnlyDictionary<string, Observation>> LatestAsync(IReadOnlyCollection<string> datastreamIds, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        return await db.Latest.Where(latest => datastreamIds.Contains(latest.DatastreamId))
            .Join(
                db.Observations,
                latest => new { latest.DatastreamId, latest.PhenomenonTime, latest.Revision },
                row => new { row.DatastreamId, row.PhenomenonTime, row.Revision },
                (_, row) => row)
            .ToDictionaryAsync(row => row.DatastreamId, cancellationToken);
    }

    /// <summary>Observations of the revision that holds.</summary>
    internal static IQueryable<Observation> Holding(ObservationsDb db) => db.Observations.Where(row =>
        !db.Observations.Any(later => later.DatastreamId == row.DatastreamId && later.PhenomenonTime == row.PhenomenonTime && later.Revision > row.Revision));
}
