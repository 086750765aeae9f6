using Resilience.Hazards.Forecasting;
using Resilience.Observations;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards.Forecasting;

/// <summary>The band around a forecast comes from past errors only and keeps what it promises. All records here are synthetic.</summary>
public sealed class ForecastBandsTest
{
    private static readonly DateTime Begin = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    [Fact]
    public void Eight_of_ten_outcomes_lie_inside()
    {
        var scores = EvaluateBands.Run(new HourlyRecord(Begin, [new HourlySeries("a", River(8000, 1))], []));
        Assert.Equal([1, 3, 6, 12], scores.Select(score => score.LeadHours));
        Assert.All(scores, score => Assert.InRange(score.Inside, 0.75, 0.85));
        Assert.All(scores, score => Assert.True(score.N > 7000 && score.Width > 0));
        Assert.True(scores[3].Width > scores[0].Width, "twelve hours are less certain than one");
    }

    [Fact]
    public void What_comes_later_changes_no_band_made_before()
    {
        const int Now = 900;
        var (known, other) = (River(1500, 2), River(1500, 2));
        for (var t = Now + 1; t < other.Length; t++)
        {
            other[t] = (other[t] * -3) + 40;
        }

        List<BandedForecast> Before(double[] values) => [.. ForecastBands.Walk(new HourlyRecord(Begin, [new HourlySeries("a", values)], []), 0).TakeWhile(one => one.Hour <= Now)];
        Assert.Equal(Before(known), Before(other));
    }

    [Fact]
    public void The_forecast_itself_stays_the_forecaster_s_and_young_records_have_no_band()
    {
        var record = new HourlyRecord(Begin, [new HourlySeries("a", River(600, 3))], []);
        var banded = ForecastBands.Walk(record, 0).ToList();
        Assert.Equal(new StageForecaster(record, 0).Walk().Select(one => one.Stage), banded.Select(one => one.Stage));
        Assert.All(banded.Where(one => one.Hour < ForecastBands.LeastErrors), one => Assert.Null(one.Low));
        Assert.All(banded.Where(one => one.Hour > 200), one => Assert.True(one.Low <= one.Middle && one.Middle <= one.High));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_gauge_with_three_weeks_of_record_is_forecast_in_its_own_unit_and_one_with_a_day_is_not(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddPearlAsync(test);
        await Gauges.AddAsync(test, "usgs:young", "Young gauge", -89.8, 30.8, "00065", ObservedProperty.Stage, "ft");
        var stage = River(504, 4);
        await StoreAsync(test, Gauges.PearlStage, stage);
        await StoreAsync(test, "usgs:young:00065", stage[..24]);

        var forecast = await test.Get<ForecastStation>().OfAsync(Gauges.Pearl, default);
        Assert.Equal((Gauges.PearlStage, "ft", 504, ""), (forecast.Datastream, forecast.Unit, forecast.Hours, forecast.Why));
        Assert.Equal([1, 3, 6, 12], forecast.Leads.Select(lead => lead.LeadHours));
        Assert.Equal(Math.Round(stage[^1] / 0.3048, 3), forecast.Value);
        Assert.All(forecast.Leads, lead => Assert.True(lead.Low < lead.High && Math.Abs(lead.Middle - forecast.Value!.Value) < 5 && lead.N > 400 && lead.Time == forecast.MadeAt!.Value.AddHours(lead.LeadHours), $"{lead}"));

        var young = await test.Get<ForecastStation>().OfAsync("usgs:young", default);
        Assert.Empty(young.Leads);
        Assert.Equal("Not enough record: a forecast needs 336 hours with a value and one in this hour; 24 hours are stored.", young.Why);

        test.Clock.Advance(TimeSpan.FromHours(4));
        Assert.Equal("The newest stage is too old for a forecast.", (await test.Get<ForecastStation>().OfAsync(Gauges.Pearl, default)).Why);
    }

    /// <summary>Stores hourly stages in metres, the last at the moment tests begin, as the station's feet.</summary>
    internal static Task StoreAsync(TestStore test, string datastream, double[] metres) => Gauges.StoreAsync(
        test, datastream, metres.Select((value, i) => (TestStore.Begin.AddHours(i - metres.Length + 1), value / 0.3048, QualityFlags.None)), size: 1000);

    /// <summary>Waves of all heights that rise fast and recede slowly, with a centimetre of noise.</summary>
    internal static double[] River(int hours, int seed)
    {
        var random = new Random(seed);
        var (values, level) = (new double[hours], 0.0);
        for (var t = 0; t < hours; t++)
        {
            level = (level * 0.97) + (random.NextDouble() < 0.02 ? random.NextDouble() * 0.8 : 0);
            values[t] = Math.Round(1 + level + ((random.NextDouble() - 0.5) * 0.02), 3);
        }

        return values;
    }
}
