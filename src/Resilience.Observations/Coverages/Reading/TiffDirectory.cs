using System.Buffers.Binary;
using System.Text;

namespace Resilience.Observations.Coverages.Reading;

/// <summary>
/// The first image's tags of a TIFF (TIFF 6.0), each checked to lie inside the file before anything is made of it: the decoder behind it then
/// meets no size it could choke on. Classic TIFF only; BigTIFF is refused by name.
/// </summary>
internal sealed class TiffDirectory
{
    private const int MostEntries = 4_096;
    private const int MostImages = 64;

    private static readonly int[] Sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

    private readonly byte[] _file;
    private readonly bool _little;
    private readonly Dictionary<ushort, (ushort Type, uint Count, int Offset)> _tags = [];

    private TiffDirectory(byte[] file, bool little) => (_file, _little) = (file, little);

    /// <summary>Another image of the file is a mask of the first: pixels without a value, which this reader does not read.</summary>
    internal bool HasMask { get; private set; }

    /// <summary>Reads the first image's tags and walks over the rest. Throws <see cref="RasterFault"/>.</summary>
    internal static TiffDirectory Read(byte[] file)
    {
        var little = file switch
        {
            [(byte)'I', (byte)'I', ..] => true,
            [(byte)'M', (byte)'M', ..] => false,
            _ => throw new RasterFault("not-tiff", "The file does not begin as a TIFF does."),
        };
        var directory = new TiffDirectory(file, little);
        switch (file.Length < 8 ? 0 : directory.Short(2))
        {
            case 42:
                break;
            case 43:
                throw new RasterFault("bigtiff", "The file is a BigTIFF; only classic TIFF (up to 4 GB) is read.");
            default:
                throw new RasterFault("not-tiff", "The file does not begin as a TIFF does.");
        }

        var at = directory.Long(4);
        for (var image = 0; at != 0; image++)
        {
            if (image == MostImages)
            {
                throw new RasterFault("too-many-images", $"The file holds more than {MostImages} images.");
            }

            at = directory.ReadImage(at, image == 0);
        }

        return directory;
    }

    /// <summary>The whole number of a tag; <paramref name="otherwise"/> where it is absent.</summary>
    internal int Number(ushort tag, int otherwise)
    {
        if (!_tags.TryGetValue(tag, out var entry) || entry.Count == 0)
        {
            return otherwise;
        }

        var value = entry.Type switch
        {
            1 => _file[entry.Offset],
            3 => Short(entry.Offset),
            4 => Long(entry.Offset),
            _ => throw new RasterFault("invalid-tiff", $"Tag {tag} is no whole number."),
        };
        return value <= int.MaxValue ? (int)value : throw new RasterFault("invalid-tiff", $"Tag {tag} is too large.");
    }

    /// <summary>How many values a tag has; 0 where it is absent.</summary>
    internal long Count(ushort tag) => _tags.TryGetValue(tag, out var entry) ? entry.Count : 0;

    /// <summary>All values of a tag of small whole numbers; empty where it is absent.</summary>
    internal ushort[] Shorts(ushort tag) => _tags.TryGetValue(tag, out var entry) && entry.Type == 3
        ? [.. Enumerable.Range(0, (int)entry.Count).Select(index => (ushort)Short(entry.Offset + (index * 2)))]
        : [];

    /// <summary>All values of a tag of floating-point numbers; empty where it is absent.</summary>
    internal double[] Doubles(ushort tag) => _tags.TryGetValue(tag, out var entry) && entry.Type == 12
        ? [.. Enumerable.Range(0, (int)entry.Count).Select(index => Double(entry.Offset + (index * 8)))]
        : [];

    /// <summary>The text of a tag, without its closing zero; null where it is absent.</summary>
    internal string? Text(ushort tag) => _tags.TryGetValue(tag, out var entry) && entry.Type == 2
        ? Encoding.UTF8.GetString(_file, entry.Offset, (int)entry.Count).TrimEnd('\0').Trim()
        : null;

    private uint ReadImage(uint at, bool first)
    {
        Need(at, 2);
        var count = Short((int)at);
        Need(at + 2, (count * 12L) + 4);
        if (count is 0 or > MostEntries)
        {
            throw new RasterFault("invalid-tiff", $"An image has {count} tags.");
        }

        for (var entry = (int)at + 2; count > 0; count--, entry += 12)
        {
            var (tag, type, values) = ((ushort)Short(entry), (ushort)Short(entry + 2), Long(entry + 4));
            if (type is 0 or > 12)
            {
                continue; // a type later than TIFF 6.0: its tag is not one of ours
            }

            var bytes = (long)values * Sizes[type];
            var place = bytes <= 4 ? (uint)entry + 8 : Long(entry + 8);
            Need(place, bytes);
            if (first)
            {
                _tags[tag] = (type, values, (int)place);
            }
            else if (tag == 254 && type == 4 && values == 1)
            {
                HasMask |= (Long((int)place) & 4) != 0;
            }
        }

        return Long((int)at + 2 + ((int)Short((int)at) * 12));
    }

    private void Need(long at, long bytes)
    {
        if (at < 0 || bytes < 0 || at + bytes > _file.Length)
        {
            throw new RasterFault("truncated", "The file ends before what its tags point to.");
        }
    }

    private uint Short(int at) => _little ? BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(at)) : BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    private uint Long(int at) => _little ? BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(at)) : BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at));

    private double Double(int at) => _little ? BinaryPrimitives.ReadDoubleLittleEndian(_file.AsSpan(at)) : BinaryPrimitives.ReadDoubleBigEndian(_file.AsSpan(at));
}
