using NetTopologySuite.Geometries;
using Resilience.Observations.Coverages;

namespace Resilience.Observations.Storing;

/// <summary>A raster as a payload gives it: the areas of its classes.</summary>
/// <param name="Time">Phenomenon time, unshifted.</param>
/// <param name="Mapping">How it was read.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Crs">Its coordinate reference system.</param>
/// <param name="SeenShare">Share of pixels with a value.</param>
/// <param name="Frame">Its outline.</param>
/// <param name="Extents">One for each class of the mapping, in its order.</param>
public sealed record ParsedCoverage(
    DateTimeOffset Time, CoverageMapping Mapping, int Width, int Height, string Crs, double SeenShare, Geometry Frame, IReadOnlyList<ParsedExtent> Extents);

/// <summary>Where one class is reached.</summary>
/// <param name="Area">MultiPolygon; null where no pixel reaches it.</param>
/// <param name="SquareKilometres">Size of its pixels.</param>
/// <param name="Coarsening">Pixels a side joined to one.</param>
public sealed record ParsedExtent(MultiPolygon? Area, double SquareKilometres, int Coarsening);
