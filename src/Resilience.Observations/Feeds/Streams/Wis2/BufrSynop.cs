using System.Globalization;
using Resilience.Core.Geography;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Streams.Wis2;

/// <summary>
/// Surface observations out of a decoded BUFR message: one <c>name=value</c> a line, the order telling which period or height a value
/// belongs to. Temperature comes in kelvin and is written in °C, pressure in pascal and written in hPa, as the other formats have them.
/// </summary>
internal static class BufrSynop
{
    private const int MostSubsets = 65_535;
    private static readonly string[] TimeParts = ["year", "month", "day", "hour", "minute"];

    /// <summary>Reads all messages and all their subsets.</summary>
    internal static void Read(string dump, string prefix, ParsedPayload into)
    {
        var subsets = new List<Subset> { new() };
        var (count, compressed) = (1, false);
        var lines = dump.AsSpan().EnumerateLines();
        while (lines.MoveNext())
        {
            var line = lines.Current;
            var equals = line.IndexOf('=');
            if (equals <= 0 || line.Contains("->", StringComparison.Ordinal))
            {
                continue;
            }

            var name = line[..equals];
            name = name[0] == '#' && name[1..].IndexOf('#') is >= 0 and var rank ? name[(rank + 2)..] : name;
            var value = line[(equals + 1)..].Trim();
            switch (name)
            {
                case "edition" or "subsetNumber":
                    // Each message begins with its edition, each subset of one that is not compressed with its number.
                    subsets.ForEach(subset => subset.AddTo(prefix, into));
                    subsets = [new Subset()];
                    continue;
                case "numberOfSubsets":
                    count = int.TryParse(value, CultureInfo.InvariantCulture, out var many) && many is > 0 and <= MostSubsets ? many : 1;
                    continue;
                case "compressedData":
                    compressed = value is "1";
                    subsets = [.. Enumerable.Range(0, compressed ? count : 1).Select(_ => new Subset())];
                    continue;
            }

            if (value.StartsWith("{"))
            {
                // In a compressed message one name has a value for each subset.
                var values = ReadList(value[1..], ref lines);
                for (var i = 0; compressed && values.Count == subsets.Count && i < values.Count; i++)
                {
                    subsets[i].Take(name, values[i]);
                }
            }
            else
            {
                foreach (var subset in subsets)
                {
                    subset.Take(name, value);
                }
            }
        }

        subsets.ForEach(subset => subset.AddTo(prefix, into));
    }

    private static List<string> ReadList(ReadOnlySpan<char> begin, ref System.Text.SpanLineEnumerator lines)
    {
        var values = new List<string>();
        var part = begin;
        while (true)
        {
            var end = part.IndexOf('}');
            values.AddRange((end < 0 ? part : part[..end]).ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            if (end >= 0 || values.Count > MostSubsets || !lines.MoveNext())
            {
                return values;
            }

            part = lines.Current;
        }
    }

    private sealed class Subset
    {
        private readonly Dictionary<string, double> _numbers = [];
        private readonly SortedDictionary<int, double> _rain = [];
        private string? _name;
        private string? _local;
        private double? _hours;
        private double? _gust;
        private double? _seaLevel;
        private bool _wrongHeight;

        internal void Take(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
        {
            if (value.SequenceEqual("MISSING") || value is "-1e+100")
            {
                Miss(name);
                return;
            }

            switch (name)
            {
                case "stationOrSiteName" or "longStationName":
                    _name ??= value.Trim("\" ").ToString();
                    return;
                case "wigosLocalIdentifierCharacter":
                    _local ??= value.Trim("\" ").ToString();
                    return;
            }

            if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            {
                return;
            }

            switch (name)
            {
                case "timePeriod":
                    _hours = -number;
                    break;
                case "heightOfSensorAboveLocalGroundOrDeckOfMarinePlatform":
                    // Ground and grass temperatures repeat the name at a few centimetres.
                    _wrongHeight = number < 1.0;
                    break;
                case "totalPrecipitationOrTotalWaterEquivalent" when _hours is >= 1 and <= 24:
                    AddRain((int)_hours.Value, number);
                    break;
                case "totalPrecipitationPast1Hour":
                    AddRain(1, number);
                    break;
                case "totalPrecipitationPast3Hours":
                    AddRain(3, number);
                    break;
                case "totalPrecipitationPast6Hours":
                    AddRain(6, number);
                    break;
                case "totalPrecipitationPast12Hours":
                    AddRain(12, number);
                    break;
                case "totalPrecipitationPast24Hours":
                    AddRain(24, number);
                    break;
                case "maximumWindGustSpeed":
                    // Several periods may be given; the highest holds for the longest.
                    _gust = Math.Max(_gust ?? number, number);
                    break;
                case "pressureReducedToMeanSeaLevel":
                    _seaLevel ??= number;
                    break;
                case "airTemperature" or "dewpointTemperature" or "relativeHumidity" when _wrongHeight:
                    break;
                default:
                    // Older templates write the height into the name.
                    _numbers.TryAdd(name.EndsWith("At2M") ? name[..^4].ToString() : name.EndsWith("At10M") ? name[..^5].ToString() : name.ToString(), number);
                    break;
            }
        }

        /// <summary>A value said to be missing also ends what the value before it meant.</summary>
        private void Miss(ReadOnlySpan<char> name)
        {
            if (name is "timePeriod")
            {
                _hours = null;
            }
            else if (name is "heightOfSensorAboveLocalGroundOrDeckOfMarinePlatform")
            {
                _wrongHeight = false;
            }
        }

        internal void AddTo(string prefix, ParsedPayload into)
        {
            if (!_numbers.ContainsKey("hour"))
            {
                return; // the head of a message, not a report
            }

            var (longitude, latitude) = (_numbers.GetValueOrDefault("longitude", double.NaN), _numbers.GetValueOrDefault("latitude", double.NaN));

            if (Wigos() is not { } id)
            {
                into.Refuse("no-station-id", $"a report of {_name ?? "an unnamed station"} has neither a WIGOS identifier nor a WMO number");
            }
            else if (!double.IsNaN(longitude + latitude) && !Wgs84.IsPosition(longitude, latitude))
            {
                into.Refuse("no-position", id);
            }
            else if (Time() is not { } time)
            {
                into.Refuse("no-time", id);
            }
            else
            {
                var report = new WeatherReport(into, $"{prefix}:{id}", _name is { Length: > 0 } ? _name : id, double.IsNaN(longitude + latitude) ? WeatherStations.ByWmo(id[(id.LastIndexOf('-') + 1)..])?.At : Wgs84.Point(longitude, latitude), time, Scaled("heightOfStationGroundAboveMeanSeaLevel", metres => metres));
                report.Add(WeatherReport.Temperature, Scaled("airTemperature", kelvin => Math.Round(kelvin - 273.15, 2)));
                report.Add(WeatherReport.DewPoint, Scaled("dewpointTemperature", kelvin => Math.Round(kelvin - 273.15, 2)));
                report.Add(WeatherReport.Humidity, Scaled("relativeHumidity", percent => percent));
                report.Add(WeatherReport.WindDirection, Scaled("windDirection", degrees => degrees));
                report.Add(WeatherReport.WindSpeed, Scaled("windSpeed", speed => speed));
                report.Add(WeatherReport.Gust, _gust);
                report.Add(WeatherReport.SeaLevelPressure, _seaLevel is { } pascal ? Math.Round(pascal / 100, 2) : null);
                foreach (var (hours, depth) in _rain)
                {
                    report.AddRain(hours, depth);
                }

                report.Finish();
            }
        }

        // -0.1 stands for a trace: too little to measure, and no negative rain.
        private void AddRain(int hours, double depth) => _rain.TryAdd(hours, Math.Max(0, depth));

        private double? Scaled(string name, Func<double, double> scale) => _numbers.TryGetValue(name, out var number) ? scale(number) : null;

        private string? Wigos()
        {
            if (_local is { Length: > 0 and <= 16 } local && local.All(char.IsAsciiLetterOrDigit) && _numbers.TryGetValue("wigosIdentifierSeries", out var series)
                && _numbers.TryGetValue("wigosIssuerOfIdentifier", out var issuer) && _numbers.TryGetValue("wigosIssueNumber", out var issue))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{series:0}-{issuer:0}-{issue:0}-{local}");
            }

            return _numbers.TryGetValue("blockNumber", out var block) && _numbers.TryGetValue("stationNumber", out var station) && block is > 0 and < 100 && station is >= 0 and < 1000
                ? string.Create(CultureInfo.InvariantCulture, $"0-20000-0-{block:00}{station:000}")
                : null;
        }

        private DateTimeOffset? Time()
        {
            var parts = TimeParts.Select(name => _numbers.TryGetValue(name, out var part) ? part : name == "minute" ? 0 : double.NaN).ToArray();
            return parts.All(part => part is >= 0 and < 3000) && DateTime.TryParseExact(
                string.Create(CultureInfo.InvariantCulture, $"{parts[0]:0000}-{parts[1]:00}-{parts[2]:00}T{parts[3]:00}:{parts[4]:00}"), "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Year is >= 1700 and <= 2300
                ? new DateTimeOffset(time, TimeSpan.Zero)
                : null;
        }
    }
}
