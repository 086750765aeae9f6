using Microsoft.EntityFrameworkCore;
using Resilience.Observations.Quality;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Observations.Storing;

/// <summary>What storing a payload changed.</summary>
/// <param name="BatchId">The batch handed over; null when nothing was new.</param>
/// <param name="Added">Values first heard.</param>
/// <param name="Revised">Corrections of values heard before.</param>
/// <param name="Known">Values that changed nothing.</param>
/// <param name="HeldBack">Values later than now that a replay leaves for a later poll.</param>
public sealed record StoredBatch(Guid? BatchId, int Added, int Revised, int Known, int HeldBack);

/// <summary>
/// Stores what a payload says, in one transaction with the hand-over and the map layer's version. Idempotent: the same payload
/// twice changes nothing; a changed value becomes a new revision beside the old.
/// </summary>
/// <remarks>
/// Lists of ids travel as one parameter (<c>EF.Parameter</c>): one parameter per id would have the SQL written and planned anew for
/// every size of batch, and end at SQLite's limit of 32,766.
/// </remarks>
public sealed class StoreObservations(Store store, ClimatologyBook? climatology = null)
{
    private static readonly QualityRules Rules = QualityRules.Default;
    private static readonly string RulesVersion = Rules.Version;
    private readonly Known _known = new();
    private readonly KnownRecords _records = new(climatology ?? ClimatologyBook.Empty);

    /// <summary>Stores in a transaction of its own.</summary>
    public async Task<StoredBatch> StoreAsync(Feed feed, ParsedPayload parsed, CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        var batch = await StoreAsync(step, feed, parsed, cancellationToken);
        await step.CommitAsync(cancellationToken);
        return batch;
    }

    /// <summary>Stores inside a step; the caller commits.</summary>
    internal async Task<StoredBatch> StoreAsync(Step<ObservationsDb> step, Feed feed, ParsedPayload parsed, CancellationToken cancellationToken)
    {
        using var activity = ObservationsMeter.Activities.StartActivity("StoreObservations");
        activity?.SetTag("feed", feed.Id);
        try
        {
            return await StoreKnowingAsync(step, feed, parsed, cancellationToken);
        }
        catch
        {
            _known.Forget(); // should what we remember be why, the next try reads for itself
            throw;
        }
    }

    private async Task<StoredBatch> StoreKnowingAsync(Step<ObservationsDb> step, Feed feed, ParsedPayload parsed, CancellationToken cancellationToken)
    {
        var rows = IObservationRows.For(step.Db);
        await rows.LockAsync(feed.StationPrefix ?? feed.Format, cancellationToken);
        var known = _known.Of(feed, await step.Db.LayerVersionAsync(FeedLayers.Stations, cancellationToken));
        var stations = await StoreStations.StoreAsync(step.Db, feed, parsed, known.Stations, cancellationToken);
        var (incoming, heldBack) = ArrangeValues.Arrange(feed, parsed, stations.Datastreams, step.Now, Rules.FutureTolerance);
        var series = await LookUpAsync(step.Db, rows, known, incoming, step.Now, cancellationToken);
        await Quarantine.AddItemsAsync(step.Db, feed.Id, step.Now, parsed, cancellationToken);

        var batchId = NameBatch.For(feed, series);
        var merged = new List<MergedSeries>(series.Count);
        await rows.InsertAsync(MergeEach(series, batchId, step.Now, merged), batchId, cancellationToken);
        var batch = Count(merged, batchId, incoming.Sum(one => one.Count), heldBack);
        await CountQuality.AddAsync(step.Db, feed.Id, step.Now, parsed, batch.Added + batch.Revised, merged.Sum(one => one.Suspect), cancellationToken);
        if (merged.SelectMany(one => one.Reflagged).ToList() is { Count: > 0 } reflagged)
        {
            await rows.ReflagAsync(reflagged, cancellationToken);
        }

        var layerVersion = await StampAsync(step, rows, merged, batchId, stations.ChangedStations, cancellationToken);
        step.AfterCommit(() => _known.Keep(known, stations.Learnt, merged, layerVersion));
        HandOver(step, feed, parsed, batch, merged);
        return batch;
    }

    /// <summary>What the values of each datastream are merged with. All reading is done here: nothing else can be asked while rows are written.</summary>
    private async Task<List<SeriesToMerge>> LookUpAsync(ObservationsDb db, IObservationRows rows, Known.View known, List<IncomingSeries> incoming, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var latest = new Dictionary<string, LatestObservation>(incoming.Count);
        var unknown = new List<string>();
        foreach (var series in incoming)
        {
            if (known.Find(series.Datastream.Id) is { } there)
            {
                latest.Add(series.Datastream.Id, there.Latest);
            }
            else
            {
                unknown.Add(series.Datastream.Id);
            }
        }

        if (unknown.Count > 0)
        {
            foreach (var row in await db.Latest.AsNoTracking().Where(row => EF.Parameter(unknown).Contains(row.DatastreamId)).ToListAsync(cancellationToken))
            {
                latest.Add(row.DatastreamId, row);
            }
        }

        var stretches = new Dictionary<string, Stretch>();
        var stored = new Dictionary<string, StoredValue[]>();
        foreach (var series in incoming)
        {
            if (MergeSeries.StretchFor(series.Datastream, latest.GetValueOrDefault(series.Datastream.Id), series.Values, Rules) is { } stretch)
            {
                stretches.Add(stretch.DatastreamId, stretch);
                if (stretch.From is null && known.Find(stretch.DatastreamId)?.Tail is { } tail)
                {
                    stored.Add(stretch.DatastreamId, tail);
                }
            }
        }

        if (stretches.Values.Where(stretch => !stored.ContainsKey(stretch.DatastreamId)).ToList() is { Count: > 0 } unread)
        {
            foreach (var (id, values) in await rows.ReadAsync(unread, cancellationToken))
            {
                stored.Add(id, values);
            }
        }

        if (stretches.Values.Select(stretch => MergeSeries.WidenFor(stretch, stored[stretch.DatastreamId], Rules)).OfType<Stretch>().ToList() is { Count: > 0 } wider)
        {
            foreach (var (id, values) in await rows.ReadAsync(wider, cancellationToken))
            {
                stored[id] = values;
            }

            wider.ForEach(stretch => stretches[stretch.DatastreamId] = stretch);
        }

        await _records.ReadAsync(db, incoming.Select(series => series.Datastream), now, cancellationToken);
        return incoming.ConvertAll(series =>
        {
            var id = series.Datastream.Id;
            return new SeriesToMerge(series, latest.GetValueOrDefault(id), stretches.TryGetValue(id, out var stretch) ? stretch : null, stored.GetValueOrDefault(id, []), _records.LimitsOf(series.Datastream, Rules));
        });
    }

    /// <summary>Merges one series after the other, as they are written, and keeps what has something new.</summary>
    private static IEnumerable<MergedSeries> MergeEach(List<SeriesToMerge> series, Guid batchId, DateTimeOffset now, List<MergedSeries> merged)
    {
        foreach (var one in series)
        {
            if (MergeSeries.Merge(one, now, Rules) is { New.Count: > 0 } found)
            {
                found.Latest.History = NameBatch.HistoryAfter(found.Latest.History, batchId);
                merged.Add(found);
                yield return found;
            }
        }
    }

    private static StoredBatch Count(List<MergedSeries> merged, Guid batchId, int given, int heldBack)
    {
        var added = merged.Sum(one => one.New.Count);
        var revised = merged.Sum(one => one.Revised);
        return new StoredBatch(added == 0 ? null : batchId, added - revised, revised, given - added, heldBack);
    }

    /// <summary>Has the map look at what changed: newest values, and stations described anew.</summary>
    private static async Task<long?> StampAsync(Step<ObservationsDb> step, IObservationRows rows, List<MergedSeries> merged, Guid batchId, HashSet<string> changed, CancellationToken cancellationToken)
    {
        if (merged.Count == 0 && changed.Count == 0)
        {
            return null;
        }

        var version = await step.NextLayerVersionAsync(FeedLayers.Stations, cancellationToken);
        if (merged.Count > 0)
        {
            foreach (var one in merged)
            {
                one.Latest.Version = one.IsShown ? version : one.Latest.Version;
            }

            await rows.SetLatestAsync(merged.ConvertAll(one => one.Latest), cancellationToken);
        }

        if (changed.Count > 0)
        {
            var ids = changed.ToList();
            await step.Db.Stations.Where(station => EF.Parameter(ids).Contains(station.Id)).ExecuteUpdateAsync(set => set.SetProperty(station => station.Version, version), cancellationToken);
        }

        return version;
    }

    private static void HandOver(Step<ObservationsDb> step, Feed feed, ParsedPayload parsed, StoredBatch batch, List<MergedSeries> merged)
    {
        if (batch.BatchId is not { } id)
        {
            return;
        }

        var added = batch.Added + batch.Revised;
        step.Db.Batches.Add(new ObservationBatch { Id = id, FeedId = feed.Id, PayloadSha256 = parsed.Sha256, StoredAt = step.Now, Observations = added, QualityVersion = RulesVersion });
        step.HandOver(ObservationTopics.Stored, id.ToString());
        var tag = new KeyValuePair<string, object?>("feed", feed.Id);
        ObservationsMeter.Stored.Add(added, tag);
        if (ObservationsMeter.Delay.Enabled)
        {
            foreach (var value in merged.SelectMany(one => one.New))
            {
                ObservationsMeter.Delay.Record((step.Now - value.Time).TotalSeconds, tag);
            }
        }
    }
}
