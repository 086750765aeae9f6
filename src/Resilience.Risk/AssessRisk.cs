using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Resilience.Core;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Cascading;
using Resilience.Hazards.Queries;
using Resilience.Risk.Exposing;
using Resilience.Risk.Footprints;
using Resilience.Risk.Impact;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Risk;

/// <summary>
/// Takes hazard assessments and keeps one risk zone per station and kind: the one writer of the layer. What stands now counts, not the
/// assessment that woke it, so repeats and old keys change nothing.
/// </summary>
public sealed partial class AssessRisk(
    Store store, HazardQueries hazards, DrawFootprint footprints, Exposure exposure, ListArrivals arrivals, ILogger<AssessRisk> logger) : Link<RiskDb>(store, logger)
{
    /// <summary>The live map's layer of zones.</summary>
    public const string Layer = "risk.zones";

    /// <inheritdoc/>
    public override string Name => "Risk.AssessRisk";

    /// <summary>The id of a station's zone of a kind.</summary>
    public static Guid ZoneId(string stationId, HazardKind kind) => StableId.From("risk.zone", stationId, kind.ToString());

    /// <inheritdoc/>
    protected override async Task HandleAsync(Step<RiskDb> step, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Source.StartActivity("AssessRisk");
        var started = Stopwatch.GetTimestamp();
        var stations = await hazards.ListStationsOfAsync([.. keys.Distinct().Select(Guid.Parse)], cancellationToken);
        var latest = await hazards.ListLatestAsync(stations, cancellationToken);
        var worst = latest.GroupBy(hazard => (hazard.StationId, hazard.Kind))
            .Select(group => group.OrderByDescending(hazard => hazard.Level).ThenBy(hazard => hazard.DatastreamId, StringComparer.Ordinal).First()).ToList();
        var ids = worst.Select(hazard => ZoneId(hazard.StationId, hazard.Kind)).ToList();
        var zones = await step.Db.Zones.AsNoTracking().Where(zone => ids.Contains(zone.Id)).ToDictionaryAsync(zone => zone.Id, cancellationToken);
        var changed = worst
            .Select(hazard => (Before: zones.GetValueOrDefault(ZoneId(hazard.StationId, hazard.Kind)), Hazard: hazard))
            .Select(pair => (pair.Before, After: Next(pair.Before, pair.Hazard, step.Now)))
            .Where(pair => pair.After is not null).Select(pair => (pair.Before, After: pair.After!)).ToList();
        if (changed.Count > 0)
        {
            var version = await step.NextLayerVersionAsync(Layer, cancellationToken);
            foreach (var (before, after) in changed)
            {
                step.Db.Entry(after with { LayerVersion = version }).State = before is null ? EntityState.Added : EntityState.Modified;
                step.HandOver(RiskTopics.ZoneChanged, RiskTopics.ZoneKey(after.Id, after.Version));
                LogZone(logger, after.Id, after.Version, after.Severity, after.People, after.Removed);
            }
        }

        Telemetry.Zones.Add(changed.Count);
        Telemetry.Seconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>The zone's next version, or null when nothing changes. Pure but for the exposure data it reads.</summary>
    internal RiskZone? Next(RiskZone? before, HazardAssessment hazard, DateTimeOffset now)
    {
        if (before?.AssessmentId == hazard.Id)
        {
            return null;
        }

        if (hazard.Level == HazardLevel.None)
        {
            return before is null or { Removed: true } ? null : before with
            {
                Version = before.Version + 1,
                Removed = true,
                Reason = hazard.Summary,
                AssessmentId = hazard.Id,
                ChangedAt = now,
            };
        }

        var evidence = Evidence.FromJson(hazard.Evidence);
        var (relayed, seen) = (evidence.Relayed, evidence.Seen);
        var footprint = relayed is not null ? new Footprint(hazard.Location, relayed.AreaWords, relayed.Notes)
            : seen is not null ? new Footprint(RingOrder.Outward(hazard.Location), "the area seen", seen.Notes)
            : footprints.At(hazard.Location.Coordinate, hazard.Kind, hazard.Level, evidence.DecidingHours);
        var exposed = exposure.PeopleWithin(footprint.Area);
        var judgement = relayed is null ? JudgeRisk.Of(hazard, exposed, footprint.Words) : JudgeRelayed.Of(relayed, hazard, exposed);
        return new RiskZone
        {
            Id = ZoneId(hazard.StationId, hazard.Kind),
            Version = (before?.Version ?? 0) + 1,
            Kind = hazard.Kind,
            Severity = judgement.Severity,
            Likelihood = judgement.Likelihood,
            Impact = judgement.Impact,
            Geometry = footprint.Area,
            Title = relayed is null ? Title(hazard) : JudgeRelayed.Title(relayed),
            Reason = relayed is null && seen is null ? $"{judgement.Reason}{SayArrivals.In(arrivals.Expected(hazard))}" : judgement.Reason,
            People = exposed.People,
            Sites = exposed.Sites.Count,
            Exposed = JsonSerializer.Serialize(exposed, RiskJson.Default.ExposureCount),
            Assumptions = JsonSerializer.Serialize(
                [.. footprint.Assumptions, .. exposure.LimitsOf(footprint.Area)],
                RiskJson.Default.IReadOnlyListString),
            AssessmentId = hazard.Id,
            StationId = hazard.StationId,
            Exercise = hazard.Exercise,
            Since = before is { Removed: false } && before.Since < hazard.Onset ? before.Since : hazard.Onset,
            ChangedAt = now,
            Removed = false,
            LayerVersion = 0,
        };
    }

    private static string Title(HazardAssessment hazard) => (hazard.Kind, hazard.Level) switch
    {
        (HazardKind.GlacialLakeOutburst, HazardLevel.Major) => $"Glacial lake outburst at {hazard.StationName}",
        (HazardKind.GlacialLakeOutburst, _) => $"Glacial lake high or rising at {hazard.StationName}",
        _ when hazard.RuleName == UpstreamRise.RuleName => $"Gauge silent below rising water at {hazard.StationName}",
        (HazardKind.HeavyRain, var level) when hazard.RuleName == SeenRule => $"{RainWord(level)} seen by {hazard.StationName}",
        (_, HazardLevel.Action) when hazard.RuleName == SeenRule => $"Much water seen by {hazard.StationName}",
        var (_, level) when hazard.RuleName == SeenRule => $"{level} flood seen by {hazard.StationName}",
        (HazardKind.HeavyRain, var level) => $"{RainWord(level)} at {hazard.StationName}",
        (HazardKind.Landslide, var level) => $"{SlideWord(level)} around {hazard.StationName}",
        (HazardKind.ExtremeHeat, var level) => $"{HeatWord(level)} heat at {hazard.StationName}",
        (HazardKind.ExtremeCold, var level) => $"{HeatWord(level)} cold at {hazard.StationName}",
        (_, HazardLevel.Action) => $"River near flood stage at {hazard.StationName}",
        var (_, level) => $"{level} flood at {hazard.StationName}",
    };

    private static string HeatWord(HazardLevel level) => level switch
    {
        HazardLevel.Action => "Great",
        HazardLevel.Minor => "Severe",
        HazardLevel.Moderate => "Dangerous",
        _ => "Extreme",
    };

    /// <summary>The rule of what rasters show.</summary>
    private const string SeenRule = "seen-from-above";

    private static string SlideWord(HazardLevel level) => level switch
    {
        HazardLevel.Action => "Slopes may slide",
        HazardLevel.Minor => "Landslides likely",
        HazardLevel.Moderate => "Many landslides likely",
        _ => "Landslides likely everywhere",
    };

    private static string RainWord(HazardLevel level) => level switch
    {
        HazardLevel.Action => "Much rain",
        HazardLevel.Minor => "Heavy rain",
        HazardLevel.Moderate => "Very heavy rain",
        _ => "Extreme rain",
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Zone {ZoneId} version {Version}: {Severity}, {People} people, removed: {Removed}")]
    private static partial void LogZone(ILogger logger, Guid zoneId, int version, CapSeverity severity, long people, bool removed);
}
