using System.Text.Json;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Hazards.Queries;

namespace Resilience.Hazards.Forecasting;

/// <summary>
/// The gauges' forecasts for a moment ahead: of each gauge at which something stands the lead time nearest to it. There is none for a past
/// moment: what was forecast then is not kept.
/// </summary>
public sealed class ForecastMap(HazardQueries hazards, ForecastStation forecasts) : IMapHistory
{
    /// <summary>A forecast walks through months of record; more gauges than this would keep people waiting.</summary>
    private const int MostStations = 20;

    /// <inheritdoc/>
    public string Name => "hazards.forecasts";

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListAtAsync(DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (at <= now)
        {
            return [];
        }

        var features = new List<MapFeature>();
        var raised = (await hazards.ListCurrentAsync(cancellationToken)).Where(row => row.Level > HazardLevel.None)
            .OrderByDescending(row => row.Level).ThenBy(row => row.StationId, StringComparer.Ordinal).Take(MostStations);
        foreach (var assessment in raised)
        {
            var forecast = await forecasts.OfAsync(assessment.StationId, cancellationToken);
            if (forecast.Leads.MinBy(lead => (lead.Time - at).Duration()) is { } lead)
            {
                features.Add(new MapFeature(assessment.StationId, 0, JsonSerializer.SerializeToUtf8Bytes(
                    new ForecastFeature("Feature", assessment.StationId, new PointView("Point", [assessment.Location.Coordinate.X, assessment.Location.Coordinate.Y]),
                        new ForecastProperties(assessment.StationId, assessment.StationName, forecast.Datastream!, forecast.Unit, forecast.MadeAt!.Value, lead.LeadHours, lead.Time, lead.Low, lead.Middle, lead.High)),
                    ForecastJson.Default.ForecastFeature)));
            }
        }

        return features;
    }
}

/// <summary>A gauge's forecast on the map.</summary>
internal sealed record ForecastFeature(string Type, string Id, PointView Geometry, ForecastProperties Properties);

/// <summary>A GeoJSON point.</summary>
internal sealed record PointView(string Type, double[] Coordinates);

/// <summary>One lead time of one gauge; 8 of 10 outcomes lie from low to high.</summary>
internal sealed record ForecastProperties(
    string Station, string StationName, string Datastream, string Unit, DateTimeOffset MadeAt, int LeadHours, DateTimeOffset Time, double Low, double Middle, double High);
