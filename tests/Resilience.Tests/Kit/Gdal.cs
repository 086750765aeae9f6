using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Resilience.Tests.Kit;

/// <summary>GDAL's command-line programs, as the independent opinion on rasters and what is drawn of them.</summary>
internal static class Gdal
{
    /// <summary>Writes a small raster as a GeoTIFF of the given encoding; values row by row from the upper left.</summary>
    internal static byte[] WriteTiff(string folder, double[,] values, params string[] options)
    {
        var (rows, columns) = (values.GetLength(0), values.GetLength(1));
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"ncols {columns}\nnrows {rows}\nxllcorner 0\nyllcorner 0\ncellsize 1\n"));
        for (var row = 0; row < rows; row++)
        {
            text.AppendJoin(' ', Enumerable.Range(0, columns).Select(column => values[row, column].ToString("R", CultureInfo.InvariantCulture))).Append('\n');
        }

        var (grid, tiff) = (Path.Combine(folder, "grid.asc"), Path.Combine(folder, "grid.tif"));
        File.WriteAllText(grid, text.ToString());
        File.Delete(tiff);
        Run("gdal_translate", ["-q", "-of", "GTiff", .. options, grid, tiff]);
        return File.ReadAllBytes(tiff);
    }

    /// <summary>Runs a program of the set; its complaint is the test's.</summary>
    internal static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} failed: {error.Result}");
        Assert.DoesNotContain("ERROR", error.Result, StringComparison.Ordinal);
        return output;
    }
}
