namespace Resilience.Hazards.Forecasting;

/// <summary>How good a gauge's forecasts were.</summary>
/// <param name="Station">The gauge.</param>
/// <param name="LeadHours">How far ahead.</param>
/// <param name="Rmse">Root mean square error, metres.</param>
/// <param name="RmsePersistence">That of "as it is now", over the same hours, metres.</param>
/// <param name="Skill">1 − MSE / MSE(persistence): 0 no better, 1 perfect; null when the river never changed.</param>
/// <param name="N">Forecasts whose outcome is in the record.</param>
public sealed record ForecastScore(string Station, int LeadHours, double Rmse, double RmsePersistence, double? Skill, int N);

/// <summary>Judges the forecaster on a record it walks through without looking ahead.</summary>
public static class EvaluateForecast
{
    /// <summary>By station, then by lead time.</summary>
    public static IReadOnlyList<ForecastScore> Run(HourlyRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var scores = new ForecastScore[record.Stages.Count][];
        Parallel.For(0, record.Stages.Count, gauge => scores[gauge] = Judge(record, gauge));
        return [.. scores.SelectMany(of => of)];
    }

    /// <summary>The score of forecasts of one lead time already made; those whose outcome the series does not hold are left out.</summary>
    internal static ForecastScore Score(HourlySeries series, int lead, IEnumerable<(int Hour, double Stage)> forecasts)
    {
        var stage = series.Values;
        var (own, persistence, n) = (0.0, 0.0, 0);
        foreach (var (hour, forecast) in forecasts)
        {
            if (hour + lead < stage.Length && !double.IsNaN(stage[hour + lead]))
            {
                (own, persistence, n) = (own + Square(forecast - stage[hour + lead]), persistence + Square(stage[hour] - stage[hour + lead]), n + 1);
            }
        }

        return new ForecastScore(series.Station, lead, Root(own, n), Root(persistence, n), persistence > 0 ? 1 - (own / persistence) : null, n);
    }

    private static ForecastScore[] Judge(HourlyRecord record, int gauge)
    {
        var walked = new StageForecaster(record, gauge).Walk().ToLookup(forecast => forecast.LeadHours, forecast => (forecast.Hour, forecast.Stage));
        return [.. StageForecaster.LeadHours.Select(lead => Score(record.Stages[gauge], lead, walked[lead]))];
    }

    private static double Square(double value) => value * value;

    private static double Root(double sum, int n) => n == 0 ? 0 : Math.Sqrt(sum / n);
}
