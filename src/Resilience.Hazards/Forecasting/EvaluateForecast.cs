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

    private static ForecastScore[] Judge(HourlyRecord record, int gauge)
    {
        var stage = record.Stages[gauge].Values;
        var sums = StageForecaster.LeadHours.ToDictionary(lead => lead, _ => (Own: 0.0, Persistence: 0.0, N: 0));
        foreach (var (hour, lead, forecast) in new StageForecaster(record, gauge).Walk())
        {
            if (hour + lead < stage.Length && !double.IsNaN(stage[hour + lead]))
            {
                var (own, persistence, n) = sums[lead];
                sums[lead] = (own + Square(forecast - stage[hour + lead]), persistence + Square(stage[hour] - stage[hour + lead]), n + 1);
            }
        }

        return [.. sums.Select(sum => new ForecastScore(
            record.Stages[gauge].Station, sum.Key, Root(sum.Value.Own, sum.Value.N), Root(sum.Value.Persistence, sum.Value.N),
            sum.Value.Persistence > 0 ? 1 - (sum.Value.Own / sum.Value.Persistence) : null, sum.Value.N))];
    }

    private static double Square(double value) => value * value;

    private static double Root(double sum, int n) => n == 0 ? 0 : Math.Sqrt(sum / n);
}
