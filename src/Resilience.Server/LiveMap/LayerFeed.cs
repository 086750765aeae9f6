using System.Collections.Immutable;
using Resilience.Core.Chain;

namespace Resilience.Server.LiveMap;

/// <summary>
/// The live copy of one layer and its one writer: changes are read from the database once for all connections, kept as an
/// immutable snapshot, and put into every connection's mailbox. Nothing here waits for a client. Thread-safe.
/// </summary>
internal sealed class LayerFeed(IMapLayer layer)
{
    /// <summary>
    /// How many departures are remembered for clients that come back; a client that missed older ones gets a snapshot.
    /// </summary>
    private const int MostDepartures = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Mailbox> _mailboxes = [];
    private volatile LayerState _state = LayerState.Empty;
    private bool _read;

    /// <summary>The layer's name.</summary>
    internal string Name => layer.Name;

    /// <summary>Who may see it.</summary>
    internal Audience Audience => layer.Audience;

    /// <summary>The layer now.</summary>
    internal LayerState State => _state;

    /// <summary>True once the database was read: before that an empty state says nothing.</summary>
    internal bool IsRead => Volatile.Read(ref _read);

    /// <summary>
    /// Reads what changed in the database and passes it on; returns the changes. Only the layer's own loop calls it.
    /// </summary>
    internal async Task<IReadOnlyList<MapFeature>> ReadAsync(CancellationToken cancellationToken)
    {
        var before = _state;
        var changes = await layer.ListChangedSinceAsync(before.Version, cancellationToken);
        if (_read && changes.Count == 0)
        {
            return [];
        }

        var after = before.With(changes, MostDepartures);
        lock (_gate)
        {
            _state = after;
            foreach (var mailbox in _mailboxes.Values)
            {
                if (_read)
                {
                    mailbox.Post(this, changes, after.Version);
                }
                else
                {
                    mailbox.PostSnapshot(this);
                }
            }

            _read = true;
        }

        return changes;
    }

    /// <summary>
    /// From now on the mailbox gets this layer: first what it missed since <paramref name="seen"/> when that is still known, else a
    /// snapshot. Before the database was first read it gets nothing: nobody is told of an empty map because it could not be read yet.
    /// </summary>
    internal void Attach(string connection, Mailbox mailbox, long seen)
    {
        lock (_gate)
        {
            var state = _state;
            _mailboxes[connection] = mailbox;
            if (!_read)
            {
                return;
            }

            if (seen > 0 && state.ListSince(seen) is { } missed)
            {
                mailbox.Begin(this, seen);
                mailbox.Post(this, missed, state.Version);
            }
            else
            {
                mailbox.PostSnapshot(this);
            }
        }
    }

    /// <summary>The connection is gone.</summary>
    internal void Detach(string connection)
    {
        lock (_gate)
        {
            _mailboxes.Remove(connection);
        }
    }
}

/// <summary>One immutable version of a layer.</summary>
/// <param name="Version">0: nothing was ever there.</param>
/// <param name="Features">What is there, by id.</param>
/// <param name="Departures">What left since <paramref name="Floor"/>, by id.</param>
/// <param name="Floor">Departures at or below this version are not remembered.</param>
internal sealed record LayerState(long Version, ImmutableDictionary<string, MapFeature> Features, ImmutableDictionary<string, MapFeature> Departures, long Floor)
{
    internal static readonly LayerState Empty = new(0, ImmutableDictionary<string, MapFeature>.Empty, ImmutableDictionary<string, MapFeature>.Empty, 0);

    internal LayerState With(IReadOnlyList<MapFeature> changes, int mostDepartures)
    {
        var features = Features.ToBuilder();
        var departures = Departures.ToBuilder();
        var version = Version;
        foreach (var change in changes)
        {
            version = Math.Max(version, change.Version);
            if (change.Removed)
            {
                features.Remove(change.Id);
                departures[change.Id] = change;
            }
            else
            {
                features[change.Id] = change;
                departures.Remove(change.Id);
            }
        }

        if (Version == 0)
        {
            // The first read lists what is there, not what left before.
            return new LayerState(version, features.ToImmutable(), ImmutableDictionary<string, MapFeature>.Empty, version);
        }

        return departures.Count <= mostDepartures
            ? new LayerState(version, features.ToImmutable(), departures.ToImmutable(), Floor)
            : new LayerState(version, features.ToImmutable(), ImmutableDictionary<string, MapFeature>.Empty, version);
    }

    /// <summary>What changed above a version, or null when that is not known any more.</summary>
    internal IReadOnlyList<MapFeature>? ListSince(long version) => version < Floor || version > Version
        ? null
        : [.. Features.Values.Where(feature => feature.Version > version), .. Departures.Values.Where(feature => feature.Version > version)];
}
