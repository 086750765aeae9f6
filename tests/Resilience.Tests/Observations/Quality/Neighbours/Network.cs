using System.Globalization;
using NetTopologySuite.Geometries;
using Resilience.Observations.Quality.Neighbours;

namespace Resilience.Tests.Observations.Quality.Neighbours;

/// <summary>Networks of stations to be judged: the German one of one real hour, and small ones made for a sentence.</summary>
internal static class Network
{
    internal static readonly NeighbourRules Law = NeighbourRules.Default;
    internal static readonly DateTimeOffset First = new(2021, 5, 14, 0, 0, 0, TimeSpan.Zero);
    internal static readonly Dictionary<string, OpenBefore> Nothing = [];

    /// <summary>One real report of a German station: 16 May 2021, about noon.</summary>
    internal sealed record Report(string Id, Coordinate At, double? Elevation, double? Temperature, double? Pressure, double? Humidity);

    internal static IReadOnlyList<Report> Germany() => [.. System.Text.Encoding.UTF8.GetString(Recording.Bytes("synop-germany.tsv")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line =>
    {
        var fields = line.Split('\t');
        double? Number(int i) => double.TryParse(fields[i], CultureInfo.InvariantCulture, out var number) ? number : null;
        var (temperature, dewPoint) = (Number(6), Number(7));
        // As the reader of reports reckons it (Magnus, Sonntag 1990).
        var humidity = 100 * Math.Exp((17.62 * dewPoint / (243.12 + dewPoint) ?? double.NaN) - (17.62 * temperature / (243.12 + temperature) ?? double.NaN));
        return new Report(fields[0], new Coordinate(Number(2)!.Value, Number(3)!.Value), Number(4), temperature, Number(8), double.IsFinite(humidity) ? humidity : null);
    })];

    /// <summary>The real differences of that hour from place to place, held for three days: what a finding would make of them if they lasted.</summary>
    internal static List<NeighbourSeries> Lasting(IEnumerable<Report> reports, Func<Report, double?> value) => [.. reports.Where(report => value(report) is not null)
        .Select(report => new NeighbourSeries(report.Id, report.Id, report.At, report.Elevation, [.. Enumerable.Repeat(value(report)!.Value, Law.Window)]))];

    /// <summary>A made ring of stations 10 km around a middle one ("0"), all saying the same; the middle one is told by hour.</summary>
    internal static List<NeighbourSeries> Ring(Func<int, double> middle, Func<int, int, double>? others = null, int count = 5, double kilometres = 10, int hours = 0) =>
    [
        .. Enumerable.Range(0, count + 1).Select(i => new NeighbourSeries(
            $"t:{i}:x", $"t:{i}", i == 0 ? new Coordinate(90, 28) : Resilience.Core.Geography.Wgs84.Destination(new Coordinate(90, 28), 360.0 * i / count, kilometres * 1000), 100,
            [.. Enumerable.Range(0, hours > 0 ? hours : Law.Window).Select(hour => i == 0 ? middle(hour) : others?.Invoke(i, hour) ?? 20)])),
    ];
}
