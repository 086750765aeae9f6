namespace Resilience.EndToEnd.Kit;

/// <summary>A directory for one server's data, removed afterwards.</summary>
public sealed class DataDirectory : IDisposable
{
    /// <summary>Its full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("resilience-e2e-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
