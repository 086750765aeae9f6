using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Resilience.Risk.Exposing;
using Resilience.Risk.Serving.Tiles;

namespace Resilience.Risk.Serving.Exposed;

/// <summary>
/// Vector tiles of the roads and of the critical sites that are not restricted, made on demand and kept within a bound. A whole country's schools would bury the map: far out only
/// hospitals and airports and the main roads are in them. Thread-safe.
/// </summary>
public sealed class ExposureTiles : IDisposable
{
    /// <summary>Deepest zoom; the map stretches these tiles beyond it.</summary>
    public const int MaxZoom = 13;

    private const long CacheBytes = 32 * 1024 * 1024;

    private readonly Lazy<TileLayer[]> _layers;
    private readonly Lazy<string> _edition;
    private readonly MemoryCache _tiles = new(new MemoryCacheOptions { SizeLimit = CacheBytes });

    /// <summary>Tiles of what is exposed; nothing is projected yet.</summary>
    public ExposureTiles(Exposure exposure)
    {
        ArgumentNullException.ThrowIfNull(exposure);
        _layers = new(() =>
        [
            new TileLayer("roads", exposure.Data.Roads.Select(road => new Shape(
                ShapeKind.Line, [ShapePath.FromDegrees([.. road.Line.Coordinates.Select(corner => (corner.X, corner.Y))])], [("name", road.Name), ("class", road.Class)], fromZoom: IsMain(road.Class) ? 5 : 9))),
            new TileLayer("sites", exposure.Data.OpenSites.Select(site => new Shape(
                ShapeKind.Point, [ShapePath.FromDegrees([(site.Longitude, site.Latitude)])],
                [("id", site.Id), ("name", site.Name), ("kind", site.Kind), .. site.Capacity is { } capacity ? new (string, object)[] { ("capacity", capacity) } : []],
                fromZoom: site.Kind is SiteKinds.Hospital or SiteKinds.Airport ? 6 : 9))),
        ]);
        _edition = new(() => Edit(exposure));
    }

    /// <summary>What is in them, in one word: an address with it may be kept for good.</summary>
    public string Edition => _edition.Value;

    /// <inheritdoc/>
    public void Dispose() => _tiles.Dispose();

    /// <summary>The tile, ready to send; an empty message when nothing lies in it.</summary>
    internal Packed Find(TileAddress address) => _tiles.GetOrCreate(address, entry =>
    {
        var tile = new VectorTile();
        foreach (var layer in _layers.Value)
        {
            layer.WriteTo(tile, address);
        }

        var packed = new Packed(tile.ToBytes());
        entry.Size = packed.Size;
        return packed;
    })!;

    private static bool IsMain(string type) => type is "motorway" or "trunk" or "primary" or "secondary";

    private static string Edit(Exposure exposure)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
        foreach (var site in exposure.Data.OpenSites)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"{site.Id}\t{site.Name}\t{site.Kind}\t{site.Longitude:R}\t{site.Latitude:R}\t{site.Capacity}\n"));
        }

        foreach (var road in exposure.Data.Roads)
        {
            Add($"{road.Name}\t{road.Class}\n");
            hash.AppendData(road.Line.AsBinary());
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
