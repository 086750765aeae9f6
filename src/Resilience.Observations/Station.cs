using NetTopologySuite.Geometries;

namespace Resilience.Observations;

/// <summary>A place that measures.</summary>
public sealed class Station
{
    /// <summary>Source and its number, for example <c>usgs:02489500</c>; unique over all feeds.</summary>
    public required string Id { get; init; }

    /// <summary>The feed that first named it.</summary>
    public required string FeedId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; set; }

    /// <summary>Where it stands: a point in WGS 84.</summary>
    public required Geometry Location { get; set; }

    /// <summary>Height of the ground above the sea in metres, or null when no source says.</summary>
    public double? Elevation { get; set; }

    /// <summary>The river or lake, or null when the source does not say.</summary>
    public string? River { get; set; }

    /// <summary>Low end of the stage's typical range in <see cref="ReferenceUnit"/>, or null.</summary>
    public double? ReferenceLow { get; set; }

    /// <summary>High end of the stage's typical range in <see cref="ReferenceUnit"/>, or null.</summary>
    public double? ReferenceHigh { get; set; }

    /// <summary>Highest stage on record in <see cref="ReferenceUnit"/>, or null.</summary>
    public double? ReferenceRecord { get; set; }

    /// <summary>Unit of the reference values, or null when there are none.</summary>
    public string? ReferenceUnit { get; set; }

    /// <summary>Belongs to a drill; never mixed up with a real station.</summary>
    public required bool Exercise { get; set; }

    /// <summary>What was added to the record's real times; zero when live.</summary>
    public required TimeSpan TimeShift { get; set; }

    /// <summary>The datastream the map shows: stage if there is one. Null until a datastream is known.</summary>
    public string? MainDatastreamId { get; set; }

    /// <summary>The version of layer <c>observations.stations</c> at which it last changed.</summary>
    public long Version { get; set; }
}
