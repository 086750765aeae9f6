using System.Buffers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Hazards.Thresholds;
using Resilience.Observations.Queries;
using Resilience.Storage;

namespace Resilience.Hazards.Revising;

/// <summary>Layer <c>hazards.revisions</c>: thresholds that wait for a second person, without geometry. They leave it once decided.</summary>
public sealed class RevisionLayer(Store store, ObservationQueries observations) : IMapLayer
{
    /// <summary>Its name.</summary>
    public const string LayerName = "hazards.revisions";

    /// <inheritdoc/>
    public string Name => LayerName;

    /// <inheritdoc/>
    public Audience Audience => Audience.Coordinator;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        var rows = await db.Revisions.Where(row => row.LayerVersion > version && (version > 0 || row.State == RevisionState.Proposed)).OrderBy(row => row.LayerVersion).ThenBy(row => row.Id).ToListAsync(cancellationToken);
        var stations = (await observations.ListStationsAsync([.. rows.Select(row => row.StationId).Distinct()], cancellationToken)).ToDictionary(one => one.Id);
        return [.. rows.Select(row => new MapFeature(
            row.Id.ToString(), row.LayerVersion, row.State == RevisionState.Proposed ? ToFeature(row, stations.GetValueOrDefault(row.StationId)?.Name ?? row.StationId, stations.GetValueOrDefault(row.StationId)?.Exercise == true) : default(ReadOnlyMemory<byte>)))];
    }

    private static ReadOnlyMemory<byte> ToFeature(ThresholdRevision row, string stationName, bool exercise)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", row.Id);
        json.WriteNull("geometry");
        json.WriteStartObject("properties");
        json.WriteString("id", row.Id);
        json.WriteString("station", row.StationId);
        json.WriteString("stationName", stationName);
        json.WriteString("proposedBy", row.ProposedBy);
        json.WriteString("proposedByName", row.ProposedByName);
        json.WriteString("proposedAt", row.ProposedAt.UtcDateTime);
        json.WriteBoolean("exercise", exercise);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
