using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;
using Resilience.Risk.Footprints;
using Resilience.Risk.Serving.Tiles;

namespace Resilience.Risk.Serving.Zones;

/// <summary>All zones of one version of the layer, ready to serve. Immutable.</summary>
public sealed class ZoneSnapshot
{
    /// <summary>Finished tiles kept of one version; what is asked for beyond is made each time.</summary>
    private const int MostKept = 4096;

    private readonly TileLayer _tiles;
    private readonly ConcurrentDictionary<TileAddress, Packed> _kept = [];

    /// <summary>Prepares the zones; removed ones are left out.</summary>
    /// <param name="version">The layer's version.</param>
    /// <param name="zones">All zones.</param>
    public ZoneSnapshot(long version, IReadOnlyList<RiskZone> zones)
    {
        Version = version;
        var standing = zones.Where(zone => !zone.Removed).OrderBy(zone => zone.Severity).ThenBy(zone => zone.Id).ToList();
        GeoJson = new Packed(Collection(standing));
        Edition = $"{version}-{GeoJson.Tag.AsSpan(0, 8)}";
        _tiles = new TileLayer("zones", standing.SelectMany(Shapes));
    }

    /// <summary>The layer's version.</summary>
    public long Version { get; }

    /// <summary>
    /// Version and content in one word, for addresses whose answer may be kept for good: a version alone means something else after a
    /// restart on another database.
    /// </summary>
    public string Edition { get; }

    /// <summary>The zones in a tile; an empty message when there are none.</summary>
    public byte[] Tile(TileAddress address)
    {
        var tile = new VectorTile();
        _tiles.WriteTo(tile, address);
        return tile.ToBytes();
    }

    /// <summary>A GeoJSON FeatureCollection (RFC 7946), mildest zone first so that the worst is drawn on top.</summary>
    internal Packed GeoJson { get; }

    /// <summary>The zones in a tile, ready to send.</summary>
    internal Packed PackedTile(TileAddress address)
    {
        if (_kept.TryGetValue(address, out var kept))
        {
            return kept;
        }

        var made = new Packed(Tile(address));
        if (_kept.Count < MostKept)
        {
            _kept[address] = made;
        }

        return made;
    }

    /// <summary>One zone as a GeoJSON Feature.</summary>
    internal static byte[] ToFeature(RiskZone zone)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        WriteFeature(json, zone);
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Collection(List<RiskZone> zones)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteStartArray("features");
        zones.ForEach(zone => WriteFeature(json, zone));
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteFeature(Utf8JsonWriter json, RiskZone zone)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", zone.Id);
        json.WritePropertyName("geometry");
        WriteArea(json, RingOrder.Outward(zone.Geometry));
        json.WritePropertyName("properties");
        JsonSerializer.Serialize(json, ZoneView.Of(zone), RiskJson.Default.ZoneView);
        json.WriteEndObject();
    }

    private static void WriteArea(Utf8JsonWriter json, Geometry area)
    {
        json.WriteStartObject();
        json.WriteString("type", area.GeometryType);
        json.WriteStartArray("coordinates");
        foreach (var polygon in Polygons(area))
        {
            if (area is MultiPolygon)
            {
                json.WriteStartArray();
            }

            foreach (var ring in polygon.Holes.Prepend(polygon.Shell))
            {
                json.WriteStartArray();
                foreach (var point in ring.Coordinates)
                {
                    json.WriteStartArray();
                    json.WriteNumberValue(Math.Round(point.X, 6));
                    json.WriteNumberValue(Math.Round(point.Y, 6));
                    json.WriteEndArray();
                }

                json.WriteEndArray();
            }

            if (area is MultiPolygon)
            {
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A zone's id in a tile: 53 bits of its own, which a JavaScript number holds exactly.</summary>
    public static long TileId(Guid zone)
    {
        Span<byte> bytes = stackalloc byte[16];
        zone.TryWriteBytes(bytes);
        return (long)(BitConverter.ToUInt64(bytes) >> 11);
    }

    /// <summary>The properties of a zone in a tile, as TileJSON describes them.</summary>
    internal static JsonObject TileFields() => new()
    {
        ["id"] = "String",
        ["kind"] = "String",
        ["severity"] = "String",
        ["title"] = "String",
        ["people"] = "Number",
        ["exercise"] = "Boolean",
        ["version"] = "Number",
    };

    private static IEnumerable<Shape> Shapes(RiskZone zone)
    {
        var id = (ulong)TileId(zone.Id);
        (string, object)[] properties =
        [
            ("id", zone.Id.ToString()), ("kind", zone.Kind.ToString()), ("severity", zone.Severity.ToString()), ("title", zone.Title),
            ("people", zone.People), ("exercise", zone.Exercise), ("version", zone.Version),
        ];
        return Polygons(zone.Geometry).Select(polygon => new Shape(
            ShapeKind.Polygon,
            [.. polygon.Holes.Prepend(polygon.Shell).Select(ring => ShapePath.FromDegrees([.. ring.Coordinates.Select(point => (point.X, point.Y))]))],
            properties, id));
    }

    private static IEnumerable<Polygon> Polygons(Geometry area) =>
        Enumerable.Range(0, area.NumGeometries).Select(area.GetGeometryN).OfType<Polygon>();
}
