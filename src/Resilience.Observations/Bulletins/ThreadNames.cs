using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Observations.Storing;
using Resilience.Storage.HandingOver;

namespace Resilience.Observations.Bulletins;

/// <summary>
/// Which messages belong together: all that share a name or refer to one another, directly or over others, in whatever order they come. A
/// thread is known by its oldest name, so the same messages always make the same thread.
/// </summary>
internal static class ThreadNames
{
    /// <summary>Adds the names of messages, joins threads where they meet, and returns the thread of each name and all threads touched.</summary>
    internal static async Task<(Dictionary<string, Guid> ThreadOf, HashSet<Guid> Touched)> JoinAsync(Step<ObservationsDb> step, Feed feed, IReadOnlyList<ParsedBulletin> bulletins, CancellationToken cancellationToken)
    {
        var groups = bulletins.Select(bulletin => NamesOf(bulletin, feed.TimeShift)).ToList();
        var given = groups.SelectMany(group => group).Select(name => name.Name).Distinct().ToList();
        var known = await step.Db.BulletinNames.AsNoTracking().Where(row => row.FeedId == feed.Id && EF.Parameter(given).Contains(row.Name)).Select(row => row.Thread).Distinct().ToListAsync(cancellationToken);
        var rows = await step.Db.BulletinNames.AsTracking().Where(row => row.FeedId == feed.Id && EF.Parameter(known).Contains(row.Thread)).ToDictionaryAsync(row => row.Name, cancellationToken);
        var parent = rows.Values.GroupBy(row => row.Thread).SelectMany(thread => thread.Select(row => (row.Name, First: thread.First().Name))).ToDictionary(pair => pair.Name, pair => pair.First);
        var since = rows.Values.ToDictionary(row => row.Name, row => row.Since);
        foreach (var group in groups)
        {
            foreach (var (name, time) in group)
            {
                since[name] = since.TryGetValue(name, out var earlier) && earlier < time ? earlier : time;
                parent.TryAdd(name, name);
                parent[Root(parent, name)] = Root(parent, group[0].Name);
            }
        }

        var touched = new HashSet<Guid>();
        var moved = new HashSet<(Guid Old, Guid Now)>();
        var threadOf = new Dictionary<string, Guid>();
        foreach (var thread in parent.Keys.GroupBy(name => Root(parent, name)))
        {
            var oldest = thread.OrderBy(name => since[name]).ThenBy(name => name, StringComparer.Ordinal).First();
            var id = StableId.From("observations.bulletin-thread", feed.Id, oldest);
            foreach (var name in thread)
            {
                threadOf[name] = id;
                if (!rows.TryGetValue(name, out var row))
                {
                    step.Db.BulletinNames.Add(new BulletinName { FeedId = feed.Id, Name = name, Since = since[name], Thread = id });
                    continue;
                }

                if (row.Thread != id)
                {
                    moved.Add((row.Thread, id));
                    touched.UnionWith([row.Thread, id]);
                }

                (row.Since, row.Thread) = (since[name], id);
            }
        }

        await step.Db.SaveChangesAsync(cancellationToken);
        foreach (var (old, now) in moved)
        {
            await step.Db.Bulletins.Where(row => row.Thread == old).ExecuteUpdateAsync(set => set.SetProperty(row => row.Thread, now), cancellationToken);
        }

        return (threadOf, touched);
    }

    private static List<(string Name, DateTimeOffset Since)> NamesOf(ParsedBulletin bulletin, TimeSpan shift)
    {
        var sent = bulletin.Sent + shift;
        var began = bulletin.ReplacesThread && bulletin.Parts[0].Onset is { } onset ? onset + shift : sent;
        return
        [
            (bulletin.Identifier, began),
            .. bulletin.Names.Select(name => (name, began)),
            .. bulletin.References.Select(reference => (reference.Identifier, reference.Sent is { } time ? time + shift : sent)),
        ];
    }

    private static string Root(Dictionary<string, string> parent, string name)
    {
        while (parent[name] != name)
        {
            parent[name] = parent[parent[name]];
            name = parent[name];
        }

        return name;
    }
}
