using System.Diagnostics;
using Microsoft.Extensions.Caching.Memory;
using Resilience.Core.Geography;
using Resilience.Risk.Exposing;
using Resilience.Risk.Serving.Tiles;

namespace Resilience.Risk.Serving.Basemap;

/// <summary>
/// Tiles of the carried basemap: land, lakes, rivers, glaciers, borders, admin1 and places, made on demand and kept within a bound.
/// Thread-safe. The data is read at the first tile.
/// </summary>
public sealed class BasemapTiles : IDisposable
{
    /// <summary>Deepest zoom; the map stretches these tiles beyond it.</summary>
    public const int MaxZoom = 9;

    /// <summary>How many bytes of finished tiles are kept: about 3,000 tiles.</summary>
    private const long CacheBytes = 64 * 1024 * 1024;

    // The box in which 1:10m water and ice are carried.
    private const double West = 79, South = 22, East = 99, North = 33;

    private readonly Lazy<(TileLayer[] Layers, PlaceNames Places)> _data;
    private readonly MemoryCache _tiles = new(new MemoryCacheOptions { SizeLimit = CacheBytes });

    /// <summary>Tiles from the geodata; nothing is read yet.</summary>
    public BasemapTiles(GeodataDirectory geodata, Exposure exposure) => _data = new(() => Read(geodata, exposure));

    /// <summary>Reads the data now instead of at the first tile.</summary>
    public void Warm() => _ = _data.Value;

    /// <summary>The tile, gzip-compressed; null when there is no such tile. An empty tile is an empty message.</summary>
    public byte[]? FindGzip(TileAddress address) => Find(address)?.Compressed.ToArray();

    /// <inheritdoc/>
    public void Dispose() => _tiles.Dispose();

    /// <summary>The tile, ready to send; null when there is no such tile.</summary>
    internal Packed? Find(TileAddress address)
    {
        if (!address.Exists || address.Z > MaxZoom)
        {
            return null;
        }

        return _tiles.GetOrCreate(address, entry =>
        {
            var started = Stopwatch.GetTimestamp();
            var tile = new Packed(Make(address));
            entry.Size = tile.Size;
            Telemetry.TileSeconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
            return tile;
        });
    }

    private byte[] Make(TileAddress address)
    {
        var tile = new VectorTile();
        var (layers, places) = _data.Value;
        foreach (var layer in layers)
        {
            layer.WriteTo(tile, address);
        }

        places.WriteTo(tile, address);
        return tile.ToBytes();
    }

    private static (TileLayer[] Layers, PlaceNames Places) Read(GeodataDirectory geodata, Exposure exposure)
    {
        List<RawFeature> File(string name) => ReadShapes.GeoJson(geodata.File("basemap", name));
        var (far, near) = (File("countries-110m.geojson"), File("countries-50m.geojson"));
        var (land, borders) = ReadTopology.Countries(geodata.File("basemap", "countries-10m.topojson"), fromZoom: 6);
        land.AddRange(far.SelectMany(country => country.ToShapes(Named(country), 0, 2)));
        land.AddRange(near.SelectMany(country => country.ToShapes(Named(country), 3, 5)));
        borders.AddRange(SharedBorders.Of(far, 0, 2));
        borders.AddRange(SharedBorders.Of(near, 3, 5));
        TileLayer[] layers =
        [
            new("land", land),
            new("glaciers", Detailed(File("glaciers-50m.geojson"), File("glaciers-10m-himalaya.geojson"))),
            new("lakes", Detailed(File("lakes-50m.geojson"), File("lakes-10m-himalaya.geojson"))),
            new("rivers", Detailed(File("rivers-50m.geojson"), File("rivers-10m-himalaya.geojson"))),
            new("admin1", SharedBorders.Of(File("admin1-south-asia.geojson"), 5, 24)),
            new("borders", borders),
        ];
        return (layers, new PlaceNames([.. File("places-50m.geojson")], exposure));
    }

    /// <summary>1:50m everywhere; from zoom 6, in the box that has it, 1:10m in its place.</summary>
    private static IEnumerable<Shape> Detailed(List<RawFeature> coarse, List<RawFeature> fine)
    {
        foreach (var feature in coarse)
        {
            var from = Math.Clamp((int)feature.Number("minZoom", 0) - 1, 0, MaxZoom);
            var to = feature.Touches(West, South, East, North) ? 5 : 24;
            foreach (var shape in from <= to ? feature.ToShapes(Named(feature), from, to) : [])
            {
                yield return shape;
            }
        }

        foreach (var shape in fine.SelectMany(feature => feature.ToShapes(Named(feature), 6)))
        {
            yield return shape;
        }
    }

    private static (string Name, object Value)[] Named(RawFeature feature) => feature.Text("name") is { Length: > 0 } name ? [("name", name)] : [];
}
