using System.Security.Cryptography;
using Resilience.Observations.Storing;
using Resilience.Storage.HandingOver;

namespace Resilience.Observations.Feeds.Streams;

/// <summary>One format of pushed messages. Stateless and thread-safe.</summary>
internal interface IStreamFormat
{
    /// <summary>Its name, as it stands in <see cref="FeedDefinition.Format"/>.</summary>
    string Name { get; }

    /// <summary>What people call it.</summary>
    string Title { get; }

    /// <summary>See <see cref="Formats.IFeedFormat.Prefix"/>.</summary>
    string? Prefix { get; }

    /// <summary>Largest message in bytes; a larger one is set aside.</summary>
    int MaxMessageBytes { get; }

    /// <summary>Reads a message, fetching what it links to; no transaction is open. Throws <see cref="FeedTrouble"/> for what cannot be used.</summary>
    Task<PreparedMessage> PrepareAsync(Feed feed, StreamMessage message, CancellationToken cancellationToken);

    /// <summary>Stores prepared messages in the caller's transaction, in the order they came; the same again changes nothing.</summary>
    Task StoreAsync(Step<ObservationsDb> step, Feed feed, IReadOnlyList<PreparedMessage> messages, CancellationToken cancellationToken);
}

/// <summary>A message as it came.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Payload">Its bytes.</param>
/// <param name="AcknowledgeAsync">Tells the broker that it need not be sent again; nothing for a message sent without guarantee.</param>
internal sealed record StreamMessage(string Topic, byte[] Payload, Func<CancellationToken, Task> AcknowledgeAsync);

/// <summary>A message read and ready to be stored.</summary>
/// <param name="Message">As it came.</param>
/// <param name="Parsed">What it says; refusals included.</param>
internal sealed record PreparedMessage(StreamMessage Message, ParsedPayload Parsed)
{
    /// <summary>What it linked to or carried, to be kept beside the message; null when the message is all.</summary>
    internal ReceivedPayload? Content { get; init; }

    /// <summary>The WIS2 notification it is; null when it could not be read as one, or is something else.</summary>
    internal Wis2.Wis2Notification? Notification { get; init; }

    /// <summary>Why it could not be used; null when it could.</summary>
    internal FeedTrouble? Trouble { get; init; }
}

/// <summary>What can be known about feeds that push from their definition alone.</summary>
internal static class StreamFormats
{
    private const int LongestFilter = 1_000;
    private const int MostFilters = 64;

    /// <summary>Names of the formats that can be pushed.</summary>
    internal static IReadOnlyList<(string Name, string Title, string? Prefix)> Known { get; } =
        [(Wis2.Wis2Format.FormatName, "WIS2 notifications (MQTT)", Wis2.Wis2Format.StationPrefix), (SensorThingsStream.FormatName, "OGC SensorThings", null)];

    /// <summary>A format's description, or null.</summary>
    internal static (string Name, string Title, string? Prefix)? Find(string name) => Known.Any(format => format.Name == name) ? Known.First(format => format.Name == name) : null;

    /// <summary>True for an mqtt or mqtts address.</summary>
    internal static bool IsBroker(Uri address) => address is { IsAbsoluteUri: true, Scheme: "mqtt" or "mqtts" };

    /// <summary>The same host and port as an address the rules for feeds can judge.</summary>
    internal static Uri AsHttp(Uri broker) => new UriBuilder(broker) { Scheme = broker.Scheme == "mqtts" ? "https" : "http", Port = Port(broker) }.Uri;

    /// <summary>The broker's port: 1883, or 8883 with TLS, unless the address says otherwise.</summary>
    internal static int Port(Uri broker) => broker.Port > 0 ? broker.Port : broker.Scheme == "mqtts" ? 8883 : 1883;

    /// <summary>The topic filters as the database keeps them; null for a feed that is asked.</summary>
    internal static string? TopicsOf(FeedDefinition definition) => IsBroker(definition.Readings) ? string.Join('\n', definition.Topics) : null;

    /// <summary>A session name nobody else has: two subscribers of one name would throw each other out for ever.</summary>
    internal static string NewClientId(string feedId) => $"resilience-{feedId}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    /// <summary>Why address, topics and format do not go together, or null.</summary>
    internal static string? FindFault(FeedDefinition definition)
    {
        if (!IsBroker(definition.Readings))
        {
            return definition.Topics.Count > 0 ? "topics belong to a feed whose address begins with mqtts:// or mqtt://"
                : definition.Format == Wis2.Wis2Format.FormatName ? "WIS2 notifications are pushed: the address begins with mqtts:// or mqtt://"
                : null;
        }

        return Find(definition.Format) is null ? $"format '{definition.Format}' cannot be pushed; those that can are {string.Join(", ", Known.Select(format => format.Name))}"
            : definition.Topics.Count is 0 or > MostFilters ? $"a feed that pushes names 1 to {MostFilters} topics"
            : definition.Topics.FirstOrDefault(topic => !IsFilter(topic)) is { } wrong ? $"'{wrong}' is no topic filter: '+' stands for one whole level, '#' for all that follow and only at the end"
            : definition.HoldBackFuture ? "a feed that pushes cannot be held back"
            : null;
    }

    private static bool IsFilter(string topic)
    {
        var levels = topic.Split('/');
        return topic.Length is > 0 and <= LongestFilter && !topic.Any(char.IsControl)
            && levels.Select((level, at) => level.Contains('#', StringComparison.Ordinal) ? level == "#" && at == levels.Length - 1 : !level.Contains('+', StringComparison.Ordinal) || level == "+").All(fine => fine);
    }
}
