using System.Text.Json;
using Resilience.Observations.Coverages;

namespace Resilience.Risk.Exposing.Reading;

/// <summary>
/// Reads the exposure files of folders: <c>*.geojson</c> with sites and roads, <c>*.tif</c> with people for each cell, <c>*.csv</c> with shares of
/// vulnerable people by administrative unit. An item that cannot be used is named with its reason and the rest is used; a file that cannot be read
/// at all is named too, so that "no hospital inside" never means "the list of hospitals was broken".
/// </summary>
public static class ReadExposure
{
    /// <summary>Larger files are refused.</summary>
    public const long MostBytes = 512L * 1024 * 1024;

    /// <summary>Reads the folders in order; one that is not there holds nothing. Files by name, <c>manifest.json</c> and others left alone.</summary>
    public static ExposureData Folders(IReadOnlyList<string> folders, CancellationToken cancellationToken = default)
    {
        var (features, grids, units, files) = (new ReadFeatures(), new List<PopulationGrid>(), new List<UnitVulnerability>(), new List<ExposureFile>());
        foreach (var file in folders.Where(Directory.Exists).SelectMany(folder => new DirectoryInfo(folder).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (file.Extension.ToUpperInvariant())
            {
                case ".GEOJSON":
                    Add(file, "sites", report => features.Read(File.ReadAllBytes(file.FullName), report));
                    break;
                case ".TIF" or ".TIFF":
                    Add(file, "population", report => AddGrid(file, grids, report, cancellationToken));
                    break;
                case ".CSV":
                    Add(file, "vulnerability", report => ReadVulnerability.Read(File.ReadAllText(file.FullName), units, report));
                    break;
                default:
                    break;
            }
        }

        return new ExposureData(features.Sites, features.Roads, grids, units, features.Complete, files) { Version = VersionOf(folders) };

        void Add(FileInfo file, string kind, Action<ExposureReport> read)
        {
            var report = new ExposureReport(file.Name, kind);
            try
            {
                if (file.Length > MostBytes)
                {
                    throw new InvalidDataException($"The file has {file.Length / 1_048_576:N0} MB; up to {MostBytes / 1_048_576:N0} are read.");
                }

                read(report);
            }
            catch (Exception problem) when (problem is InvalidDataException or IOException or UnauthorizedAccessException or JsonException)
            {
                report.Refuse($"The file cannot be read: {problem.Message}", file.Name);
            }

            files.Add(report.Done());
        }
    }

    private static long VersionOf(IEnumerable<string> folders) => folders.Where(Directory.Exists).Select(folder => new DirectoryInfo(folder))
        .SelectMany(folder => folder.EnumerateFiles().Cast<FileSystemInfo>().Append(folder))
        .Select(entry => new DateTimeOffset(entry.LastWriteTimeUtc).ToUnixTimeSeconds()).Append(1).Max();

    private static void AddGrid(FileInfo file, List<PopulationGrid> grids, ExposureReport report, CancellationToken cancellationToken)
    {
        var grid = new PopulationGrid(ValueGrid.Read(File.ReadAllBytes(file.FullName), cancellationToken), file.Name);
        if (grids.Find(other => other.Frame.Intersects(grid.Frame) && other.Frame.Intersection(grid.Frame).Area > 0) is { } other)
        {
            throw new InvalidDataException($"It covers ground that {other.Name} covers already; people would count twice.");
        }

        grids.Add(grid);
        report.Use("people", (long)Math.Round(grid.Everybody));
    }
}
