using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
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
public sealed class StoreObservations(Store store)
{
    private static readonly QualityRules Rules = QualityRules.Default;
    private static readonly string RulesVersion = Rules.Version;
    private readonly KnownStations _stations = new();
    private readonly KnownTails _tails = new();
    private readonly KnownRecords _records = new();

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
        var rows = IObservationRows.For(step.Db);
        await rows.LockAsync(feed.StationPrefix ?? feed.Format, cancellationToken);
        var known = _stations.Of(feed, await step.Db.LayerVersionAsync(FeedLayers.Stations, cancellationToken));
        var stations = await StoreStations.StoreAsync(step.Db, feed, parsed, known, cancellationToken);
        var (incoming, heldBack) = Arrange(feed, parsed, stations.Datastreams, step.Now);
        var merged = await MergeAsync(step.Db, rows, incoming, step.Now, cancellationToken);
        await Quarantine.AddItemsAsync(step.Db, feed.Id, step.Now, parsed, cancellationToken);

        var added = merged.SelectMany(series => series.New).ToList();
        var given = incoming.Sum(series => series.Values.Count);
        var batchId = BatchId(feed, added);
        if (added.Count > 0)
        {
            await rows.InsertAsync(added, batchId, cancellationToken);
        }

        await CountQuality.AddAsync(step.Db, feed.Id, step.Now, parsed, added, cancellationToken);
        if (merged.SelectMany(series => series.Reflagged).ToList() is { Count: > 0 } reflagged)
        {
            await rows.ReflagAsync(reflagged, cancellationToken);
        }

        if (merged.Where(series => series.Latest is not null).Select(series => (Latest: series.Latest!, series.Tail, series.IsShown)).ToList() is { Count: > 0 } latest)
        {
            latest.ForEach(series => series.Latest.History = HistoryAfter(series.Latest.History, batchId));
            await rows.SetLatestAsync(latest.ConvertAll(series => series.Latest), cancellationToken);
            await AddShownStationsAsync(step.Db, [.. latest.Where(series => series.IsShown).Select(series => series.Latest.DatastreamId)], stations.ChangedStations, cancellationToken);
            step.AfterCommit(() => _tails.Keep(latest.Select(series => (series.Latest, series.Tail))));
        }

        var layerVersion = await StampStationsAsync(step, stations.ChangedStations, cancellationToken);
        step.AfterCommit(() => _stations.Keep(feed, known, stations.Learnt, layerVersion));
        return HandOver(step, feed, parsed, batchId, added, given, heldBack);
    }

    private static (List<(Datastream Datastream, List<ParsedObservation> Values)> Series, int HeldBack) Arrange(Feed feed, ParsedPayload parsed, Dictionary<string, Datastream> datastreams, DateTimeOffset now)
    {
        var heldBack = 0;
        var arranged = new Dictionary<string, (Datastream Datastream, List<ParsedObservation> Values)>();
        foreach (var raw in parsed.Observations)
        {
            if (!datastreams.TryGetValue(raw.DatastreamId, out var datastream))
            {
                // The station is unknown and stands in the quarantine already; a datastream nobody described is the same to us.
                if (!parsed.Datastreams.ContainsKey(raw.DatastreamId))
                {
                    parsed.Refuse("unknown-datastream", raw.DatastreamId);
                }

                continue;
            }

            var value = raw with { DatastreamId = datastream.Id, Time = raw.Time + feed.TimeShift, ResultTime = raw.ResultTime + feed.TimeShift };
            if (feed.HoldBackFuture && value.Time > now)
            {
                heldBack++;
            }
            else if (value.Time > now + Rules.FutureTolerance)
            {
                parsed.Refuse("future-time", $"{datastream.Id}: {value.Time:O}");
            }
            else
            {
                if (!arranged.TryGetValue(datastream.Id, out var series))
                {
                    arranged[datastream.Id] = series = (datastream, []);
                }

                series.Values.Add(value);
            }
        }

        foreach (var (_, values) in arranged.Values)
        {
            KeepFirstOfEachTime(values, parsed);
        }

        return ([.. arranged.Values.OrderBy(series => series.Datastream.Id, StringComparer.Ordinal)], heldBack);
    }

    // Two different values for one time in one answer: the first holds, so that the next same answer changes nothing.
    private static void KeepFirstOfEachTime(List<ParsedObservation> values, ParsedPayload parsed)
    {
        var seen = new Dictionary<DateTimeOffset, double>(values.Count);
        values.RemoveAll(value =>
        {
            if (seen.TryAdd(value.Time, value.Result))
            {
                return false;
            }

            if (seen[value.Time] != value.Result)
            {
                parsed.Refuse("ambiguous-value", $"{value.DatastreamId}: two values for {value.Time:O}");
            }

            return true;
        });
    }

    private async Task<List<MergedSeries>> MergeAsync(
        ObservationsDb db, IObservationRows rows, List<(Datastream Datastream, List<ParsedObservation> Values)> incoming, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = incoming.Select(series => series.Datastream.Id).ToList();
        var latest = ids.Count == 0 ? [] : await db.Latest.AsNoTracking().Where(row => EF.Parameter(ids).Contains(row.DatastreamId)).ToDictionaryAsync(row => row.DatastreamId, cancellationToken);
        var stretches = new Dictionary<string, Stretch>();
        var stored = new Dictionary<string, IReadOnlyList<StoredValue>>();
        foreach (var (datastream, values) in incoming)
        {
            if (MergeSeries.StretchFor(datastream, latest.GetValueOrDefault(datastream.Id), values, Rules) is { } stretch)
            {
                stretches.Add(datastream.Id, stretch);
                if (stretch.From is null && _tails.Find(latest[datastream.Id]) is { } tail)
                {
                    stored.Add(datastream.Id, tail);
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
        return [.. incoming.Select(series =>
        {
            var id = series.Datastream.Id;
            return MergeSeries.Merge(series.Datastream, latest.GetValueOrDefault(id), stretches.TryGetValue(id, out var stretch) ? stretch : null, stored.GetValueOrDefault(id, []), series.Values, now, _records.LimitsOf(series.Datastream, Rules), Rules);
        })];
    }

    /// <summary>The same beginning and the same batches in the same order give the same history; anything else another one.</summary>
    private static long HistoryAfter(long before, Guid batchId)
    {
        Span<byte> text = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(text, before);
        batchId.TryWriteBytes(text[8..]);
        return BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(text));
    }

    private static async Task AddShownStationsAsync(ObservationsDb db, List<string> ids, HashSet<string> changed, CancellationToken cancellationToken)
    {
        changed.UnionWith(await db.Datastreams.Where(datastream => EF.Parameter(ids).Contains(datastream.Id))
            .Join(db.Stations, datastream => datastream.Id, station => station.MainDatastreamId, (_, station) => station.Id).ToListAsync(cancellationToken));
    }

    private static async Task<long?> StampStationsAsync(Step<ObservationsDb> step, HashSet<string> changed, CancellationToken cancellationToken)
    {
        if (changed.Count == 0)
        {
            return null;
        }

        var ids = changed.ToList();
        var version = await step.NextLayerVersionAsync(FeedLayers.Stations, cancellationToken);
        await step.Db.Stations.Where(station => EF.Parameter(ids).Contains(station.Id)).ExecuteUpdateAsync(set => set.SetProperty(station => station.Version, version), cancellationToken);
        return version;
    }

    private static StoredBatch HandOver(Step<ObservationsDb> step, Feed feed, ParsedPayload parsed, Guid id, List<NewValue> added, int given, int heldBack)
    {
        if (added.Count == 0)
        {
            return new StoredBatch(null, 0, 0, given, heldBack);
        }

        step.Db.Batches.Add(new ObservationBatch { Id = id, FeedId = feed.Id, PayloadSha256 = parsed.Sha256, StoredAt = step.Now, Observations = added.Count, QualityVersion = RulesVersion });
        step.HandOver(ObservationTopics.Stored, id.ToString());
        var tag = new KeyValuePair<string, object?>("feed", feed.Id);
        ObservationsMeter.Stored.Add(added.Count, tag);
        foreach (var value in added)
        {
            ObservationsMeter.Delay.Record((step.Now - value.Time).TotalSeconds, tag);
        }

        var revised = added.Count(value => value.Revision > 0);
        return new StoredBatch(id, added.Count - revised, revised, given - added.Count, heldBack);
    }

    private static Guid BatchId(Feed feed, List<NewValue> added)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> fixedPart = stackalloc byte[20];
        foreach (var value in added)
        {
            BinaryPrimitives.WriteInt64BigEndian(fixedPart, value.Time.UtcTicks);
            BinaryPrimitives.WriteInt32BigEndian(fixedPart[8..], value.Revision);
            BinaryPrimitives.WriteDoubleBigEndian(fixedPart[12..], value.Result);
            hash.AppendData(fixedPart);
            hash.AppendData(Encoding.UTF8.GetBytes(value.DatastreamId));
        }

        return StableId.From("observations.batch", feed.Id, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
