using NetTopologySuite.Geometries;

namespace Resilience.Observations.Coverages;

/// <summary>What the values of a coverage are.</summary>
public enum CoverageQuantity
{
    /// <summary>Open water as a satellite sees it, rivers and lakes included.</summary>
    FloodExtent,

    /// <summary>Rain fallen within the time the source states.</summary>
    RainAccumulation,

    /// <summary>Anything else; its classes say what.</summary>
    Other,
}

/// <summary>
/// One raster as it was received: when it was seen, of where, and what was seen of it. Its values are not kept, only the areas its thresholds
/// give (<see cref="CoverageExtent"/>); the raw file is kept as long as other raw answers.
/// </summary>
public sealed class Coverage
{
    /// <summary>Follows from feed, time and content.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its feed.</summary>
    public required string FeedId { get; init; }

    /// <summary>What its values are.</summary>
    public required CoverageQuantity Quantity { get; init; }

    /// <summary>Unit of the values, as the operator named it; empty for classes.</summary>
    public required string Unit { get; init; }

    /// <summary>When the instrument looked, or the end of the time accumulated over.</summary>
    public required DateTimeOffset PhenomenonTime { get; init; }

    /// <summary>When it reached us, on the chain's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>SHA-256 of the file, hexadecimal.</summary>
    public required string PayloadSha256 { get; init; }

    /// <summary>Columns.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Its coordinate reference system, for example <c>EPSG:32645</c>.</summary>
    public required string Crs { get; init; }

    /// <summary>Share of the pixels that carry a value, 0 to 1: clouds, shadow and the edge of the swath carry none.</summary>
    public required double SeenShare { get; init; }

    /// <summary>Outline of the raster: a Polygon, or a MultiPolygon where it crosses the antimeridian.</summary>
    public required Geometry Frame { get; init; }

    /// <summary>The mapping it was read with, as JSON: rule and parameters of the areas.</summary>
    public required string Mapping { get; init; }

    /// <summary>It belongs to a drill.</summary>
    public required bool Exercise { get; init; }

    /// <summary>It is its feed's newest by phenomenon time, the one on the map.</summary>
    public required bool Newest { get; init; }

    /// <summary>The version of layer <c>observations.extents</c> at which it last changed.</summary>
    public required long Version { get; init; }
}

/// <summary>Where a coverage reaches one of its classes.</summary>
public sealed class CoverageExtent
{
    /// <summary>Its coverage.</summary>
    public required Guid CoverageId { get; init; }

    /// <summary>Position of the class in <see cref="CoverageMapping.Classes"/>, from 0.</summary>
    public required int ClassIndex { get; init; }

    /// <summary>The class's name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The area as a MultiPolygon along the edges of pixels; null where no pixel reaches the class.</summary>
    public required Geometry? Area { get; init; }

    /// <summary>Size of the pixels in the class, before any coarsening, in square kilometres.</summary>
    public required double SquareKilometres { get; init; }

    /// <summary>How many pixels a side were joined to one to keep the area drawable; 1 when it is exact.</summary>
    public required int Coarsening { get; init; }
}
