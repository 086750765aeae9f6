using System.Collections.Concurrent;

namespace Resilience.Observations.Storing;

/// <summary>
/// What this process knows to be stored of each feed's stations and datastreams, because it stored it itself and nobody else has
/// written stations since: most payloads describe the same stations as the one before. Every writer of stations raises the version of
/// layer <c>observations.stations</c> by one, so a version that is not ours tells of another's work. Thread-safe.
/// </summary>
internal sealed class KnownStations
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Known> _byFeed = new(StringComparer.Ordinal);
    private long _ours = -1;

    /// <summary>What is known of a feed's stations; empty when it is not known to hold.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="layerVersion">The layer's version as this transaction sees it.</param>
    internal Known Of(Feed feed, long layerVersion)
    {
        lock (_lock)
        {
            if (layerVersion > _ours)
            {
                _byFeed.Clear();
                _ours = layerVersion;
            }

            return _byFeed.TryGetValue(feed.Id, out var known) && known.Settings == Known.SettingsOf(feed) ? known : new Known(Known.SettingsOf(feed));
        }
    }

    /// <summary>Takes over what was committed.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="known">What <see cref="Of"/> gave.</param>
    /// <param name="learnt">What the step stored besides.</param>
    /// <param name="layerVersion">The version the step raised the layer to; null when it changed no station.</param>
    internal void Keep(Feed feed, Known known, Known learnt, long? layerVersion)
    {
        lock (_lock)
        {
            if (layerVersion is { } after && after > _ours)
            {
                if (after != _ours + 1)
                {
                    _byFeed.Clear();
                }

                _ours = after;
            }

            known.Add(learnt);
            _byFeed[feed.Id] = known;
        }
    }

    /// <summary>Descriptions of one feed that are stored as they are.</summary>
    internal sealed class Known(string settings)
    {
        private readonly ConcurrentDictionary<string, ParsedStation> _stations = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, (ParsedDatastream Parsed, Datastream Stored)> _datastreams = new(StringComparer.Ordinal);

        internal string Settings { get; } = settings;

        /// <summary>The parts of a feed's definition that stand in its stations too.</summary>
        internal static string SettingsOf(Feed feed) => $"{feed.Exercise} {feed.TimeShift.Ticks} {feed.Snapshot} {feed.Every.Ticks}";

        internal bool Holds(ParsedStation station) => _stations.TryGetValue(station.Id, out var known) && known == station;

        internal Datastream? Find(ParsedDatastream datastream) => _datastreams.TryGetValue(datastream.Id, out var known) && known.Parsed == datastream ? known.Stored : null;

        internal void Add(ParsedStation station) => _stations[station.Id] = station;

        internal void Add(ParsedDatastream datastream, Datastream stored) => _datastreams[datastream.Id] = (datastream, stored);

        internal void Add(Known other)
        {
            foreach (var station in other._stations.Values)
            {
                Add(station);
            }

            foreach (var (parsed, stored) in other._datastreams.Values)
            {
                Add(parsed, stored);
            }
        }
    }
}
