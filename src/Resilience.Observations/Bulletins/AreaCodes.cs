using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using NetTopologySuite.Geometries;
using Resilience.Core.Cap;
using Resilience.Core.Geography;

namespace Resilience.Observations.Bulletins;

/// <summary>
/// The boundaries behind area codes, from the tables carried in <c>geodata/areas</c>; read at first use. A code that is in none of them
/// is said to be unknown, never taken for "nowhere". Thread-safe.
/// </summary>
public sealed class AreaCodes
{
    private readonly Lazy<Dictionary<string, string>> _areas;
    private readonly ConcurrentDictionary<string, Geometry> _read = new();

    /// <summary>Reads the tables of the directory when first asked; null: knows no code.</summary>
    public AreaCodes(GeodataDirectory? geodata) => _areas = new(() => geodata is null || !Directory.Exists(geodata.File("areas")) ? [] : Load(geodata));

    /// <summary>How many codes are known.</summary>
    public int Count => _areas.Value.Count;

    /// <summary>
    /// The area that codes name together, and those unknown here (<c>scheme value</c>). Several schemes in one area say the same: where one
    /// is known in full, the others are not needed.
    /// </summary>
    public (Geometry? Area, IReadOnlyList<string> Unknown) Resolve(IReadOnlyList<CapPair> codes)
    {
        var schemes = codes.GroupBy(code => code.ValueName)
            .Select(scheme => scheme.Select(code => (Text: $"{code.ValueName} {code.Value}", Area: Find(code))).ToList())
            .OrderBy(scheme => scheme.Exists(code => code.Area is null) ? 1 : 0).ThenByDescending(scheme => scheme.Count(code => code.Area is not null)).ToList();
        if (schemes.Count == 0 || schemes[0].TrueForAll(code => code.Area is null))
        {
            return (null, [.. schemes.SelectMany(scheme => scheme).Select(code => code.Text)]);
        }

        return (CapAreas.Union(schemes[0].Select(code => code.Area).OfType<Geometry>()), [.. schemes[0].Where(code => code.Area is null).Select(code => code.Text)]);
    }

    /// <summary>The area of one code, or null.</summary>
    public Geometry? Find(CapPair code)
    {
        var value = code.Value.Trim();
        var key = new string([.. code.ValueName.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]) switch
        {
            "ISO31662" or "ISO3166P2" => $"ISO3166-2:{value.ToUpperInvariant()}",
            "ISO31661" or "ISO3166" or "ISO31661ALPHA2" or "ISO31661ALPHA3" or "ISO2" or "ISO3" or "COUNTRY" or "COUNTRYCODE" => $"ISO3166-1:{value.ToUpperInvariant()}",
            "HASC" or "HASC1" => $"HASC:{value.ToUpperInvariant()}",
            "GN" or "GNID" or "GEONAMES" or "GEONAMESID" or "GEONAMEID" => $"GN:{value}",
            "GNA1" or "GNA1CODE" or "GEONAMESADMIN1" => $"GNA1:{value.ToUpperInvariant()}",
            "FIPS" or "FIPS6" or "FIPS5" or "FIPSCODE" or "SAME" => FipsKey(value),
            _ => "",
        };
        return _areas.Value.TryGetValue(key, out var area) ? _read.GetOrAdd(key, _ => Read(area)) : null;
    }

    // SAME is a digit for the part of the county (0 the whole) before the state's and the county's; county 000 is the whole state.
    private static string FipsKey(string value) => value switch
    {
        { Length: 6 } when value.All(char.IsAsciiDigit) => FipsKey(value[1..]),
        { Length: 5 } when value.All(char.IsAsciiDigit) && value.EndsWith("000", StringComparison.Ordinal) => $"FIPS:US{value[..2]}",
        _ => $"FIPS:{value.ToUpperInvariant()}",
    };

    private static Dictionary<string, string> Load(GeodataDirectory geodata)
    {
        var areas = new Dictionary<string, string>();
        foreach (var file in Directory.GetFiles(geodata.File("areas"), "*.tsv.gz").Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.UTF8);
            reader.ReadLine();
            while (reader.ReadLine() is { } line)
            {
                var columns = line.Split('\t');
                foreach (var code in columns[0].Split('|'))
                {
                    areas.TryAdd(code, columns[2]);
                }
            }
        }

        return areas;
    }

    /// <summary>Reads an area as the tables write it: see their manifest.</summary>
    private static Geometry Read(string text)
    {
        var polygons = text.Split(';').Select(polygon => polygon.Split('/').Select(ReadRing).ToArray())
            .Select(rings => Wgs84.Factory.CreatePolygon(rings[0], rings[1..])).Select(polygon => polygon.IsValid ? polygon : NetTopologySuite.Geometries.Utilities.GeometryFixer.Fix(polygon));
        return CapAreas.Union(polygons) ?? Wgs84.Factory.CreatePolygon();
    }

    private static LinearRing ReadRing(string text)
    {
        var numbers = text.Split(' ');
        var ring = new Coordinate[numbers.Length / 2];
        var (x, y) = (0, 0);
        for (var i = 0; i < ring.Length; i++)
        {
            x += int.Parse(numbers[2 * i], CultureInfo.InvariantCulture);
            y += int.Parse(numbers[(2 * i) + 1], CultureInfo.InvariantCulture);
            ring[i] = new Coordinate(x / 1000.0, y / 1000.0);
        }

        return Wgs84.Factory.CreateLinearRing(ring);
    }
}
