using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Verifying;
using Resilience.Observations.Queries;

namespace Resilience.Hazards.Queries;

/// <summary>GET <c>/hazards/stations/{id}</c> and <c>/hazards/assessments/{id}</c>: what stands at a gauge, and why.</summary>
internal static class ShowHazards
{
    /// <summary>How many past assessments of a station are shown.</summary>
    private const int History = 100;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/hazards").WithTags("Hazards");
        group.MapGet("/stations/{stationId}", Station).WithName("ShowStationHazard").WithSummary("A gauge's thresholds, present assessment and history.");
        group.MapGet("/assessments/{id:guid}", Assessment).WithName("ShowAssessment").WithSummary("An assessment with its rule and the readings it rests on.");
    }

    private static async Task<JsonHttpResult<StationHazard>> Station(
        string stationId, HazardQueries hazards, ObservationQueries observations, FindStanding standings, CancellationToken cancellationToken)
    {
        var station = await observations.GetStationAsync(stationId, cancellationToken);
        var thresholds = new List<ThresholdView>();
        var sets = await standings.ListAsync([.. (await observations.ListDatastreamsAsync(stationId, cancellationToken)).Select(datastream => (station, datastream))], cancellationToken);
        foreach (var (set, setting) in sets)
        {
            thresholds.AddRange(setting.Thresholds.Select(t => new ThresholdView(t.Level, t.Value, t.Unit, t.Source, t.Assumed, set.Datastream, t.Hours, t.Kind)));
        }

        var current = await hazards.FindCurrentAsync(stationId, cancellationToken);
        var history = await hazards.ListHistoryAsync(stationId, History, cancellationToken);
        return TypedResults.Json(
            new StationHazard(thresholds, [.. sets.Select(one => one.Set)], current is null ? null : AssessmentView.Of(current), [.. history.Select(AssessmentView.Of)]),
            HazardsJson.Default.StationHazard);
    }

    private static async Task<JsonHttpResult<AssessmentDetail>> Assessment(Guid id, HazardQueries hazards, CancellationToken cancellationToken)
    {
        var a = await hazards.FindAsync(id, cancellationToken)
            ?? throw new RefusalException("hazards.no-assessment", $"There is no assessment {id}.", StatusCodes.Status404NotFound);
        var evidence = Evidence.FromJson(a.Evidence);
        return TypedResults.Json(
            new AssessmentDetail(
                a.StationId, a.StationName, a.Kind, a.Level, a.Onset, a.AssessedAt, a.Confidence, a.Silent, a.Summary, a.Exercise, a.Id,
                new RuleView(a.RuleName, a.RuleVersion, evidence.Text),
                [.. evidence.Readings.Select(reading => new EvidenceView(evidence.Datastream, reading.Time, reading.Revision, reading.Value, evidence.Unit, reading.Quality))],
                evidence.Confidence, evidence.Relayed,
                evidence.Sums?.Select(sum => new SumView(
                    sum.Hours, sum.Depth, sum.MissingHours, sum.Hours == evidence.DecidingHours,
                    [.. evidence.Thresholds.Where(t => t.Hours == sum.Hours).Select(t => new ThresholdView(t.Level, t.Value, t.Unit, t.Source, t.Assumed, evidence.Datastream, t.Hours, t.Kind))])).ToList(), evidence.Felt, evidence.Seen, RarityView.From(evidence.Rarity)),
            HazardsJson.Default.AssessmentDetail);
    }
}
