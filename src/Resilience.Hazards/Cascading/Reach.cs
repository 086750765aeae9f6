using System.Text.Json;
using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;
using Resilience.Core.Geography;

namespace Resilience.Hazards.Cascading;

/// <summary>How fast the front of a wave travels, as a range; where the figures come from is part of them.</summary>
/// <param name="Low">Metres per second, above 0.</param>
/// <param name="High">Metres per second, at least <paramref name="Low"/>.</param>
/// <param name="Source">Who measured or estimated it.</param>
public sealed record Celerity(double Low, double High, string Source);

/// <summary>Something along a river: a place where people live, a gauge, or both.</summary>
/// <param name="Name">Its name; the same name on two reaches is the same place.</param>
/// <param name="Settlement">True when people live there.</param>
/// <param name="Station">The station that measures there, or null.</param>
/// <param name="Position">Longitude and latitude; put onto the river at its nearest point.</param>
public sealed record RiverPlace(string Name, bool Settlement, string? Station, Coordinate Position);

/// <summary>A stretch of river, from its head downstream.</summary>
/// <param name="River">Its name.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends; another reach may begin there.</param>
/// <param name="HalfWidthMetres">How far from the river people are counted.</param>
/// <param name="Synthetic">True when drawn for a drill.</param>
/// <param name="Line">Longitude and latitude, the head first; at least two points.</param>
/// <param name="Celerity">How fast a wave runs down it.</param>
/// <param name="Places">What lies along it, in any order.</param>
public sealed record Reach(
    string River, string From, string To, double HalfWidthMetres, bool Synthetic, IReadOnlyList<Coordinate> Line, Celerity Celerity, IReadOnlyList<RiverPlace> Places)
{
    /// <summary>Its length along the line, metres.</summary>
    public double LengthMetres => Enumerable.Range(1, Line.Count - 1).Sum(i => Wgs84.DistanceMetres(Line[i - 1], Line[i]));

    /// <summary>How far down the river, in metres from the head, the point of the line lies that is nearest to a position.</summary>
    public double MetresDownAt(Coordinate position)
    {
        ArgumentNullException.ThrowIfNull(position);
        var (best, metres, before) = (double.MaxValue, 0.0, 0.0);
        for (var i = 1; i < Line.Count; i++)
        {
            var (a, b) = (Line[i - 1], Line[i]);
            var narrow = Math.Cos(a.Y * Math.PI / 180);
            double x = (b.X - a.X) * narrow, y = b.Y - a.Y, length = Wgs84.DistanceMetres(a, b), square = (x * x) + (y * y);
            var share = square > 0 ? Math.Clamp(((position.X - a.X) * narrow * x + (position.Y - a.Y) * y) / square, 0, 1) : 0;
            var off = Wgs84.DistanceMetres(new Coordinate(a.X + (share * (b.X - a.X)), a.Y + (share * (b.Y - a.Y))), position);
            if (off < best)
            {
                (best, metres) = (off, before + (share * length));
            }

            before += length;
        }

        return metres;
    }

    /// <summary>Reads the carried reaches.</summary>
    public static IReadOnlyList<Reach> ReadAll(GeodataDirectory geodata)
    {
        ArgumentNullException.ThrowIfNull(geodata);
        using var file = File.OpenRead(geodata.File("hazards", "reaches.json"));
        var reaches = JsonSerializer.Deserialize(file, ReachJson.Default.ReachFile)?.Reaches ?? [];
        return [.. reaches.Select(reach => new Reach(
            reach.River, reach.From, reach.To, reach.HalfWidthMetres, reach.Synthetic, [.. reach.Line.Select(Position)],
            reach.Celerity, [.. reach.Places.Select(place => new RiverPlace(place.Name, place.Settlement, place.Station, Position(place.Position)))]))];

        static Coordinate Position(double[] point) => Wgs84.Point(point[0], point[1]).Coordinate;
    }
}

/// <summary>The file as it is written.</summary>
internal sealed record ReachFile(IReadOnlyList<WrittenReach> Reaches);

/// <summary>One reach of it.</summary>
internal sealed record WrittenReach(
    string River, string From, string To, double HalfWidthMetres, bool Synthetic, IReadOnlyList<double[]> Line, Celerity Celerity, IReadOnlyList<WrittenPlace> Places);

/// <summary>One place along it.</summary>
internal sealed record WrittenPlace(string Name, bool Settlement, string? Station, double[] Position);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReachFile))]
internal sealed partial class ReachJson : JsonSerializerContext;
