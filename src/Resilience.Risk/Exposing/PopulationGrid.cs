using NetTopologySuite.Geometries;
using Resilience.Observations.Coverages;

namespace Resilience.Risk.Exposing;

/// <summary>The cells of a grid inside an area.</summary>
/// <param name="People">People in those that have a value.</param>
/// <param name="Cells">How many there are.</param>
/// <param name="Unknown">How many of them have no value.</param>
public sealed record CellCount(double People, long Cells, long Unknown);

/// <summary>
/// People for each cell of a grid in degrees, as WorldPop and GHS-POP give them. A cell belongs to an area when its middle does: on a
/// border half the cells err to one side and half to the other. Immutable and thread-safe.
/// </summary>
public sealed class PopulationGrid
{
    /// <summary>So near to a cell with a value a place's people are taken to be in the grid: about the size of a village.</summary>
    private const double NearKm = 2;

    private readonly ValueGrid _grid;

    /// <summary>Takes a grid; of cells without a value or below zero it knows nothing.</summary>
    public PopulationGrid(ValueGrid grid, string name)
    {
        ArgumentNullException.ThrowIfNull(grid);
        (_grid, Name) = (grid, name);
        Frame = new Envelope(grid.West, grid.West + (grid.Width * grid.CellWidth), grid.North - (grid.Height * grid.CellHeight), grid.North);
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>Where it has cells, with a value or without.</summary>
    public Envelope Frame { get; }

    /// <summary>Everybody in the grid.</summary>
    public double Everybody => _grid.Values.Sum(value => HasValue(value) ? (double)value : 0);

    /// <summary>
    /// Whether the people living around a position are counted by the grid: a cell within <see cref="NearKm"/> has a value. A country's grid is a
    /// rectangle without values beyond the border, where it knows nothing of the neighbours; but some grids have values only where houses stand, and
    /// a gazetteer's point may lie beside them.
    /// </summary>
    public bool Knows(double longitude, double latitude)
    {
        var east = NearKm / 111 / Math.Max(0.05, Math.Cos(latitude * Math.PI / 180));
        var (west, right) = ((int)Math.Floor((longitude - east - _grid.West) / _grid.CellWidth), (int)Math.Floor((longitude + east - _grid.West) / _grid.CellWidth));
        var (top, bottom) = ((int)Math.Floor((_grid.North - latitude - (NearKm / 111)) / _grid.CellHeight), (int)Math.Floor((_grid.North - latitude + (NearKm / 111)) / _grid.CellHeight));
        for (var row = Math.Max(0, top); row <= Math.Min(_grid.Height - 1, bottom); row++)
        {
            for (var column = Math.Max(0, west); column <= Math.Min(_grid.Width - 1, right); column++)
            {
                if (HasValue(_grid.Values[(row * _grid.Width) + column]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// The cells whose middle lies inside any of the polygons, each counted once: by where each row's middle line crosses the rings of one polygon,
    /// even-odd, the stretches of all then joined. Works on polygons that cross themselves too, where geometry operations lose ground.
    /// </summary>
    public CellCount Within(IReadOnlyList<Polygon> polygons)
    {
        ArgumentNullException.ThrowIfNull(polygons);
        var box = new Envelope();
        foreach (var polygon in polygons)
        {
            box.ExpandToInclude(polygon.EnvelopeInternal.Intersection(Frame));
        }

        if (box.IsNull)
        {
            return new CellCount(0, 0, 0);
        }

        var (first, last) = (Math.Max(0, (int)Math.Floor((_grid.North - box.MaxY) / _grid.CellHeight)), Math.Min(_grid.Height - 1, (int)Math.Ceiling((_grid.North - box.MinY) / _grid.CellHeight)));
        var rows = new List<(int From, int To)>?[last - first + 1];
        foreach (var polygon in polygons.Where(polygon => polygon.EnvelopeInternal.Intersects(Frame)))
        {
            var crossings = new List<double>?[rows.Length];
            polygon.Apply(new TakeEdges(crossings, first, _grid));
            for (var row = 0; row < rows.Length; row++)
            {
                if (crossings[row] is { } line)
                {
                    line.Sort();
                    AddStretches(rows[row] ??= [], line);
                }
            }
        }

        var count = new CellCount(0, 0, 0);
        for (var row = 0; row < rows.Length; row++)
        {
            count = rows[row] is { } stretches ? Add(count, first + row, stretches) : count;
        }

        return count;
    }

    private static bool HasValue(float value) => value >= 0;

    private void AddStretches(List<(int From, int To)> stretches, List<double> crossings)
    {
        for (var pair = 0; pair + 1 < crossings.Count; pair += 2)
        {
            var from = Math.Max(0, (int)Math.Ceiling(((crossings[pair] - _grid.West) / _grid.CellWidth) - 0.5));
            var to = Math.Min(_grid.Width, (int)Math.Ceiling(((crossings[pair + 1] - _grid.West) / _grid.CellWidth) - 0.5));
            if (from < to)
            {
                stretches.Add((from, to));
            }
        }
    }

    private CellCount Add(CellCount count, int row, List<(int From, int To)> stretches)
    {
        stretches.Sort();
        var (people, cells, unknown, next) = (count.People, count.Cells, count.Unknown, 0);
        foreach (var (from, to) in stretches)
        {
            for (var column = Math.Max(next, from); column < to; column++)
            {
                var value = _grid.Values[(row * _grid.Width) + column];
                people += HasValue(value) ? value : 0;
                unknown += HasValue(value) ? 0 : 1;
                cells++;
            }

            next = Math.Max(next, to);
        }

        return new CellCount(people, cells, unknown);
    }

    /// <summary>Notes where edges cross the rows' middle lines.</summary>
    private sealed class TakeEdges(List<double>?[] crossings, int first, ValueGrid grid) : IGeometryComponentFilter
    {
        public void Filter(Geometry component)
        {
            if (component is not LineString ring)
            {
                return;
            }

            var points = ring.CoordinateSequence;
            for (var i = 1; i < points.Count; i++)
            {
                Cross(points.GetX(i - 1), points.GetY(i - 1), points.GetX(i), points.GetY(i));
            }
        }

        private void Cross(double x1, double y1, double x2, double y2)
        {
            var (low, high) = y1 < y2 ? (y1, y2) : (y2, y1);
            var from = Math.Max(first, (int)Math.Floor((grid.North - high) / grid.CellHeight) - 1);
            var to = Math.Min(first + crossings.Length - 1, (int)Math.Ceiling((grid.North - low) / grid.CellHeight) + 1);
            for (var row = from; row <= to; row++)
            {
                var y = grid.North - ((row + 0.5) * grid.CellHeight);
                if (low <= y && y < high)
                {
                    (crossings[row - first] ??= []).Add(x1 + ((y - y1) / (y2 - y1) * (x2 - x1)));
                }
            }
        }
    }
}
