using System.Collections.Concurrent;
using Resilience.Core.Quantities;
using Resilience.Hazards.Ratings;
using Resilience.Observations;
using Resilience.Observations.Queries;
using Resilience.Storage;

namespace Resilience.Hazards.Frequency;

/// <summary>The record a datastream is held against, and what came of it.</summary>
/// <param name="Record">The annual maxima.</param>
/// <param name="Analysis">Null when there is not enough record.</param>
/// <param name="Rating">By which a stage becomes a flow; null where the record is of what is measured.</param>
public sealed record DatastreamFrequency(AnnualMaxima Record, FloodFrequency? Analysis, RatingCurve? Rating)
{
    /// <summary>How rare a value of the datastream is; null without an analysis, or where the rating says nothing of it. Pure.</summary>
    public Rarity? Of(double value, string unit, DateTimeOffset time)
    {
        UsedRating? used = null;
        if (Rating is not null)
        {
            if (RatingCurve.Factor(unit, Rating.StageUnit) is not { } length || Rating.DischargeAt(value * length) is not { } flow)
            {
                return null;
            }

            (value, unit, used) = (flow.Value, Rating.DischargeUnit, new UsedRating(Rating.Source, Rating.Version, flow.Extrapolated));
        }

        if (Analysis is null || RatingCurve.Factor(unit, Record.Unit) is not { } factor)
        {
            return null;
        }

        var held = Math.Round(value * factor, 3);
        var period = Analysis.PeriodOf(held);
        return new Rarity(held, time, period.Years, period.Low, period.High, Record, used);
    }
}

/// <summary>
/// Finds the annual maxima a datastream is held against: the agency's peaks (of flow, where a rating turns a stage into one), else its own stored
/// observations. What was found is kept for a day: whoever asks often costs little. Thread-safe.
/// </summary>
public sealed class FindFrequency(Store store, ObservationQueries observations, PeaksBook peaks, RatingBook ratings)
{
    private readonly ConcurrentDictionary<string, (DateTimeOffset Day, DatastreamFrequency? Found)> _kept = [];

    /// <summary>Null for what is neither a stage nor a discharge in a known unit.</summary>
    public async Task<DatastreamFrequency?> FindAsync(Datastream datastream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(datastream);
        var now = store.Clock.GetUtcNow();
        var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        if (!_kept.TryGetValue(datastream.Id, out var kept) || kept.Day != day)
        {
            _kept[datastream.Id] = kept = (day, await LookAsync(datastream, day, cancellationToken));
        }

        return kept.Found;
    }

    private async Task<DatastreamFrequency?> LookAsync(Datastream datastream, DateTimeOffset day, CancellationToken cancellationToken)
    {
        var flow = datastream.Property == ObservedProperty.Discharge;
        if ((!flow && datastream.Property != ObservedProperty.Stage) || !Units.TryFactor(datastream.Unit, out _, out var canonical) || canonical != (flow ? "m³/s" : "m"))
        {
            return null;
        }

        var rating = flow ? null : ratings.Find(datastream.StationId);
        // A level above an ordnance datum cannot be held against stages above the gauge's own.
        var ownDatum = datastream.Unit is "m" or "cm" or "ft" or "mASD";
        var agency = peaks.Find(datastream.StationId);
        var found = new[]
        {
            (Record: (flow || rating is not null) && (flow || ownDatum) ? agency?.Flow : null, Rating: rating),
            (Record: !flow && ownDatum ? agency?.Level : null, Rating: null),
        }.Where(one => one.Record is not null).Select(one => new DatastreamFrequency(one.Record!, FloodFrequency.Of(one.Record!), one.Rating)).ToList();
        if (found.FirstOrDefault(one => one.Analysis is not null) is { } known)
        {
            return known;
        }

        var months = await observations.ListMonthlyMaximaAsync(datastream.Id, day, cancellationToken);
        var own = new AnnualMaxima(datastream.Unit, flow ? AnnualMaxima.Flow : AnnualMaxima.Level, "stored observations", WholeYears.Of(months));
        return found.FirstOrDefault(one => one.Record.Values.Count > own.Values.Count) ?? new DatastreamFrequency(own, FloodFrequency.Of(own), null);
    }
}
