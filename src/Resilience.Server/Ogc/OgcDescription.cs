using System.Text.Json.Nodes;

namespace Resilience.Server.Ogc;

/// <summary>The API in OpenAPI 3.0, one path per collection: every parameter that is allowed stands here, all others are refused.</summary>
internal static class OgcDescription
{
    internal static JsonObject Of(string root)
    {
        var paths = new JsonObject
        {
            ["/"] = Get("landing", "The landing page", OgcDocuments.Json, "landingPage"),
            ["/conformance"] = Get("conformance", "What this API conforms to", OgcDocuments.Json, "confClasses"),
            ["/api"] = Get("api", "This description", OgcDocuments.OpenApi, null),
            ["/collections"] = Get("collections", "The collections", OgcDocuments.Json, "collections"),
        };
        foreach (var collection in OgcCollection.All)
        {
            var (path, name) = ($"/collections/{collection.Id}", collection.Id.Replace('-', '_'));
            paths[path] = Get($"describe_{name}", collection.Description, OgcDocuments.Json, "collection");
            paths[$"{path}/items"] = Get($"items_{name}", $"{collection.Title}: the features", OgcDocuments.GeoJson, "featureCollection", "limit", "bbox", "datetime", "after");
            paths[$"{path}/items/{{featureId}}"] = Get($"item_{name}", $"{collection.Title}: one feature", OgcDocuments.GeoJson, "feature", "featureId");
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject
            {
                ["title"] = "Resilience: OGC API – Features",
                ["version"] = "1.0.0",
                ["description"] = "Hazards, risk zones, stations and alerts in force. Positions are WGS 84 longitude, latitude (CRS84), times UTC.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = root }),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["parameters"] = Parameters(), ["schemas"] = Schemas(), ["responses"] = Errors() },
        };
    }

    private static JsonObject Get(string operation, string summary, string type, string? schema, params string[] parameters)
    {
        JsonObject content = schema is null ? [] : new JsonObject { ["schema"] = Reference("schemas", schema) };
        var responses = new JsonObject
        {
            ["200"] = new JsonObject { ["description"] = summary, ["content"] = new JsonObject { [type] = content } },
            ["400"] = Reference("responses", "Invalid"),
            ["500"] = Reference("responses", "Failed"),
            ["503"] = Reference("responses", "NotReady"),
        };
        if (parameters.Contains("featureId"))
        {
            responses["404"] = Reference("responses", "NotFound");
        }

        return new JsonObject
        {
            ["get"] = new JsonObject
            {
                ["operationId"] = operation,
                ["summary"] = summary,
                ["parameters"] = new JsonArray([.. parameters.Append("f").Select(name => Reference("parameters", name))]),
                ["responses"] = responses,
            },
        };
    }

    private static JsonObject Parameters() => new()
    {
        ["f"] = Parameter("f", "The format; there is only one.", new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("json"), ["default"] = "json" }),
        ["limit"] = Parameter("limit", "At most so many features in one answer.", new JsonObject
        {
            ["type"] = "integer",
            ["minimum"] = 1,
            ["maximum"] = ItemQuery.MostLimit,
            ["default"] = ItemQuery.DefaultLimit,
        }),
        ["bbox"] = Parameter("bbox", "Only features that touch this box: west, south, east, north (or with heights, which are ignored) in CRS84. West above east crosses the antimeridian.", new JsonObject
        {
            ["type"] = "array",
            ["oneOf"] = new JsonArray(new JsonObject { ["minItems"] = 4, ["maxItems"] = 4 }, new JsonObject { ["minItems"] = 6, ["maxItems"] = 6 }),
            ["items"] = new JsonObject { ["type"] = "number" },
        }),
        ["datetime"] = Parameter("datetime", "Only features of this time: a moment (RFC 3339), or two separated by /, of which one may be .. for open.", new JsonObject { ["type"] = "string" }),
        ["after"] = Parameter("after", "Only features whose id follows this one; next links carry it.", new JsonObject { ["type"] = "string" }),
        ["featureId"] = new JsonObject
        {
            ["name"] = "featureId",
            ["in"] = "path",
            ["required"] = true,
            ["description"] = "The feature's id.",
            ["schema"] = new JsonObject { ["type"] = "string" },
        },
    };

    private static JsonObject Parameter(string name, string description, JsonObject schema) => new()
    {
        ["name"] = name,
        ["in"] = "query",
        ["required"] = false,
        ["description"] = description,
        ["style"] = "form",
        ["explode"] = false,
        ["schema"] = schema,
    };

    private static JsonObject Schemas() => new()
    {
        ["link"] = Schema(["href", "rel"], ("href", Text()), ("rel", Text()), ("type", Text()), ("title", Text())),
        ["landingPage"] = Schema(["links"], ("title", Text()), ("description", Text()), ("links", List(Reference("schemas", "link")))),
        ["confClasses"] = Schema(["conformsTo"], ("conformsTo", List(Text()))),
        ["collection"] = Schema(
            ["id", "links"], ("id", Text()), ("title", Text()), ("description", Text()), ("itemType", Text()), ("crs", List(Text())), ("extent", Any()), ("links", List(Reference("schemas", "link")))),
        ["collections"] = Schema(["links", "collections"], ("links", List(Reference("schemas", "link"))), ("collections", List(Reference("schemas", "collection")))),
        ["feature"] = Schema(
            ["type", "geometry", "properties"], ("type", Text()), ("id", Text()), ("geometry", Any(nullable: true)), ("properties", Any(nullable: true)), ("links", List(Reference("schemas", "link")))),
        ["featureCollection"] = Schema(
            ["type", "features"], ("type", Text()), ("features", List(Reference("schemas", "feature"))), ("links", List(Reference("schemas", "link"))),
            ("timeStamp", Text()), ("numberMatched", Whole()), ("numberReturned", Whole())),
        ["problem"] = Schema(["status"], ("status", Whole()), ("title", Text()), ("detail", Text()), ("code", Text())),
    };

    private static JsonObject Errors() => new()
    {
        ["Invalid"] = Error("A parameter is unknown or has a value that is not allowed."),
        ["NotFound"] = Error("There is no such feature now."),
        ["Failed"] = Error("The server failed."),
        ["NotReady"] = Error("The server has not read its database yet."),
    };

    private static JsonObject Error(string description) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = Reference("schemas", "problem") } },
    };

    private static JsonObject Schema(string[] required, params (string Name, JsonObject Schema)[] properties) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]),
        ["properties"] = new JsonObject(properties.Select(property => KeyValuePair.Create(property.Name, (JsonNode?)property.Schema))),
    };

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject Whole() => new() { ["type"] = "integer", ["minimum"] = 0 };

    private static JsonObject Any(bool nullable = false) => new() { ["type"] = "object", ["nullable"] = nullable };

    private static JsonObject List(JsonObject of) => new() { ["type"] = "array", ["items"] = of };

    private static JsonObject Reference(string kind, string name) => new() { ["$ref"] = $"#/components/{kind}/{name}" };
}
