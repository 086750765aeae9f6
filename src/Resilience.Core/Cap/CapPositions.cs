using System.Globalization;
using NetTopologySuite.Geometries;
using Resilience.Core.Geography;

namespace Resilience.Core.Cap;

/// <summary>CAP's position texts: latitude first, the opposite of everything else in this house.</summary>
public static class CapPositions
{
    private static readonly char[] Spaces = [' ', '\t', '\r', '\n'];

    /// <summary>A closed ring of at least four positions. Unclosed rings are closed, swapped axes turned and stray parentheses dropped, each with a remark.</summary>
    public static IReadOnlyList<Coordinate> ReadRing(string text, Action<string> remark)
    {
        if (text.AsSpan().IndexOfAny('(', ')') >= 0)
        {
            remark("polygon with parentheses");
            text = text.Replace("(", "", StringComparison.Ordinal).Replace(")", "", StringComparison.Ordinal);
        }

        var ring = text.Split(Spaces, StringSplitOptions.RemoveEmptyEntries).Select(ReadPosition).ToList();
        if (ring.Any(c => Math.Abs(c.Y) > 90))
        {
            remark("polygon with longitude first");
            ring = [.. ring.Select(c => new Coordinate(c.Y, c.X))];
        }

        if (ring.FirstOrDefault(c => !Wgs84.IsPosition(c.X, c.Y)) is { } wrong)
        {
            throw new FormatException($"polygon leaves the Earth at {wrong.Y},{wrong.X}.");
        }

        if (ring.Count > 0 && !ring[0].Equals2D(ring[^1]))
        {
            remark("polygon is not closed");
            ring.Add(ring[0].Copy());
        }

        return ring.Count >= 4 ? ring : throw new FormatException("polygon has fewer than four positions.");
    }

    /// <summary><c>latitude,longitude radius</c>, the radius in kilometres.</summary>
    public static CapCircle ReadCircle(string text)
    {
        var parts = text.Split(Spaces, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2)
        {
            throw new FormatException($"circle is not a position and a radius: {text}.");
        }

        var (centre, radius) = (ReadPosition(parts[0]), ReadNumber(parts[1]));
        return Wgs84.IsPosition(centre.X, centre.Y) && radius >= 0
            ? new CapCircle(centre.Y, centre.X, radius)
            : throw new FormatException($"circle leaves the Earth: {text}.");
    }

    private static Coordinate ReadPosition(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return comma > 0
            ? new Coordinate(ReadNumber(text[(comma + 1)..]), ReadNumber(text[..comma]))
            : throw new FormatException($"not a position: {text}.");
    }

    private static double ReadNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw new FormatException($"not a number: {text}.");
}
