using System.Collections.Concurrent;

namespace Resilience.Observations.Storing;

/// <summary>
/// What this process knows to be stored, because it stored it itself and nobody else has written since: most payloads describe the same stations
/// as the one before, and append to the same series. Every writer of stations or of newest values raises the version of layer
/// <c>observations.stations</c> by one, so a version that is not ours tells of another's work. Thread-safe.
/// </summary>
internal sealed class Known
{
    /// <summary>About 80 MB at forty values each; beyond it all are forgotten and read anew.</summary>
    private const int MostSeries = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, KnownStations> _stations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, KnownSeries> _series = new(StringComparer.Ordinal);
    private long _version;

    /// <summary>What is known of a feed; nothing when somebody else has written, be it this very step, whose writing may yet be undone.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="layerVersion">The layer's version as this transaction sees it, under the lock of the feed's source.</param>
    internal View Of(Feed feed, long layerVersion)
    {
        lock (_lock)
        {
            var settings = KnownStations.SettingsOf(feed);
            return layerVersion <= _version
                ? new View(feed.Id, layerVersion, _stations.TryGetValue(feed.Id, out var stations) && stations.Settings == settings ? stations : new KnownStations(settings), _series)
                : new View(feed.Id, layerVersion, new KnownStations(settings), null);
        }
    }

    /// <summary>Takes over what was committed.</summary>
    /// <param name="view">What <see cref="Of"/> gave.</param>
    /// <param name="learnt">What the step found to be stored, or stored, of stations.</param>
    /// <param name="merged">What it stored of series.</param>
    /// <param name="layerVersion">The version it raised the layer to; null when it changed nothing.</param>
    internal void Keep(View view, KnownStations learnt, IEnumerable<MergedSeries> merged, long? layerVersion)
    {
        lock (_lock)
        {
            if ((layerVersion ?? view.LayerVersion) is var reached && reached < _version)
            {
                return; // others have written since; whether these rows too is not known
            }

            if (reached > _version + (layerVersion is null ? 0 : 1) || _series.Count > MostSeries)
            {
                _stations.Clear();
                _series.Clear();
            }

            _version = reached;
            if (!_stations.TryGetValue(view.FeedId, out var stations) || stations.Settings != learnt.Settings)
            {
                _stations[view.FeedId] = stations = new KnownStations(learnt.Settings);
            }

            stations.Add(learnt);
            foreach (var series in merged)
            {
                _series[series.DatastreamId] = new KnownSeries(series.Latest, series.Tail);
            }
        }
    }

    /// <summary>Forgets all: something was not as it was known to be.</summary>
    internal void Forget()
    {
        lock (_lock)
        {
            _stations.Clear();
            _series.Clear();
        }
    }

    /// <summary>What is known for one step.</summary>
    /// <param name="FeedId">The feed.</param>
    /// <param name="LayerVersion">The layer's version as the step saw it first.</param>
    /// <param name="Stations">The feed's stations.</param>
    /// <param name="Series">Series by datastream, of all feeds; null: nothing is known of any.</param>
    internal sealed record View(string FeedId, long LayerVersion, KnownStations Stations, ConcurrentDictionary<string, KnownSeries>? Series)
    {
        internal KnownSeries? Find(string datastreamId) => Series is not null && Series.TryGetValue(datastreamId, out var known) ? known : null;
    }
}

/// <summary>The end of a series as it is stored.</summary>
/// <param name="Latest">Its newest value; never changed here.</param>
/// <param name="Tail">Its newest values, oldest first; null when they are not all at hand.</param>
internal sealed record KnownSeries(LatestObservation Latest, StoredValue[]? Tail);
