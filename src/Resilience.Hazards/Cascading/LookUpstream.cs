using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Core.Quantities;
using Resilience.Hazards.Assessing;
using Resilience.Observations;
using Resilience.Observations.Queries;
using Resilience.Storage.HandingOver;

namespace Resilience.Hazards.Cascading;

/// <summary>What stands upstream of a silent gauge, and which silent gauges lie below a rising one.</summary>
public sealed class LookUpstream(ObservationQueries observations, RiverGraph graph)
{
    private const int MostReadings = 500;

    /// <summary>Of a silence in the past: two months of minutes and some.</summary>
    private const int MostReplayed = 100_000;

    /// <summary>The rise upstream of a station that was last heard at a moment, or null.</summary>
    internal async Task<UpstreamRise?> FindAsync(HazardsDb db, string stationId, DateTimeOffset heard, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var upstream in await observations.ListStationsAsync(graph.StationsAbove(stationId), cancellationToken))
        {
            var burst = await db.Current.AsNoTracking().Where(row => row.StationId == upstream.Id).Join(db.Assessments.AsNoTracking(), row => row.AssessmentId, row => row.Id, (_, row) => row)
                .SingleOrDefaultAsync(row => row.Kind == HazardKind.GlacialLakeOutburst && row.Level == HazardLevel.Major, cancellationToken);
            var rise = burst is not null
                ? new UpstreamRise(upstream.Name, 0, burst.Onset, burst.PhenomenonTime)
                : UpstreamRise.Find(upstream.Name, await SamplesAsync(upstream.Id, heard - UpstreamRise.Within, now, MostReadings, cancellationToken), heard - UpstreamRise.Within);
            if (rise is not null)
            {
                return rise;
            }
        }

        return null;
    }

    /// <summary>Datastreams already known to be silent at the stations just below these: a rise that comes after the silence must find them too.</summary>
    internal async Task<IReadOnlyList<string>> ListSilentBelowAsync(Step<HazardsDb> step, IEnumerable<string> stationIds, CancellationToken cancellationToken)
    {
        var below = stationIds.SelectMany(graph.StationsBelow).Distinct().ToList();
        return below.Count == 0 ? [] : await step.Db.Memories.AsNoTracking().Where(row => below.Contains(row.StationId) && row.SilentAfter == null && row.AssessmentId != null)
            .Join(step.Db.Assessments.AsNoTracking().Where(row => row.Silent && row.Level == HazardLevel.None), row => row.AssessmentId, row => (Guid?)row.Id, (row, _) => row.DatastreamId)
            .Distinct().OrderBy(id => id).ToListAsync(cancellationToken);
    }

    /// <summary>What the gauges above a station said in a span: trustworthy readings in metres. Of a long span the newest; none where no gauge stands above it.</summary>
    internal async Task<IReadOnlyList<(string Name, IReadOnlyList<Sample> Samples)>> ListAboveAsync(string stationId, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var above = new List<(string, IReadOnlyList<Sample>)>();
        foreach (var upstream in await observations.ListStationsAsync(graph.StationsAbove(stationId), cancellationToken))
        {
            above.Add((upstream.Name, await SamplesAsync(upstream.Id, since, until, MostReplayed, cancellationToken)));
        }

        return above;
    }

    /// <summary>Whether any gauge stands above a station.</summary>
    internal bool HasAbove(string stationId) => graph.StationsAbove(stationId).Count > 0;

    private async Task<List<Sample>> SamplesAsync(string stationId, DateTimeOffset since, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        var samples = new List<Sample>();
        var datastream = (await observations.ListDatastreamsAsync(stationId, cancellationToken)).FirstOrDefault(one => one.Property is ObservedProperty.Stage or ObservedProperty.LakeLevel);
        if (datastream is not null && Units.TryFactor(datastream.Unit, out var metres, out var canonical) && canonical == "m")
        {
            foreach (var row in await observations.ListObservationsAsync(datastream.Id, since, now, most, cancellationToken))
            {
                var reading = AssessHazards.ToReading(new DatastreamObservation(datastream, row));
                if (reading.Trust != Trust.Doubtful)
                {
                    samples.Add(new Sample(reading.Time, reading.Value * metres));
                }
            }
        }

        return samples;
    }
}
