using System.Collections.Concurrent;

namespace Resilience.Observations.Storing;

/// <summary>
/// The newest values of the datastreams this process has stored itself, so that the next batch need not read them back. A tail is
/// kept under the datastream's <see cref="LatestObservation.History"/>: when another process has stored since, the mark in the
/// database is another one and the tail is not used. Thread-safe.
/// </summary>
internal sealed class KnownTails
{
    /// <summary>About 60 MB at forty values each; beyond it all are forgotten and read anew.</summary>
    private const int Most = 50_000;

    private readonly ConcurrentDictionary<string, (long History, StoredValue[] Values)> _tails = new(StringComparer.Ordinal);

    /// <summary>The tail, oldest first, or null when it is not known to hold.</summary>
    internal StoredValue[]? Find(LatestObservation latest) => _tails.TryGetValue(latest.DatastreamId, out var tail) && tail.History == latest.History ? tail.Values : null;

    /// <summary>Takes over what was committed; a series without a tail is forgotten.</summary>
    internal void Keep(IEnumerable<(LatestObservation Latest, StoredValue[]? Tail)> committed)
    {
        if (_tails.Count > Most)
        {
            _tails.Clear();
        }

        foreach (var (latest, tail) in committed)
        {
            if (tail is null)
            {
                _tails.TryRemove(latest.DatastreamId, out _);
            }
            else
            {
                _tails[latest.DatastreamId] = (latest.History, tail);
            }
        }
    }
}
