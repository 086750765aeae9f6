using Resilience.Core;
using Resilience.Core.Quantities;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Thresholds;
using Resilience.Observations;
using Resilience.Observations.Queries;

namespace Resilience.Hazards.Revising;

/// <summary>Replays a gauge's stored readings by other thresholds and says what would have been different. Stores nothing.</summary>
internal sealed class TryThresholds(ObservationQueries observations, SettingsInForce settings, TimeProvider clock)
{
    /// <summary>The newest so many readings: over a month of minutes, more than a year of quarter-hours, replayed while somebody waits.</summary>
    private const int MostReadings = 50_000;

    private const int MostThresholds = 4;

    /// <summary>The trial of these values; none: of going back to the book.</summary>
    internal Task<(ThresholdTrial Trial, Datastream Datastream)> TryAsync(string datastreamId, IReadOnlyList<OwnThreshold>? wanted, CancellationToken cancellationToken) => TryAsync(datastreamId, wanted, null, cancellationToken);

    /// <summary>The trial for one concern; null: the one that names the datastream.</summary>
    internal async Task<(ThresholdTrial Trial, Datastream Datastream)> TryAsync(string datastreamId, IReadOnlyList<OwnThreshold>? wanted, HazardKind? concern, CancellationToken cancellationToken)
    {
        var datastream = await observations.FindDatastreamAsync(datastreamId, cancellationToken)
            ?? throw new RefusalException("hazards.no-datastream", $"There is no datastream '{datastreamId}'.", 404);
        var station = await observations.GetStationAsync(datastream.StationId, cancellationToken);
        var values = Check(wanted, datastream);
        var of = ConcernOf(datastream, concern);
        var rows = await observations.ListObservationsAsync(datastreamId, DateTimeOffset.UnixEpoch, clock.GetUtcNow(), MostReadings, cancellationToken);
        List<Reading> readings = [.. rows.Select(row => AssessHazards.ToReading(new DatastreamObservation(datastream, row)))];
        var before = await settings.FindAsync(station, datastream, of, cancellationToken);
        return (ThresholdTrial.Compare(datastreamId, datastream.Unit, before, await FindAsync(station, datastream, of, values, cancellationToken), readings), datastream);
    }

    /// <summary>How the datastream would be judged by these values now.</summary>
    internal async Task<Setting?> FindAsync(Station station, Datastream datastream, HazardKind concern, IReadOnlyList<OwnThreshold> values, CancellationToken cancellationToken) =>
        settings.Find(station, datastream, concern, values, "proposed", (await settings.RatingsAsync([station.Id], cancellationToken)).GetValueOrDefault(station.Id));

    /// <summary>The concern that is meant, or a refusal when the datastream has no such.</summary>
    internal static HazardKind ConcernOf(Datastream datastream, HazardKind? wanted)
    {
        var concerns = ThresholdBook.ConcernsOf(datastream.Property);
        return concerns.Count > 0 && (wanted is not { } one || concerns.Contains(one))
            ? wanted ?? concerns[0]
            : throw new RefusalException("hazards.no-such-concern", $"'{datastream.Name}' is not judged for {wanted}; it is for: {string.Join(", ", concerns)}.", 409);
    }

    /// <summary>The values in rising order, or a refusal that says what is wrong with them.</summary>
    internal static IReadOnlyList<OwnThreshold> Check(IReadOnlyList<OwnThreshold>? wanted, Datastream datastream)
    {
        if (datastream.Property == ObservedProperty.Rainfall)
        {
            return CheckRain.Check(wanted ?? [], datastream);
        }

        var flow = datastream.Property == ObservedProperty.Discharge && Units.TryFactor(datastream.Unit, out _, out var canonical) && canonical == "m³/s";
        if (!flow && (datastream.Property is not (ObservedProperty.Stage or ObservedProperty.LakeLevel) || StageParameters.ForUnit(datastream.Unit) is null))
        {
            throw new RefusalException("hazards.not-judged", $"'{datastream.Name}' in {datastream.Unit} is not judged by thresholds; stages and lake levels in a unit of length, discharges and rain in a unit of depth are.", 409);
        }

        var values = (wanted ?? []).OrderBy(one => one.Level).ToList();
        if (values.Count > MostThresholds || values.Any(one => one.Level is not (HazardLevel.Action or HazardLevel.Minor or HazardLevel.Moderate or HazardLevel.Major)) || values.DistinctBy(one => one.Level).Count() != values.Count || values.Any(one => one.Hours is not null))
        {
            throw new RefusalException("hazards.threshold-levels", "Give each of Action, Minor, Moderate and Major at most once.");
        }

        if (values.Any(one => !double.IsFinite(one.Value) || Math.Abs(one.Value) > 100_000))
        {
            throw new RefusalException("hazards.threshold-value", "A threshold must be a number, in the unit of the gauge.");
        }

        return values.Zip(values.Skip(1)).FirstOrDefault(pair => pair.First.Value >= pair.Second.Value) is { First: { } low, Second: { } high }
            ? throw new RefusalException("hazards.threshold-order", FormattableString.Invariant($"{high.Level} ({high.Value} {datastream.Unit}) must lie above {low.Level} ({low.Value} {datastream.Unit})."))
            : values;
    }
}
