using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Frequency;
using Resilience.Hazards.Ratings;
using Resilience.Hazards.Thresholds;
using Resilience.Storage;

namespace Resilience.Hazards.Recomputing;

/// <summary>What came of reckoning an assessment again (<c>Recomputed</c> of <c>api.ts</c>).</summary>
/// <param name="Same">True when it came out the same, bit for bit; null when it cannot be reckoned again.</param>
/// <param name="Why">Why it cannot; null otherwise.</param>
/// <param name="Differs">What came out otherwise.</param>
/// <param name="Readings">How many readings it was reckoned from.</param>
public sealed record Recomputed(bool? Same, string? Why, IReadOnlyList<string> Differs, int Readings);

/// <summary>
/// GET <c>/hazards/assessments/{id}/recompute</c>: reckons an assessment again from what is kept with it, and from nothing else: neither the stored observations nor the
/// thresholds, ratings and memory of today. Coordinators.
/// </summary>
public sealed class RecomputeAssessment(Store store)
{
    internal static void Map(IEndpointRouteBuilder group) => group.MapGet("/assessments/{id:guid}/recompute", async Task<JsonHttpResult<Recomputed>> (Guid id, RecomputeAssessment recompute, CancellationToken token) =>
            TypedResults.Json(await recompute.RunAsync(id, token), RecomputedJson.Default.Recomputed))
        .RequireAuthorization(Roles.Coordinator).WithName("RecomputeAssessment").WithSummary("Reckons an assessment again from what is kept with it, and says whether the same comes out, bit for bit.");

    /// <summary>Reckons it again.</summary>
    public async Task<Recomputed> RunAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        var kept = await db.Assessments.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) ?? throw new RefusalException("hazards.no-assessment", $"There is no assessment {id}.", StatusCodes.Status404NotFound);
        if (kept.BasisId is not { } basisId || await db.Bases.SingleOrDefaultAsync(row => row.Id == basisId, cancellationToken) is not { } content)
        {
            return new Recomputed(null, "Nothing is kept to reckon it from: it was made before that was, or another authority's warning or a raster is relayed.", [], 0);
        }

        var basis = Basis.Unpack(content.Content);
        var version = kept.RuleName == UpstreamRise.RuleName ? UpstreamRise.RuleVersion : basis.Setting.Rule.Version;
        if (version != kept.RuleVersion)
        {
            return new Recomputed(null, $"Version {kept.RuleVersion} of the rule made it; version {version} runs now.", [], basis.Readings.Length);
        }

        var versions = basis.Ratings.ToList();
        var ratings = (await db.Ratings.Where(row => versions.Contains(row.Version)).ToListAsync(cancellationToken)).ToDictionary(row => row.Version, row => row.Read());
        var differs = Compare(kept, basis, ratings);
        return new Recomputed(differs.Count == 0, null, differs, basis.Readings.Length + basis.Before.Recent.Count);
    }

    /// <summary>What comes out otherwise. Pure.</summary>
    internal static IReadOnlyList<string> Compare(HazardAssessment kept, Basis basis, IReadOnlyDictionary<string, RatingCurve> ratings)
    {
        // The thresholds first: a rating turned them, and it must turn them again to the same.
        var turned = basis.Setting.Thresholds.Where(one => one.Rated is { } from
            && (!ratings.TryGetValue(from.Version, out var rating)
                || RateThresholds.Turn([one with { Value = from.Value, Unit = from.Unit, Rated = null }], rating, one.Unit) is not [{ } anew] || !anew.Value.Equals(one.Value))).Select(one => $"threshold {one.Level}").ToList();
        if (turned.Count > 0)
        {
            return turned;
        }

        var (_, changes) = Assess.Next(basis.DatastreamId, basis.Setting, basis.Before, basis.Readings, basis.Now, basis.Upstream, basis.Beside);
        if (changes.FirstOrDefault(one => one.Id == kept.Id) is not { } change)
        {
            return ["id"];
        }

        if (basis.RecordRating is { } by && !ratings.ContainsKey(by))
        {
            return ["rating"];
        }

        var frequency = basis.Record is null ? null : new DatastreamFrequency(basis.Record, FloodFrequency.Of(basis.Record), basis.RecordRating is null ? null : ratings[basis.RecordRating]);
        var again = WriteAssessments.ToAssessment(change, kept.StationId, kept.StationName, kept.Exercise, kept.Location, basis, frequency);
        return [.. new (string Name, object? Kept, object? Again)[]
        {
            ("kind", kept.Kind, again.Kind), ("level", kept.Level, again.Level), ("previous level", kept.PreviousLevel, again.PreviousLevel), ("trend", kept.Trend, again.Trend),
            ("onset", kept.Onset, again.Onset), ("time", kept.PhenomenonTime, again.PhenomenonTime), ("confidence", kept.Confidence, again.Confidence), ("silence", kept.Silent, again.Silent),
            ("summary", kept.Summary, again.Summary), ("rule", kept.RuleName, again.RuleName), ("evidence", kept.Evidence, again.Evidence),
        }.Where(one => !Equals(one.Kept, one.Again)).Select(one => one.Name)];
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Recomputed))]
internal sealed partial class RecomputedJson : JsonSerializerContext;
