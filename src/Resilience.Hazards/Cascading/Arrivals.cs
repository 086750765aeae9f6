namespace Resilience.Hazards.Cascading;

/// <summary>A wave that was seen: somewhere between two moments it passed a place.</summary>
/// <param name="Place">Where, by the graph's name.</param>
/// <param name="Earliest">Not before.</param>
/// <param name="Latest">Not after.</param>
public sealed record Pulse(string Place, DateTimeOffset Earliest, DateTimeOffset Latest);

/// <summary>When the wave reaches a place.</summary>
/// <param name="Place">Where.</param>
/// <param name="Metres">Along the river, from where the wave began.</param>
/// <param name="Earliest">When the fastest wave would be there.</param>
/// <param name="Latest">When the slowest would.</param>
/// <param name="Seen">True when its own gauge showed the wave: the window is measured, not computed.</param>
/// <param name="From">The place its window is reckoned from: the event, or the last gauge that showed the wave.</param>
/// <param name="Synthetic">True when a stretch between was drawn for a drill.</param>
public sealed record ArrivalWindow(RiverPlace Place, double Metres, DateTimeOffset Earliest, DateTimeOffset Latest, bool Seen, string From, bool Synthetic);

/// <summary>
/// From one event upstream to a window of arrival at every place downstream: the distance over the range of celerities, begun anew at each
/// gauge that shows the wave. Windows are those of the front; the crest comes later. Pure.
/// </summary>
public static class Arrivals
{
    /// <summary>
    /// All places below the event, nearest first. A pulse counts where it is physically possible (not before the fastest wave) and then
    /// replaces what was computed.
    /// </summary>
    public static IReadOnlyList<ArrivalWindow> Of(RiverGraph graph, Pulse begin, IReadOnlyCollection<Pulse> pulses)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(begin);
        ArgumentNullException.ThrowIfNull(pulses);
        if (begin.Latest < begin.Earliest)
        {
            throw new ArgumentOutOfRangeException(nameof(begin), "An event cannot end before it begins.");
        }

        var windows = new Dictionary<string, ArrivalWindow>();
        foreach (var place in graph.Downwards)
        {
            if (place.Name == begin.Place)
            {
                windows[place.Name] = new ArrivalWindow(place, 0, begin.Earliest, begin.Latest, Seen: true, place.Name, Synthetic: false);
                continue;
            }

            var ways = graph.Into(place).Where(link => windows.ContainsKey(link.From)).Select(link => Down(windows[link.From], link, place)).ToList();
            if (ways.Count == 0)
            {
                continue;
            }

            // By several ways the front is there with the first of them.
            var first = ways.MinBy(way => way.Earliest)! with { Latest = ways.Min(way => way.Latest), Metres = ways.Min(way => way.Metres), Synthetic = ways.Any(way => way.Synthetic) };
            windows[place.Name] = See(first, pulses);
        }

        return [.. windows.Values.Where(window => window.Place.Name != begin.Place).OrderBy(window => window.Metres).ThenBy(window => window.Place.Name, StringComparer.Ordinal)];
    }

    private static ArrivalWindow Down(ArrivalWindow above, RiverLink link, RiverPlace place) => new(
        place, above.Metres + link.Metres, above.Earliest + TimeSpan.FromSeconds(link.Metres / link.Celerity.High), above.Latest + TimeSpan.FromSeconds(link.Metres / link.Celerity.Low),
        Seen: false, above.From, above.Synthetic || link.Synthetic);

    private static ArrivalWindow See(ArrivalWindow window, IReadOnlyCollection<Pulse> pulses)
    {
        var seen = pulses.Where(pulse => pulse.Place == window.Place.Name && pulse.Latest >= window.Earliest && pulse.Latest >= pulse.Earliest).MinBy(pulse => pulse.Earliest);
        return seen is null ? window : window with { Earliest = Later(seen.Earliest, window.Earliest), Latest = seen.Latest, Seen = true, From = window.Place.Name };
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
