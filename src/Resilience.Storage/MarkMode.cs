using System.Globalization;
using Resilience.Core.Chain;

namespace Resilience.Storage;

/// <summary>
/// A database belongs to the real server or to replays, from its first start on and for good. Drafts, zones and sessions of a
/// replay would otherwise turn real the day somebody starts the real server on the same data, and a demo started on a machine
/// whose environment names the real database would write its floods there.
/// </summary>
public sealed class MarkMode(StorageOptions options, OperatingMode mode)
{
    /// <summary>Marks a fresh database; refuses one of the other mode, which stays as it is. Call after migrating.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Migrator.OpenAsync(options, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO storage_mode (one, mode) VALUES (1, '{(mode.IsReplay ? "replay" : "live")}') ON CONFLICT DO NOTHING";
        await command.ExecuteNonQueryAsync(cancellationToken);
        command.CommandText = "SELECT mode FROM storage_mode";
        var wasReplay = Convert.ToString(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) == "replay";
        if (wasReplay != mode.IsReplay)
        {
            throw new InvalidOperationException(wasReplay
                ? "This database holds a replay: nothing in it is real. Start the real server with another --data or connection string; nothing was changed."
                : "This database is the real server's. Play recordings with another --data and without its connection string; nothing was changed.");
        }
    }
}
