using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Frequency;
using Resilience.Observations;
using Resilience.Observations.Queries;
using Resilience.Storage;

namespace Resilience.Hazards.Queries;

/// <summary>How often a gauge's river reaches a height (<c>StationFrequency</c> of <c>api.ts</c>).</summary>
/// <param name="Datastream">What is held against the record; null when the station measures neither stage nor discharge in a known unit.</param>
/// <param name="Of">What the record is of: <c>flow</c> or <c>level</c>.</param>
/// <param name="Unit">Unit of all values.</param>
/// <param name="Source">Whose record.</param>
/// <param name="Years">Years of record.</param>
/// <param name="Why">Why nothing is said; empty when something is.</param>
/// <param name="Fit">Generalised extreme value distribution by L-moments (Hosking's sign: a negative shape has the heavy upper tail); null without an analysis.</param>
/// <param name="Levels">What is exceeded once in so many years on average.</param>
/// <param name="Maxima">The record.</param>
/// <param name="Current">The highest of the last six hours; null where none was observed or without an analysis.</param>
public sealed record StationFrequency(
    string? Datastream, string Of, string Unit, string Source, int Years, string Why, Gev? Fit, IReadOnlyList<ReturnLevel> Levels, IReadOnlyList<AnnualMaximum> Maxima, RarityView? Current);

/// <summary>How rare a value is (<c>Rarity</c>).</summary>
/// <param name="Value">What was held against the record.</param>
/// <param name="Unit">The record's unit.</param>
/// <param name="Of">What the record is of.</param>
/// <param name="Time">When it was observed.</param>
/// <param name="Years">On average exceeded once in so many years.</param>
/// <param name="Low">Lower end of the 90 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Record">Years of record.</param>
/// <param name="Source">Whose record.</param>
/// <param name="Rating">The rating a stage became a flow by; null where none was needed.</param>
/// <param name="Words">The same in words, no more precise than the record bears.</param>
public sealed record RarityView(double Value, string Unit, string Of, DateTimeOffset Time, double Years, double Low, double High, int Record, string Source, UsedRating? Rating, string Words)
{
    internal static RarityView? From(Rarity? rarity) => rarity is null ? null : new RarityView(
        rarity.Value, rarity.Record.Unit, rarity.Record.Of, rarity.Time, rarity.Years, rarity.Low, rarity.High, rarity.Record.Values.Count, rarity.Record.Source, rarity.Rating, rarity.Words);
}

/// <summary>GET <c>/hazards/stations/{id}/frequency</c>: the flood frequency of a gauge and how rare its present water is.</summary>
internal static class ShowFrequency
{
    private static readonly int[] Asked = [2, 5, 10, 20, 50, 100];

    internal static void Map(IEndpointRouteBuilder group) => group.MapGet("/stations/{stationId}/frequency", Show)
        .WithName("ShowFrequency").WithSummary("What the river exceeds once in 2 to 100 years by its annual maxima, with 90 % intervals, and how rare the highest of the last six hours is.");

    /// <summary>Of a station's datastreams the first with an analysis and a present value, stage before discharge; else the first with a record.</summary>
    internal static async Task<StationFrequency> OfAsync(string stationId, Store store, ObservationQueries observations, FindFrequency frequencies, CancellationToken cancellationToken)
    {
        var station = await observations.GetStationAsync(stationId, cancellationToken);
        var now = store.Clock.GetUtcNow();
        var shown = new List<StationFrequency>();
        foreach (var datastream in (await observations.ListDatastreamsAsync(station.Id, cancellationToken)).Where(one => one.Property is ObservedProperty.Stage or ObservedProperty.Discharge).OrderBy(one => one.Property))
        {
            if (await frequencies.FindAsync(datastream, cancellationToken) is { } found)
            {
                var lately = await observations.ListObservationsAsync(datastream.Id, now - Memory.Span, now, Memory.Most, cancellationToken);
                var peak = lately.Where(row => AssessHazards.ToReading(new DatastreamObservation(datastream, row)).Trust == Trust.Trusted).MaxBy(row => row.Result);
                shown.Add(View(datastream, found, peak is null ? null : found.Of(peak.Result, datastream.Unit, peak.PhenomenonTime)));
            }
        }

        return shown.FirstOrDefault(one => one.Current is not null) ?? shown.FirstOrDefault(one => one.Fit is not null) ?? shown.FirstOrDefault()
            ?? new StationFrequency(null, "", "", "", 0, "This station measures neither stage nor discharge in a known unit.", null, [], [], null);
    }

    private static StationFrequency View(Datastream datastream, DatastreamFrequency found, Rarity? current)
    {
        var (record, analysis) = (found.Record, found.Analysis);
        var n = record.Values.Count;
        var why = analysis is not null ? ""
            : n < FloodFrequency.FewestYears ? string.Create(CultureInfo.InvariantCulture, $"Not enough record: {n} whole years are known, {FloodFrequency.FewestYears} are needed.") : "The years of the record are too much alike for a distribution.";
        return new StationFrequency(datastream.Id, record.Of, record.Unit, record.Source, n, why, Shown(analysis?.Fit), analysis is null ? [] : [.. Asked.Select(analysis.LevelOf)], record.Values, RarityView.From(current));
    }

    private static Gev? Shown(Gev? fit) => fit is { } full ? new Gev(Math.Round(full.Location, 3), Math.Round(full.Scale, 3), Math.Round(full.Shape, 4)) : null;

    private static async Task<JsonHttpResult<StationFrequency>> Show(string stationId, Store store, ObservationQueries observations, FindFrequency frequencies, CancellationToken cancellationToken) =>
        TypedResults.Json(await OfAsync(stationId, store, observations, frequencies, cancellationToken), FrequencyJson.Default.StationFrequency);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StationFrequency))]
internal sealed partial class FrequencyJson : JsonSerializerContext;
