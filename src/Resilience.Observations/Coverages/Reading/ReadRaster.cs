using System.Globalization;
using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Linq;
using BitMiracle.LibTiff.Classic;

namespace Resilience.Observations.Coverages.Reading;

/// <summary>
/// Reads a band of a GeoTIFF and classifies every pixel at once, so that memory holds one byte a pixel. A file that cannot be decoded to its
/// last row gives nothing: half a flood would read as dry land.
/// </summary>
internal static class ReadRaster
{
    /// <summary>As many pixels as 4,096 by 4,096: a Sentinel tile at 30 m, or the earth at a tenth of a degree twice over.</summary>
    internal const int MostPixels = 4_096 * 4_096;

    /// <summary>Largest piece (strip or tile) decoded at once, in bytes.</summary>
    private const long LargestPiece = 256L * 1024 * 1024;

    private const ushort GdalMetadata = 42112;
    private const ushort GdalNoData = 42113;

    static ReadRaster() => Tiff.SetErrorHandler(new Silent());

    /// <summary>The classified band and the file's own DateTime tag, if any. Throws <see cref="RasterFault"/>.</summary>
    internal static (ClassGrid Grid, string? DateTime) Read(byte[] file, TiffDirectory tags, CoverageMapping mapping, CancellationToken cancellationToken)
    {
        var layout = Layout.Of(tags, mapping.Band);
        RefuseMask(tags);
        var classify = new Classifier(mapping, NoData(tags.Text(GdalNoData)), Scaling(tags.Text(GdalMetadata), mapping.Band));
        var codes = new byte[layout.Width * layout.Height];
        Decode(file, layout, (samples, row, left, columns) => classify.Row(samples, layout, codes.AsSpan((row * layout.Width) + left, columns)), cancellationToken);
        return (new ClassGrid(layout.Width, layout.Height, codes), tags.Text(306));
    }

    /// <summary>The values of a band themselves, row by row from the upper left, NaN where there is none. Throws <see cref="RasterFault"/>.</summary>
    internal static (int Width, int Height, float[] Values) Values(byte[] file, TiffDirectory tags, int band, CancellationToken cancellationToken)
    {
        var layout = Layout.Of(tags, band);
        RefuseMask(tags);
        var read = new Samples(NoData(tags.Text(GdalNoData)), Scaling(tags.Text(GdalMetadata), band));
        var values = new float[layout.Width * layout.Height];
        Decode(file, layout, (samples, row, left, columns) => read.Row(samples, layout, values.AsSpan((row * layout.Width) + left, columns)), cancellationToken);
        return (layout.Width, layout.Height, values);
    }

    private static void RefuseMask(TiffDirectory tags)
    {
        if (tags.HasMask)
        {
            throw new RasterFault("mask", "The file marks pixels without a value by a mask image, which is not read. Write a no-data value instead.");
        }
    }

    private static void Decode(byte[] file, Layout layout, RowReader take, CancellationToken cancellationToken)
    {
        using var tiff = Open(file);
        try
        {
            Decode(tiff, layout, take, cancellationToken);
        }
#pragma warning disable CA1031 // The decoder meets damage with whatever exception lies nearest; to the operator all mean the same.
        catch (Exception exception) when (exception is not (RasterFault or OperationCanceledException or OutOfMemoryException))
#pragma warning restore CA1031
        {
            throw new RasterFault("invalid-tiff", $"The raster cannot be decoded: {exception.Message}");
        }
    }

    private static Tiff Open(byte[] file)
    {
        try
        {
            return Tiff.ClientOpen("coverage", "r", new MemoryStream(file, writable: false), new TiffStream()) ?? throw new RasterFault("invalid-tiff", "The raster's tags contradict each other.");
        }
#pragma warning disable CA1031 // As above.
        catch (Exception exception) when (exception is not (RasterFault or OutOfMemoryException))
#pragma warning restore CA1031
        {
            throw new RasterFault("invalid-tiff", $"The raster cannot be opened: {exception.Message}");
        }
    }

    private static void Decode(Tiff tiff, Layout layout, RowReader take, CancellationToken cancellationToken)
    {
        var piece = new byte[layout.PieceBytes];
        var (across, down) = ((layout.Width + layout.PieceWidth - 1) / layout.PieceWidth, (layout.Height + layout.PieceHeight - 1) / layout.PieceHeight);
        var plane = layout.Separate ? (layout.Band - 1) * across * down : 0;
        for (var index = 0; index < across * down; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (left, top) = (index % across * layout.PieceWidth, index / across * layout.PieceHeight);
            var rows = Math.Min(layout.PieceHeight, layout.Height - top);
            var wanted = layout.Tiled ? layout.PieceBytes : rows * layout.RowBytes;
            var read = layout.Tiled ? tiff.ReadEncodedTile(plane + index, piece, 0, wanted) : tiff.ReadEncodedStrip(plane + index, piece, 0, wanted);
            if (read < wanted)
            {
                throw new RasterFault("truncated", $"The raster cannot be decoded beyond row {top}; nothing of it is used, because half a picture would read as dry land.");
            }

            var columns = Math.Min(layout.PieceWidth, layout.Width - left);
            for (var row = 0; row < rows; row++)
            {
                var pixels = piece.AsSpan((row * layout.RowBytes) + layout.FirstSample, ((columns - 1) * layout.PixelBytes) + layout.SampleBytes);
                take(pixels, top + row, left, columns);
            }
        }
    }

    private static double? NoData(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    // GDAL keeps scale and offset of a band in a small XML; without them millimetres may be ten times too many.
    private static (double Scale, double Offset) Scaling(string? xml, int band)
    {
        var (scale, offset) = (1.0, 0.0);
        if (xml is null)
        {
            return (scale, offset);
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 1_000_000 });
            foreach (var item in XDocument.Load(reader).Descendants("Item").Where(item => (string?)item.Attribute("sample") == $"{band - 1}"))
            {
                var value = double.Parse(item.Value.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture);
                switch ((string?)item.Attribute("role"))
                {
                    case "scale":
                        scale = value;
                        break;
                    case "offset":
                        offset = value;
                        break;
                    default:
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is XmlException or FormatException)
        {
            throw new RasterFault("invalid-tiff", $"The file's metadata (scale and offset) cannot be read: {exception.Message}");
        }

        return double.IsFinite(scale) && double.IsFinite(offset) && scale != 0 ? (scale, offset) : throw new RasterFault("invalid-tiff", "The file's scale or offset is no number.");
    }

    /// <summary>Takes the samples of a piece of a row, from the band's first sample on.</summary>
    private delegate void RowReader(ReadOnlySpan<byte> samples, int row, int left, int columns);

    /// <summary>How the samples lie in the file.</summary>
    internal sealed record Layout(int Width, int Height, int Band, bool Separate, bool Tiled, int PieceWidth, int PieceHeight, int SampleBytes, int PixelBytes, int Format)
    {
        internal int RowBytes => PieceWidth * PixelBytes;

        internal int PieceBytes => PieceHeight * RowBytes;

        internal int FirstSample => Separate ? 0 : (Band - 1) * SampleBytes;

        internal static Layout Of(TiffDirectory tags, int band)
        {
            var (width, height) = (tags.Number(256, 0), tags.Number(257, 0));
            if (width < 1 || height < 1 || (long)width * height > MostPixels)
            {
                throw new RasterFault("too-large", $"The raster has {width:N0} × {height:N0} pixels; up to {MostPixels:N0} are read. Ask the source for a smaller area or a coarser grid.");
            }

            var samples = tags.Number(277, 1);
            var bits = tags.Shorts(258) is [var first, ..] ? first : (ushort)1;
            var format = tags.Shorts(339) is [var kind, ..] ? kind : (ushort)1;
            if (band > samples)
            {
                throw new RasterFault("no-band", $"The file has {samples} bands; band {band} was asked for.");
            }

            if (samples > 256 || tags.Shorts(258).Any(one => one != bits) || !((format is 1 or 2 && bits is 8 or 16 or 32) || (format == 3 && bits is 32 or 64)))
            {
                throw new RasterFault("unknown-samples", $"The raster's values have {bits} bits of format {format}; read are whole numbers of 8, 16 and 32 bits and floating-point numbers of 32 and 64.");
            }

            var separate = tags.Number(284, 1) == 2;
            var tiled = tags.Number(322, 0) > 0;
            var (across, down) = tiled ? (tags.Number(322, 0), tags.Number(323, 0)) : (width, Math.Min(tags.Number(278, int.MaxValue), height));
            var pixel = bits / 8 * (separate ? 1 : samples);
            if (across > 0 && down > 0 && tags.Count(tiled ? (ushort)324 : (ushort)273) < (((long)width + across - 1) / across) * (((long)height + down - 1) / down) * (separate ? samples : 1))
            {
                throw new RasterFault("truncated", "The file names fewer strips or tiles than its size has; nothing of it is used, because half a picture would read as dry land.");
            }

            return across < 1 || down < 1 || (long)across * down * pixel > LargestPiece
                ? throw new RasterFault("too-large", "A strip or tile of the raster is too large to decode.")
                : new Layout(width, height, band, separate, tiled, across, down, bits / 8, pixel, format);
        }
    }

    /// <summary>Samples to values. No-data values are compared as stored, before scale and offset, as GDAL means them.</summary>
    internal sealed class Samples(double? noData, (double Scale, double Offset) scaling)
    {
        internal void Row(ReadOnlySpan<byte> samples, Layout layout, Span<float> values)
        {
            for (var column = 0; column < values.Length; column++)
            {
                values[column] = (float)(Value(samples[(column * layout.PixelBytes)..], layout) ?? double.NaN);
            }
        }

        /// <summary>The value of a sample, or null when it has none.</summary>
        internal double? Value(ReadOnlySpan<byte> sample, Layout layout)
        {
            var stored = Stored(sample, layout);
            return double.IsNaN(stored) || stored == noData || (noData is { } none && layout.Format == 3 && (float)none == (float)stored) ? null : (stored * scaling.Scale) + scaling.Offset;
        }

        // The decoder hands samples over in this machine's byte order.
        private static double Stored(ReadOnlySpan<byte> bytes, Layout layout) => (layout.Format, layout.SampleBytes) switch
        {
            (1, 1) => bytes[0],
            (2, 1) => (sbyte)bytes[0],
            (1, 2) => MemoryMarshal.Read<ushort>(bytes),
            (2, 2) => MemoryMarshal.Read<short>(bytes),
            (1, 4) => MemoryMarshal.Read<uint>(bytes),
            (2, 4) => MemoryMarshal.Read<int>(bytes),
            (_, 4) => MemoryMarshal.Read<float>(bytes),
            _ => MemoryMarshal.Read<double>(bytes),
        };
    }

    /// <summary>Samples to classes. No-data values of the mapping are compared as shown, after scale and offset.</summary>
    internal sealed class Classifier(CoverageMapping mapping, double? noData, (double Scale, double Offset) scaling)
    {
        private readonly Samples _samples = new(noData, scaling);
        private readonly double[] _thresholds = [.. mapping.Classes.Select(one => one.AtLeast ?? double.NaN)];
        private readonly Dictionary<double, byte> _values = mapping.Classes.SelectMany((one, index) => one.Values.Select(value => (value, Code: (byte)(index + 1))))
            .GroupBy(pair => pair.value).ToDictionary(group => group.Key, group => group.Max(pair => pair.Code));
        private readonly double[] _notSeen = [.. mapping.NotSeen];
        private readonly bool _byThreshold = mapping.Classes[0].AtLeast is not null;

        internal void Row(ReadOnlySpan<byte> samples, Layout layout, Span<byte> codes)
        {
            for (var column = 0; column < codes.Length; column++)
            {
                codes[column] = _samples.Value(samples[(column * layout.PixelBytes)..], layout) is { } value ? Code(value) : ClassGrid.NotSeen;
            }
        }

        private byte Code(double value)
        {
            if (_notSeen.AsSpan().Contains(value))
            {
                return ClassGrid.NotSeen;
            }

            if (!_byThreshold)
            {
                return _values.GetValueOrDefault(value);
            }

            var code = _thresholds.Length;
            while (code > 0 && !(value >= _thresholds[code - 1]))
            {
                code--;
            }

            return (byte)code;
        }
    }

    // The library writes its complaints to the console unless told otherwise; they come back to us as results.
    private sealed class Silent : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }
    }
}
