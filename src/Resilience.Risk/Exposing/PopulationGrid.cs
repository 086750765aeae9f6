using NetTopologySuite.Geometries;
using Resilience.Observations.Coverages;

namespace Resilience.Risk.Exposing;

/// <summary>
/// People for each cell of a grid in degrees, as WorldPop and GHS-POP give them. A cell belongs to an area when its middle does: on a
/// border half the cells err to one side and half to the other. Immutable and thread-safe.
/// </summary>
public sealed class PopulationGrid
{
    private readonly ValueGrid _grid;

    /// <summary>Takes a grid; cells without a value or below zero hold nobody.</summary>
    public PopulationGrid(ValueGrid grid, string name)
    {
        ArgumentNullException.ThrowIfNull(grid);
        (_grid, Name) = (grid, name);
        Frame = new Envelope(grid.West, grid.West + (grid.Width * grid.CellWidth), grid.North - (grid.Height * grid.CellHeight), grid.North);
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>Where it has cells. Inside it the grid counts, outside the gazetteer.</summary>
    public Envelope Frame { get; }

    /// <summary>Everybody in the grid.</summary>
    public double Everybody => _grid.Values.Sum(value => value > 0 ? (double)value : 0);

    /// <summary>People of the cells whose middle lies inside the polygon: by where each row's middle line crosses its rings, even-odd.</summary>
    public double PeopleWithin(Geometry polygon)
    {
        ArgumentNullException.ThrowIfNull(polygon);
        var box = polygon.EnvelopeInternal.Intersection(Frame);
        if (box.IsNull)
        {
            return 0;
        }

        var (first, last) = (Math.Max(0, (int)Math.Floor((_grid.North - box.MaxY) / _grid.CellHeight)), Math.Min(_grid.Height - 1, (int)Math.Ceiling((_grid.North - box.MinY) / _grid.CellHeight)));
        var crossings = new List<double>[last - first + 1];
        var take = new TakeEdges(crossings, first, _grid);
        polygon.Apply(take);
        var people = 0.0;
        for (var row = first; row <= last; row++)
        {
            if (crossings[row - first] is not { } line)
            {
                continue;
            }

            line.Sort();
            for (var pair = 0; pair + 1 < line.Count; pair += 2)
            {
                people += Run(row, line[pair], line[pair + 1]);
            }
        }

        return people;
    }

    private double Run(int row, double west, double east)
    {
        var from = Math.Max(0, (int)Math.Ceiling(((west - _grid.West) / _grid.CellWidth) - 0.5));
        var to = Math.Min(_grid.Width, (int)Math.Ceiling(((east - _grid.West) / _grid.CellWidth) - 0.5));
        var people = 0.0;
        for (var column = from; column < to; column++)
        {
            var value = _grid.Values[(row * _grid.Width) + column];
            people += value > 0 ? value : 0;
        }

        return people;
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
