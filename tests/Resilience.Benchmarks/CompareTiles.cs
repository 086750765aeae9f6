using System.Globalization;
using System.Text;
using Resilience.Risk.Serving.Tiles;

namespace Resilience.Benchmarks;

/// <summary>Decodes two vector tiles of one layer each and says whether they show the same.</summary>
internal static class CompareTiles
{
    /// <summary>
    /// How many features both tiles show. They must bear the same ids and properties and cover the same ground: each area within 3 % or the
    /// rounding of its outline. What covers less than 64 grid steps (a screen pixel) in one tile may be missing in the other.
    /// </summary>
    internal static int Same(byte[] ours, byte[] theirs, TileAddress address)
    {
        var (a, b) = (Read(ours), Read(theirs));
        var both = 0;
        foreach (var id in a.Keys.Union(b.Keys))
        {
            var (left, right) = (a.GetValueOrDefault(id), b.GetValueOrDefault(id));
            if (left is null || right is null)
            {
                Require((left ?? right)!.Area <= 64, $"feature {id} is only in {(left is null ? "theirs" : "ours")}, {(left ?? right)!.Area} steps", address);
                continue;
            }

            both++;
            Require(left.Properties == right.Properties, $"{left.Properties} is not {right.Properties}", address);
            Require(Math.Abs(left.Area - right.Area) <= Math.Max(0.03 * right.Area, 6 * Math.Sqrt(right.Area) + 64), $"feature {id} covers {left.Area} and {right.Area}", address);
        }

        return both;
    }

    private static void Require(bool holds, string trouble, TileAddress address)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"The two sides differ in {address}: {trouble}.");
        }
    }

    private static Dictionary<ulong, Shown> Read(byte[] tile)
    {
        var shown = new Dictionary<ulong, Shown>();
        foreach (var layer in Fields(tile).Where(one => one.Field == 3).Select(one => one.Bytes))
        {
            var parts = Fields(layer.ToArray()).ToList();
            var keys = parts.Where(part => part.Field == 3).Select(part => Encoding.UTF8.GetString(part.Bytes.Span)).ToList();
            var values = parts.Where(part => part.Field == 4).Select(part => Value(part.Bytes)).ToList();
            foreach (var feature in parts.Where(part => part.Field == 2))
            {
                var inside = Fields(feature.Bytes.ToArray()).ToList();
                var tags = Packed(inside.Single(one => one.Field == 2).Bytes);
                var properties = string.Join(", ", Enumerable.Range(0, tags.Count / 2).Select(i => $"{keys[(int)tags[2 * i]]}={values[(int)tags[(2 * i) + 1]]}").Order(StringComparer.Ordinal));
                shown[inside.Single(one => one.Field == 1).Number] = new Shown(properties, Area(Packed(inside.Single(one => one.Field == 4).Bytes)));
            }
        }

        return shown;
    }

    private static string Value(ReadOnlyMemory<byte> message)
    {
        var one = Fields(message.ToArray()).Single();
        return one.Field switch
        {
            1 => Encoding.UTF8.GetString(one.Bytes.Span),
            6 => (((long)one.Number >> 1) ^ -((long)one.Number & 1)).ToString(CultureInfo.InvariantCulture),
            7 => one.Number != 0 ? "true" : "false",
            _ => one.Number.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The ground covered, in squares of grid steps.</summary>
    private static double Area(List<ulong> commands)
    {
        double twice = 0;
        long x = 0, y = 0, firstX = 0, firstY = 0;
        for (var i = 0; i < commands.Count;)
        {
            var (command, count) = (commands[i] & 7, (int)(commands[i++] >> 3));
            if (command == 7)
            {
                twice += (x * firstY) - (firstX * y);
                continue;
            }

            for (; count > 0; count--)
            {
                var (nextX, nextY) = (x + Zigzag(commands[i]), y + Zigzag(commands[i + 1]));
                i += 2;
                if (command == 1)
                {
                    (firstX, firstY) = (nextX, nextY);
                }
                else
                {
                    twice += (x * nextY) - (nextX * y);
                }

                (x, y) = (nextX, nextY);
            }
        }

        return Math.Abs(twice / 2);
    }

    private static long Zigzag(ulong value) => (long)(value >> 1) ^ -((long)value & 1);

    private static List<ulong> Packed(ReadOnlyMemory<byte> bytes)
    {
        var numbers = new List<ulong>();
        for (var at = 0; at < bytes.Length;)
        {
            numbers.Add(Varint(bytes.Span, ref at));
        }

        return numbers;
    }

    private static IEnumerable<(int Field, ReadOnlyMemory<byte> Bytes, ulong Number)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var number = Varint(message, ref at);
            if ((key & 7) == 2)
            {
                yield return ((int)(key >> 3), message.AsMemory(at, (int)number), 0);
                at += (int)number;
            }
            else
            {
                yield return ((int)(key >> 3), default, number);
            }
        }
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    private sealed record Shown(string Properties, double Area);
}
