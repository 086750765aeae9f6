namespace Resilience.Core.Geography;

/// <summary>
/// Where the carried geodata lies (basemap, gazetteer, exposure, recordings). The server finds it once at start: configuration
/// <c>Geodata:Path</c>, else the nearest folder <c>geodata</c> above the program or the working directory.
/// </summary>
/// <param name="Path">An existing directory.</param>
public sealed record GeodataDirectory(string Path)
{
    /// <summary>A file or folder below it.</summary>
    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Finds the directory, or says where it looked.</summary>
    public static GeodataDirectory Find(string? configured)
    {
        if (configured is not null)
        {
            return Directory.Exists(configured) ? new GeodataDirectory(configured) : throw new DirectoryNotFoundException($"Geodata:Path names {configured}, which is not there.");
        }

        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
            {
                var candidate = System.IO.Path.Combine(directory.FullName, "geodata");
                if (Directory.Exists(candidate))
                {
                    return new GeodataDirectory(candidate);
                }
            }
        }

        throw new DirectoryNotFoundException($"No folder geodata above {AppContext.BaseDirectory} or {Environment.CurrentDirectory}; set Geodata:Path.");
    }
}
