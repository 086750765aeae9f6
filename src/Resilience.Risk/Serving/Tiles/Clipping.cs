using NetTopologySuite.Geometries;

namespace Resilience.Risk.Serving.Tiles;

/// <summary>A vertex on a tile's plane before it is rounded to the grid.</summary>
public readonly record struct Vertex(double X, double Y);

/// <summary>Cuts lines and rings to a rectangle.</summary>
internal static class Clipping
{
    /// <summary>The parts of a line inside (Liang and Barsky, segment by segment).</summary>
    internal static List<List<Vertex>> Line(List<Vertex> line, Envelope box)
    {
        var parts = new List<List<Vertex>>();
        List<Vertex>? part = null;
        for (var i = 1; i < line.Count; i++)
        {
            var (a, b) = (line[i - 1], line[i]);
            double enter = 0, leave = 1, dx = b.X - a.X, dy = b.Y - a.Y;
            if (!Narrow(-dx, a.X - box.MinX, ref enter, ref leave) || !Narrow(dx, box.MaxX - a.X, ref enter, ref leave)
                || !Narrow(-dy, a.Y - box.MinY, ref enter, ref leave) || !Narrow(dy, box.MaxY - a.Y, ref enter, ref leave))
            {
                part = null;
                continue;
            }

            if (part is null || enter > 0)
            {
                parts.Add(part = [new Vertex(a.X + (enter * dx), a.Y + (enter * dy))]);
            }

            part.Add(new Vertex(a.X + (leave * dx), a.Y + (leave * dy)));
            part = leave < 1 ? null : part;
        }

        return parts;
    }

    /// <summary>
    /// The ring inside (Sutherland and Hodgman, edge by edge). Where a ring leaves and comes back, its parts stay joined along the rectangle's
    /// edge, which lies in the tile's buffer and is not seen.
    /// </summary>
    internal static List<Vertex> Ring(List<Vertex> ring, Envelope box)
    {
        ring = Side(ring, vertex => vertex.X - box.MinX, (a, b) => AtX(a, b, box.MinX));
        ring = Side(ring, vertex => box.MaxX - vertex.X, (a, b) => AtX(a, b, box.MaxX));
        ring = Side(ring, vertex => vertex.Y - box.MinY, (a, b) => AtY(a, b, box.MinY));
        return Side(ring, vertex => box.MaxY - vertex.Y, (a, b) => AtY(a, b, box.MaxY));
    }

    private static bool Narrow(double direction, double distance, ref double enter, ref double leave)
    {
        if (direction == 0)
        {
            return distance >= 0;
        }

        var at = distance / direction;
        if (direction < 0)
        {
            enter = Math.Max(enter, at);
        }
        else
        {
            leave = Math.Min(leave, at);
        }

        return enter <= leave;
    }

    private static List<Vertex> Side(List<Vertex> ring, Func<Vertex, double> inside, Func<Vertex, Vertex, Vertex> cut)
    {
        var kept = new List<Vertex>(ring.Count + 4);
        for (var i = 0; i < ring.Count; i++)
        {
            var (from, to) = (ring[i == 0 ? ring.Count - 1 : i - 1], ring[i]);
            bool fromIn = inside(from) >= 0, toIn = inside(to) >= 0;
            if (fromIn != toIn)
            {
                kept.Add(cut(from, to));
            }

            if (toIn)
            {
                kept.Add(to);
            }
        }

        return kept;
    }

    private static Vertex AtX(Vertex a, Vertex b, double x) => new(x, a.Y + ((b.Y - a.Y) * (x - a.X) / (b.X - a.X)));

    private static Vertex AtY(Vertex a, Vertex b, double y) => new(a.X + ((b.X - a.X) * (y - a.Y) / (b.Y - a.Y)), y);
}
