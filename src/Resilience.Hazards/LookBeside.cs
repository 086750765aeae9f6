using Resilience.Core.Quantities;
using Resilience.Hazards.Assessing;
using Resilience.Observations;
using Resilience.Observations.Queries;

namespace Resilience.Hazards;

/// <summary>Brings humidity and wind to the thermometers of their stations: one thing is judged from what several datastreams say.</summary>
public sealed class LookBeside(ObservationQueries observations)
{
    /// <summary>For each air temperature the humidity and wind that batches brought at its station, in % and m/s. Where a station has several of one, the first by id counts.</summary>
    internal async Task<IReadOnlyDictionary<string, (Datastream Datastream, Beside Beside)>> ListAsync(IReadOnlyList<DatastreamObservation> batches, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, (Datastream, Beside)>();
        var told = batches.Where(pair => pair.Datastream.Property is ObservedProperty.RelativeHumidity or ObservedProperty.WindSpeed).ToLookup(pair => pair.Datastream.StationId);
        if (told.Count == 0)
        {
            return found;
        }

        var there = (await observations.ListDatastreamsAsync([.. told.Select(group => group.Key)], cancellationToken)).ToLookup(datastream => datastream.StationId);
        foreach (var station in told)
        {
            IReadOnlyList<Reading> Of(ObservedProperty property, string unit)
            {
                var first = there[station.Key].Where(one => one.Property == property).MinBy(one => one.Id, StringComparer.Ordinal)?.Id;
                return [.. station.Where(pair => pair.Datastream.Id == first)
                    .Select(pair => (Reading: AssessHazards.ToReading(pair), Known: Units.TryToCanonical(pair.Observation.Result, pair.Datastream.Unit, out var value, out var canonical) && canonical == unit, Value: value))
                    .Where(one => one.Known).Select(one => one.Reading with { Value = Math.Round(one.Value, 3) })];
            }

            var beside = new Beside(Of(ObservedProperty.RelativeHumidity, "%"), Of(ObservedProperty.WindSpeed, "m/s"));
            foreach (var air in there[station.Key].Where(one => one.Property == ObservedProperty.AirTemperature))
            {
                found[air.Id] = (air, beside);
            }
        }

        return found;
    }
}
