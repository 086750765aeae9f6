using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Resilience.Hazards.Ratings;

/// <summary>
/// Reads a rating as USGS serves it (RDB, the "exsa" or "base" table with logarithmic expansion); another agency may write its own in the same shape.
/// The USGS table does not say which stage was the highest gauged, so where no line <c>HIGHEST_GAUGING="…"</c> says it, its last point is taken for it.
/// </summary>
public static partial class ReadUsgsRating
{
    /// <summary>The rating and its station, for example <c>usgs:01594440</c>.</summary>
    /// <exception cref="InvalidDataException">It is none, or one of a kind that is not read.</exception>
    public static (string Station, RatingCurve Rating) From(string rdb)
    {
        ArgumentNullException.ThrowIfNull(rdb);
        // The same table with other line ends is the same rating.
        var text = rdb.ReplaceLineEndings("\n");
        var version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
        var lines = text.Split('\n');
        var comments = string.Join('\n', lines.Where(line => line.StartsWith('#')));
        string Said(Regex what, string otherwise = "") => what.Match(comments) is { Success: true } match ? match.Groups[1].Value.Trim() : otherwise;
        if (!comments.Contains("EXPANSION=\"logarithmic\"", StringComparison.Ordinal))
        {
            throw new InvalidDataException("Only ratings with logarithmic expansion are read.");
        }

        if (comments.Contains("OFFSET2", StringComparison.Ordinal))
        {
            throw new InvalidDataException("A rating with more than one offset is not read.");
        }

        var offset = Number(Said(Offset(), "0"));
        var points = lines.Where(line => line.Length > 0 && !line.StartsWith('#')).Skip(2).Select(line => line.Split('\t')).Where(cells => cells.Length >= 2)
            .Select(cells => (Stage: Number(cells[0]), Discharge: Number(cells[1]))).Where(point => point.Stage > offset && point.Discharge > 0).ToList();
        var (agency, site) = (Said(Agency(), "usgs").ToLowerInvariant(), Said(Site()));
        if (points.Count < 2 || site.Length == 0)
        {
            throw new InvalidDataException("Not a rating: it names no station, or has fewer than two points.");
        }

        var highest = Said(Gauged()) is { Length: > 0 } gauged ? Number(gauged) : points[^1].Stage;
        return ($"{agency}:{site}", new RatingCurve(
            RatingCurve.Through(points, offset), highest, Said(StageUnit(), "ft"), Said(DischargeUnit(), "ft^3/s").Replace("^3", "3", StringComparison.Ordinal),
            $"{agency.ToUpperInvariant()} rating {Said(Id())} of {site}", version));
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
        ? value : throw new InvalidDataException($"'{text}' in the rating is no number.");

    [GeneratedRegex("OFFSET1=\"?([-+0-9.E]+)")]
    private static partial Regex Offset();

    [GeneratedRegex("RATING ID=\"([^\"]*)\"")]
    private static partial Regex Id();

    [GeneratedRegex("STATION AGENCY=\"([^\"]*)\"")]
    private static partial Regex Agency();

    [GeneratedRegex("STATION .*NUMBER=\"([^\"]*)\"")]
    private static partial Regex Site();

    [GeneratedRegex("HIGHEST_GAUGING=\"([^\"]*)\"")]
    private static partial Regex Gauged();

    [GeneratedRegex("RATING_INDEP .*PARAMETER=\"[^\"(]*\\(([^)]*)\\)")]
    private static partial Regex StageUnit();

    [GeneratedRegex("RATING_DEP .*PARAMETER=\"[^\"(]*\\(([^)]*)\\)")]
    private static partial Regex DischargeUnit();
}
