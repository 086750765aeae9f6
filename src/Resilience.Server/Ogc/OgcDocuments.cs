using System.Globalization;
using System.Text.Json.Nodes;
using NetTopologySuite.Geometries;

namespace Resilience.Server.Ogc;

/// <summary>The documents around the features: landing page, conformance, collections. Pure; <c>root</c> is the absolute address of <c>/ogc</c>.</summary>
internal static class OgcDocuments
{
    internal const string Json = "application/json";
    internal const string GeoJson = "application/geo+json";
    internal const string OpenApi = "application/vnd.oai.openapi+json;version=3.0";
    private const string Crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

    internal static readonly string[] Conformance =
    [
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    ];

    internal static JsonObject Landing(string root) => new()
    {
        ["title"] = "Resilience",
        ["description"] = "Hazards, risk zones, stations and alerts in force, as they stand now. No data about persons.",
        ["links"] = new JsonArray(
            Link(root, "self", Json, "This document"),
            Link($"{root}/api", "service-desc", OpenApi, "The API described in OpenAPI 3.0"),
            Link($"{root}/conformance", "conformance", Json, "What this API conforms to"),
            Link($"{root}/collections", "data", Json, "The collections")),
    };

    internal static JsonObject Conforms() => new() { ["conformsTo"] = new JsonArray([.. Conformance.Select(uri => JsonValue.Create(uri))]) };

    internal static JsonObject Collections(string root, IEnumerable<(OgcCollection Collection, OgcItem[] Items)> all) => new()
    {
        ["links"] = new JsonArray(Link($"{root}/collections", "self", Json, "This document")),
        ["collections"] = new JsonArray([.. all.Select(one => Collection(root, one.Collection, one.Items))]),
    };

    internal static JsonObject Collection(string root, OgcCollection collection, OgcItem[] items)
    {
        var address = $"{root}/collections/{collection.Id}";
        return new JsonObject
        {
            ["id"] = collection.Id,
            ["title"] = collection.Title,
            ["description"] = collection.Description,
            ["itemType"] = "feature",
            ["crs"] = new JsonArray(Crs84),
            ["extent"] = Extent(items),
            ["links"] = new JsonArray(
                Link(address, "self", Json, collection.Title),
                Link($"{address}/items", "items", GeoJson, $"{collection.Title}: the features")),
        };
    }

    internal static JsonObject Link(string address, string relation, string type, string title) =>
        new() { ["href"] = address, ["rel"] = relation, ["type"] = type, ["title"] = title };

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Where and when the features are. With none the whole world and all time: no rectangle is empty.</summary>
    private static JsonObject Extent(OgcItem[] items)
    {
        var box = new Envelope();
        foreach (var item in items)
        {
            box.ExpandToInclude(item.Geometry?.EnvelopeInternal ?? new Envelope());
        }

        if (box.IsNull || box.MinX < -180 || box.MaxX > 180)
        {
            box = new Envelope(-180, 180, -90, 90);
        }

        var timed = items.Where(item => item.Begin is not null).ToList();
        JsonNode? begin = timed.Count == 0 ? null : Time(timed.Min(item => item.Begin!.Value));
        JsonNode? end = timed.Count == 0 || timed.Any(item => item.End is null) ? null : Time(timed.Max(item => item.End!.Value));
        return new JsonObject
        {
            ["spatial"] = new JsonObject { ["bbox"] = new JsonArray(new JsonArray(box.MinX, box.MinY, box.MaxX, box.MaxY)), ["crs"] = Crs84 },
            ["temporal"] = new JsonObject { ["interval"] = new JsonArray(new JsonArray(begin, end)), ["trs"] = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian" },
        };
    }
}
