using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Resilience.EndToEnd.Kit;

/// <summary>A small flood raster, made up and written by GDAL, served over HTTP: 4 of 24 pixels of a square kilometre near Punakha are water.</summary>
public sealed class MadeRaster : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("resilience-raster").FullName;
    private readonly LocalHttp _http;
    private readonly byte[] _tiff;

    /// <summary>Writes it and begins to answer.</summary>
    public MadeRaster()
    {
        var (grid, tiff) = (Path.Combine(_folder, "grid.asc"), Path.Combine(_folder, "grid.tif"));
        File.WriteAllText(grid, "ncols 6\nnrows 4\nxllcorner 0\nyllcorner 0\ncellsize 1\n1 1 0 0 0 0\n0 1 0 0 0 0\n0 1 0 0 0 0\n0 0 0 0 0 0\n");
        var time = TimeProvider.System.GetUtcNow().AddMinutes(-20);
        using var gdal = Process.Start(new ProcessStartInfo("gdal_translate",
        [
            "-q", "-of", "GTiff", "-ot", "Byte", "-a_srs", "EPSG:32646", "-a_ullr", "190000", "3057000", "196000", "3053000", "-mo", string.Create(CultureInfo.InvariantCulture, $"TIFFTAG_DATETIME={time:yyyy:MM:dd HH:mm:ss}"), grid, tiff,
        ]))!;
        gdal.WaitForExit();
        Assert.Equal(0, gdal.ExitCode);
        _tiff = File.ReadAllBytes(tiff);
        _http = new LocalHttp(AnswerAsync);
    }

    /// <summary>Where it lies.</summary>
    public string Address => $"{_http.Origin}/flood.tif";

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AnswerAsync(HttpListenerContext exchange)
    {
        exchange.Response.ContentType = "image/tiff";
        await exchange.Response.OutputStream.WriteAsync(_tiff);
        exchange.Response.Close();
    }
}
