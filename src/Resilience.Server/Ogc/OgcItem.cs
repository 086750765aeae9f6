using System.Runtime.CompilerServices;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Resilience.Core.Chain;
using Resilience.Core.Geography;
using Resilience.Server.LiveMap;

namespace Resilience.Server.Ogc;

/// <summary>One feature with what requests select by: read once per change, however often it is asked for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Json">The GeoJSON Feature.</param>
/// <param name="Geometry">Where; null for nowhere.</param>
/// <param name="Begin">Since when; null when it has no time.</param>
/// <param name="End">Until when; null when open.</param>
internal sealed record OgcItem(string Id, ReadOnlyMemory<byte> Json, Geometry? Geometry, DateTimeOffset? Begin, DateTimeOffset? End)
{
    private static readonly ConditionalWeakTable<LayerState, OgcItem[]> Lists = [];
    private static readonly ConditionalWeakTable<MapFeature, OgcItem> Items = [];

    /// <summary>The features of a state by id, in ordinal order: the order of the pages.</summary>
    internal static OgcItem[] ListOf(LayerState state, OgcCollection collection) => Lists.GetValue(state, key =>
        [.. key.Features.Values.Select(feature => Items.GetValue(feature, one => Read(one, collection))).OrderBy(item => item.Id, StringComparer.Ordinal)]);

    private static OgcItem Read(MapFeature feature, OgcCollection collection)
    {
        using var json = JsonDocument.Parse(feature.Json);
        var properties = json.RootElement.GetProperty("properties");
        DateTimeOffset? Time(string name) =>
            properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var time) ? time : null;
        var begin = collection.From.Select(Time).FirstOrDefault(time => time is not null);
        var end = collection.Instant ? begin : collection.Until is { } until ? Time(until) : null;
        return new OgcItem(feature.Id, feature.Json, ReadGeometry(json.RootElement.GetProperty("geometry")), begin, end);
    }

    private static Geometry? ReadGeometry(JsonElement geometry)
    {
        if (geometry.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var coordinates = geometry.GetProperty("coordinates");
        return geometry.GetProperty("type").GetString() switch
        {
            "Point" => Wgs84.Factory.CreatePoint(Position(coordinates)),
            "LineString" => Wgs84.Factory.CreateLineString([.. coordinates.EnumerateArray().Select(Position)]),
            "Polygon" => Polygon(coordinates),
            "MultiPolygon" => Wgs84.Factory.CreateMultiPolygon([.. coordinates.EnumerateArray().Select(Polygon)]),
            var other => throw new InvalidDataException($"A layer of the map has a geometry of type {other}."),
        };
    }

    private static Polygon Polygon(JsonElement rings)
    {
        var read = rings.EnumerateArray().Select(ring => Wgs84.Factory.CreateLinearRing([.. ring.EnumerateArray().Select(Position)])).ToList();
        return Wgs84.Factory.CreatePolygon(read[0], [.. read.Skip(1)]);
    }

    private static Coordinate Position(JsonElement position) => new(position[0].GetDouble(), position[1].GetDouble());
}
