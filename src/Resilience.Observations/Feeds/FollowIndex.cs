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
/// <param name="Failed">Entries that could not be read.</param>
/// <param name="Unread">Entries that could not be read, or are left for the next time: the index must be looked at again.</param>
/// <param name="Note">What is to be said of that; null when nothing.</param>
internal sealed record FollowedIndex(IReadOnlyList<FollowedEntry> Fetched, IReadOnlyList<string> Seen, IReadOnlyList<LinkedEntry> Failed, int Unread, string? Note);

/// <summary>
/// Fetches the messages an index links to: each once per entry and time of update, so many at a time and not for longer than
/// <see cref="Longest"/>. One that cannot be fetched is said, and tried again after those that were not tried yet: a hundred dead links do not keep
/// out the one warning behind them. Links may lead to other servers, within the same rules of where connections may lead as the feed itself.
/// </summary>
internal sealed class FollowIndex(Store store, FetchPayload fetch, AllowedHosts allowed, IOptions<ObservationsOptions> options)
{
    /// <summary>How long the links of one index are followed in one poll: a slow server must not keep the feed from being asked again.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Follows; no writing.</summary>
    internal Task<FollowedIndex> FollowAsync(Feed feed, Uri index, IFeedFormat format, ParsedPayload parsed, CancellationToken cancellationToken) =>
        FollowAsync(feed, index, format, parsed, first: null, cancellationToken);

    /// <summary>Follows the <paramref name="first"/> links, whether they were followed before or not, as a trial does; null: all that are new.</summary>
    internal async Task<FollowedIndex> FollowAsync(Feed feed, Uri index, IFeedFormat format, ParsedPayload parsed, int? first, CancellationToken cancellationToken)
    {
        if (parsed.Links.Count == 0)
        {
            return new FollowedIndex([], [], [], 0, null);
        }

        var links = parsed.Links.GroupBy(link => link.Entry).Select(same => same.MaxBy(link => link.Updated, StringComparer.Ordinal)!).ToList();
        var names = links.Select(link => link.Entry).ToList();
        await using var db = store.Read<ObservationsDb>();
        var known = first is not null ? [] : await db.BulletinEntries.Where(row => row.FeedId == feed.Id && EF.Parameter(names).Contains(row.Entry)).ToDictionaryAsync(row => row.Entry, cancellationToken);
        var seen = links.Where(link => known.TryGetValue(link.Entry, out var row) && row.FailedAt is null && row.Updated == link.Updated).Select(link => link.Entry).ToList();
        var fetched = new List<FollowedEntry>();
        var failed = new List<LinkedEntry>();
        var said = "";
        using var time = new CancellationTokenSource(Longest, TimeProvider.System); // a wait in the real world, whatever the chain's clock says
        foreach (var link in links.Where(link => !seen.Contains(link.Entry)).OrderBy(link => known.GetValueOrDefault(link.Entry)?.FailedAt ?? DateTimeOffset.MinValue).Take(first ?? options.Value.MaxLinked))
        {
            if (time.IsCancellationRequested)
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
                failed.Add(link);
                said = said.Length > 0 ? said : trouble.Message;
                parsed.Refuse($"linked-{trouble.Reason}", $"{link.Address}: {trouble.Message}");
            }
        }

        var left = links.Count - seen.Count - fetched.Count - failed.Count;
        var note = failed.Count > 0 ? $"{failed.Count} of {links.Count} linked warnings could not be read and will be asked for again: {said}"
            : left > 0 ? $"{left} linked warnings are left for the next poll (Observations:MaxLinked)." : null;
        return new FollowedIndex(fetched, seen, failed, failed.Count + left, note);
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
            await KeepAsync(step, feed, one.Entry, row => (row.Updated, row.SeenAt, row.ContentHash, row.FailedAt) = (one.Entry.Updated, step.Now, hash, null), cancellationToken);
        }

        await step.Db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Remembers what failed, in a step of its own: an index of which nothing could be read is trouble, and what is stored with trouble is undone.</summary>
    internal async Task RememberFailedAsync(Feed feed, FollowedIndex followed, CancellationToken cancellationToken)
    {
        if (followed.Failed.Count == 0)
        {
            return;
        }

        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        foreach (var entry in followed.Failed)
        {
            await KeepAsync(step, feed, entry, row => row.FailedAt = step.Now, cancellationToken);
        }

        await step.CommitAsync(cancellationToken);
    }

    private static async Task KeepAsync(Step<ObservationsDb> step, Feed feed, LinkedEntry entry, Action<BulletinEntry> change, CancellationToken cancellationToken)
    {
        var row = await step.Db.BulletinEntries.AsTracking().SingleOrDefaultAsync(row => row.FeedId == feed.Id && row.Entry == entry.Entry, cancellationToken);
        if (row is null)
        {
            step.Db.BulletinEntries.Add(row = new BulletinEntry { FeedId = feed.Id, Entry = entry.Entry, Updated = entry.Updated, SeenAt = step.Now, ContentHash = "" });
        }

        change(row);
    }
}
