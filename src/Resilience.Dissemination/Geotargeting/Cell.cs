using NetTopologySuite.Geometries;
using Resilience.Core.Geography;

namespace Resilience.Dissemination.Geotargeting;

/// <summary>
/// A cell of 0.01° × 0.01° (about 1.1 km north–south, less east–west): as much as we know of where a subscriber is. An alert
/// concerns the subscriber when its area touches the cell, so nobody inside the area is missed and nobody further than one
/// cell's diagonal (1.6 km) outside it is woken.
/// </summary>
public readonly record struct Cell(int Column, int Row)
{
    /// <summary>Cells in a degree.</summary>
    public const int PerDegree = 100;

    /// <summary>The cell of a position. Longitude 180 and latitude 90 belong to the last cell.</summary>
    public static Cell Of(double longitude, double latitude) => new(
        Math.Min((int)Math.Floor((longitude + 180) * PerDegree), (360 * PerDegree) - 1),
        Math.Min((int)Math.Floor((latitude + 90) * PerDegree), (180 * PerDegree) - 1));

    /// <summary>West edge, degrees.</summary>
    public double West => (Column / (double)PerDegree) - 180;

    /// <summary>South edge, degrees.</summary>
    public double South => (Row / (double)PerDegree) - 90;

    /// <summary>Centre, degrees.</summary>
    public (double Longitude, double Latitude) Centre => (((Column + 0.5) / PerDegree) - 180, ((Row + 0.5) / PerDegree) - 90);

    /// <summary>The cell as a rectangle, edges included.</summary>
    public Geometry Rectangle => Wgs84.Factory.ToGeometry(new Envelope(West, ((Column + 1) / (double)PerDegree) - 180, South, ((Row + 1) / (double)PerDegree) - 90));
}
