using System.Globalization;
using System.IO.Compression;
using Resilience.Core;

namespace Resilience.Hazards.Forecasting;

/// <summary>One station's values, hour by hour on the record's grid; NaN where the record has none.</summary>
/// <param name="Station">The source's id.</param>
/// <param name="Values">Metres for a stage, millimetres in the hour before for rain.</param>
public sealed record HourlySeries(string Station, double[] Values);

/// <summary>What several gauges of one basin measured, on one hourly grid without holes in time.</summary>
/// <param name="Begin">The first hour; the record's own clock, no zone.</param>
/// <param name="Stages">Water levels, by station.</param>
/// <param name="Rains">Hourly rain, by station.</param>
public sealed record HourlyRecord(DateTime Begin, IReadOnlyList<HourlySeries> Stages, IReadOnlyList<HourlySeries> Rains)
{
    /// <summary>A record may not span more than this: a wrong year must not ask for the machine's whole memory.</summary>
    public const int MostHours = 100 * 366 * 24;

    /// <summary>Length of the grid.</summary>
    public int Hours => Stages.Concat(Rains).Select(series => series.Values.Length).FirstOrDefault();

    /// <summary>
    /// Reads lines of <c>kind station ymdh value</c>, tab-separated with a header: kind <c>wl</c> (stage) or <c>rf</c> (rain), hour as
    /// YYYYMMDDHH with 24 for the end of the day. A line that does not fit is passed to <paramref name="bad"/>; hours that are not there
    /// are gaps; an hour given twice counts with its last value.
    /// </summary>
    public static HourlyRecord Read(TextReader lines, Action<int, string> bad)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(bad);
        var (stages, rains) = (new SortedDictionary<string, List<(DateTime Hour, double Value)>>(StringComparer.Ordinal), new SortedDictionary<string, List<(DateTime Hour, double Value)>>(StringComparer.Ordinal));
        if (lines.ReadLine() is not { } header || !header.StartsWith("kind\tstation\tymdh\tvalue", StringComparison.Ordinal))
        {
            throw new RefusalException("hazards.record-columns", "The file must begin with the columns: kind station ymdh value (tab-separated).");
        }

        for (var number = 2; lines.ReadLine() is { } line; number++)
        {
            var columns = line.Split('\t');
            if (columns.Length != 4 || HourOf(columns[2]) is not { } hour || !double.TryParse(columns[3], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                || !double.IsFinite(value) || columns[0] is not ("wl" or "rf"))
            {
                bad(number, line);
                continue;
            }

            var kind = columns[0] == "wl" ? stages : rains;
            (kind.TryGetValue(columns[1], out var series) ? series : kind[columns[1]] = []).Add((hour, value));
        }

        var all = stages.Values.Concat(rains.Values).SelectMany(series => series).ToList();
        if (stages.Count == 0)
        {
            throw new RefusalException("hazards.record-empty", "The file has no stage (kind wl).");
        }

        var (begin, end) = (all.Min(one => one.Hour), all.Max(one => one.Hour));
        var hours = (int)(end - begin).TotalHours + 1;
        return hours > MostHours
            ? throw new RefusalException("hazards.record-long", $"The file spans {begin:yyyy} to {end:yyyy}; at most 100 years are read.")
            : new HourlyRecord(begin, Grid(stages, begin, hours), Grid(rains, begin, hours));
    }

    /// <summary>Reads a file, gunzipped when its name ends with <c>.gz</c>.</summary>
    public static HourlyRecord ReadFile(string path, Action<int, string> bad)
    {
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(plain);
        return Read(reader, bad);
    }

    private static DateTime? HourOf(string ymdh) =>
        ymdh.Length == 10
        && DateTime.TryParseExact(ymdh[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && int.TryParse(ymdh[8..], NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour <= 24
            ? day.AddHours(hour)
            : null;

    private static List<HourlySeries> Grid(SortedDictionary<string, List<(DateTime Hour, double Value)>> kind, DateTime begin, int hours)
    {
        var grid = new List<HourlySeries>();
        foreach (var (station, values) in kind)
        {
            var series = new double[hours];
            Array.Fill(series, double.NaN);
            foreach (var (hour, value) in values)
            {
                series[(int)(hour - begin).TotalHours] = value;
            }

            grid.Add(new HourlySeries(station, series));
        }

        return grid;
    }
}
