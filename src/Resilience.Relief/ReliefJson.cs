using System.Text.Json;
using System.Text.Json.Serialization;
using Resilience.Core.Chain;

namespace Resilience.Relief;

/// <summary>GeoJSON features of this module's layers, names as in the faces' contract.</summary>
internal static class ReliefJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    internal static MapFeature PointFeature<T>(Guid id, long version, double longitude, double latitude, T properties) => new(id.ToString(), version, JsonSerializer.SerializeToUtf8Bytes(
        new { type = "Feature", id, geometry = new { type = "Point", coordinates = new[] { longitude, latitude } }, properties }, Options));

    internal static MapFeature Gone(Guid id, long version) => new(id.ToString(), version, ReadOnlyMemory<byte>.Empty);
}
