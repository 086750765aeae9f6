using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Cascading;
using Resilience.Hazards.Frequency;
using Resilience.Hazards.Thresholds;
using Resilience.Observations;
using Resilience.Observations.Queries;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Hazards;

/// <summary>
/// Takes stored batches of observations and says where a hazard began, changed or ended. Reads the batches, the stations and the rules'
/// memory in one query each, and writes only what changed.
/// </summary>
public sealed partial class AssessHazards(Store store, ObservationQueries observations, SettingsInForce settings, LookUpstream looking, LookBeside besides, FindFrequency frequencies, ILogger<AssessHazards> logger)
    : Link<HazardsDb>(store, logger)
{
    /// <summary>The live map's layer of current assessments.</summary>
    public const string Layer = "hazards.assessments";

    /// <inheritdoc/>
    public override string Name => "Hazards.AssessHazards";

    /// <inheritdoc/>
    protected override async Task HandleAsync(Step<HazardsDb> step, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Source.StartActivity("AssessHazards");
        var started = Stopwatch.GetTimestamp();
        // A key is a batch of observations, or a datastream that has been silent for too long.
        var batches = await observations.ListBatchesAsync([.. keys.Distinct().Where(key => Guid.TryParse(key, out _)).Select(Guid.Parse)], cancellationToken);
        var touched = batches
            .Where(pair => pair.Datastream.Property is ObservedProperty.Stage or ObservedProperty.Discharge or ObservedProperty.LakeLevel or ObservedProperty.Rainfall or ObservedProperty.AirTemperature)
            .GroupBy(pair => pair.Datastream.Id).ToDictionary(group => group.Key, group => (group.First().Datastream, Readings: group.Select(ToReading).ToList()));
        foreach (var id in keys.Where(key => !Guid.TryParse(key, out _) && !touched.ContainsKey(key)).Distinct())
        {
            if (await observations.FindDatastreamAsync(id, cancellationToken) is { } datastream)
            {
                touched[id] = (datastream, []);
            }
        }

        var beside = await besides.ListAsync(batches, cancellationToken);
        foreach (var (id, (datastream, _)) in beside)
        {
            touched.TryAdd(id, (datastream, []));
        }

        if (touched.Count > 0)
        {
            await AssessAsync(step, touched, beside, cancellationToken);
        }

        Telemetry.Observations.Add(batches.Count);
        Telemetry.Seconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        activity?.SetTag("resilience.observations", batches.Count);
    }

    private async Task AssessAsync(
        Step<HazardsDb> step, Dictionary<string, (Datastream Datastream, List<Reading> Readings)> touched, IReadOnlyDictionary<string, (Datastream Datastream, Beside Beside)> beside, CancellationToken cancellationToken)
    {
        var stations = (await observations.ListStationsAsync([.. touched.Values.Select(t => t.Datastream.StationId).Distinct()], cancellationToken)).ToDictionary(station => station.Id);
        var ids = touched.Keys.ToList();
        var rows = await step.Db.Memories.AsNoTracking().Where(row => ids.Contains(row.DatastreamId)).ToDictionaryAsync(row => (row.DatastreamId, row.Concern), cancellationToken);
        var known = rows.Keys.Select(key => key.DatastreamId).ToHashSet();
        var revisions = await SettingsInForce.ListAsync(step.Db, ids, cancellationToken);
        var ratings = await settings.RatingsAsync(stations.Keys, cancellationToken);
        var writing = new WriteAssessments(step);
        foreach (var (id, (datastream, readings)) in touched.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var judged = new HashSet<HazardKind>();
            if (stations.TryGetValue(datastream.StationId, out var station))
            {
                foreach (var setting in settings.List(station, datastream, revisions, ratings.GetValueOrDefault(station.Id)))
                {
                    judged.Add(setting.Concern);
                    var row = rows.GetValueOrDefault((id, setting.Concern));
                    // Judged for the first time, because somebody gave it thresholds or because this concern is new: by what it said of late.
                    var first = row is null && (known.Contains(id) || (readings.Count == 0 && !beside.ContainsKey(id)));
                    var all = first ? [.. await ListOfLateAsync(datastream, setting, step.Now, cancellationToken), .. readings] : readings;
                    var upstream = readings.Count == 0 && row is not null && setting.IsWater ? await looking.FindAsync(step.Db, station.Id, Heard(row), step.Now, cancellationToken) : null;
                    // How rare the water is matters once it is high; it is not worth a look at every gauge of a batch.
                    var high = setting.Concern == HazardKind.RiverFlood && (all.Any(reading => setting.LevelAt(reading.Value) != HazardLevel.None) || Said(row) is { Level: not HazardLevel.None });
                    var frequency = high ? await frequencies.FindAsync(datastream, cancellationToken) : null;
                    LogChanges(station, writing.Add(station, datastream, setting, row, all, upstream, beside.TryGetValue(id, out var found) ? found.Beside : null, frequency, ratings.GetValueOrDefault(station.Id)));
                }
            }

            // Nobody judges it any more (its thresholds are gone): stop waiting for it.
            step.Db.Memories.UpdateRange(rows.Values.Where(row => row.DatastreamId == id && row.SilentAfter is not null && !judged.Contains(row.Concern)).Select(row => row with { SilentAfter = null }));
        }

        await writing.FinishAsync(cancellationToken);
        foreach (var id in await looking.ListSilentBelowAsync(step, touched.Values.Where(one => one.Readings.Count > 0).Select(one => one.Datastream.StationId), cancellationToken))
        {
            step.HandOver(HazardTopics.SilenceDue, id);
        }
    }

    private async Task<IEnumerable<Reading>> ListOfLateAsync(Datastream datastream, Setting setting, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (span, most) = setting.Rain is null ? (Memory.Span, Memory.Most) : (RainSums.Longest + RainMemory.Span, RainMemory.Most);
        var said = await observations.ListObservationsAsync(datastream.Id, now - span, now, most, cancellationToken);
        return said.Select(observation => ToReading(new DatastreamObservation(datastream, observation)));
    }

    private static Published? Said(DatastreamMemory? row) => row is null ? null : JsonSerializer.Deserialize(row.State, MemoryJson.Default.Memory)?.Published;

    private static DateTimeOffset Heard(DatastreamMemory row) => JsonSerializer.Deserialize(row.State, MemoryJson.Default.Memory)?.Newest ?? DateTimeOffset.MinValue;

    /// <summary>An observation as the rules see it.</summary>
    internal static Reading ToReading(DatastreamObservation pair)
    {
        var (flags, row) = (pair.Observation.Flags, pair.Observation);
        const QualityFlags Bad = QualityFlags.OutOfRange | QualityFlags.Stuck | QualityFlags.Qualifier;
        // Another unit or zero persists, so what bears a sudden value out does not bear this one out.
        var misread = flags.HasFlag(QualityFlags.Step | QualityFlags.Suspect);
        var sudden = flags.HasFlag(QualityFlags.RateOfChange) && (flags & Bad) == 0 && !misread;
        var trust = sudden ? Trust.Sudden : flags.HasFlag(QualityFlags.Suspect) || (flags & Bad) != 0 ? Trust.Doubtful : Trust.Trusted;
        if (pair.Contradicted)
        {
            return new Reading(row.PhenomenonTime, row.Revision, row.Result, Trust.Doubtful, flags == QualityFlags.None ? "Neighbour" : $"{flags}, Neighbour");
        }

        return new Reading(row.PhenomenonTime, row.Revision, row.Result, trust, flags == QualityFlags.None ? "" : flags.ToString());
    }

    private void LogChanges(Station station, IReadOnlyList<HazardAssessment> changes)
    {
        foreach (var change in changes.Where(change => change.Level != change.PreviousLevel))
        {
            LogLevel(logger, station.Id, change.PreviousLevel, change.Level, change.PhenomenonTime);
        }
    }

    [LoggerMessage(Level = Microsoft.Extensions.Logging.LogLevel.Information, Message = "{Station}: {Before} → {Level} at {PhenomenonTime}")]
    private static partial void LogLevel(ILogger logger, string station, HazardLevel before, HazardLevel level, DateTimeOffset phenomenonTime);
}
