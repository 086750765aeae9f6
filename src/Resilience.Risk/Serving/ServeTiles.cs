using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Resilience.Core;
using Resilience.Risk.Serving.Basemap;
using Resilience.Risk.Serving.Tiles;
using Resilience.Risk.Serving.Zones;

namespace Resilience.Risk.Serving;

/// <summary>GET zones as GeoJSON and vector tiles, and the basemap.</summary>
internal static class ServeTiles
{
    private const string TileType = "application/vnd.mapbox-vector-tile";

    internal static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/layers/zones.geojson", Zones).WithName("ZonesGeoJson").WithSummary("All risk zones as GeoJSON; ETag and 304.");
        group.MapGet("/tiles/zones/{version:long}/{z:int}/{x:int}/{y:int}.mvt", ZoneTile).WithName("ZoneTile").WithSummary("A vector tile of one version of the risk zones; never changes.");
        group.MapGet("/basemap/{z:int}/{x:int}/{y:int}.mvt", BasemapTile).WithName("BasemapTile").WithSummary("A vector tile of the basemap, zoom 0 to 9.");
    }

    private static async Task Zones(HttpContext http, ZonesInMemory zones, CancellationToken cancellationToken)
    {
        var snapshot = await zones.CurrentAsync(cancellationToken);
        http.Response.Headers.ETag = snapshot.ETag;
        http.Response.Headers.CacheControl = "public, no-cache";
        http.Response.Headers.Append("X-Layer-Version", snapshot.Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (IsUnchanged(http.Request, snapshot.ETag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await SendAsync(http, "application/geo+json", snapshot.GeoJsonGzip, () => snapshot.GeoJson, cancellationToken);
    }

    private static async Task ZoneTile(HttpContext http, long version, int z, int x, int y, ZonesInMemory zones, CancellationToken cancellationToken)
    {
        var address = Check(z, x, y, deepest: 16);
        var snapshot = await zones.FindAsync(version, cancellationToken)
            ?? throw new RefusalException("risk.no-version", $"Version {version} of the zones is not kept; take the newest from /risk/layers/zones.geojson.", StatusCodes.Status404NotFound);
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        var bytes = snapshot.Tile(address);
        await SendAsync(http, TileType, BasemapTiles.Gzip(bytes), () => bytes, cancellationToken);
    }

    private static async Task BasemapTile(HttpContext http, int z, int x, int y, BasemapTiles basemap, CancellationToken cancellationToken)
    {
        var gzip = basemap.FindGzip(Check(z, x, y, BasemapTiles.MaxZoom))!;
        var etag = $"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(gzip).AsSpan(0, 12))}\"";
        http.Response.Headers.ETag = etag;
        http.Response.Headers.CacheControl = "public, max-age=86400";
        http.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (IsUnchanged(http.Request, etag))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await SendAsync(http, TileType, gzip, () => Unzip(gzip), cancellationToken);
    }

    private static TileAddress Check(int z, int x, int y, int deepest)
    {
        var address = new TileAddress(z, x, y);
        return address.Exists && z <= deepest
            ? address
            : throw new RefusalException("risk.no-tile", $"There is no tile {z}/{x}/{y}: zooms go from 0 to {deepest}.", StatusCodes.Status404NotFound);
    }

    private static bool IsUnchanged(HttpRequest request, string etag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == "*" || known.Compare(new EntityTagHeaderValue(etag), useStrongComparison: false));

    private static async Task SendAsync(HttpContext http, string type, byte[] gzip, Func<byte[]> plain, CancellationToken cancellationToken)
    {
        var takesGzip = http.Request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "gzip" && encoding.Quality is null or > 0);
        var body = takesGzip ? gzip : plain();
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        if (takesGzip)
        {
            http.Response.Headers.ContentEncoding = "gzip";
        }

        await http.Response.Body.WriteAsync(body, cancellationToken);
    }

    private static byte[] Unzip(byte[] gzip)
    {
        using var plain = new MemoryStream();
        using var unpack = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        unpack.CopyTo(plain);
        return plain.ToArray();
    }
}
