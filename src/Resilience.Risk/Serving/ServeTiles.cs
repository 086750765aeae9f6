using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Resilience.Core;
using Resilience.Risk.Serving.Basemap;
using Resilience.Risk.Serving.Exposed;
using Resilience.Risk.Serving.Tiles;
using Resilience.Risk.Serving.Zones;

namespace Resilience.Risk.Serving;

/// <summary>
/// GET zones as GeoJSON and vector tiles, tiles of what is exposed, and the basemap. What stands under an edition's address never changes and may be kept for good;
/// everything carries a strong entity tag and answers 304 to who has it.
/// </summary>
internal static class ServeTiles
{
    private const string TileType = "application/vnd.mapbox-vector-tile";
    private const int DeepestZone = 16;
    private const string ForGood = "public, max-age=31536000, immutable";
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    internal static void Map(IEndpointRouteBuilder group)
    {
        group.MapMethods("/layers/zones.geojson", Reading, Zones).WithName("ZonesGeoJson").WithSummary("All risk zones as GeoJSON; ETag and 304.");
        group.MapMethods("/tiles/zones.json", Reading, TileJson).WithName("ZoneTileJson").WithSummary("TileJSON 3.0.0: where the tiles of the newest edition of the risk zones are.");
        group.MapMethods("/tiles/zones/{edition}/{z:int}/{x:int}/{y:int}.mvt", Reading, ZoneTile).WithName("ZoneTile")
            .WithSummary("A vector tile of one edition of the risk zones; never changes.");
        group.MapMethods("/tiles/exposure.json", Reading, ExposureTileJson).WithName("ExposureTileJson").WithSummary("TileJSON 3.0.0: where the tiles of the critical sites and roads are.");
        group.MapMethods("/tiles/exposure/{edition}/{z:int}/{x:int}/{y:int}.mvt", Reading, ExposureTile).WithName("ExposureTile")
            .WithSummary("A vector tile of one edition of the critical sites and roads; never changes.");
        group.MapMethods("/basemap/{z:int}/{x:int}/{y:int}.mvt", Reading, BasemapTile).WithName("BasemapTile").WithSummary("A vector tile of the basemap, zoom 0 to 9.");
    }

    private static async Task Zones(HttpContext http, ZonesInMemory zones, CancellationToken cancellationToken)
    {
        var snapshot = await zones.CurrentAsync(cancellationToken);
        http.Response.Headers["X-Layer-Version"] = snapshot.Version.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-Layer-Edition"] = snapshot.Edition;
        await snapshot.GeoJson.SendAsync(http, "application/geo+json", "public, no-cache");
    }

    private static async Task TileJson(HttpContext http, ZonesInMemory zones, CancellationToken cancellationToken)
    {
        var snapshot = await zones.CurrentAsync(cancellationToken);
        await DescribeAsync(http, "Risk zones", $"zones/{snapshot.Edition}", DeepestZone, new JsonObject { ["id"] = "zones", ["fields"] = ZoneSnapshot.TileFields() });
    }

    private static Task ExposureTileJson(HttpContext http, ExposureTiles exposed) => DescribeAsync(
        http, "Critical sites and roads", $"exposure/{exposed.Edition}", ExposureTiles.MaxZoom,
        new JsonObject { ["id"] = "sites", ["fields"] = new JsonObject { ["id"] = "Its id", ["name"] = "Its name", ["kind"] = "What it is", ["capacity"] = "Whom it holds, where known" } },
        new JsonObject { ["id"] = "roads", ["fields"] = new JsonObject { ["name"] = "Its name", ["class"] = "What its source calls it" } });

    private static Task ExposureTile(HttpContext http, string edition, int z, int x, int y, ExposureTiles exposed) => edition == exposed.Edition
        ? exposed.Find(Check(z, x, y, ExposureTiles.MaxZoom)).SendAsync(http, TileType, ForGood)
        : throw new RefusalException("risk.no-version", "This edition of the sites is not kept; /risk/tiles/exposure.json names the newest.", StatusCodes.Status404NotFound);

    private static Task DescribeAsync(HttpContext http, string name, string path, int deepest, params JsonNode[] layers)
    {
        var root = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}";
        var json = new JsonObject
        {
            ["tilejson"] = "3.0.0",
            ["name"] = name,
            ["version"] = "1.0.0",
            ["scheme"] = "xyz",
            ["tiles"] = new JsonArray($"{root}/risk/tiles/{path}/{{z}}/{{x}}/{{y}}.mvt"),
            ["minzoom"] = 0,
            ["maxzoom"] = deepest,
            ["vector_layers"] = new JsonArray(layers),
        };
        return new Packed(Encoding.UTF8.GetBytes(json.ToJsonString())).SendAsync(http, "application/json", "public, no-cache");
    }

    private static async Task ZoneTile(HttpContext http, string edition, int z, int x, int y, ZonesInMemory zones, CancellationToken cancellationToken)
    {
        var address = Check(z, x, y, DeepestZone);
        var snapshot = await zones.FindAsync(edition, cancellationToken)
            ?? throw new RefusalException("risk.no-version", "This edition of the zones is not kept; /risk/tiles/zones.json names the newest.", StatusCodes.Status404NotFound);
        await snapshot.PackedTile(address).SendAsync(http, TileType, ForGood);
    }

    private static Task BasemapTile(HttpContext http, int z, int x, int y, BasemapTiles basemap) =>
        basemap.Find(Check(z, x, y, BasemapTiles.MaxZoom))!.SendAsync(http, TileType, "public, max-age=86400");

    private static TileAddress Check(int z, int x, int y, int deepest)
    {
        var address = new TileAddress(z, x, y);
        return address.Exists && z <= deepest
            ? address
            : throw new RefusalException("risk.no-tile", $"There is no tile {z}/{x}/{y}: zooms go from 0 to {deepest}.", StatusCodes.Status404NotFound);
    }
}
