using System.Globalization;

namespace Resilience.Hazards.Frequency;

/// <summary>The highest flow and the highest stage of each year at a station.</summary>
/// <param name="Station">The station, for example <c>usgs:01594440</c>.</param>
/// <param name="Flow">Highest discharges.</param>
/// <param name="Level">Highest stages above the gauge's datum.</param>
public sealed record AgencyPeaks(string Station, AnnualMaxima Flow, AnnualMaxima Level);

/// <summary>
/// Reads an annual-peaks file as USGS serves it (RDB: tab-separated with a header and a line of formats). Another agency may write its own in the same
/// shape: <c>agency_cd</c>, <c>site_no</c>, <c>peak_dt</c>, <c>peak_va</c> (ft³/s), <c>peak_cd</c>, <c>gage_ht</c> (ft), <c>gage_ht_cd</c>.
/// </summary>
/// <remarks>
/// Left out are years without a figure or with a doubtful year (A), peaks caused by a dam failure (3), bounds that are no values (4, 8) and historic or
/// opportunistic peaks outside the systematic record (7, O): they would bend the distribution. Of stages those above another datum or taken in a year whose
/// datum changed (3, 6), below what could be recorded (4), and a stage that was not the year's highest (2), for which the file has another column.
/// </remarks>
public static class ReadUsgsPeaks
{
    private static readonly string[] NoPeak = ["3", "7", "A", "O"];
    private static readonly string[] NoFlow = ["4", "8"];
    private static readonly string[] NoLevel = ["2", "3", "4", "6"];
    private static readonly string[] Regulated = ["5", "6"];

    /// <summary>The peaks of the file's one station.</summary>
    public static AgencyPeaks From(TextReader rdb)
    {
        ArgumentNullException.ThrowIfNull(rdb);
        var (station, regulated, header) = ("", false, (List<string>?)null);
        var (flows, levels) = (new SortedDictionary<int, double>(), new SortedDictionary<int, double>());
        while (rdb.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var cells = line.Split('\t');
            if (header is null)
            {
                header = [.. cells];
                if (!header.Contains("site_no") || !header.Contains("peak_dt") || !header.Contains("peak_va"))
                {
                    throw new InvalidDataException("Not a file of annual peaks: it has no columns site_no, peak_dt and peak_va.");
                }

                continue;
            }

            string Cell(string name) => header.IndexOf(name) is >= 0 and var at && at < cells.Length ? cells[at].Trim() : "";
            string[] Codes(string name) => Cell(name).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (WaterYear(Cell("peak_dt")) is not { } year)
            {
                continue;
            }

            var of = $"{Cell("agency_cd").ToLowerInvariant()}:{Cell("site_no")}";
            station = station.Length == 0 || station == of ? of : throw new InvalidDataException($"A file of annual peaks is of one station; this one has {station} and {of}.");
            var codes = Codes("peak_cd");
            if (codes.Intersect(NoPeak).Any())
            {
                continue;
            }

            regulated |= codes.Intersect(Regulated).Any();
            if (!codes.Intersect(NoFlow).Any())
            {
                Keep(flows, year, Cell("peak_va"));
            }

            foreach (var (stage, code) in new[] { ("gage_ht", "gage_ht_cd"), ("ag_gage_ht", "ag_gage_ht_cd") })
            {
                if (!Codes(code).Intersect(NoLevel).Any())
                {
                    Keep(levels, year, Cell(stage));
                }
            }
        }

        var source = $"annual peaks of {station}{(regulated ? ", affected by regulation" : "")}";
        return station.Length == 0
            ? throw new InvalidDataException("The file of annual peaks has no peak.")
            : new AgencyPeaks(station, new AnnualMaxima("ft3/s", AnnualMaxima.Flow, source, List(flows)), new AnnualMaxima("ft", AnnualMaxima.Level, source, List(levels)));
    }

    // October to September, named after its end; where the month is not known (00) the year is that of the file.
    private static int? WaterYear(string date) => date.Split('-') is [var y, var m, ..]
        && int.TryParse(y, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && int.TryParse(m, NumberStyles.None, CultureInfo.InvariantCulture, out var month)
        ? month >= 10 ? year + 1 : year : null;

    private static void Keep(SortedDictionary<int, double> years, int year, string cell)
    {
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            years[year] = years.TryGetValue(year, out var there) ? Math.Max(there, value) : value;
        }
    }

    private static List<AnnualMaximum> List(SortedDictionary<int, double> years) => [.. years.Select(pair => new AnnualMaximum(pair.Key, pair.Value))];
}
