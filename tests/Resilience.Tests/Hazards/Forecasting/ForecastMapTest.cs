using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core.Chain;
using Resilience.Hazards.Forecasting;
using Resilience.Observations;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards.Forecasting;

/// <summary>What the map of a moment ahead says of gauges. The records here are synthetic.</summary>
public sealed class ForecastMapTest
{
    private const double Foot = 0.3048;

    /// <summary>Raises the synthetic river to its station's flood stage.</summary>
    private const double Flooded = 6;

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Ahead_a_raised_gauge_has_the_nearest_lead_time_of_its_forecast_and_a_quiet_one_none(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddPearlAsync(test);
        await Gauges.AddAsync(test, "usgs:quiet", "Quiet gauge", -89.8, 30.8, "00065", ObservedProperty.Stage, "ft");
        var stage = ForecastBandsTest.River(504, 4);
        await ForecastBandsTest.StoreAsync(test, Gauges.PearlStage, [.. stage.Select(value => value + Flooded)]);
        await ForecastBandsTest.StoreAsync(test, "usgs:quiet:00065", stage);
        await test.SweepAsync();

        var forecast = await test.Get<ForecastStation>().OfAsync(Gauges.Pearl, default);
        Assert.NotEmpty((await test.Get<ForecastStation>().OfAsync("usgs:quiet", default)).Leads);
        foreach (var (minutes, hours) in new[] { (1, 1), (100, 1), (150, 3), (300, 6), (500, 6), (600, 12), (720, 12) })
        {
            var ahead = Assert.Single(await AtAsync(test, test.Clock.GetUtcNow().AddMinutes(minutes)));
            var lead = forecast.Leads.Single(one => one.LeadHours == hours);
            using var json = JsonDocument.Parse(ahead.Json);
            var properties = json.RootElement.GetProperty("properties");
            Assert.Equal((Gauges.Pearl, "ft", hours), (ahead.Id, properties.GetProperty("unit").GetString(), properties.GetProperty("leadHours").GetInt32()));
            Assert.Equal((lead.Low, lead.Middle, lead.High), (properties.GetProperty("low").GetDouble(), properties.GetProperty("middle").GetDouble(), properties.GetProperty("high").GetDouble()));
            Assert.Equal(test.Clock.GetUtcNow().AddHours(hours), properties.GetProperty("time").GetDateTimeOffset());
            Assert.InRange(lead.Middle * Foot, Flooded, Flooded + 4);
        }
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Neither_a_past_moment_nor_now_has_a_forecast_and_neither_has_one_from_an_old_stage(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddPearlAsync(test);
        await ForecastBandsTest.StoreAsync(test, Gauges.PearlStage, [.. ForecastBandsTest.River(504, 4).Select(value => value + Flooded)]);
        await test.SweepAsync();

        var now = test.Clock.GetUtcNow();
        Assert.Single(await AtAsync(test, now.AddSeconds(1)));
        Assert.Empty(await AtAsync(test, now));
        Assert.Empty(await AtAsync(test, now.AddHours(-1)));
        test.Clock.Advance(TimeSpan.FromHours(4));
        Assert.Empty(await AtAsync(test, now.AddHours(5)));
    }

    private static Task<IReadOnlyList<MapFeature>> AtAsync(TestStore test, DateTimeOffset at) =>
        test.Services.GetServices<IMapHistory>().Single(history => history.Name == "hazards.forecasts").ListAtAsync(at, test.Clock.GetUtcNow(), default);
}
