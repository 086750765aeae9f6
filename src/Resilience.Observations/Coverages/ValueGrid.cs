using Resilience.Observations.Coverages.Reading;

namespace Resilience.Observations.Coverages;

/// <summary>A raster of values in degrees, north up: for example people for each cell. Read from a GeoTIFF (OGC 19-008r4).</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="West">Longitude of the left edge.</param>
/// <param name="North">Latitude of the upper edge.</param>
/// <param name="CellWidth">Degrees of longitude of a cell.</param>
/// <param name="CellHeight">Degrees of latitude of a cell.</param>
/// <param name="Values">Row by row from the upper left; NaN where there is no value.</param>
public sealed record ValueGrid(int Width, int Height, double West, double North, double CellWidth, double CellHeight, float[] Values)
{
    /// <summary>Reads the first band. Throws <see cref="InvalidDataException"/> with a sentence for people: what cannot be read whole is not used.</summary>
    public static ValueGrid Read(byte[] file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            var tags = TiffDirectory.Read(file);
            var place = GeoReference.Read(tags);
            var (corner, right, down) = (place.At(0, 0), place.At(1, 0), place.At(0, 1));
            if (!place.IsGeographic || right.Y != corner.Y || down.X != corner.X || right.X <= corner.X || down.Y >= corner.Y)
            {
                throw new InvalidDataException($"The grid lies in {place.Crs} or is turned; only grids in longitude and latitude with north up are summed, because resampling would move people.");
            }

            var (width, height, values) = ReadRaster.Values(file, tags, 1, cancellationToken);
            return new ValueGrid(width, height, corner.X, corner.Y, (place.At(width, 0).X - corner.X) / width, (corner.Y - place.At(0, height).Y) / height, values);
        }
        catch (RasterFault fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }
}
