namespace Resilience.Hazards.Forecasting;

/// <summary>How honest a gauge's bands were.</summary>
/// <param name="Station">The gauge.</param>
/// <param name="LeadHours">How far ahead.</param>
/// <param name="Inside">Share of outcomes inside the band: 0.8 is promised.</param>
/// <param name="InsideMoving">The same where the stage changed by more than 0.1 m within the three hours before; null when it never did.</param>
/// <param name="Width">Mean width, metres.</param>
/// <param name="N">Banded forecasts whose outcome is in the record.</param>
/// <param name="NMoving">Those of them on a moving river.</param>
public sealed record BandScore(string Station, int LeadHours, double Inside, double? InsideMoving, double Width, int N, int NMoving);

/// <summary>Counts how often the outcome lay inside the band, walking through a record without looking ahead.</summary>
public static class EvaluateBands
{
    /// <summary>By station, then by lead time; a gauge whose record is too short for bands is left out.</summary>
    public static IReadOnlyList<BandScore> Run(HourlyRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var scores = new IReadOnlyList<BandScore>[record.Stages.Count];
        Parallel.For(0, record.Stages.Count, gauge => scores[gauge] = Judge(record.Stages[gauge], ForecastBands.Walk(record, gauge)));
        return [.. scores.SelectMany(of => of)];
    }

    /// <summary>The scores of forecasts already made.</summary>
    internal static IReadOnlyList<BandScore> Judge(HourlySeries series, IEnumerable<BandedForecast> forecasts)
    {
        var stage = series.Values;
        var known = forecasts.Where(one => one.Low is not null && one.Hour + one.LeadHours < stage.Length && !double.IsNaN(stage[one.Hour + one.LeadHours]))
            .Select(one => (one.LeadHours, Width: one.High!.Value - one.Low!.Value,
                Inside: stage[one.Hour + one.LeadHours] >= one.Low && stage[one.Hour + one.LeadHours] <= one.High,
                Moving: ForecastBands.IsMoving(stage, one.Hour)));
        return [.. known.GroupBy(one => one.LeadHours).OrderBy(group => group.Key).Select(group => (group.Key, All: group.ToList())).Select(group =>
        {
            var moving = group.All.Where(one => one.Moving).ToList();
            return new BandScore(
                series.Station, group.Key, group.All.Average(one => one.Inside ? 1.0 : 0), moving.Count == 0 ? null : moving.Average(one => one.Inside ? 1.0 : 0),
                group.All.Average(one => one.Width), group.All.Count, moving.Count);
        })];
    }
}
