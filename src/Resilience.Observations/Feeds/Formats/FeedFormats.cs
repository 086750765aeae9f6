using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>One feed format; the format ends here. Readers are stateless and thread-safe.</summary>
internal interface IFeedFormat
{
    /// <summary>Its name, as it stands in <see cref="FeedDefinition.Format"/>.</summary>
    string Name { get; }

    /// <summary>What its station ids begin with unless the feed says otherwise.</summary>
    string Prefix { get; }

    /// <summary>What is asked for in the Accept header.</summary>
    string Accept => "application/json";

    /// <summary>Reads observations. Throws <see cref="System.Text.Json.JsonException"/> or <see cref="FeedTrouble"/> when the document as a whole is unusable.</summary>
    Task ReadObservationsAsync(Stream json, string prefix, ParsedPayload into, CancellationToken cancellationToken);

    /// <summary>Reads a station list.</summary>
    Task ReadStationsAsync(Stream json, string prefix, ParsedPayload into, CancellationToken cancellationToken);
}

/// <summary>The formats this module reads.</summary>
public static class FeedFormats
{
    private static readonly IFeedFormat[] All = [new UkEnvironmentAgency(), new UsgsOgcApi(), new UsgsInstantaneousValues()];

    /// <summary>Their names, as they stand in <see cref="FeedDefinition.Format"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(format => format.Name)];

    /// <summary>The reader of a format, or null.</summary>
    internal static IFeedFormat? Find(string name) => Array.Find(All, format => format.Name == name);
}
