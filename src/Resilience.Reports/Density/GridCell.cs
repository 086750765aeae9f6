namespace Resilience.Reports.Density;

/// <summary>
/// A cell of the density grid: a square of 360°/2^level in longitude and latitude, counted from 180° W 90° S. The four cells of the next
/// level lie exactly in it. The upper and the right edge belong to the neighbour.
/// </summary>
/// <param name="Level">From <see cref="Coarsest"/> to <see cref="Finest"/>.</param>
/// <param name="X">Column, from the west.</param>
/// <param name="Y">Row, from the south.</param>
public readonly record struct GridCell(int Level, int X, int Y)
{
    /// <summary>5.6°, about 600 km: what is too thin even for this is not shown.</summary>
    public const int Coarsest = 6;

    /// <summary>0.09°, about 10 km: no place is known better than that.</summary>
    public const int Finest = 12;

    private const double KmPerDegree = 111.195;

    /// <summary>The cell's side in degrees.</summary>
    public double Side => SideAt(Level);

    /// <summary>The western edge, degrees.</summary>
    public double West => (X * Side) - 180;

    /// <summary>The southern edge, degrees.</summary>
    public double South => (Y * Side) - 90;

    /// <summary>The cell of the level above that this one lies in.</summary>
    public GridCell Parent => new(Level - 1, X >> 1, Y >> 1);

    /// <summary>Unique and stable.</summary>
    public string Id => FormattableString.Invariant($"{Level}-{X}-{Y}");

    /// <summary>From south to north, km.</summary>
    public double HeightKm => Side * KmPerDegree;

    /// <summary>
    /// The finest cell around a place that is known to a radius: neither height nor width (at its edge nearer to the pole) is below twice
    /// the radius. Null when even the coarsest is too fine, as for a province in the far north.
    /// </summary>
    public static GridCell? Around(double longitude, double latitude, double radiusKm)
    {
        for (var level = Finest; level >= Coarsest; level--)
        {
            var cell = At(longitude, latitude, level);
            var poleward = Math.Min(90, Math.Max(Math.Abs(cell.South), Math.Abs(cell.South + cell.Side)));
            if (cell.HeightKm * Math.Cos(poleward * Math.PI / 180) >= 2 * radiusKm)
            {
                return cell;
            }
        }

        return null;
    }

    /// <summary>The cell of a level that a point lies in.</summary>
    public static GridCell At(double longitude, double latitude, int level)
    {
        var (side, columns) = (SideAt(level), 1 << level);
        var x = Math.Clamp((int)Math.Floor((longitude + 180) / side), 0, columns - 1);
        var y = Math.Clamp((int)Math.Floor((latitude + 90) / side), 0, (columns / 2) - 1);
        return new GridCell(level, x, y);
    }

    private static double SideAt(int level) => 360d / (1 << level);
}
