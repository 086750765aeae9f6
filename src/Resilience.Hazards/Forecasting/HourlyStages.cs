using Resilience.Hazards.Assessing;

namespace Resilience.Hazards.Forecasting;

/// <summary>An hourly grid that ends with an hour; samples at any times are put onto it.</summary>
/// <param name="last">The last hour, a full one.</param>
/// <param name="length">How far back it reaches.</param>
internal sealed class HourlyStages(DateTimeOffset last, TimeSpan length)
{
    /// <summary>Hours of the grid.</summary>
    internal int Hours { get; } = (int)length.TotalHours;

    /// <summary>Time of the first hour.</summary>
    internal DateTimeOffset Begin => last.AddHours(1 - Hours);

    /// <summary>The end of the last hour.</summary>
    internal DateTimeOffset End => last.AddHours(1).AddTicks(-1);

    /// <summary>The full hour a moment lies in.</summary>
    internal static DateTimeOffset FloorHour(DateTimeOffset time) => new(time.UtcDateTime.Date.AddHours(time.UtcDateTime.Hour), TimeSpan.Zero);

    /// <summary>The hour's value is its first sample: nothing that came after the hour's own time by more than an hour; NaN without one.</summary>
    internal double[] Fill(IEnumerable<Sample> samples)
    {
        var values = new double[Hours];
        Array.Fill(values, double.NaN);
        foreach (var sample in samples)
        {
            var at = (int)(FloorHour(sample.Time) - Begin).TotalHours;
            if (at >= 0 && at < Hours && double.IsNaN(values[at]))
            {
                values[at] = sample.Value;
            }
        }

        return values;
    }
}
