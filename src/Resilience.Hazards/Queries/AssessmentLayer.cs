using System.Buffers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Hazards.Queries;

/// <summary>The stations' present assessments on the live map; feature id = station id.</summary>
public sealed class AssessmentLayer(Store store) : IMapLayer
{
    /// <inheritdoc/>
    public string Name => AssessHazards.Layer;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        await using var db = store.Read<HazardsDb>();
        var rows = await db.Current.Where(row => row.LayerVersion > version)
            .Join(db.Assessments, row => row.AssessmentId, row => row.Id, (row, assessment) => new { row.LayerVersion, assessment })
            .OrderBy(row => row.LayerVersion).ThenBy(row => row.assessment.StationId).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new MapFeature(row.assessment.StationId, row.LayerVersion, ToFeature(row.assessment)))];
    }

    internal static ReadOnlyMemory<byte> ToFeature(HazardAssessment assessment)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", assessment.StationId);
        json.WriteStartObject("geometry");
        json.WriteString("type", "Point");
        json.WriteStartArray("coordinates");
        json.WriteNumberValue(assessment.Location.Coordinate.X);
        json.WriteNumberValue(assessment.Location.Coordinate.Y);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WritePropertyName("properties");
        JsonSerializer.Serialize(json, AssessmentView.Of(assessment), HazardsJson.Default.AssessmentView);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
