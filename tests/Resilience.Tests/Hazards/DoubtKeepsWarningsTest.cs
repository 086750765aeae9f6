using Resilience.Core;
using Resilience.Hazards.Queries;
using Resilience.Observations;
using Resilience.Risk;
using Resilience.Storage;

namespace Resilience.Tests.Hazards;

/// <summary>
/// Readings that quality control doubts end no warning, however many come and however long: neither by what they say nor because what raised it has by then left
/// the rule's memory. From stored observations to the zone on the map, for every rule that reads a gauge.
/// </summary>
public sealed class DoubtKeepsWarningsTest
{
    private const string Station = "test:doubted";

    /// <summary>Engine, property, unit, what raises it, what would end it, hours between readings, kind of hazard.</summary>
    public static TheoryData<Engine, ObservedProperty, string, double[], double, double, HazardKind> Cases()
    {
        var cases = new TheoryData<Engine, ObservedProperty, string, double[], double, double, HazardKind>();
        foreach (var engine in new[] { Engine.Sqlite, Engine.Postgres })
        {
            cases.Add(engine, ObservedProperty.Stage, "ft", [17, 18.4, 18.5, 18.6], 10, 0.25, HazardKind.RiverFlood);
            cases.Add(engine, ObservedProperty.Rainfall, "mm", [0, 0, 40, 60, 60], 0, 1, HazardKind.HeavyRain);
            cases.Add(engine, ObservedProperty.Rainfall, "mm", [0, 0, 40, 60, 60], 0, 1, HazardKind.Landslide);
            cases.Add(engine, ObservedProperty.AirTemperature, "degC", [-20, -45, -46, -46], 5, 1, HazardKind.ExtremeCold);
        }

        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Doubted_readings_end_nothing_and_accepted_ones_do(Engine engine, ObservedProperty property, string unit, double[] raise, double calm, double hours, HazardKind kind)
    {
        await using var test = await Gauges.CreateAsync(engine, withRisk: true);
        await Gauges.AddFeedAsync(test);
        var (id, longitude, latitude) = property == ObservedProperty.Stage ? (Gauges.Pearl, -89.8206, 30.7933) : (Station, 89.64, 27.47);
        await Gauges.AddAsync(test, id, "The gauge", longitude, latitude, property == ObservedProperty.Stage ? "00065" : "value", property, unit, everyMinutes: (int)(60 * hours));
        var datastream = property == ObservedProperty.Stage ? Gauges.PearlStage : $"{id}:value";

        async Task<HazardLevel> SayAsync(QualityFlags flags, params double[] values)
        {
            test.Clock.Advance(TimeSpan.FromHours(hours * values.Length));
            await Gauges.StoreAsync(test, datastream, values.Select((value, i) => (test.Clock.GetUtcNow().AddHours(-hours * (values.Length - 1 - i)), value, flags)));
            await test.SweepAsync();
            return (await test.Get<HazardQueries>().ListLatestAsync([id], default)).Single(one => one.Kind == kind).Level;
        }

        async Task<bool> StandsAsync() => (await test.Get<RiskQueries>().FindAsync(AssessRisk.ZoneId(id, kind), default)) is { Removed: false };

        var raised = await SayAsync(QualityFlags.None, raise);
        Assert.NotEqual(HazardLevel.None, raised);
        Assert.True(await StandsAsync());

        // Eight days, longer than any rule remembers; in many batches and one large.
        for (var batch = 0; batch < 24; batch++)
        {
            Assert.Equal(raised, await SayAsync(QualityFlags.Suspect | (batch % 2 == 0 ? QualityFlags.Stuck : QualityFlags.Qualifier), [.. Enumerable.Repeat(calm, (int)(6 / hours))]));
        }

        Assert.Equal(raised, await SayAsync(QualityFlags.Suspect | QualityFlags.OutOfRange, [.. Enumerable.Repeat(calm, (int)(48 / hours))]));
        Assert.True(await StandsAsync());

        await SayAsync(QualityFlags.None, [.. Enumerable.Repeat(calm, (int)(96 / hours))]);
        Assert.False(await StandsAsync());
    }
}
