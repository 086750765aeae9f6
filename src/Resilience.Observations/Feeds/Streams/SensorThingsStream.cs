using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Observations.Feeds.Streams;

/// <summary>
/// OGC SensorThings 1.1 over MQTT: topic <c>v1.1/Datastreams(id)/Observations</c>, the message one Observation as the HTTP side gives it.
/// <c>v1.1/Observations</c> is read where the message names its Datastream. What the Datastreams are comes from the HTTP side, the feed's
/// <see cref="FeedDefinition.Stations"/>: <c>…/v1.1/Datastreams?$expand=Thing($expand=Locations),ObservedProperty</c>.
/// </summary>
/// <remarks>A server that sends raw and normalised copies says one value twice: the same number at the same moment is stored once.</remarks>
internal sealed partial class SensorThingsStream(Store store, StoreObservations observations) : IStreamFormat
{
    internal const string FormatName = "sensorthings";

    private const string UnknownDatastream = "unknown-datastream";
    private static readonly TimeSpan AgainAfter = TimeSpan.FromHours(1);

    public string Name => FormatName;

    public string Title => "OGC SensorThings (MQTT)";

    public string? Prefix => null;

    public int MaxMessageBytes => 64 * 1024;

    public async Task<PreparedMessage> PrepareAsync(Feed feed, StreamMessage message, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(message.Payload, new JsonDocumentOptions { MaxDepth = JsonItems.MaxDepth });
        var parsed = new ParsedPayload();
        var prefix = feed.StationPrefix ?? feed.Id;
        if (document.RootElement.Object("Datastream")?.Object("Thing") is not null)
        {
            SensorThings.ReadItem(document.RootElement, prefix, parsed);
        }
        else
        {
            var id = DatastreamOf(message.Topic) ?? DatastreamOf(document.RootElement.Text("Datastream@iot.navigationLink") ?? "") ?? document.RootElement.Object("Datastream")?.Text("@iot.id")
                ?? throw new FeedTrouble(UnknownDatastream, $"{message.Topic}: the message does not say which Datastream it belongs to");
            var known = await FindAsync(feed, id, cancellationToken) ?? throw new FeedTrouble(UnknownDatastream, $"Datastream {id} is not described by the HTTP side ({feed.Stations?.AbsoluteUri ?? "the feed names none"})");
            SensorThings.ReadObservation(document.RootElement, known, parsed);
        }

        return new PreparedMessage(message, parsed) { Trouble = parsed.Usable == 0 && parsed.Refused.Count > 0 ? new FeedTrouble(parsed.Refused.First().Key, parsed.Refused.First().Value.Samples[0]) : null };
    }

    public async Task StoreAsync(Step<ObservationsDb> step, Feed feed, IReadOnlyList<PreparedMessage> messages, CancellationToken cancellationToken)
    {
        var together = new ParsedPayload { Sha256 = messages[0].Parsed.Sha256 };
        foreach (var (_, parsed) in messages.Where(one => one.Trouble is null))
        {
            together.Observations.AddRange(parsed.Observations);
            together.Missing += parsed.Missing;
            together.Bytes += parsed.Bytes;
            foreach (var (id, station) in parsed.Stations)
            {
                together.Stations[id] = station;
            }

            foreach (var (id, datastream) in parsed.Datastreams)
            {
                together.Datastreams[id] = datastream;
            }
        }

        await observations.StoreAsync(step, feed, together, cancellationToken);
        if (messages.Any(one => one.Trouble?.Reason == UnknownDatastream))
        {
            // Something new was put up: the list is read again at the next contact, but not more often than hourly.
            var before = step.Now - AgainAfter;
            await step.Db.Feeds.Where(row => row.Id == feed.Id && row.StationsGood < before).ExecuteUpdateAsync(set => set.SetProperty(row => row.StationsGood, (DateTimeOffset?)null), cancellationToken);
        }
    }

    // Our ids begin with the Thing's, which a message does not name.
    private async Task<string?> FindAsync(Feed feed, string id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        var ending = $":{id}";
        return await (
            from datastream in db.Datastreams
            join station in db.Stations on datastream.StationId equals station.Id
            where station.FeedId == feed.Id && datastream.Id.EndsWith(ending) && datastream.Id.Length == station.Id.Length + ending.Length
            select datastream.Id).FirstOrDefaultAsync(cancellationToken);
    }

    private static string? DatastreamOf(string text) => DatastreamPart().Match(text) is { Success: true } match ? Unquote(match.Groups[1].Value) : null;

    private static string Unquote(string id) => id.Length > 1 && id[0] == '\'' && id[^1] == '\'' ? id[1..^1].Replace("''", "'", StringComparison.Ordinal) : id;

    [GeneratedRegex(@"Datastreams\(('(?:[^']|'')+'|[^'()]+)\)(?:/Observations(?:\(.*\))?)?$")]
    private static partial Regex DatastreamPart();
}
