using System.Text.Json;

namespace Resilience.Server.Replaying;

/// <summary>
/// Where a replay stands, kept in the data directory so that a restart goes on: how far each recording was moved, and the chain's
/// time, which never goes back.
/// </summary>
/// <param name="Now">The chain's time when it was written.</param>
/// <param name="ShiftSeconds">Chain time minus real time, by recording.</param>
internal sealed record ReplayState(DateTimeOffset Now, IReadOnlyDictionary<string, double> ShiftSeconds)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal static ReplayState? Find(string dataDirectory)
    {
        var file = FileIn(dataDirectory);
        return File.Exists(file) ? JsonSerializer.Deserialize<ReplayState>(File.ReadAllText(file), Json) : null;
    }

    internal void Save(string dataDirectory)
    {
        // Written aside and renamed: a kill in between leaves the state of a second ago.
        var file = FileIn(dataDirectory);
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(this, Json));
        File.Move(file + ".new", file, overwrite: true);
    }

    private static string FileIn(string dataDirectory) => Path.Combine(dataDirectory, "replay.json");
}
