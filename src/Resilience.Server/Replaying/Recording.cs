using System.Text.Json;
using System.Text.Json.Serialization;

namespace Resilience.Server.Replaying;

/// <summary>
/// A recorded event: <c>geodata/recordings/ID/manifest.json</c> and beside it the payloads exactly as the feeds sent them. Played
/// back through the real pollers and parsers.
/// </summary>
internal sealed record Recording
{
    /// <summary>The folder's name.</summary>
    public required string Id { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>Where the payloads come from.</summary>
    public required string Source { get; init; }

    /// <summary>Under which licence.</summary>
    public required string Licence { get; init; }

    /// <summary>Whom to credit on the map.</summary>
    public required string Credit { get; init; }

    /// <summary>What was changed from what was received; "nothing" when nothing.</summary>
    public required string Changes { get; init; }

    /// <summary>Real time of the first value.</summary>
    public required DateTimeOffset RealFrom { get; init; }

    /// <summary>Real time of the last value.</summary>
    public required DateTimeOffset RealTo { get; init; }

    /// <summary>The real time that the demo shifts to its begin: what is older is there at once, what is newer plays.</summary>
    public required DateTimeOffset DemoBegin { get; init; }

    /// <summary>True for a drill: figures were reconstructed or invented, and everything from it says so.</summary>
    public bool Synthetic { get; init; }

    /// <summary>Feeds of observations.</summary>
    public IReadOnlyList<RecordedFeed> Feeds { get; init; } = [];

    /// <summary>Sources of posts.</summary>
    public IReadOnlyList<RecordedSource> Sources { get; init; } = [];

    /// <summary>What the feeds and sources answered.</summary>
    public required IReadOnlyList<RecordedPayload> Payloads { get; init; }

    /// <summary>Where the files lie.</summary>
    [JsonIgnore]
    public string Directory { get; private init; } = "";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    /// <summary>Reads one recording.</summary>
    internal static Recording Load(string directory)
    {
        using var file = File.OpenRead(Path.Combine(directory, "manifest.json"));
        var recording = JsonSerializer.Deserialize<Recording>(file, Json) ?? throw new InvalidDataException($"{directory}: the manifest is empty.");
        return recording with { Directory = directory };
    }

    /// <summary>All recordings of a folder, by id.</summary>
    internal static IReadOnlyList<Recording> LoadAll(string directory) => System.IO.Directory.Exists(directory)
        ? [.. System.IO.Directory.EnumerateDirectories(directory).Where(folder => File.Exists(Path.Combine(folder, "manifest.json"))).Order(StringComparer.Ordinal).Select(Load)]
        : [];
}

/// <summary>A feed of observations as it was when it was recorded; see <c>FeedDefinition</c>.</summary>
internal sealed record RecordedFeed(string Id, string Name, string Format, Uri Readings, int EverySeconds, Uri? Stations = null, string? StationPrefix = null, bool Snapshot = false);

/// <summary>A source of posts as it was when it was recorded; see <c>SourceDefinition</c>.</summary>
internal sealed record RecordedSource(string Id, string Name, string Format, Uri Uri, int EverySeconds, string Countries = "");

/// <summary>How a payload is answered.</summary>
internal enum PayloadKind
{
    /// <summary>The document as it is.</summary>
    Document,

    /// <summary>A document that holds the whole record: it counts as changed with every minute, and the reader holds back the future.</summary>
    WholeRecord,

    /// <summary>A JSON array of statuses: what a timeline would have shown at the time asked, newest first.</summary>
    Timeline,

    /// <summary>One post a line in time order: an open answer that goes on as time does.</summary>
    Lines,
}

/// <summary>One answer as received.</summary>
/// <param name="Url">Which address answered it.</param>
/// <param name="File">File beside the manifest; <c>.gz</c> is the answer compressed.</param>
/// <param name="Captured">When it was received (real time); it is not served before.</param>
/// <param name="ContentType">As received.</param>
/// <param name="Kind">How it is answered.</param>
internal sealed record RecordedPayload(Uri Url, string File, DateTimeOffset Captured, string ContentType, PayloadKind Kind = PayloadKind.Document);
