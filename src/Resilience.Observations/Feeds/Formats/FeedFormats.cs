using System.Text;
using Resilience.Observations.Feeds.Formats.Announcements;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>One feed format; the format ends here. Readers are stateless and thread-safe.</summary>
internal interface IFeedFormat
{
    /// <summary>Its name, as it stands in <see cref="FeedDefinition.Format"/>.</summary>
    string Name { get; }

    /// <summary>What people call it.</summary>
    string Title => Name;

    /// <summary>
    /// What its station ids begin with unless the feed says otherwise. Null: the feed's own id, because servers of this format number
    /// their stations 1, 2, 3 and two of them must not be taken for one.
    /// </summary>
    string? Prefix { get; }

    /// <summary>What is asked for in the Accept header.</summary>
    string Accept => "application/json";

    /// <summary>What its documents are written in.</summary>
    PayloadKind Kind => PayloadKind.Json;

    /// <summary>How its text is encoded; null: as UTF-8, and anything else is trouble.</summary>
    Encoding? Encoding => null;

    /// <summary>
    /// It carries announcements, which end by themselves: an empty answer is then believable once nothing it announced before still stands.
    /// </summary>
    bool Announces => false;

    /// <summary>The reader with what a feed's definition says about its documents; itself when they need no saying.</summary>
    IFeedFormat For(Feed feed) => this;

    /// <summary>The reader with the time at which its documents were received, for formats that give the day of the month only. Unshifted, as the source counts.</summary>
    IFeedFormat At(DateTimeOffset now) => this;

    /// <summary>Where to ask now: <paramref name="address"/>, with its time filled in where it carries one.</summary>
    Uri Ask(Uri address) => address;

    /// <summary>Where the next page lies: absolute, or relative to <paramref name="asked"/>; null at the end.</summary>
    Uri? Next(Uri asked, ParsedPayload page) => page.Next;

    /// <summary>
    /// Reads observations. Throws <see cref="System.Text.Json.JsonException"/> or <see cref="FeedTrouble"/> where the document cannot be
    /// read on, and nothing else; what was whole until then stays in <paramref name="into"/>.
    /// </summary>
    Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken);

    /// <summary>Reads a station list.</summary>
    Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken);
}

/// <summary>What a document is written in.</summary>
internal enum PayloadKind
{
    /// <summary>JSON.</summary>
    Json,

    /// <summary>XML.</summary>
    Xml,

    /// <summary>Lines of text.</summary>
    Text,

    /// <summary>Bytes of any kind: nothing is asked of them here.</summary>
    Binary,
}

/// <summary>The formats this module reads.</summary>
public static class FeedFormats
{
    /// <summary>False for what brings areas or announcements instead of stations; true for what is unknown here.</summary>
    internal static bool BringStations(string format) => format != GeoTiff.FormatName && Find(format) is not { Announces: true };

    internal static readonly IFeedFormat[] All = [new UkEnvironmentAgency(), new UsgsOgcApi(), new UsgsInstantaneousValues(), new SensorThings(), new UsgsRdb(null), new WaterMl2(null), new Metar(null), new Synop(null), new Table(null, null), new GeoTiff(null, null, null, null), new CapFeed(), new Gdacs(), new UsgsQuakes()];

    /// <summary>Their names, as they stand in <see cref="FeedDefinition.Format"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(format => format.Name)];

    /// <summary>The reader of a format, or null.</summary>
    internal static IFeedFormat? Find(string name) => Array.Find(All, format => format.Name == name);
}
