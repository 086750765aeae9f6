using System.Text.Json;
using CsCheck;
using Resilience.Core;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Queries;
using Resilience.Observations;
using Resilience.Risk;
using Resilience.Risk.Impact;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards;

/// <summary>From stored temperature, humidity and wind to heat and cold on the map.</summary>
public sealed class AssessFeltTest
{
    private const string Station = "test:phuentsholing";
    private static readonly Setting Thermometer = new(FeltRule.Classes, TimeSpan.FromHours(1), StageParameters.ForUnit("m")!, null) { Felt = new FeltParameters("degC") };

    private static async Task AddAsync(TestStore test, string air = "degC", string wind = "km/h")
    {
        await Gauges.AddFeedAsync(test);
        await Gauges.AddAsync(test, Station, "Phuentsholing", 89.39, 26.86, "air", ObservedProperty.AirTemperature, air, everyMinutes: 60);
        await using var step = await test.Store.BeginAsync<ObservationsDb>(default);
        foreach (var (code, property, unit) in new[] { ("humidity", ObservedProperty.RelativeHumidity, "%"), ("wind", ObservedProperty.WindSpeed, wind) })
        {
            step.Db.Datastreams.Add(new Datastream { Id = $"{Station}:{code}", StationId = Station, Property = property, Unit = unit, Name = code, ExpectedEvery = TimeSpan.FromHours(1) });
        }

        await step.CommitAsync(default);
    }

    private static Task StoreAsync(TestStore test, string code, params double[] values) => Gauges.StoreAsync(
        test, $"{Station}:{code}", values.Select((value, i) => (test.Clock.GetUtcNow().AddHours(-(values.Length - 1 - i)), value, QualityFlags.None)));

    private static async Task<HazardAssessment> CurrentAsync(TestStore test)
    {
        await test.SweepAsync();
        return (await test.Get<HazardQueries>().FindCurrentAsync(Station, default))!;
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Humid_heat_becomes_an_assessment_and_a_zone_whichever_comes_first(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine, withRisk: true);
        await AddAsync(test);
        await StoreAsync(test, "humidity", 60, 60, 60);
        await test.SweepAsync();
        await StoreAsync(test, "air", 35, 35, 35);
        var current = await CurrentAsync(test);
        Assert.Equal((HazardKind.ExtremeHeat, HazardLevel.Moderate, FeltRule.Name), (current.Kind, current.Level, current.RuleName));
        // 95 °F at 60 % is 114 °F on the chart of the US National Weather Service.
        Assert.Equal("35 °C at 60 % humidity at Phuentsholing feels like 45.1 °C: \"danger\" from 39.4 °C on (an assumed threshold).", current.Summary);
        Assert.Equal((35, 60, null), (Evidence.FromJson(current.Evidence).Felt!.Celsius, Evidence.FromJson(current.Evidence).Felt!.Humidity!.Value, Evidence.FromJson(current.Evidence).Felt!.Wind));
        var zone = await test.Get<RiskQueries>().GetAsync(AssessRisk.ZoneId(Station, HazardKind.ExtremeHeat), default);
        Assert.Equal(("Dangerous heat at Phuentsholing", Likelihood.Medium, CapSeverity.Moderate), (zone.Title, zone.Likelihood, zone.Severity));
        Assert.Contains("inside 15 km around the weather station", zone.Reason, StringComparison.Ordinal);

        test.Clock.Advance(TimeSpan.FromHours(4));
        await StoreAsync(test, "air", 24, 23, 22, 22);
        var cool = await CurrentAsync(test);
        Assert.Equal((HazardKind.ExtremeHeat, HazardLevel.None), (cool.Kind, cool.Level));
        Assert.True((await test.Get<RiskQueries>().GetAsync(zone.Id, default)).Removed);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task One_reading_alone_raises_nothing_but_is_not_told_as_harmless(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await AddAsync(test);
        await StoreAsync(test, "humidity", 60);
        await StoreAsync(test, "air", 35);
        var alone = await CurrentAsync(test);
        Assert.Equal(HazardLevel.None, alone.Level);
        Assert.Equal("35 °C at 60 % humidity at Phuentsholing feels like 45.1 °C: \"danger\" from 39.4 °C on (an assumed threshold). No level yet: it takes two trustworthy readings in a row.", alone.Summary);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Heat_without_humidity_is_not_judged_and_says_so_until_the_humidity_comes(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await AddAsync(test, air: "degF");
        await StoreAsync(test, "air", 95, 95, 95);
        var unknown = await CurrentAsync(test);
        Assert.Equal(HazardLevel.None, unknown.Level);
        Assert.Equal("35 °C at Phuentsholing: how hot that feels cannot be said: no humidity was observed within the hour.", unknown.Summary);
        await StoreAsync(test, "humidity", 60, 60, 60);
        Assert.Equal(HazardLevel.Moderate, (await CurrentAsync(test)).Level);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Cold_is_judged_with_the_wind_and_without_it_by_the_air_itself(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await AddAsync(test);
        await StoreAsync(test, "air", -30, -30);
        var still = await CurrentAsync(test);
        Assert.Equal((HazardKind.ExtremeCold, HazardLevel.Action), (still.Kind, still.Level));
        Assert.Contains("feels like no more than −30 °C", still.Summary, StringComparison.Ordinal);
        await StoreAsync(test, "wind", 40, 40);
        var windy = await CurrentAsync(test);
        Assert.Equal(HazardLevel.Moderate, windy.Level);
        Assert.Equal("−30 °C in a wind of 11.1 m/s at Phuentsholing feels like −48 °C: \"frostbite within 5 minutes\" at −48 °C and colder (an assumed threshold).", windy.Summary);
    }

    [Fact]
    public void One_reading_alone_raises_nothing_and_a_doubtful_one_neither_raises_nor_clears()
    {
        Assert.Equal(HazardLevel.None, Level((35, Trust.Trusted)));
        Assert.Equal(HazardLevel.None, Level((35, Trust.Trusted), (20, Trust.Trusted), (35, Trust.Trusted), (20, Trust.Trusted)));
        Assert.Equal(HazardLevel.None, Level((35, Trust.Doubtful), (35, Trust.Doubtful), (35, Trust.Trusted)));
        Assert.Equal(HazardLevel.Moderate, Level((35, Trust.Trusted), (35, Trust.Trusted), (20, Trust.Doubtful), (20, Trust.Doubtful), (20, Trust.Doubtful), (20, Trust.Doubtful)));
        Assert.Equal(HazardLevel.None, Level((35, Trust.Trusted), (35, Trust.Trusted), (20, Trust.Trusted), (20, Trust.Trusted), (20, Trust.Trusted)));
    }

    [Fact]
    public void Any_order_of_arrival_within_a_day_leads_to_the_same_state() =>
        Gen.Select(Gen.Select(Gen.Double[24, 44], Gen.Double[20, 100], Gen.Int[0, 9]).List[5, 60], Gen.Int, Gen.Int[1, 9]).Sample((list, seed, size) =>
        {
            var random = new Random(seed);
            // Of each moment air and humidity, apart and each up to twenty hours late; some twice, some corrected.
            var all = list.SelectMany((one, i) => new[] { (Air: true, Reading: At(i, one.Item1, one.Item3 == 0 ? Trust.Doubtful : Trust.Trusted)), (Air: false, Reading: At(i, one.Item2, Trust.Trusted)) })
                .SelectMany((one, i) => i % 7 == 3 ? [one, one with { Reading = one.Reading with { Revision = 1, Value = one.Reading.Value - 3 } }] : new[] { one }).ToList();
            var now = all[^1].Reading.Time;
            var expected = Feed(Memory.Empty, all, now);
            var memory = Memory.Empty;
            foreach (var batch in all.Concat(all.Take(9)).OrderBy(one => one.Reading.Time.AddHours(20 * random.NextDouble())).Chunk(size))
            {
                memory = JsonSerializer.Deserialize<Memory>(JsonSerializer.Serialize(Feed(memory, batch, now)))!;
            }

            Assert.Equal(JsonSerializer.Serialize(expected.Felt), JsonSerializer.Serialize(memory.Felt));
            Assert.Equal((expected.Published!.Level, expected.Published.Silent), (memory.Published!.Level, memory.Published.Silent));
        }, iter: 100);

    private static Reading At(int hour, double value, Trust trust) => new(new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero).AddHours(hour), 0, value, trust, trust == Trust.Trusted ? "" : "Suspect");

    private static Memory Feed(Memory memory, IEnumerable<(bool Air, Reading Reading)> some, DateTimeOffset now)
    {
        var all = some.ToList();
        return Assess.Next("d", Thermometer, memory, all.Where(one => one.Air).Select(one => one.Reading), now, beside: new Beside([.. all.Where(one => !one.Air).Select(one => one.Reading)], [])).Memory;
    }

    private static HazardLevel Level(params (double Value, Trust Trust)[] air) =>
        Feed(Memory.Empty, air.SelectMany((one, i) => new[] { (true, At(i, one.Value, one.Trust)), (false, At(i, 60, Trust.Trusted)) }), At(air.Length - 1, 0, Trust.Trusted).Time).Published!.Level;
}
