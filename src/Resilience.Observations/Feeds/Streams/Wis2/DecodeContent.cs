using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Streams.Wis2;

/// <summary>Hands data to the decoder for what it is: by its first bytes where they tell, else by media type and topic.</summary>
internal sealed class DecodeContent(BufrDump bufr)
{
    /// <summary>Reads what it can into <paramref name="parsed"/>. Throws <see cref="FeedTrouble"/>; reason <c>not-decoded</c> when nobody here knows the kind.</summary>
    internal async Task IntoAsync(ParsedPayload parsed, Wis2Notification notification, string topic, byte[] data, string prefix, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var type = notification.MediaType ?? "";
        if (Bulletins.StartsAsBufr(data) || type is "application/bufr" or "application/x-bufr" || notification.DataId.EndsWith(".bufr4", StringComparison.OrdinalIgnoreCase))
        {
            BufrSynop.Read(await bufr.DumpAsync(data, cancellationToken), prefix, parsed);
        }
        else if (type is "application/geo+json" or "application/vnd.geo+json" && !topic.Contains("advisories-warnings", StringComparison.Ordinal))
        {
            WeatherGeoJson.Read(data, prefix, parsed);
        }
        else if (topic.Contains("surface-based-observations", StringComparison.Ordinal) && type is "text/plain" or "application/x-fm12")
        {
            await using var text = new MemoryStream(data, writable: false);
            await new Synop(now).ReadObservationsAsync(text, prefix, parsed, cancellationToken);
        }
        else
        {
            throw new FeedTrouble("not-decoded", $"{(type.Length == 0 ? "data of unknown kind" : type)} on {topic} is kept as it came: no decoder for it here");
        }

        if (parsed.Usable == 0)
        {
            var why = parsed.Refused.Count == 0 ? "it holds none of the quantities known here" : $"{parsed.Refused.First().Key}: {parsed.Refused.First().Value.Samples[0]}";
            throw new FeedTrouble("not-decoded", $"nothing of it can be used as an observation ({why})");
        }
    }

    private static class Bulletins
    {
        // A bulletin's heading may stand before the message itself.
        internal static bool StartsAsBufr(ReadOnlySpan<byte> data) => data[..Math.Min(data.Length, 256)].IndexOf("BUFR"u8) >= 0;
    }
}
