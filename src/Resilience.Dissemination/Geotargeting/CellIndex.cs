using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Geometries.Utilities;

namespace Resilience.Dissemination.Geotargeting;

/// <summary>
/// Which subscribers an area concerns. An immutable grid of <see cref="Cell"/>s; blocks of cells that lie wholly inside the area
/// are taken without looking at single cells, the others are tested exactly. A boundary that only touches a cell counts as inside.
/// </summary>
/// <remarks>Straight edges are straight in longitude/latitude, as CAP receivers draw them. Thread-safe.</remarks>
public sealed class CellIndex<T>
{
    // A block of 32 × 32 cells (0.32°): few enough to look at all that an area's box meets, small enough that most lie wholly in or out.
    private const int BlockSize = 32;

    private readonly Dictionary<(int Column, int Row), List<(Cell Cell, T Item)>> _blocks = [];

    /// <summary>Builds the index.</summary>
    public CellIndex(IEnumerable<(Cell Cell, T Item)> items)
    {
        foreach (var item in items)
        {
            var block = (item.Cell.Column / BlockSize, item.Cell.Row / BlockSize);
            if (!_blocks.TryGetValue(block, out var list))
            {
                _blocks[block] = list = [];
            }

            list.Add(item);
            Count++;
        }
    }

    /// <summary>How many items it holds.</summary>
    public int Count { get; }

    /// <summary>
    /// Lists the items whose cell the area touches, each once. An empty area concerns nobody. An area drawn on beyond ±180° concerns
    /// people on the other side of the antimeridian, and so does one whose edge runs along it.
    /// </summary>
    public IEnumerable<T> ListConcerned(Geometry area)
    {
        var box = area.EnvelopeInternal;
        return area.IsEmpty ? []
            : box.MinX > -180 && box.MaxX < 180 ? ListOnThisSide(area)
            : new[] { 0, -360, 360 }.Select(shift => shift == 0 ? area : AffineTransformation.TranslationInstance(shift, 0).Transform(area))
                .Where(part => part.EnvelopeInternal.MinX <= 180 && part.EnvelopeInternal.MaxX >= -180).SelectMany(ListOnThisSide).Distinct();
    }

    private IEnumerable<T> ListOnThisSide(Geometry area)
    {

        var prepared = PreparedGeometryFactory.Prepare(area);
        var locator = area is IPolygonal ? new IndexedPointInAreaLocator(area) : null;
        foreach (var list in ListBlocks(area.EnvelopeInternal))
        {
            var (whole, touched) = Compare(prepared, list[0].Cell);
            if (!touched)
            {
                continue;
            }

            foreach (var (cell, item) in list)
            {
                if (whole || IsConcerned(prepared, locator, cell))
                {
                    yield return item;
                }
            }
        }
    }

    // Most cells' centres lie inside; only where they do not is the rectangle itself compared.
    private static bool IsConcerned(IPreparedGeometry prepared, IndexedPointInAreaLocator? locator, Cell cell)
    {
        var (longitude, latitude) = cell.Centre;
        return (locator is not null && locator.Locate(new Coordinate(longitude, latitude)) != Location.Exterior) || prepared.Intersects(cell.Rectangle);
    }

    private static (bool Whole, bool Touched) Compare(IPreparedGeometry prepared, Cell anyCellOfBlock)
    {
        var column = anyCellOfBlock.Column / BlockSize * BlockSize;
        var row = anyCellOfBlock.Row / BlockSize * BlockSize;
        var first = new Cell(column, row);
        var last = new Cell(column + BlockSize, row + BlockSize);
        var block = Core.Geography.Wgs84.Factory.ToGeometry(new Envelope(first.West, last.West, first.South, last.South));
        return prepared.Covers(block) ? (true, true) : (false, prepared.Intersects(block));
    }

    private IEnumerable<List<(Cell Cell, T Item)>> ListBlocks(Envelope box)
    {
        // A world-wide area meets more blocks than there are full ones: then walk those instead.
        var low = Cell.Of(Math.Clamp(box.MinX, -180, 180), Math.Clamp(box.MinY, -90, 90));
        var high = Cell.Of(Math.Clamp(box.MaxX, -180, 180), Math.Clamp(box.MaxY, -90, 90));

        // A boundary that runs along a cell's edge touches the neighbour too.
        var (west, south) = (Math.Max(0, low.Column - 1) / BlockSize, Math.Max(0, low.Row - 1) / BlockSize);
        var (east, north) = (high.Column / BlockSize, high.Row / BlockSize);
        if ((long)(east - west + 1) * (north - south + 1) > _blocks.Count)
        {
            return _blocks.Where(block => block.Key.Column >= west && block.Key.Column <= east && block.Key.Row >= south && block.Key.Row <= north).Select(block => block.Value);
        }

        return Enumerate();

        IEnumerable<List<(Cell Cell, T Item)>> Enumerate()
        {
            for (var row = south; row <= north; row++)
            {
                for (var column = west; column <= east; column++)
                {
                    if (_blocks.TryGetValue((column, row), out var list))
                    {
                        yield return list;
                    }
                }
            }
        }
    }
}
