using System.Collections.Frozen;
using System.Globalization;
using NetTopologySuite.Geometries;
using Resilience.Core.Geography;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>Where weather stations stand, by ICAO code and by WMO number: reports in text name stations but give no positions.</summary>
internal static class WeatherStations
{
    private static readonly Lazy<(FrozenDictionary<string, (string Name, Point At)> Icao, FrozenDictionary<string, (string Name, Point At)> Wmo)> Table = new(Load);

    /// <summary>The station of a four-letter code, or null.</summary>
    internal static (string Name, Point At)? ByIcao(string code) => Table.Value.Icao.TryGetValue(code, out var station) ? station : null;

    /// <summary>The station of a five-figure number, or null.</summary>
    internal static (string Name, Point At)? ByWmo(string number) => Table.Value.Wmo.TryGetValue(number, out var station) ? station : null;

    /// <summary>Reads a list an agency serves itself: code or number, name, longitude, latitude, separated by tabs, one station a line.</summary>
    internal static void Read(Stream document, Func<string, string?> idOf, ParsedPayload into, CancellationToken cancellationToken)
    {
        using var lines = new TextLines(document);
        while (lines.Read() is { } line)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var fields = line.ToString().Split('\t');
            if (fields.Length < 4 || idOf(fields[0].Trim()) is not { } id)
            {
                into.Refuse("not-understood", $"line {lines.Number} is not: code, name, longitude, latitude");
            }
            else if (Number(fields[2]) is not { } longitude || Number(fields[3]) is not { } latitude || !Wgs84.IsPosition(longitude, latitude))
            {
                into.Refuse("no-position", id);
            }
            else
            {
                into.Stations[id] = new ParsedStation(id, fields[1].Trim().Replace('\0', ' ') is { Length: > 0 } name ? name : id, Wgs84.Point(longitude, latitude));
            }
        }
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static (FrozenDictionary<string, (string Name, Point At)> Icao, FrozenDictionary<string, (string Name, Point At)> Wmo) Load()
    {
        using var file = typeof(WeatherStations).Assembly.GetManifestResourceStream("Resilience.Observations.Feeds.Formats.weather-stations.tsv")!;
        using var reader = new StreamReader(file);
        var (icao, wmo) = (new Dictionary<string, (string, Point)>(), new Dictionary<string, (string, Point)>());
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            var station = (fields[2], Wgs84.Point(double.Parse(fields[3], CultureInfo.InvariantCulture), double.Parse(fields[4], CultureInfo.InvariantCulture)));
            icao.TryAdd(fields[0], station);
            wmo.TryAdd(fields[1], station);
        }

        icao.Remove("");
        wmo.Remove("");
        return (icao.ToFrozenDictionary(), wmo.ToFrozenDictionary());
    }
}
