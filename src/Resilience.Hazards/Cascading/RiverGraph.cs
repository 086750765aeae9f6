using NetTopologySuite.Geometries;
using Resilience.Core.Geography;

namespace Resilience.Hazards.Cascading;

/// <summary>Water that runs from one place to the next.</summary>
/// <param name="From">Upstream.</param>
/// <param name="To">Downstream.</param>
/// <param name="Metres">Along the river.</param>
/// <param name="Celerity">How fast a wave runs there.</param>
/// <param name="Synthetic">True when drawn for a drill.</param>
public sealed record RiverLink(string From, string To, double Metres, Celerity Celerity, bool Synthetic);

/// <summary>
/// Which place lies below which, and how far: reaches joined where one ends and another begins. Water does not run in a circle, so neither
/// may the graph. Immutable and thread-safe.
/// </summary>
public sealed class RiverGraph
{
    /// <summary>How near a lake must be to the head of a reach to be its source.</summary>
    public const double SnapMetres = 3_000;

    private readonly Dictionary<string, RiverPlace> _places = [];
    private readonly List<(string Name, Coordinate Position)> _heads = [];
    private readonly List<RiverLink> _links = [];
    private readonly ILookup<string, RiverLink> _below;
    private readonly ILookup<string, RiverLink> _above;
    private readonly IReadOnlyList<(string Upstream, string Downstream)> _pairs;

    /// <summary>Joins the reaches; <paramref name="pairs"/> are stations an operator has said lie one above the other on a river not drawn here.</summary>
    public RiverGraph(IEnumerable<Reach> reaches, IReadOnlyList<(string Upstream, string Downstream)>? pairs = null)
    {
        ArgumentNullException.ThrowIfNull(reaches);
        _pairs = pairs ?? [];
        foreach (var reach in reaches)
        {
            Add(reach);
        }

        _below = _links.ToLookup(link => link.From);
        _above = _links.ToLookup(link => link.To);
        Downwards = Sort([.. _places.Keys], _links);
        Sort([.. _pairs.SelectMany(pair => new[] { pair.Upstream, pair.Downstream }).Distinct()], [.. _pairs.Select(pair => new RiverLink(pair.Upstream, pair.Downstream, 0, new Celerity(1, 1, ""), false))]);
    }

    /// <summary>All places, none before one that lies above it.</summary>
    public IReadOnlyList<RiverPlace> Downwards { get; }

    /// <summary>What runs into a place.</summary>
    public IEnumerable<RiverLink> Into(RiverPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return _above[place.Name];
    }

    /// <summary>Where a station stands on the graph: as configured, or at the head of the reach it stands next to; null elsewhere.</summary>
    public RiverPlace? Find(string stationId, Coordinate position) =>
        _places.Values.FirstOrDefault(place => place.Station == stationId)
        ?? _heads.Where(head => Wgs84.DistanceMetres(head.Position, position) <= SnapMetres)
            .OrderBy(head => Wgs84.DistanceMetres(head.Position, position)).Select(head => _places[head.Name]).FirstOrDefault();

    /// <summary>The next stations above a station: up each branch to the first that measures.</summary>
    public IReadOnlyList<string> StationsAbove(string stationId) =>
        [.. Next(stationId, _above, link => link.From).Concat(_pairs.Where(pair => pair.Downstream == stationId).Select(pair => pair.Upstream)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The next stations below a station.</summary>
    public IReadOnlyList<string> StationsBelow(string stationId) =>
        [.. Next(stationId, _below, link => link.To).Concat(_pairs.Where(pair => pair.Upstream == stationId).Select(pair => pair.Downstream)).Distinct().Order(StringComparer.Ordinal)];

    private IEnumerable<string> Next(string stationId, ILookup<string, RiverLink> links, Func<RiverLink, string> towards)
    {
        if (_places.Values.FirstOrDefault(place => place.Station == stationId) is not { } start)
        {
            yield break;
        }

        var (waiting, seen) = (new Queue<string>(links[start.Name].Select(towards)), new HashSet<string>());
        while (waiting.TryDequeue(out var name))
        {
            if (!seen.Add(name))
            {
                continue;
            }

            if (_places[name].Station is { } station)
            {
                yield return station;
                continue;
            }

            foreach (var link in links[name])
            {
                waiting.Enqueue(towards(link));
            }
        }
    }

    private void Add(Reach reach)
    {
        if (reach.Line.Count < 2 || !(reach.Celerity.Low > 0 && reach.Celerity.High >= reach.Celerity.Low && double.IsFinite(reach.Celerity.High)))
        {
            throw new InvalidDataException($"The reach {reach.From} to {reach.To} of the {reach.River} has no line or no celerity above 0.");
        }

        var length = reach.LengthMetres;
        var stops = reach.Places.Where(place => place.Name != reach.From && place.Name != reach.To)
            .Select(place => (Place: place, At: reach.MetresDownAt(place.Position))).OrderBy(stop => stop.At).ThenBy(stop => stop.Place.Name, StringComparer.Ordinal)
            .Prepend((Place: End(reach, reach.From, reach.Line[0]), At: 0.0)).Append((Place: End(reach, reach.To, reach.Line[^1]), At: length)).ToList();
        foreach (var (place, _) in stops)
        {
            _places[place.Name] = _places.TryGetValue(place.Name, out var there)
                ? there with { Settlement = there.Settlement || place.Settlement, Station = there.Station ?? place.Station }
                : place;
        }

        _heads.Add((reach.From, reach.Line[0]));
        _links.AddRange(stops.Zip(stops.Skip(1), (a, b) => new RiverLink(a.Place.Name, b.Place.Name, b.At - a.At, reach.Celerity, reach.Synthetic)));
    }

    private static RiverPlace End(Reach reach, string name, Coordinate position) =>
        reach.Places.FirstOrDefault(place => place.Name == name) ?? new RiverPlace(name, Settlement: false, Station: null, position);

    private List<RiverPlace> Sort(IReadOnlyList<string> names, IReadOnlyList<RiverLink> links)
    {
        var waits = names.ToDictionary(name => name, name => links.Count(link => link.To == name));
        var ready = new SortedSet<string>(waits.Where(pair => pair.Value == 0).Select(pair => pair.Key), StringComparer.Ordinal);
        var (order, taken) = (new List<RiverPlace>(), 0);
        while (ready.Min is { } name)
        {
            ready.Remove(name);
            taken++;
            if (_places.TryGetValue(name, out var place))
            {
                order.Add(place);
            }

            foreach (var link in links.Where(link => link.From == name))
            {
                if (--waits[link.To] == 0)
                {
                    ready.Add(link.To);
                }
            }
        }

        return taken == names.Count
            ? order
            : throw new InvalidDataException($"The river runs in a circle through {waits.Where(pair => pair.Value > 0).Select(pair => pair.Key).Order(StringComparer.Ordinal).First()}: one of its reaches is drawn the wrong way round.");
    }
}
