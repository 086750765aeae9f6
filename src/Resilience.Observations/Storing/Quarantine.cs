using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Resilience.Observations.Storing;

/// <summary>Keeps what could not be used, with its reason. Trouble that goes on raises a count instead of filling the table.</summary>
internal static class Quarantine
{
    /// <summary>Sets aside a whole payload that could not be read.</summary>
    internal static Task AddPayloadAsync(ObservationsDb db, string feedId, DateTimeOffset now, string reason, string detail, long bytes, string sha256, CancellationToken cancellationToken) =>
        AddAsync(db, feedId, $"{reason}:{sha256}", now, reason, detail, bytes, sha256, cancellationToken);

    /// <summary>Sets aside single items of a payload that was otherwise good: one row per reason and day.</summary>
    internal static async Task AddItemsAsync(ObservationsDb db, string feedId, DateTimeOffset now, ParsedPayload parsed, CancellationToken cancellationToken)
    {
        foreach (var (reason, (count, samples)) in parsed.Refused)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{count} of {count + parsed.Usable} items set aside: {string.Join("; ", samples)}{(count > samples.Count ? "; …" : "")}");
            await AddAsync(db, feedId, $"{reason}:{now:yyyy-MM-dd}", now, reason, detail, parsed.Bytes, parsed.Sha256, cancellationToken);
        }
    }

    private static async Task AddAsync(ObservationsDb db, string feedId, string fingerprint, DateTimeOffset now, string reason, string detail, long bytes, string? sha256, CancellationToken cancellationToken)
    {
        var there = await db.Quarantine.AsTracking().SingleOrDefaultAsync(row => row.FeedId == feedId && row.Fingerprint == fingerprint, cancellationToken);
        if (there is not null)
        {
            (there.LastReceivedAt, there.Times, there.Detail, there.Bytes, there.PayloadSha256) = (now, there.Times + 1, detail, bytes, sha256);
        }
        else
        {
            db.Quarantine.Add(new QuarantinedInput { FeedId = feedId, Fingerprint = fingerprint, ReceivedAt = now, LastReceivedAt = now, Times = 1, Reason = reason, Detail = detail, Bytes = bytes, PayloadSha256 = sha256 });
        }

        ObservationsMeter.Quarantined.Add(1, new KeyValuePair<string, object?>("feed", feedId), new KeyValuePair<string, object?>("reason", reason));
    }
}
