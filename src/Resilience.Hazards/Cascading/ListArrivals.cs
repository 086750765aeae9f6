using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Resilience.Core;
using Resilience.Core.Quantities;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Queries;
using Resilience.Observations;
using Resilience.Observations.Queries;
using Resilience.Storage;

namespace Resilience.Hazards.Cascading;

/// <summary>When a wave seen at a station reaches the places below it (<c>Arrivals</c> of <c>api.ts</c>).</summary>
/// <param name="Station">The station at which it began.</param>
/// <param name="Began">Not before; null when nothing is on its way.</param>
/// <param name="BeganLatest">Not after.</param>
/// <param name="Why">What began, or why there is nothing to say, in one sentence.</param>
/// <param name="Method">How the windows were reckoned and by whose figures; empty without windows.</param>
/// <param name="Synthetic">True when a river course between was drawn for a drill.</param>
/// <param name="Places">Nearest first.</param>
public sealed record ArrivalsView(
    string Station, DateTimeOffset? Began, DateTimeOffset? BeganLatest, string Why, string Method, bool Synthetic, IReadOnlyList<ArrivalView> Places);

/// <summary>One place's window.</summary>
/// <param name="Place">Its name.</param>
/// <param name="Settlement">True when people live there.</param>
/// <param name="Km">Along the river.</param>
/// <param name="Earliest">Not before.</param>
/// <param name="Latest">Not after.</param>
/// <param name="Seen">True when its own gauge showed the wave.</param>
/// <param name="From">From where it is reckoned.</param>
public sealed record ArrivalView(string Place, bool Settlement, double Km, DateTimeOffset Earliest, DateTimeOffset Latest, bool Seen, string From);

/// <summary>GET <c>/hazards/arrivals?station=</c>, and the same for other modules. Thread-safe.</summary>
public sealed class ListArrivals(Store store, HazardQueries hazards, ObservationQueries observations, RiverGraph graph)
{
    /// <summary>How old a rise at a river gauge may be to count as a wave on its way.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromHours(6);

    private const int MostReadings = 2_000;

    internal static void Map(IEndpointRouteBuilder group) => group.MapGet("/arrivals", Show)
        .WithName("ListArrivals").WithSummary("When a wave seen at a station reaches the places below it, narrowed by every gauge that has shown it.");

    /// <summary>The windows below a station as they stand now; without places when nothing is on its way or no river below it is known.</summary>
    public async Task<ArrivalsView> OfAsync(string stationId, CancellationToken cancellationToken)
    {
        var station = await observations.GetStationAsync(stationId, cancellationToken);
        if (graph.Find(station.Id, station.Location.Coordinate) is not { } place)
        {
            return Nothing(stationId, "No river course below this station is known here.");
        }

        var current = await hazards.FindCurrentAsync(stationId, cancellationToken);
        var (begin, why) = current is { Level: HazardLevel.Major } ? (Began(current, place), current.Summary) : await RiseAsync(place, cancellationToken);
        if (begin is null)
        {
            return Nothing(stationId, why);
        }

        var pulses = new List<Pulse>();
        foreach (var below in Arrivals.Of(graph, begin, []).Where(window => window.Place.Station is not null))
        {
            // Where nothing is known below, what the gauge did before the event does not matter: a foot of the rise just before may be shared.
            var front = FindPulse.In(await SamplesAsync(below.Place.Station!, begin.Earliest, cancellationToken), begin.Earliest);
            if (front is { } seen)
            {
                pulses.Add(new Pulse(below.Place.Name, seen.Earliest, seen.Latest));
            }
        }

        return View(stationId, begin, why, Arrivals.Of(graph, begin, pulses));
    }

    /// <summary>The windows that follow from an assessment alone, before any gauge below has spoken; empty for all but a Major level on a known river. Pure.</summary>
    public IReadOnlyList<ArrivalWindow> Expected(HazardAssessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        return assessment.Level == HazardLevel.Major && graph.Find(assessment.StationId, assessment.Location.Coordinate) is { } place
            ? Arrivals.Of(graph, Began(assessment, place), [])
            : [];
    }

    /// <summary>
    /// When the wave of an assessment began: between the last reading before the onset (of a lake the highest) and the onset; where the station died, until it was
    /// missed. Pure.
    /// </summary>
    internal static Pulse Began(HazardAssessment assessment, RiverPlace place)
    {
        var readings = Evidence.FromJson(assessment.Evidence).Readings.Where(reading => reading.Time < assessment.Onset && assessment.Onset - reading.Time <= FindPulse.Within);
        // A lake runs out from its highest reading on, however soon after the fall was recognised.
        var before = (assessment.Kind == HazardKind.GlacialLakeOutburst ? readings.OrderBy(reading => reading.Value).ThenBy(reading => reading.Time) : readings.OrderBy(reading => reading.Time))
            .Select(reading => (DateTimeOffset?)reading.Time).LastOrDefault();
        var died = assessment.Silent && assessment.PhenomenonTime <= assessment.Onset;
        var missed = assessment.AssessedAt - assessment.Onset < FindPulse.Within ? assessment.AssessedAt : assessment.Onset + FindPulse.Within;
        return new Pulse(place.Name, died ? assessment.Onset : before ?? assessment.Onset, died && missed > assessment.Onset ? missed : assessment.Onset);
    }

    private async Task<(Pulse? Begin, string Why)> RiseAsync(RiverPlace place, CancellationToken cancellationToken)
    {
        var front = place.Station is null ? null : FindPulse.In(await SamplesAsync(place.Station, store.Clock.GetUtcNow() - Lately, cancellationToken), store.Clock.GetUtcNow() - Lately, FindPulse.StrongMetres);
        return front is { } seen
            ? (new Pulse(place.Name, seen.Earliest, seen.Latest), string.Create(CultureInfo.InvariantCulture, $"The water at {place.Name} rose at least {FindPulse.StrongMetres:0.0} m within an hour."))
            : (null, string.Create(CultureInfo.InvariantCulture, $"Nothing is on its way from {place.Name}: no Major level, and no rise of {FindPulse.StrongMetres:0.0} m within an hour in the last {Lately.TotalHours:0} hours."));
    }

    /// <summary>The station's trustworthy stage readings since a moment, metres.</summary>
    private async Task<List<Sample>> SamplesAsync(string stationId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var samples = new List<Sample>();
        var datastream = (await observations.ListDatastreamsAsync(stationId, cancellationToken)).FirstOrDefault(one => one.Property == ObservedProperty.Stage);
        if (datastream is not null && Units.TryFactor(datastream.Unit, out var metres, out var canonical) && canonical == "m")
        {
            foreach (var row in await observations.ListObservationsAsync(datastream.Id, since, store.Clock.GetUtcNow(), MostReadings, cancellationToken))
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

    private ArrivalsView View(string stationId, Pulse begin, string why, IReadOnlyList<ArrivalWindow> windows)
    {
        var sources = graph.Downwards.SelectMany(graph.Into).Where(link => windows.Any(window => window.Place.Name == link.To)).Select(link => link.Celerity).Distinct()
            .Select(celerity => string.Create(CultureInfo.InvariantCulture, $"{celerity.Low:0.#} to {celerity.High:0.#} m/s ({celerity.Source})"));
        return windows.Count == 0 ? Nothing(stationId, why) : new ArrivalsView(
            stationId, begin.Earliest, begin.Latest, why,
            $"The front of the wave, by distance along the river and a celerity of {string.Join("; ", sources)}. The crest comes later.", windows.Any(window => window.Synthetic),
            [.. windows.Select(window => new ArrivalView(window.Place.Name, window.Place.Settlement, Math.Round(window.Metres / 1000, 1), window.Earliest, window.Latest, window.Seen, window.From))]);
    }

    private static ArrivalsView Nothing(string stationId, string why) => new(stationId, null, null, why, "", false, []);

    private static async Task<JsonHttpResult<ArrivalsView>> Show(string station, ListArrivals arrivals, CancellationToken cancellationToken) =>
        TypedResults.Json(await arrivals.OfAsync(station, cancellationToken), ArrivalsJson.Default.ArrivalsView);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ArrivalsView))]
internal sealed partial class ArrivalsJson : JsonSerializerContext;
