using Microsoft.EntityFrameworkCore;

namespace Resilience.Observations.Storing;

/// <summary>Brings stations and datastreams up to what a payload says, and says which of its datastreams can be stored.</summary>
internal static class StoreStations
{
    private static readonly TimeSpan NothingFollows = TimeSpan.FromDays(365);

    /// <summary>What the store knows after it.</summary>
    /// <param name="Datastreams">The datastreams of the payload, by the id the payload uses.</param>
    /// <param name="ChangedStations">Stations whose description changed or that are new.</param>
    /// <param name="Learnt">Descriptions that are stored now and were not known to be.</param>
    internal sealed record Outcome(Dictionary<string, Datastream> Datastreams, HashSet<string> ChangedStations, KnownStations Learnt);

    /// <summary>Writes through the tracked context and saves; datastreams of unknown stations are refused into the payload.</summary>
    internal static async Task<Outcome> StoreAsync(ObservationsDb db, Feed feed, ParsedPayload parsed, KnownStations known, CancellationToken cancellationToken)
    {
        var learnt = new KnownStations(known.Settings);
        var changed = await UpsertStationsAsync(db, feed, [.. parsed.Stations.Values.Where(station => !known.Holds(station))], learnt, cancellationToken);
        var datastreams = await UpsertDatastreamsAsync(db, feed, parsed, known, learnt, changed, cancellationToken);
        return new Outcome(datastreams, changed, learnt);
    }

    private static async Task<HashSet<string>> UpsertStationsAsync(ObservationsDb db, Feed feed, List<ParsedStation> described, KnownStations learnt, CancellationToken cancellationToken)
    {
        var changed = new HashSet<string>();
        if (described.Count == 0)
        {
            return changed;
        }

        var ids = described.ConvertAll(station => station.Id);
        var there = await db.Stations.AsTracking().Where(station => EF.Parameter(ids).Contains(station.Id)).ToDictionaryAsync(station => station.Id, cancellationToken);
        foreach (var parsedStation in described)
        {
            learnt.Add(parsedStation);
            if (!there.TryGetValue(parsedStation.Id, out var station))
            {
                station = new Station { Id = parsedStation.Id, FeedId = feed.Id, Name = parsedStation.Name, Location = parsedStation.Location, Elevation = parsedStation.Elevation, Exercise = feed.Exercise, TimeShift = feed.TimeShift };
                db.Stations.Add(station);
                changed.Add(station.Id);
            }
            else if (parsedStation.PositionOnly || station.FeedId != feed.Id)
            {
                continue;
            }

            (station.Name, station.River, station.Exercise, station.TimeShift) = (parsedStation.Name, parsedStation.River ?? station.River, feed.Exercise, feed.TimeShift);
            station.Elevation = parsedStation.Elevation ?? station.Elevation;
            (station.ReferenceLow, station.ReferenceHigh) = (parsedStation.ReferenceLow, parsedStation.ReferenceHigh);
            (station.ReferenceRecord, station.ReferenceUnit) = (parsedStation.ReferenceRecord, parsedStation.ReferenceUnit);
            if (!station.Location.EqualsExact(parsedStation.Location))
            {
                station.Location = parsedStation.Location;
            }

            if (db.Entry(station).State == EntityState.Modified)
            {
                changed.Add(station.Id);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return changed;
    }

    /// <summary>The datastreams of the values, once for each run of the same: most payloads tell one series after the other.</summary>
    private static IEnumerable<string> ListMentioned(ParsedPayload parsed)
    {
        string? last = null;
        foreach (var value in parsed.Observations)
        {
            if (value.DatastreamId != last)
            {
                yield return last = value.DatastreamId;
            }
        }
    }

    private static async Task<Dictionary<string, Datastream>> UpsertDatastreamsAsync(
        ObservationsDb db, Feed feed, ParsedPayload parsed, KnownStations known, KnownStations learnt, HashSet<string> changed, CancellationToken cancellationToken)
    {
        var byParsedId = new Dictionary<string, Datastream>(parsed.Datastreams.Count);
        var described = new List<ParsedDatastream>();
        foreach (var one in parsed.Datastreams.Values)
        {
            if (known.Find(one) is { } stored)
            {
                byParsedId[one.Id] = stored;
            }
            else
            {
                described.Add(one);
            }
        }

        var ids = described.Select(one => one.Id).Concat(ListMentioned(parsed)).Where(id => !byParsedId.ContainsKey(id)).Distinct().ToList();
        if (ids.Count == 0)
        {
            return byParsedId;
        }

        var there = await db.Datastreams.AsNoTracking().Where(datastream => EF.Parameter(ids).Contains(datastream.Id)).ToDictionaryAsync(datastream => datastream.Id, cancellationToken);
        foreach (var (id, datastream) in there)
        {
            byParsedId[id] = datastream;
        }

        var stationIds = described.Select(datastream => datastream.StationId).Distinct().ToList();
        var stations = (await db.Stations.Where(station => EF.Parameter(stationIds).Contains(station.Id)).Select(station => station.Id).ToListAsync(cancellationToken)).ToHashSet();
        var redescribed = new HashSet<string>();
        foreach (var one in described)
        {
            if (!stations.Contains(one.StationId))
            {
                byParsedId.Remove(one.Id);
                continue;
            }

            var id = one.Id;
            var datastream = there.GetValueOrDefault(id);
            if (datastream?.SourceSeries is { } taken && one.SourceSeries is { } series && taken != series)
            {
                // Another series of the same parameter at the same station, met on another page or day.
                id = $"{one.Id}:{series[..Math.Min(8, series.Length)]}";
                datastream = await db.Datastreams.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
            }

            var every = feed.Snapshot ? NothingFollows : one.ExpectedEvery ?? datastream?.ExpectedEvery ?? feed.Every;
            if (datastream is null || (datastream.Property, datastream.Unit, datastream.Name, datastream.ExpectedEvery, datastream.SourceSeries) != (one.Property, one.Unit, one.Name, every, one.SourceSeries ?? datastream.SourceSeries))
            {
                var isNew = datastream is null;
                datastream = new Datastream { Id = id, StationId = one.StationId, Property = one.Property, Unit = one.Unit, Name = one.Name, ExpectedEvery = every, SourceSeries = one.SourceSeries ?? datastream?.SourceSeries };
                db.Entry(datastream).State = isNew ? EntityState.Added : EntityState.Modified;
                redescribed.Add(one.StationId);
            }

            byParsedId[one.Id] = datastream;
            learnt.Add(one, datastream);
        }

        foreach (var stationId in described.Where(one => !stations.Contains(one.StationId)).Select(one => one.StationId).Distinct())
        {
            parsed.Refuse("unknown-station", stationId);
        }

        if (redescribed.Count > 0)
        {
            await db.SaveChangesAsync(cancellationToken);
            await ChooseMainAsync(db, redescribed, changed, cancellationToken);
        }

        return byParsedId;
    }

    private static async Task ChooseMainAsync(ObservationsDb db, HashSet<string> stationIds, HashSet<string> changed, CancellationToken cancellationToken)
    {
        var ids = stationIds.ToList();
        var datastreams = (await db.Datastreams.AsNoTracking().Where(datastream => EF.Parameter(ids).Contains(datastream.StationId)).ToListAsync(cancellationToken)).ToLookup(datastream => datastream.StationId);
        foreach (var station in await db.Stations.AsTracking().Where(station => EF.Parameter(ids).Contains(station.Id)).ToListAsync(cancellationToken))
        {
            station.MainDatastreamId = datastreams[station.Id].OrderBy(Rank).ThenBy(datastream => datastream.Id, StringComparer.Ordinal).First().Id;
            changed.Add(station.Id);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    // Stage above the gauge's own zero is what its thresholds and typical range speak of.
    private static int Rank(Datastream datastream) => datastream.Property switch
    {
        ObservedProperty.Stage => datastream.Unit switch { "mAOD" or "mBDAT" => 1, "---" => 2, _ => 0 },
        ObservedProperty.LakeLevel => 3,
        ObservedProperty.Discharge => 4,
        ObservedProperty.Rainfall => 5,
        _ => 6,
    };
}
