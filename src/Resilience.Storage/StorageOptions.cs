using System.ComponentModel.DataAnnotations;

namespace Resilience.Storage;

/// <summary>Which database engine holds everything.</summary>
public enum Engine
{
    /// <summary>One embedded file in the data directory; one process. The default: a village needs nothing else.</summary>
    Sqlite,

    /// <summary>PostgreSQL 15 or newer with PostGIS; any number of processes.</summary>
    Postgres,
}

/// <summary>Configuration section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The database engine.</summary>
    /// <value><see cref="Engine.Sqlite"/> unless a connection string is given.</value>
    public Engine Engine { get; set; } = Engine.Sqlite;

    /// <summary>PostgreSQL connection string; unused by SQLite.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Where the embedded database and everything else the server writes lives. Created when absent.</summary>
    /// <value><c>data</c> under the working directory.</value>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>Full path of the embedded database file.</summary>
    public string SqliteFile => Path.Combine(Path.GetFullPath(DataDirectory), "resilience.db");
}
