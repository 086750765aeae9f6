using System.Buffers;
using System.Text.Json;
using Resilience.Core.Chain;
using Resilience.Risk.Exposing;
using Resilience.Risk.Exposing.Reading;

namespace Resilience.Risk.Serving.Exposed;

/// <summary>The critical sites that are not restricted as a layer for programs (OGC API – Features); the dashboard draws the same from tiles.</summary>
public sealed class SiteLayer(Exposure exposure) : IMapLayer
{
    /// <summary>The layer's name.</summary>
    public const string Layer = "risk.sites";

    /// <inheritdoc/>
    public string Name => Layer;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<MapFeature>>(
        version >= exposure.Data.Version ? [] : [.. exposure.Data.OpenSites.Select(site => new MapFeature(site.Id, exposure.Data.Version, Feature(site)))]);

    private static ReadOnlyMemory<byte> Feature(ExposedSite site) => WriteFeature.Of(
        site.Id, "Point", json => WriteFeature.Position(json, site.Longitude, site.Latitude), json =>
        {
            json.WriteString("name", site.Name);
            json.WriteString("kind", site.Kind);
            if (site.Capacity is { } capacity)
            {
                json.WriteNumber("capacity", capacity);
            }
            else
            {
                json.WriteNull("capacity");
            }
        });
}

/// <summary>The roads as a layer for programs (OGC API – Features); the dashboard draws the same from tiles.</summary>
public sealed class RoadLayer(Exposure exposure) : IMapLayer
{
    /// <summary>The layer's name.</summary>
    public const string Layer = "risk.roads";

    /// <inheritdoc/>
    public string Name => Layer;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<MapFeature>>(
        version >= exposure.Data.Version ? [] : [.. exposure.Data.Roads.Select((road, number) => Feature(road, $"road-{number + 1}"))]);

    private MapFeature Feature(Road road, string id) => new(id, exposure.Data.Version, WriteFeature.Of(
        id, "LineString", json =>
        {
            json.WriteStartArray();
            foreach (var corner in road.Line.Coordinates)
            {
                WriteFeature.Position(json, corner.X, corner.Y);
            }

            json.WriteEndArray();
        },
        json =>
        {
            json.WriteString("name", road.Name);
            json.WriteString("class", road.Class);
        }));
}

/// <summary>Writes a GeoJSON feature (RFC 7946).</summary>
internal static class WriteFeature
{
    internal static ReadOnlyMemory<byte> Of(string id, string type, Action<Utf8JsonWriter> coordinates, Action<Utf8JsonWriter> properties)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WriteString("id", id);
            json.WriteStartObject("geometry");
            json.WriteString("type", type);
            json.WritePropertyName("coordinates");
            coordinates(json);
            json.WriteEndObject();
            json.WriteStartObject("properties");
            json.WriteString("id", id);
            properties(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    internal static void Position(Utf8JsonWriter json, double longitude, double latitude)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Math.Round(longitude, 6));
        json.WriteNumberValue(Math.Round(latitude, 6));
        json.WriteEndArray();
    }
}
