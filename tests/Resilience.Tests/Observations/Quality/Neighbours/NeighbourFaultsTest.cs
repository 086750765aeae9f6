using Resilience.Core.Geography;
using Resilience.Observations;
using Resilience.Observations.Quality.Neighbours;
using static Resilience.Tests.Observations.Quality.Neighbours.Network;

namespace Resilience.Tests.Observations.Quality.Neighbours;

/// <summary>
/// Faults that only neighbours can show. The field from place to place is real (203 German stations at one hour, 968 British rain gauges where they stand); that it
/// lasts three days, the rain and the faults are made.
/// </summary>
public sealed class NeighbourFaultsTest(ITestOutputHelper output)
{
    private const int Seed = 20210516;
    private const int Times = 100;

    private static readonly ObservedProperty[] Weather = [ObservedProperty.AirTemperature, ObservedProperty.SeaLevelPressure, ObservedProperty.RelativeHumidity];

    [Fact]
    public void Of_the_faults_put_into_one_station_of_the_real_network_at_least_95_in_100_are_found_and_no_other_station_is_blamed()
    {
        var random = new Random(Seed);
        foreach (var (fault, property, fits, apply) in Faults())
        {
            var all = Lasting(Germany(), Of(property));
            var clean = Findings(all, property).Select(one => one.DatastreamId).ToHashSet();
            var judged = Judged(all, property);
            var fitting = Enumerable.Range(0, all.Count).Where(i => judged.Contains(all[i].DatastreamId) && !clean.Contains(all[i].DatastreamId) && fits(all[i])).ToList();
            Assert.True(fitting.Count >= 20, $"{fault}: {fitting.Count} stations");
            var (found, blamed, others) = (0, 0, 0);
            for (var k = 0; k < Times; k++)
            {
                var (at, begin, size) = (fitting[random.Next(fitting.Count)], random.Next(6, 50), random.NextDouble());
                var faulty = all.ToList();
                faulty[at] = all[at] with { Hours = [.. all[at].Hours.Select((value, hour) => hour < begin ? value : apply(value, all[at], size))] };

                // Whom it can bear on: its neighbours and theirs.
                var near = faulty.Where(one => Wgs84.DistanceMetres(one.At, all[at].At) < 310_000).ToList();
                others += near.Count(one => judged.Contains(one.DatastreamId)) - 1;
                var told = Findings(near, property).Where(one => judged.Contains(one.DatastreamId) && Wgs84.DistanceMetres(near.First(two => two.DatastreamId == one.DatastreamId).At, all[at].At) < 160_000).ToList();
                found += told.Any(one => one.DatastreamId == all[at].DatastreamId && one.Until is null && one.Since == First.AddHours(begin)) ? 1 : 0;
                blamed += told.Select(one => one.DatastreamId).Distinct().Count(id => id != all[at].DatastreamId && !clean.Contains(id));
            }

            output.WriteLine($"{fault}: {found} of {Times} found, {fitting.Count} stations fit; {blamed} of {others} others blamed");
            Assert.True(found >= 0.95 * Times, $"{fault}: {found} of {Times}, seed {Seed}");
            Assert.True(blamed <= Times / 100, $"{fault}: {blamed} others blamed");
        }
    }

    [Fact]
    public void If_the_real_differences_of_that_noon_lasted_for_days_fewer_than_two_in_100_stations_would_be_contradicted()
    {
        foreach (var property in Weather)
        {
            var all = Lasting(Germany(), Of(property));
            var (judged, told) = (Judged(all, property), Findings(all, property));
            output.WriteLine($"{property}: {told.Count} of {judged.Count} judged ({all.Count} stations): {string.Join("; ", told.Select(one => $"{one.DatastreamId} {one.Figures!.Value} for {one.Figures.Expected} ± {one.Figures.Tolerance}"))}");
            Assert.True(judged.Count > 150);
            Assert.True(told.Count <= judged.Count * 0.02, $"{property}: {told.Count}");
        }
    }

    [Fact]
    public async Task Of_the_rain_gauges_cut_off_in_a_made_storm_at_least_95_in_100_are_found_and_none_outside_it_is_blamed()
    {
        var random = new Random(Seed);
        var places = (await Recording.ParseStationsAsync("uk-ea", "uk-ea-stations-rainfall.json.gz")).Stations.Values.OrderBy(station => station.Id, StringComparer.Ordinal).ToList();
        Assert.True(places.Count > 900);
        var (cut, found, blamed, dry) = (0, 0, 0, 0);
        for (var k = 0; k < Times; k++)
        {
            // A storm of 10 to 40 km that lets 15 to 60 mm fall in its middle and none beyond its edge.
            var (eye, radius, depth) = (places[random.Next(places.Count)].Location.Coordinate, 10 + (random.NextDouble() * 30), 15 + (random.NextDouble() * 45));
            var begin = random.Next(8, 40);
            double Fell(NetTopologySuite.Geometries.Coordinate at) => depth * Math.Max(0, 1 - Math.Pow(Wgs84.DistanceMetres(eye, at) / 1000 / radius, 2));
            var all = places.Where(place => Wgs84.DistanceMetres(eye, place.Location.Coordinate) < 80_000).Select(place => new NeighbourSeries(
                place.Id, place.Id, place.Location.Coordinate, null, [.. Enumerable.Range(0, Law.Window).Select(hour => hour >= begin && hour < begin + 6 ? Fell(place.Location.Coordinate) / 6 : 0)])).ToList();
            blamed += JudgeNetwork.Dry(all, First, Nothing, Law).Count;
            dry += all.Count(one => one.Hours.Sum() == 0);

            // Cut off where the rule speaks at all: gauges stand around it, and all of them had rain.
            var around = ChooseNeighbours.Of(all, Law.RainKilometres, double.MaxValue, int.MaxValue);
            var fitting = Enumerable.Range(0, all.Count).Where(i => FindDry.At(all, around[i], i, begin + 20, Law) is not null).ToList();
            if (fitting.Count == 0)
            {
                continue;
            }

            var at = fitting[random.Next(fitting.Count)];
            all[at] = all[at] with { Hours = new double[Law.Window] };
            var told = JudgeNetwork.Dry(all, First, Nothing, Law);
            cut++;
            found += told.Any(one => one.DatastreamId == all[at].DatastreamId) ? 1 : 0;
            blamed += told.Count(one => one.DatastreamId != all[at].DatastreamId);
        }

        output.WriteLine($"{found} of {cut} gauges cut off found; {blamed} blamed of {dry} dry outside {Times} storms");
        Assert.True(cut > Times / 4, $"{cut}");
        Assert.True(found >= 0.95 * cut, $"{found} of {cut}");
        Assert.Equal(0, blamed);
    }

    [Fact]
    public void Of_the_drifts_put_into_noisy_days_at_least_95_in_100_are_found_and_of_noisy_days_without_one_fewer_than_one_in_100_is_called_a_drift()
    {
        var random = new Random(Seed);
        var today = new DateOnly(2021, 6, 30);
        foreach (var property in Weather)
        {
            var limits = Law.LimitsFor(property)!;
            var (found, called) = (0, 0);
            for (var k = 0; k < 1_000; k++)
            {
                // Noise from day to day of a fifth of the limit, with a memory; the drift makes 1.5 to 4 limits in the 30 days.
                var (noise, drift, days, calm) = (0.0, (random.Next(2) == 0 ? -1 : 1) * limits.Drift * (1.5 + (2.5 * random.NextDouble())) / 30, new List<DayDeparture>(), new List<DayDeparture>());
                for (var day = 0; day < 30; day++)
                {
                    noise = (0.5 * noise) + (limits.Drift * 0.2 * Normal(random));
                    calm.Add(new DayDeparture { DatastreamId = "x", Day = today.AddDays(day - 29).ToString("yyyy-MM-dd"), Difference = noise, Hours = 24 });
                    days.Add(new DayDeparture { DatastreamId = "x", Day = calm[^1].Day, Difference = noise + (day * drift), Hours = 24 });
                }

                found += JudgeNetwork.Drift("x", days, today, limits, "", null, Law) is null ? 0 : 1;
                called += JudgeNetwork.Drift("x", calm, today, limits, "", null, Law) is null ? 0 : 1;
            }

            output.WriteLine($"{property}: {found} of 1000 drifts found, {called} of 1000 without one called a drift");
            Assert.True(found >= 950, $"{property}: {found}");
            Assert.True(called < 10, $"{property}: {called}");
        }
    }

    private static Func<Report, double?> Of(ObservedProperty property) => property switch
    {
        ObservedProperty.AirTemperature => report => report.Temperature,
        ObservedProperty.SeaLevelPressure => report => report.Pressure,
        _ => report => report.Humidity,
    };

    private static IEnumerable<(string, ObservedProperty, Func<NeighbourSeries, bool>, Func<double, NeighbourSeries, double, double>)> Faults()
    {
        const double Clear = 1.5; // an offset of less than the limit and its half again may be a place of its own
        var rules = Law;
        yield return ("temperature, offset up", ObservedProperty.AirTemperature, _ => true, (value, _, size) => value + (rules.AirTemperature.Apart * (Clear + size)));
        yield return ("temperature, offset down", ObservedProperty.AirTemperature, _ => true, (value, _, size) => value - (rules.AirTemperature.Apart * (Clear + size)));
        yield return ("temperature, °F for °C", ObservedProperty.AirTemperature, _ => true, (value, _, _) => (value * 1.8) + 32);
        yield return ("temperature, other sign", ObservedProperty.AirTemperature, one => one.Hours[0] > 5, (value, _, _) => -value);
        yield return ("pressure, offset up", ObservedProperty.SeaLevelPressure, _ => true, (value, _, size) => value + (rules.SeaLevelPressure.Apart * (Clear + size)));
        yield return ("pressure, offset down", ObservedProperty.SeaLevelPressure, _ => true, (value, _, size) => value - (rules.SeaLevelPressure.Apart * (Clear + size)));
        yield return ("pressure, not reduced to the sea", ObservedProperty.SeaLevelPressure, one => one.Elevation > 60, (value, one, _) => value * Math.Pow(1 - (0.0065 * one.Elevation!.Value / 288.15), 5.255));
        yield return ("humidity, near nothing", ObservedProperty.RelativeHumidity, one => one.Hours[0] > 55, (_, _, size) => 3 * size);
        yield return ("humidity, full", ObservedProperty.RelativeHumidity, one => one.Hours[0] < 58, (_, _, _) => 100);
    }

    private static IReadOnlyList<FoundBeside> Findings(IReadOnlyList<NeighbourSeries> all, ObservedProperty property) => JudgeNetwork.Apart(all, First, property, "", Nothing, Law).Findings;

    private static HashSet<string> Judged(IReadOnlyList<NeighbourSeries> all, ObservedProperty property) => [.. JudgeNetwork.Apart(all, First, property, "", Nothing, Law).Days.Select(day => day.DatastreamId)];

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
