using System.Collections.Concurrent;

namespace Resilience.Observations.Storing;

/// <summary>Descriptions of one feed's stations and datastreams that are stored as they are. Thread-safe.</summary>
internal sealed class KnownStations(string settings)
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

    internal void Add(KnownStations other)
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
