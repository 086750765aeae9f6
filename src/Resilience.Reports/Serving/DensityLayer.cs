using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Reports.Density;
using Resilience.Storage;

namespace Resilience.Reports.Serving;

/// <summary>
/// Map layer <c>reports.density</c>: in which cells how many different origins reported in the last hours, never fewer than
/// <see cref="FormCrowds.Least"/> (see <see cref="FormCrowds"/> for what that excludes). A cell does not count again who is counted in
/// a finer cell inside it.
/// </summary>
public sealed class DensityLayer(Store store) : IMapLayer
{
    /// <inheritdoc/>
    public string Name => ReportLayers.Density;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReportsDb>();
        var rows = await db.ShownCells.Where(cell => cell.LayerVersion > version && (version > 0 || cell.Origins > 0)).OrderBy(cell => cell.LayerVersion).ThenBy(cell => cell.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(Feature)];
    }

    /// <summary>The cell as everybody may see it.</summary>
    internal static MapFeature Feature(ShownCell cell)
    {
        if (cell.Origins == 0)
        {
            return new MapFeature(cell.Id, cell.LayerVersion, default);
        }

        var grid = new GridCell(cell.Level, cell.X, cell.Y);
        var (west, south, east, north) = (grid.West, grid.South, grid.West + grid.Side, grid.South + grid.Side);
        var count = Bucket.Of(cell.Origins);
        var parts = SumCrowds.Read(cell.Parts).OrderByDescending(part => Bucket.Of(part.Value).AtLeast).ThenBy(part => part.Key, StringComparer.Ordinal)
            .Select(part => (part.Key, Count: Bucket.Of(part.Value))).Select(part => new DensityPart(part.Key, part.Count.AtLeast, part.Count.AtMost));
        var properties = new DensityProperties(
            cell.Id, cell.Level, Math.Round(grid.HeightKm), count.AtLeast, count.AtMost, [.. parts], cell.Since, cell.Until, (int)PublishDensity.Window.TotalHours, cell.Exercise);
        double[][][] ring = [[[west, south], [east, south], [east, north], [west, north], [west, south]]];
        return new MapFeature(cell.Id, cell.LayerVersion, JsonSerializer.SerializeToUtf8Bytes(
            new DensityFeature("Feature", cell.Id, new PolygonGeometry("Polygon", ring), properties), ReportsJson.Default.DensityFeature));
    }
}

/// <summary>The layer as it was at a moment. Ahead of now: the crowds known now that are still in the window then.</summary>
public sealed class DensityHistory(Store store) : IMapHistory
{
    /// <inheritdoc/>
    public string Name => ReportLayers.Density;

    /// <inheritdoc/>
    public Audience Audience => Audience.Public;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListAtAsync(DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReportsDb>();
        var crowds = await db.Crowds.Where(crowd => crowd.PublishedAt <= at && crowd.Until > at).ToListAsync(cancellationToken);
        return [.. SumCrowds.ByCell(crowds, 0).Select(DensityLayer.Feature)];
    }
}
