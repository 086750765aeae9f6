using System.Text.Json;
using Resilience.Core.Geography;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Streams.Wis2;

/// <summary>Observations as GeoJSON the way WIS2 nodes publish them: a Feature, or a collection of them, each one value at one station and time.</summary>
internal static class WeatherGeoJson
{
    private const int Most = 10_000;

    /// <summary>Reads all features that are observations; others are set aside.</summary>
    internal static void Read(byte[] json, string prefix, ParsedPayload into)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = JsonItems.MaxDepth });
        var features = document.RootElement.Text("type") == "FeatureCollection" ? document.RootElement.Each("features") : [document.RootElement];
        foreach (var feature in features.Take(Most))
        {
            ReadOne(feature, prefix, into);
        }
    }

    private static void ReadOne(JsonElement feature, string prefix, ParsedPayload into)
    {
        var properties = feature.Object("properties") ?? default;
        var station = properties.Text("wigos_station_identifier");
        var name = properties.Text("name") ?? properties.Text("observedProperty");
        var at = feature.Object("geometry")?.Each("coordinates").Select(one => JsonValues.TryNumber(one, out var number) ? number : double.NaN).ToList();
        if (station is null || station.Length > 60 || !station.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') || name is null)
        {
            into.Refuse("not-understood", $"a feature without a WIGOS station identifier or the name of what was observed: {station} {name}");
        }
        else if (at is not { Count: >= 2 } || !Wgs84.IsPosition(at[0], at[1]))
        {
            into.Refuse("no-position", station);
        }
        else if (properties.Text("phenomenonTime") is not { } time || !JsonValues.HasOffset(time) || JsonValues.Time(time[(time.IndexOf('/', StringComparison.Ordinal) + 1)..]) is not { } moment)
        {
            into.Refuse("no-time", $"{station}: {properties.Text("phenomenonTime")}");
        }
        else
        {
            var report = new WeatherReport(into, $"{prefix}:{station}", properties.Text("station_name") ?? station, Wgs84.Point(at[0], at[1]), moment, at.Count > 2 && double.IsFinite(at[2]) ? at[2] : null);
            var value = properties.Number("value") ?? properties.Number("result");
            if (value is null)
            {
                into.Missing++;
            }
            else if (Quantity(name, properties.Text("units") ?? properties.Text("unit") ?? "", value.Value) is { } known)
            {
                report.Add(known.Quantity, known.Value == value ? value.Value : report.Convert(value.Value, properties.Text("units") ?? properties.Text("unit") ?? "", known.Value, known.Quantity.Unit));
            }
            else
            {
                into.Refuse("unknown-quantity", $"{station}: {name} in {properties.Text("units") ?? "no unit"}");
            }

            report.Finish();
        }
    }

    private static (WeatherQuantity Quantity, double Value)? Quantity(string name, string unit, double value) => (name, unit.ToLowerInvariant()) switch
    {
        ("air_temperature", "k" or "kelvin") => (WeatherReport.Temperature, Math.Round(value - 273.15, 2)),
        ("air_temperature", "celsius" or "c" or "deg c" or "degc" or "°c") => (WeatherReport.Temperature, value),
        ("dewpoint_temperature", "k" or "kelvin") => (WeatherReport.DewPoint, Math.Round(value - 273.15, 2)),
        ("dewpoint_temperature", "celsius" or "c" or "deg c" or "degc" or "°c") => (WeatherReport.DewPoint, value),
        ("relative_humidity", "%") => (WeatherReport.Humidity, value),
        ("wind_speed", "m/s" or "m s-1") => (WeatherReport.WindSpeed, value),
        ("maximum_wind_gust_speed", "m/s" or "m s-1") => (WeatherReport.Gust, value),
        ("wind_direction", "deg" or "degree true" or "degrees") => (WeatherReport.WindDirection, value),
        ("pressure_reduced_to_mean_sea_level", "pa") => (WeatherReport.SeaLevelPressure, Math.Round(value / 100, 2)),
        ("pressure_reduced_to_mean_sea_level", "hpa") => (WeatherReport.SeaLevelPressure, value),
        _ => null,
    };
}
