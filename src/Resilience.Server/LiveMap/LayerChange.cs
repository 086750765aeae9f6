using System.Text.Json.Serialization;
using MessagePack;

namespace Resilience.Server.LiveMap;

/// <summary>What changed on a layer between two versions, as one connection gets it.</summary>
/// <param name="From">The version the client must have; 0 for a snapshot, which replaces the layer.</param>
/// <param name="Version">
/// The version the client has afterwards. Parts of a large snapshot count down from −1 until the last carries the real one, so a
/// client that loses its connection half-way knows, and says, that it has no complete layer.
/// </param>
/// <param name="Upsert">GeoJSON Feature texts.</param>
/// <param name="Remove">Ids of features that left.</param>
[MessagePackObject]
public sealed record LayerChange(
    [property: Key("from"), JsonPropertyName("from")] long From,
    [property: Key("version"), JsonPropertyName("version")] long Version,
    [property: Key("upsert"), JsonPropertyName("upsert")] IReadOnlyList<Utf8Text> Upsert,
    [property: Key("remove"), JsonPropertyName("remove")] IReadOnlyList<string> Remove);
