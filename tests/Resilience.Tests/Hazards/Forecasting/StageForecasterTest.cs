using Resilience.Core;
using Resilience.Hazards.Forecasting;

namespace Resilience.Tests.Hazards.Forecasting;

/// <summary>The stage forecast learns from the past only, and says how good it was. All records here are synthetic.</summary>
public sealed class StageForecasterTest
{
    private static readonly DateTime Begin = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    [Fact]
    public void What_comes_later_changes_no_forecast_made_before()
    {
        const int Now = 900;
        var known = Basin(1500, 7);
        var other = Basin(1500, 7);
        for (var t = Now + 1; t < other.Hours; t++)
        {
            foreach (var series in other.Stages.Concat(other.Rains))
            {
                series.Values[t] = (series.Values[t] * -3) + 40;
            }
        }

        var before = new StageForecaster(known, 1).Walk().TakeWhile(forecast => forecast.Hour <= Now).ToList();
        Assert.Equal(before, new StageForecaster(other, 1).Walk().TakeWhile(forecast => forecast.Hour <= Now));
        Assert.Contains(before, forecast => Math.Abs(forecast.Stage - known.Stages[1].Values[forecast.Hour]) > 0.01);
    }

    [Fact]
    public void A_gauge_below_another_is_forecast_better_than_as_it_is_now()
    {
        var scores = EvaluateForecast.Run(Basin(6000, 3)).Where(score => score.Station == "lower").ToList();
        Assert.Equal([1, 3, 6, 12], scores.Select(score => score.LeadHours));
        Assert.All(scores, score => Assert.True(score.Skill > 0.3, $"{score}"));
    }

    [Fact]
    public void A_river_that_only_makes_noise_is_not_forecast_worse_than_as_it_is_now()
    {
        var random = new Random(5);
        var walk = 2.0;
        var values = Enumerable.Range(0, 4000).Select(_ => walk += (random.NextDouble() - 0.5) * 0.02).ToArray();
        var scores = EvaluateForecast.Run(new HourlyRecord(Begin, [new HourlySeries("noise", values)], []));
        Assert.All(scores, score => Assert.True(score.Skill > -0.05, $"{score}"));
    }

    [Fact]
    public void A_flood_ten_times_larger_than_any_before_is_not_answered_with_a_fantasy()
    {
        var record = Basin(2000, 11);
        foreach (var series in record.Stages)
        {
            for (var t = 1900; t < 1930; t++)
            {
                series.Values[t] += (t - 1899) * 0.5;
            }
        }

        var values = record.Stages[1].Values;
        var largest = Enumerable.Range(0, 1988).Max(t => Math.Abs(values[t + 12] - values[t]));
        Assert.All(new StageForecaster(record, 1).Walk(), forecast => Assert.InRange(Math.Abs(forecast.Stage - values[forecast.Hour]), 0, 1.2 * largest));
    }

    [Fact]
    public void A_gap_has_no_forecast_and_no_score_and_spoils_none()
    {
        var record = Basin(1500, 13);
        Array.Fill(record.Stages[1].Values, double.NaN, 1000, 50);
        var forecasts = new StageForecaster(record, 1).Walk().ToList();
        Assert.DoesNotContain(forecasts, forecast => forecast.Hour is >= 1000 and < 1050);
        Assert.All(forecasts, forecast => Assert.True(double.IsFinite(forecast.Stage)));
        Assert.Equal(1500 - 50 - 1 - 1, EvaluateForecast.Run(record).Single(score => score is { Station: "lower", LeadHours: 1 }).N);
    }

    [Fact]
    public void A_file_is_read_with_its_gaps_its_midnight_as_hour_24_and_its_bad_lines_named()
    {
        var bad = new List<int>();
        var record = HourlyRecord.Read(
            new StringReader("kind\tstation\tymdh\tvalue\nwl\tA\t2020123123\t1.5\nwl\tA\t2020123124\t1.6\nwl\tA\t2021010102\t1.8\nrf\tB\t2021010101\t4\nwl\tA\t2021010125\t1\nwl\tA\tnow\t1\nwl\tA\t2021010103\tNaN\nsnow\tA\t2021010103\t1\n"),
            (number, _) => bad.Add(number));
        Assert.Equal(new DateTime(2020, 12, 31, 23, 0, 0, DateTimeKind.Unspecified), record.Begin);
        Assert.Equal([1.5, 1.6, double.NaN, 1.8], Assert.Single(record.Stages).Values);
        Assert.Equal([double.NaN, double.NaN, 4, double.NaN], Assert.Single(record.Rains).Values);
        Assert.Equal([6, 7, 8, 9], bad);
    }

    [Theory]
    [InlineData("", "hazards.record-columns")]
    [InlineData("a\tb\n", "hazards.record-columns")]
    [InlineData("kind\tstation\tymdh\tvalue\nrf\tA\t2020010101\t1\n", "hazards.record-empty")]
    [InlineData("kind\tstation\tymdh\tvalue\nwl\tA\t0001010101\t1\nwl\tA\t9999010101\t1\n", "hazards.record-long")]
    public void A_file_that_is_no_record_is_refused_with_the_reason(string text, string code) =>
        Assert.Equal(code, Assert.Throws<RefusalException>(() => HourlyRecord.Read(new StringReader(text), (_, _) => { })).Code);

    /// <summary>Rain falls in showers; the upper gauge answers and recedes; the lower follows five hours later, with noise of a centimetre.</summary>
    private static HourlyRecord Basin(int hours, int seed)
    {
        var random = new Random(seed);
        var (rain, upper, lower) = (new double[hours], new double[hours], new double[hours]);
        var shower = 0;
        var level = 0.0;
        var wave = new double[hours];
        for (var t = 0; t < hours; t++)
        {
            shower = shower > 0 ? shower - 1 : random.NextDouble() < 0.01 ? 3 + random.Next(8) : 0;
            rain[t] = shower > 0 ? Math.Round(random.NextDouble() * 8, 1) : 0;
            level = (level * 0.96) + (rain[t] * 0.02);
            wave[t] = level;
            upper[t] = 1 + level + Noise();
            lower[t] = 3 + (t >= 5 ? 1.3 * wave[t - 5] : 0) + Noise();
        }

        return new HourlyRecord(Begin, [new HourlySeries("upper", upper), new HourlySeries("lower", lower)], [new HourlySeries("rain", rain)]);

        double Noise() => Math.Round((random.NextDouble() - 0.5) * 0.02, 3);
    }
}
