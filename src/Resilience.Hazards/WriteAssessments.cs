using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Frequency;
using Resilience.Hazards.Ratings;
using Resilience.Hazards.Recomputing;
using Resilience.Observations;
using Resilience.Storage.HandingOver;

namespace Resilience.Hazards;

/// <summary>
/// Runs the rules on datastreams and writes what came of it within one transaction: memories, assessments, the stations' current rows
/// and what is handed over.
/// </summary>
internal sealed class WriteAssessments(Step<HazardsDb> step)
{
    private readonly Dictionary<string, List<HazardAssessment>> _latestByStation = [];
    private readonly HashSet<(string Datastream, HazardKind Concern)> _written = [];
    private readonly Dictionary<string, RatingCurve> _ratings = [];
    private readonly DateTimeOffset _now = step.Now;

    /// <summary>Assesses one datastream for one concern; the readings may be none, when only time has passed.</summary>
    internal IReadOnlyList<HazardAssessment> Add(Station station, Datastream datastream, Setting setting, DatastreamMemory? row, IReadOnlyList<Reading> readings, UpstreamRise? upstream = null, Beside? beside = null, DatastreamFrequency? frequency = null, RatingCurve? rating = null)
    {
        var memory = row is null ? Memory.Empty : JsonSerializer.Deserialize(row.State, MemoryJson.Default.Memory)!;
        var (next, changes) = Assess.Next(datastream.Id, setting, memory, readings, _now, upstream, beside);
        if (next.Newest is null && next.Felt is null)
        {
            return [];
        }

        var basis = new Basis(datastream.Id, datastream.Unit, setting, memory, [.. readings], _now, upstream, beside, frequency?.Record, frequency?.Rating?.Version);
        var assessments = changes.Select(change => ToAssessment(change, station.Id, station.Name, station.Exercise, station.Location, basis, frequency)).ToList();
        if (assessments.Count > 0)
        {
            var kept = new KeptBasis { Id = StableId.From("hazards.basis", assessments[0].Id.ToString(), _now.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture)), Content = basis.Pack() };
            step.Db.Bases.Add(kept);
            assessments = assessments.ConvertAll(assessment => assessment with { BasisId = kept.Id });
            foreach (var one in new[] { rating, frequency?.Rating }.OfType<RatingCurve>().Where(one => basis.Ratings.Contains(one.Version)))
            {
                _ratings[one.Version] = one;
            }
        }

        step.Db.Assessments.AddRange(assessments);
        var nextRow = new DatastreamMemory
        {
            DatastreamId = datastream.Id,
            Concern = setting.Concern,
            StationId = station.Id,
            AssessmentId = next.Published?.Id,
            State = JsonSerializer.Serialize(next, MemoryJson.Default.Memory),
            SilentAfter = next.Published is { Silent: true } ? null : next.Newest + setting.Heard(next.Recent).LongestPause,
        };
        if (row is null)
        {
            step.Db.Memories.Add(nextRow);
        }
        else if (row != nextRow)
        {
            step.Db.Memories.Update(nextRow);
        }

        if (assessments.Count > 0)
        {
            if (!_latestByStation.TryGetValue(station.Id, out var latest))
            {
                _latestByStation[station.Id] = latest = [];
            }

            latest.Add(assessments[^1]);
            _written.Add((datastream.Id, setting.Concern));
            foreach (var assessment in assessments)
            {
                step.HandOver(HazardTopics.Assessed, assessment.Id.ToString());
                Telemetry.Assessments.Add(1, new KeyValuePair<string, object?>("level", assessment.Level.ToString()));
            }
        }

        return assessments;
    }

    /// <summary>Lets the worst datastream of each touched station stand on the map.</summary>
    internal async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_latestByStation.Count == 0)
        {
            return;
        }

        var versions = _ratings.Keys.ToList();
        var there = versions.Count == 0 ? [] : await step.Db.Ratings.AsNoTracking().Where(row => versions.Contains(row.Version)).Select(row => row.Version).ToListAsync(cancellationToken);
        step.Db.Ratings.AddRange(_ratings.Values.Where(one => !there.Contains(one.Version)).Select(KeptRating.Of));
        var ids = _latestByStation.Keys.ToList();
        var standing = await step.Db.Memories.AsNoTracking().Where(row => ids.Contains(row.StationId))
            .Join(step.Db.Assessments.AsNoTracking(), row => row.AssessmentId, row => (Guid?)row.Id, (row, assessment) => new { row.DatastreamId, row.Concern, assessment }).ToListAsync(cancellationToken);
        var others = standing.Where(row => !_written.Contains((row.DatastreamId, row.Concern))).Select(row => row.assessment).ToList();
        var current = await step.Db.Current.AsNoTracking().Where(row => ids.Contains(row.StationId)).ToDictionaryAsync(row => row.StationId, cancellationToken);
        var version = await step.NextLayerVersionAsync(AssessHazards.Layer, cancellationToken);
        foreach (var (stationId, latest) in _latestByStation)
        {
            // Where nothing is worse, what the water does says more of the place than what the weather does.
            var worst = latest.Concat(others.Where(other => other.StationId == stationId))
                .OrderByDescending(assessment => assessment.Level).ThenBy(assessment => assessment.Kind is not (HazardKind.RiverFlood or HazardKind.GlacialLakeOutburst)).ThenBy(assessment => assessment.DatastreamId, StringComparer.Ordinal).ThenBy(assessment => assessment.Kind).First();
            var row = new CurrentAssessment { StationId = stationId, AssessmentId = worst.Id, LayerVersion = version };
            if (current.ContainsKey(stationId))
            {
                step.Db.Current.Update(row);
            }
            else
            {
                step.Db.Current.Add(row);
            }
        }
    }

    /// <summary>The assessment of a change, by its basis and nothing else. Pure.</summary>
    internal static HazardAssessment ToAssessment(Change change, string stationId, string stationName, bool exercise, NetTopologySuite.Geometries.Geometry location, Basis basis, DatastreamFrequency? frequency)
    {
        var (setting, unit) = (basis.Setting, basis.Unit);
        var seen = change.Rain?.Latest ?? change.Felt?.Latest ?? basis.Before.Window.Concat(basis.Readings).Where(reading => reading.Time <= change.Reading.Time)
            .GroupBy(reading => reading.Time).Select(group => group.MaxBy(reading => reading.Revision)).OrderBy(reading => reading.Time).TakeLast(Evidence.Most).ToList();
        var (confidence, parts) = Confidence.Of(change, setting, seen, basis.Now);
        var (rule, version, text) = change.Upstream is not null ? (UpstreamRise.RuleName, UpstreamRise.RuleVersion, UpstreamRise.RuleText) : setting.Rule;
        // Of the readings since it began the highest that nobody doubts: the peak so far. Told of water that stands high or stood so, however the readings came in batches.
        var high = change.State.Level != HazardLevel.None && (setting.LevelAt(change.Reading.Value) != HazardLevel.None || change.Previous is { Level: not HazardLevel.None });
        var peak = !high ? default : seen.Where(reading => reading.Trust == Trust.Trusted && reading.Time >= change.State.Onset).OrderBy(reading => reading.Value).LastOrDefault();
        var rarity = peak.Time == default ? null : frequency?.Of(peak.Value, unit, peak.Time);
        return new HazardAssessment
        {
            Id = change.Id,
            StationId = stationId,
            StationName = stationName,
            DatastreamId = basis.DatastreamId,
            Kind = change.Felt?.Kind ?? setting.Concern,
            Level = change.State.Level,
            PreviousLevel = change.Previous?.Level ?? HazardLevel.None,
            Trend = change.State.Stage.Trend,
            Onset = change.State.Onset ?? change.Reading.Time,
            AssessedAt = basis.Now,
            PhenomenonTime = change.Reading.Time,
            Confidence = confidence,
            Silent = change.Silent,
            Summary = Describe.Change(change, setting, stationName, unit, rarity),
            RuleName = rule,
            RuleVersion = version,
            Evidence = new Evidence(
                basis.DatastreamId, unit, text,
                [.. (change.Rain?.Fell ?? seen).Select(reading => new EvidenceReading(reading.Time, reading.Revision, reading.Value, reading.Quality.Length == 0 ? [] : reading.Quality.Split(", ")))],
                setting.Thresholds, parts)
            { Sums = change.Rain?.Sums, DecidingHours = change.Rain?.Threshold?.Hours, Felt = change.Felt?.Felt, Rarity = rarity }.ToJson(),
            Exercise = exercise,
            Location = location,
        };
    }
}
