using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Resilience.Core.Network;
using Resilience.Observations.Bulletins;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Observations.Feeds;

/// <summary>A message fetched because an index named it.</summary>
internal sealed record FollowedEntry(LinkedEntry Entry, ReceivedPayload Payload, ParsedPayload Parsed);

/// <summary>What following the links of one index brought.</summary>
/// <param name="Fetched">Messages newly fetched.</param>
/// <param name="Seen">Entries fetched before and not updated since.</param>
/// <param name="Unread">Entries that could not be read, or are left for the next time: the index must be looked at again.</param>
/// <param name="Note">What is to be said of that; null when nothing.</param>
internal sealed record FollowedIndex(IReadOnlyList<FollowedEntry> Fetched, IReadOnlyList<string> Seen, int Unread, string? Note);

/// <summary>
/// Fetches the messages an index links to: each once per entry and time of update, so many at a time. One that cannot be fetched is
/// tried again at the next poll and said meanwhile; the others are not held up. Links may lead to other servers, within the same rules
/// of where connections may lead as the feed itself.
/// </summary>
internal sealed class FollowIndex(Store store, FetchPayload fetch, AllowedHosts allowed, IOptions<ObservationsOptions> options)
{
    /// <summary>Follows; no writing.</summary>
    internal Task<FollowedIndex> FollowAsync(Feed feed, Uri index, IFeedFormat format, ParsedPayload parsed, CancellationToken cancellationToken) =>
        FollowAsync(feed, index, format, parsed, first: null, cancellationToken);

    /// <summary>Follows the <paramref name="first"/> links, whether they were followed before or not, as a trial does; null: all that are new.</summary>
    internal async Task<FollowedIndex> FollowAsync(Feed feed, Uri index, IFeedFormat format, ParsedPayload parsed, int? first, CancellationToken cancellationToken)
    {
        if (parsed.Links.Count == 0)
        {
            return new FollowedIndex([], [], 0, null);
        }

        var links = parsed.Links.GroupBy(link => link.Entry).Select(same => same.MaxBy(link => link.Updated, StringComparer.Ordinal)!).ToList();
        var names = links.Select(link => link.Entry).ToList();
        await using var db = store.Read<ObservationsDb>();
        var known = first is not null ? [] : await db.BulletinEntries.Where(row => row.FeedId == feed.Id && EF.Parameter(names).Contains(row.Entry)).ToDictionaryAsync(row => row.Entry, row => row.Updated, cancellationToken);
        var seen = links.Where(link => known.TryGetValue(link.Entry, out var updated) && updated == link.Updated).Select(link => link.Entry).ToList();
        var fetched = new List<FollowedEntry>();
        var troubles = new List<string>();
        var asked = 0;
        foreach (var link in links.Where(link => !seen.Contains(link.Entry)))
        {
            if (asked++ >= (first ?? options.Value.MaxLinked))
            {
                break;
            }

            try
            {
                var address = link.Address.IsAbsoluteUri ? link.Address : new Uri(index, link.Address);
                if (allowed.FindFault(address) is { } fault)
                {
                    throw new FeedTrouble("forbidden-link", $"{address}: {fault}");
                }

                var payload = await fetch.FetchAsync(address, format, null, null, cancellationToken) ?? throw new FeedTrouble("not-modified", "The source says that nothing has changed, though it was asked for the first time.");
                var (message, trouble) = await ParsePayload.ParseAsync(payload, feed.Id, format.ReadObservationsAsync, cancellationToken);
                if (trouble is not null)
                {
                    throw trouble;
                }

                fetched.Add(new FollowedEntry(link, payload, message));
            }
            catch (FeedTrouble trouble)
            {
                troubles.Add(trouble.Message);
                parsed.Refuse($"linked-{trouble.Reason}", $"{link.Address}: {trouble.Message}");
            }
        }

        var left = links.Count - seen.Count - fetched.Count - troubles.Count;
        var note = troubles.Count > 0 ? $"{troubles.Count} of {links.Count} linked warnings could not be read and will be asked for again: {troubles[0]}"
            : left > 0 ? $"{left} linked warnings are left for the next poll (Observations:MaxLinked)." : null;
        return new FollowedIndex(fetched, seen, troubles.Count + left, note);
    }

    /// <summary>Remembers what was followed, inside the step that stores the messages.</summary>
    internal static async Task RememberAsync(Step<ObservationsDb> step, Feed feed, FollowedIndex followed, CancellationToken cancellationToken)
    {
        if (followed.Seen.Count > 0)
        {
            var seen = followed.Seen;
            var hashes = await step.Db.BulletinEntries.Where(row => row.FeedId == feed.Id && EF.Parameter(seen).Contains(row.Entry)).Select(row => row.ContentHash).ToListAsync(cancellationToken);
            await step.Db.Bulletins.Where(row => row.FeedId == feed.Id && EF.Parameter(hashes).Contains(row.ContentHash)).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastListed, step.Now), cancellationToken);
        }

        foreach (var one in followed.Fetched)
        {
            var hash = one.Parsed.Bulletins.Count > 0 ? StoreBulletins.HashOf(one.Parsed.Bulletins[0]) : "";
            var row = await step.Db.BulletinEntries.AsTracking().SingleOrDefaultAsync(entry => entry.FeedId == feed.Id && entry.Entry == one.Entry.Entry, cancellationToken);
            if (row is null)
            {
                step.Db.BulletinEntries.Add(new BulletinEntry { FeedId = feed.Id, Entry = one.Entry.Entry, Updated = one.Entry.Updated, SeenAt = step.Now, ContentHash = hash });
            }
            else
            {
                (row.Updated, row.SeenAt, row.ContentHash) = (one.Entry.Updated, step.Now, hash);
            }
        }

        await step.Db.SaveChangesAsync(cancellationToken);
    }
}
