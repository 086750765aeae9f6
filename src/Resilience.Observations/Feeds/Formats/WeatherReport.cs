using System.Globalization;
using NetTopologySuite.Geometries;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>One quantity of a weather station.</summary>
/// <param name="Code">Last part of the datastream's id.</param>
/// <param name="Property">What it observes.</param>
/// <param name="Unit">Its unit, the same by whatever format it comes.</param>
/// <param name="Name">Its name for people.</param>
internal sealed record WeatherQuantity(string Code, ObservedProperty Property, string Unit, string Name);

/// <summary>
/// One report of one weather station at one time. All formats name station and quantities alike and use one unit each, so that a station
/// heard in METAR, SYNOP or BUFR is one station.
/// </summary>
internal sealed class WeatherReport
{
    internal static readonly WeatherQuantity Temperature = new("air-temperature", ObservedProperty.AirTemperature, "degC", "Air temperature");
    internal static readonly WeatherQuantity DewPoint = new("dew-point", ObservedProperty.Other, "degC", "Dew point");
    internal static readonly WeatherQuantity Humidity = new("relative-humidity", ObservedProperty.RelativeHumidity, "%", "Relative humidity");
    internal static readonly WeatherQuantity WindSpeed = new("wind-speed", ObservedProperty.WindSpeed, "m/s", "Wind speed");
    internal static readonly WeatherQuantity WindDirection = new("wind-direction", ObservedProperty.WindDirection, "deg", "Wind direction");
    internal static readonly WeatherQuantity Gust = new("wind-gust", ObservedProperty.WindGust, "m/s", "Wind gust");
    internal static readonly WeatherQuantity SeaLevelPressure = new("sea-level-pressure", ObservedProperty.SeaLevelPressure, "hPa", "Pressure at sea level");

    private readonly ParsedPayload _into;
    private readonly string _station;
    private readonly DateTimeOffset _time;
    private double? _temperature;
    private double? _dewPoint;
    private bool _humidity;
    private bool _told;

    /// <summary>Begins a report.</summary>
    /// <param name="into">Where it goes.</param>
    /// <param name="station">The station's whole id.</param>
    /// <param name="name">Its name; used only with a position.</param>
    /// <param name="position">Where it stands, or null when only another feed or list can say.</param>
    /// <param name="time">Phenomenon time.</param>
    /// <param name="elevation">Height of its ground above the sea in metres, where the report tells it.</param>
    internal WeatherReport(ParsedPayload into, string station, string name, Point? position, DateTimeOffset time, double? elevation = null)
    {
        (_into, _station, _time) = (into, station, time);
        if (position is not null)
        {
            into.Stations[station] = new ParsedStation(station, name.Replace('\0', ' '), position) { Elevation = elevation is > -450 and < 9_000 ? elevation : null };
        }
    }

    /// <summary>Knots in metres per second, to the hundredth.</summary>
    internal double FromKnots(double knots) => Convert(knots, "kt", Math.Round(knots * 1852 / 3600, 2), "m/s");

    /// <summary>Says that a value was turned into the unit it is stored in.</summary>
    /// <returns><paramref name="stored"/>.</returns>
    internal double Convert(double given, string unit, double stored, string storedUnit)
    {
        _into.Repair(RepairKinds.UnitConverted, string.Create(CultureInfo.InvariantCulture, $"{given} {unit}"), () => string.Create(CultureInfo.InvariantCulture, $"{stored} {storedUnit}"));
        return stored;
    }

    /// <summary>Adds a value; none when null.</summary>
    internal void Add(WeatherQuantity quantity, double? value)
    {
        if (value is not { } number || !double.IsFinite(number))
        {
            return;
        }

        (_temperature, _dewPoint) = (quantity == Temperature ? number : _temperature, quantity == DewPoint ? number : _dewPoint);
        _humidity |= quantity == Humidity;
        Store(quantity, number, null, null);
    }

    /// <summary>Adds rain that fell in so many hours before the report. Each length is a datastream of its own: their hours overlap.</summary>
    internal void AddRain(int hours, double millimetres) =>
        Store(new WeatherQuantity($"rain-{hours}h", ObservedProperty.Rainfall, "mm", $"Rain, {hours} h"), Math.Round(millimetres, 2), TimeSpan.FromHours(hours), null);

    /// <summary>Ends the report: humidity follows from the dew point where it is not given, and a report that told nothing still says that the station is alive.</summary>
    internal void Finish()
    {
        if (!_humidity && _temperature is { } temperature && _dewPoint is { } dewPoint && dewPoint <= temperature && dewPoint > -100)
        {
            // Magnus over water, coefficients after Sonntag (1990): e(Td) / e(T).
            var humidity = 100 * Math.Exp((17.62 * dewPoint / (243.12 + dewPoint)) - (17.62 * temperature / (243.12 + temperature)));
            Store(Humidity, Math.Round(humidity, 1), null, "from dew point");
        }

        if (!_told)
        {
            _into.Missing++;
        }
    }

    private void Store(WeatherQuantity quantity, double value, TimeSpan? every, string? qualifier)
    {
        var id = $"{_station}:{quantity.Code}";
        _into.Datastreams.TryAdd(id, new ParsedDatastream(id, _station, quantity.Property, quantity.Unit, quantity.Name, every));
        _into.Observations.Add(new ParsedObservation(id, _time, value, qualifier));
        _told = true;
    }
}
