using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Server.LiveMap;

namespace Resilience.Server.Ogc;

/// <summary>
/// OGC API – Features, Part 1 (core, GeoJSON, OpenAPI 3.0) under <c>/ogc</c>: the public layers of the live map for QGIS and other programs.
/// It reads the live copy of the layers, so no request reaches the database.
/// </summary>
internal static class OgcApi
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    internal static void MapOgc(this WebApplication app)
    {
        var ogc = app.MapGroup("/ogc").WithTags("Ogc").ExcludeFromDescription().AddEndpointFilter((context, next) =>
        {
            // Public data without cookies: any page may read it.
            context.HttpContext.Response.Headers.AccessControlAllowOrigin = "*";
            return next(context);
        });
        ogc.MapMethods("/", Reading, (HttpContext http) => Document(http, OgcDocuments.Landing));
        ogc.MapMethods("/conformance", Reading, (HttpContext http) => Document(http, _ => OgcDocuments.Conforms()));
        ogc.MapMethods("/api", Reading, (HttpContext http) => Document(http, OgcDescription.Of, OgcDocuments.OpenApi));
        ogc.MapMethods("/collections", Reading, (HttpContext http, MapFanOut map) => Document(
            http, root => OgcDocuments.Collections(root, OgcCollection.All.Select(collection => (collection, Items(map, collection))))));
        ogc.MapMethods("/collections/{id}", Reading, (HttpContext http, MapFanOut map, string id) =>
        {
            var collection = Get(id);
            return Document(http, root => OgcDocuments.Collection(root, collection, Items(map, collection)));
        });
        ogc.MapMethods("/collections/{id}/items", Reading, Features);
        ogc.MapMethods("/collections/{id}/items/{**feature}", Reading, Feature);
    }

    private static IResult Document(HttpContext http, Func<string, JsonObject> write, string type = OgcDocuments.Json)
    {
        ItemQuery.Check(http.Request.Query, "f");
        return Results.Text(write(Root(http)).ToJsonString(), type);
    }

    private static IResult Features(HttpContext http, MapFanOut map, TimeProvider clock, string id)
    {
        var collection = Get(id);
        var query = ItemQuery.Of(http.Request.Query);
        var selected = Items(map, collection).Where(query.Selects).ToList();
        var rest = query.After is { } after ? [.. selected.SkipWhile(item => string.CompareOrdinal(item.Id, after) <= 0)] : selected;
        var page = rest.Take(query.Limit).ToList();

        var root = Root(http);
        var address = $"{root}/collections/{collection.Id}/items";
        var links = new JsonArray(
            OgcDocuments.Link(address + http.Request.QueryString, "self", OgcDocuments.GeoJson, "This page"),
            OgcDocuments.Link($"{root}/collections/{collection.Id}", "collection", OgcDocuments.Json, collection.Title));
        if (page.Count < rest.Count)
        {
            var parameters = http.Request.Query.Where(one => one.Key != "after").SelectMany(one => one.Value, (one, value) => KeyValuePair.Create(one.Key, value))
                .Append(KeyValuePair.Create("after", (string?)page[^1].Id));
            links.Add(OgcDocuments.Link(address + QueryString.Create(parameters), "next", OgcDocuments.GeoJson, "The next page"));
        }

        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteString("timeStamp", OgcDocuments.Time(clock.GetUtcNow()));
            json.WriteNumber("numberMatched", selected.Count);
            json.WriteNumber("numberReturned", page.Count);
            json.WritePropertyName("links");
            links.WriteTo(json);
            json.WriteStartArray("features");
            page.ForEach(item => json.WriteRawValue(item.Json.Span, skipInputValidation: true));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Results.Bytes(buffer.WrittenMemory, OgcDocuments.GeoJson);
    }

    private static IResult Feature(HttpContext http, MapFanOut map, string id, string feature)
    {
        ItemQuery.Check(http.Request.Query, "f");
        var collection = Get(id);
        // Routing leaves an escaped slash as it came.
        var wanted = feature.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        var item = Array.Find(Items(map, collection), one => one.Id == wanted)
            ?? throw new RefusalException("ogc.no-feature", $"There is no feature '{wanted}' in '{id}' now.", StatusCodes.Status404NotFound);
        var address = $"{Root(http)}/collections/{collection.Id}";
        var json = JsonNode.Parse(item.Json.Span)!.AsObject();
        json["links"] = new JsonArray(
            OgcDocuments.Link($"{address}/items/{Uri.EscapeDataString(item.Id)}", "self", OgcDocuments.GeoJson, "This feature"),
            OgcDocuments.Link(address, "collection", OgcDocuments.Json, collection.Title));
        return Results.Text(json.ToJsonString(), OgcDocuments.GeoJson);
    }

    private static OgcCollection Get(string id) => OgcCollection.All.FirstOrDefault(one => one.Id == id)
        ?? throw new RefusalException("ogc.no-collection", $"There is no collection '{id}'.", StatusCodes.Status404NotFound);

    /// <summary>The collection's features now. What could not be read yet is not told as empty, and what is not public is not told.</summary>
    private static OgcItem[] Items(MapFanOut map, OgcCollection collection) => map.Find(collection.Layer) switch
    {
        { Audience: Audience.Public, IsRead: true } feed => OgcItem.ListOf(feed.State, collection),
        { Audience: Audience.Public } => throw new RefusalException("server.not-ready", "The layer has not been read yet; try again in a moment.", StatusCodes.Status503ServiceUnavailable),
        _ => throw new InvalidOperationException($"There is no public layer {collection.Layer}."),
    };

    private static string Root(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/ogc";
}
