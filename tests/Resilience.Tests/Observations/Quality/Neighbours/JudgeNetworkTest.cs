using CsCheck;
using Resilience.Observations;
using Resilience.Observations.Quality.Neighbours;
using static Resilience.Tests.Observations.Quality.Neighbours.Network;

namespace Resilience.Tests.Observations.Quality.Neighbours;

/// <summary>What neighbours contradict, and what they do not.</summary>
public sealed class JudgeNetworkTest
{
    [Fact]
    public void A_thermometer_ten_degrees_above_its_neighbours_for_a_day_is_contradicted_from_the_first_of_those_hours_until_it_is_back()
    {
        var found = Assert.Single(Apart(Ring(hour => hour is >= 20 and < 50 ? 30 : 20)));
        Assert.Equal(("t:0:x", FindingKind.Apart, First.AddHours(20), First.AddHours(50)), (found.DatastreamId, found.Kind, found.Since, found.Until));
        Assert.Equal((30.0, 20.0, 6.0, 5), (found.Figures!.Value, found.Figures.Expected, found.Figures.Tolerance, found.Figures.Neighbours.Count));
    }

    [Fact]
    public void A_front_a_foehn_or_a_storm_that_sets_neighbours_apart_for_eight_hours_is_weather() =>
        Assert.Empty(Apart(Ring(hour => hour is >= 20 and < 28 ? 8 : 20)));

    [Fact]
    public void A_mountain_is_as_much_colder_as_it_is_higher()
    {
        var ring = Ring(_ => 20 - (0.0065 * 450));
        ring[0] = ring[0] with { Elevation = 550 };
        Assert.Empty(Apart(ring));
        Assert.Empty(Apart([ring[0] with { Hours = [.. Enumerable.Repeat(12.0, Law.Window)] }, .. ring[1..]])); // 5 °C from what its height explains
        Assert.Single(Apart([ring[0] with { Elevation = 100, Hours = [.. Enumerable.Repeat(12.0, Law.Window)] }, .. ring[1..]]));
    }

    [Fact]
    public void Where_a_height_is_not_known_eight_degrees_may_be_a_mountain()
    {
        var ring = Ring(_ => 12);
        Assert.Single(Apart(ring));
        ring[0] = ring[0] with { Elevation = null };
        Assert.Empty(Apart(ring));
    }

    [Fact]
    public void Two_neighbours_are_too_few_to_contradict_anybody() => Assert.Empty(Apart(Ring(_ => 40, count: 2)));

    [Fact]
    public void Neighbours_that_differ_among_themselves_contradict_less() =>
        Assert.Empty(Apart(Ring(_ => 30, (i, _) => 14 + (3 * i))));

    [Fact]
    public void A_wrong_station_does_not_make_its_neighbours_wrong()
    {
        var found = Apart(Ring(_ => 45, (i, _) => i <= 1 ? 45 : 20, count: 7));
        Assert.Equal(["t:0:x", "t:1:x"], found.Select(one => one.DatastreamId).Order());
    }

    [Fact]
    public void Stations_that_report_every_third_hour_are_judged_too()
    {
        double Third(int hour, double value) => hour % 3 == 0 ? value : double.NaN;
        var found = Assert.Single(Apart(Ring(hour => Third(hour, 30), (_, hour) => Third(hour, 20))));
        Assert.Null(found.Until);
    }

    [Fact]
    public void A_finding_carried_into_the_window_keeps_its_beginning_and_ends_when_nobody_is_left_to_compare_with()
    {
        var open = new Dictionary<string, OpenBefore> { ["t:0:x"] = new(First.AddDays(-9)) };
        var lasting = Assert.Single(Apart(Ring(_ => 30), open));
        Assert.Equal((First.AddDays(-9), null), (lasting.Since, lasting.Until));
        var alone = Assert.Single(Apart(Ring(_ => double.NaN), open));
        Assert.Equal((First.AddDays(-9), First.AddHours(Law.Window)), (alone.Since, alone.Until));
    }

    [Fact]
    public void A_gauge_that_says_zero_all_through_a_day_of_rain_all_around_it_is_contradicted_until_it_tells_rain_again()
    {
        var wet = Ring(hour => hour >= 60 ? 2 : 0, (_, hour) => hour is >= 10 and < 22 ? 2 : 0);
        var found = Assert.Single(JudgeNetwork.Dry(wet, First, Nothing, Law));
        Assert.Equal((FindingKind.Dry, First.AddHours(60)), (found.Kind, found.Until));
        Assert.True(found.Since <= First.AddHours(10));
        Assert.Equal((0.0, 24.0), (found.Figures!.Value, found.Figures.Expected));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_gauge_at_the_edge_of_a_storm_or_beside_one_that_had_little_is_not(bool oneSide)
    {
        var wet = Ring(_ => 0, (i, hour) => hour is < 10 or >= 22 ? 0 : !oneSide && i == 1 ? 0.2 : 2);
        Assert.Empty(JudgeNetwork.Dry(oneSide ? [.. wet.Where(one => one.StationId is "t:0" or "t:1" or "t:2" or "t:5")] : wet, First, Nothing, Law with { RainWidestGap = oneSide ? 180 : 360 }));
    }

    [Fact]
    public void One_gauge_that_has_a_storm_alone_is_never_doubted() => Assert.Empty(JudgeNetwork.Dry(Ring(_ => 30, (_, _) => 0), First, Nothing, Law));

    [Fact]
    public void A_move_away_of_a_tenth_of_a_degree_a_day_is_a_drift_and_a_step_or_a_cold_week_is_none()
    {
        var today = new DateOnly(2021, 6, 30);
        var limits = Law.AirTemperature;
        IReadOnlyCollection<DayDeparture> Days(Func<int, double> difference) => [.. Enumerable.Range(0, 30).Select(day => new DayDeparture { DatastreamId = "x", Day = today.AddDays(day - 29).ToString("yyyy-MM-dd"), Difference = difference(day) + (0.5 * Math.Sin(day * 2.4)), Hours = 24 })];

        var drift = JudgeNetwork.Drift("x", Days(day => day * 0.15), today, limits, "°C", null, Law);
        Assert.Equal((FindingKind.Drift, today.AddDays(-29)), (drift!.Kind, DateOnly.FromDateTime(drift.Since.UtcDateTime)));
        Assert.InRange(drift.Figures!.PerDay!.Value, 0.12, 0.18);
        Assert.Null(JudgeNetwork.Drift("x", Days(_ => 4), today, limits, "°C", null, Law)); // far away, but not moving
        Assert.Null(JudgeNetwork.Drift("x", Days(day => day is > 10 and < 18 ? -8 : 0), today, limits, "°C", null, Law));
        Assert.Null(JudgeNetwork.Drift("x", Days(day => day < 15 ? 0 : 4), today, limits, "°C", null, Law)); // a step: the comparison of hours finds it

        var open = new OpenBefore(drift.Since, drift.Figures.From!.Value, drift.Figures.To!.Value);
        Assert.Null(JudgeNetwork.Drift("x", Days(_ => 4.3), today, limits, "°C", open, Law)!.Until);
        Assert.NotNull(JudgeNetwork.Drift("x", Days(_ => 0), today, limits, "°C", open, Law)!.Until);
    }

    [Fact]
    public void The_order_in_which_values_come_and_their_repeats_make_no_difference() => Gen.Select(Gen.Int[0, 4000], Gen.Double[-20, 40], Gen.Int[0, 2]).Array[1, 200].SelectMany(values => Gen.Shuffle(values.Concat(values.Take(20)).ToArray()).Select(shuffled => (values, shuffled)))
        .Sample(pair =>
        {
            static IEnumerable<HeardValue> Heard((int Minute, double Value, int Revision)[] values) => values.DistinctBy(one => (one.Minute, one.Revision)).Select(one => new HeardValue(First.AddMinutes(one.Minute), one.Revision, one.Value, false));
            var unique = pair.values.DistinctBy(one => (one.Item1, one.Item3)).ToArray();
            var kept = unique.ToHashSet();
            var other = pair.shuffled.Where(kept.Contains).ToArray();
            Assert.Equal(ByHour.Nearest(Heard(unique), First, 72, Law), ByHour.Nearest(Heard(other), First, 72, Law));
            Assert.Equal(ByHour.Sums(Heard(unique), TimeSpan.FromMinutes(15), First, 72), ByHour.Sums(Heard(other), TimeSpan.FromMinutes(15), First, 72));
        });

    [Fact]
    public void The_order_of_the_stations_makes_no_difference() => Gen.Shuffle(Enumerable.Range(0, 40).ToArray()).Sample(
        order =>
        {
            var all = Lasting(Germany().Take(40), report => report.Temperature);
            all[7] = all[7] with { Hours = [.. all[7].Hours.Select((value, hour) => hour > 20 ? value + 12 : value)] };
            string Told(IReadOnlyList<NeighbourSeries> series) => string.Join('\n', JudgeNetwork.Apart(series, First, ObservedProperty.AirTemperature, "°C", Nothing, Law).Findings.Select(one => $"{one.DatastreamId} {one.Since:O} {one.Until:O} {one.Figures!.Value} {one.Figures.Expected}").Order(StringComparer.Ordinal));
            Assert.Equal(Told(all), Told([.. order.Where(i => i < all.Count).Select(i => all[i])]));
            Assert.NotEmpty(Told(all));
        }, iter: 30);

    private static IReadOnlyList<FoundBeside> Apart(IReadOnlyList<NeighbourSeries> all, IReadOnlyDictionary<string, OpenBefore>? open = null) =>
        JudgeNetwork.Apart(all, First, ObservedProperty.AirTemperature, "°C", open ?? Nothing, Law).Findings;
}
