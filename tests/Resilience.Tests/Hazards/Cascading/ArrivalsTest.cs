using NetTopologySuite.Geometries;
using Resilience.Core.Geography;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Cascading;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards.Cascading;

/// <summary>From one event upstream to windows downstream.</summary>
public sealed class ArrivalsTest
{
    private static readonly DateTimeOffset Event = new(2019, 6, 20, 13, 20, 0, TimeSpan.Zero);

    private static RiverGraph PhoChhu { get; } = new(Resilience.Hazards.Cascading.Reach.ReadAll(new GeodataDirectory(Repository.Path("geodata"))));

    /// <summary>Published: a drop within five minutes at about 19:20 (Bhutan), Thanza rose between 19:45 and 20:00.</summary>
    [Fact]
    public void Thorthormi_2019_reaches_Thanza_within_the_window_that_was_published()
    {
        var windows = Arrivals.Of(PhoChhu, new Pulse("Thorthormi Tsho", Event, Event.AddMinutes(5)), []);
        var thanza = windows.Single(window => window.Place.Name == "Thanza");
        Assert.True(thanza.Earliest <= Event.AddMinutes(25) && thanza.Latest >= Event.AddMinutes(40), $"{thanza.Earliest:HH:mm} to {thanza.Latest:HH:mm}");
        Assert.True(thanza.Earliest > Event && thanza.Latest < Event.AddMinutes(90), "a window of hours for six kilometres warns nobody");
        Assert.Equal(["Thanza", "Lhedi", "Samdingkha", "Punakha"], windows.Select(window => window.Place.Name));
        Assert.All(windows, window => Assert.True(window.Synthetic));
    }

    /// <summary>7 October 1994, Lugge Tsho: the wave reached Punakha. No hour of arrival is among our sources, so only the order of magnitude is held: hours, not minutes, not days.</summary>
    [Fact]
    public void Lugge_1994_reaches_Punakha_in_hours()
    {
        var punakha = Arrivals.Of(PhoChhu, new Pulse("Thorthormi Tsho", Event, Event), [])[^1];
        Assert.InRange((punakha.Earliest - Event).TotalHours, 1, 12);
        Assert.InRange((punakha.Latest - Event).TotalHours, 3, 24);
    }

    [Fact]
    public void Windows_are_ordered_downstream_never_before_the_event_and_widen_with_distance()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var graph = Tree(random, 12);
            var begin = new Pulse("n0", Event, Event.AddMinutes(random.Next(20)));
            var windows = Arrivals.Of(graph, begin, []).ToDictionary(window => window.Place.Name);
            Assert.Equal(11, windows.Count);
            foreach (var place in graph.Downwards.Where(place => place.Name != "n0"))
            {
                var link = Assert.Single(graph.Into(place));
                var (earliest, latest) = link.From == "n0" ? (begin.Earliest, begin.Latest) : (windows[link.From].Earliest, windows[link.From].Latest);
                var own = windows[place.Name];
                Assert.True(own.Earliest > begin.Earliest && own.Latest > begin.Latest, $"seed {seed}: {own} before the event");
                Assert.True(own.Earliest >= earliest && own.Latest >= latest, $"seed {seed}: {own} before the place above");
                Assert.True(own.Latest - own.Earliest >= latest - earliest, $"seed {seed}: {own} narrower than above");
            }
        }
    }

    [Fact]
    public void A_gauge_that_shows_the_pulse_narrows_every_window_below_it_and_none_above()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var graph = Tree(random, 12);
            var begin = new Pulse("n0", Event, Event);
            var before = Arrivals.Of(graph, begin, []).ToDictionary(window => window.Place.Name);
            var gauge = before.Values.ElementAt(random.Next(before.Count));
            var at = gauge.Earliest + ((gauge.Latest - gauge.Earliest) * random.NextDouble());
            var after = Arrivals.Of(graph, begin, [new Pulse(gauge.Place.Name, at, at)]).ToDictionary(window => window.Place.Name);
            foreach (var window in after.Values)
            {
                var old = before[window.Place.Name];
                Assert.True(window.Earliest >= old.Earliest && window.Latest <= old.Latest, $"seed {seed}: {window} wider than {old}");
                Assert.True(window.From == gauge.Place.Name ? window.Latest - window.Earliest < old.Latest - old.Earliest : window == old, $"seed {seed}: {window}");
            }

            Assert.True(after[gauge.Place.Name].Seen);
        }
    }

    [Fact]
    public void A_rise_before_any_wave_could_be_there_is_another_rise()
    {
        var thanza = Arrivals.Of(PhoChhu, new Pulse("Thorthormi Tsho", Event, Event), [new Pulse("Thanza", Event.AddMinutes(-3), Event.AddMinutes(2))]).Single(window => window.Place.Name == "Thanza");
        Assert.False(thanza.Seen);
    }

    [Fact]
    public void Where_two_rivers_meet_the_first_water_counts()
    {
        var graph = new RiverGraph([Reach("a", "b", 10_000, 1, 2), Reach("b", "d", 1_000, 1, 2), Reach("a", "c", 1_000, 1, 2), Reach("c", "d", 1_000, 1, 2)]);
        var d = Arrivals.Of(graph, new Pulse("a", Event, Event), []).Single(window => window.Place.Name == "d");
        Assert.InRange((d.Latest - Event).TotalSeconds, 1_990, 2_010);
    }

    [Fact]
    public void A_river_that_runs_in_a_circle_is_refused()
    {
        Assert.Contains("circle", Assert.Throws<InvalidDataException>(() => new RiverGraph([Reach("a", "b", 1_000, 1, 2), Reach("b", "c", 1_000, 1, 2), Reach("c", "a", 1_000, 1, 2)])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => new RiverGraph([], [("x", "y"), ("y", "x")]));
        Assert.Throws<InvalidDataException>(() => new RiverGraph([Reach("a", "b", 1_000, 0, 2)]));
    }

    [Fact]
    public void Stations_know_the_next_above_and_below_them_across_places_that_do_not_measure()
    {
        Assert.Equal(["drill:thanza"], PhoChhu.StationsBelow("drill:thorthormi-lake"));
        Assert.Equal(["drill:thorthormi-lake"], PhoChhu.StationsAbove("drill:thanza"));
        Assert.Empty(PhoChhu.StationsBelow("drill:punakha"));
        var configured = new RiverGraph([], [("usgs:1", "usgs:2")]);
        Assert.Equal(["usgs:2"], configured.StationsBelow("usgs:1"));
        Assert.Equal(["usgs:1"], configured.StationsAbove("usgs:2"));
    }

    [Fact]
    public void A_front_is_found_between_its_foot_and_its_rise_and_a_spike_is_none()
    {
        var wave = new[] { 1.20, 1.20, 1.21, 1.36, 1.51, 1.66, 1.60 }.Select((value, i) => new Sample(Event.AddMinutes(5 * i), value)).ToList();
        Assert.Equal((Event.AddMinutes(5), Event.AddMinutes(15)), FindPulse.In(wave, Event));
        var spike = new[] { 1.20, 1.20, 1.66, 1.20, 1.20 }.Select((value, i) => new Sample(Event.AddMinutes(5 * i), value)).ToList();
        Assert.Null(FindPulse.In(spike, Event));
        var weather = Enumerable.Range(0, 200).Select(i => new Sample(Event.AddMinutes(15 * i), 1 + (0.02 * i))).ToList();
        Assert.Null(FindPulse.In(weather, Event));
    }

    private static RiverGraph Tree(Random random, int places) =>
        new(Enumerable.Range(1, places - 1).Select(i => Reach($"n{random.Next(i)}", $"n{i}", 500 + random.Next(20_000), 0.5 + random.NextDouble(), 1.5 + (3 * random.NextDouble()))));

    private static Resilience.Hazards.Cascading.Reach Reach(string from, string to, double metres, double low, double high) => new(
        "River", from, to, 500, false, [new Coordinate(10, 40), Wgs84.Destination(new Coordinate(10, 40), 180, metres)], new Celerity(low, high, "test"), []);
}
