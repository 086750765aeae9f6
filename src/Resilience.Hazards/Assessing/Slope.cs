namespace Resilience.Hazards.Assessing;

/// <summary>How fast the water rises or falls, over the last readings and not between two of them.</summary>
internal static class Slope
{
    private static readonly TimeSpan Near = TimeSpan.FromHours(1);
    private static readonly TimeSpan Far = TimeSpan.FromHours(6);
    private const int Enough = 3;
    private const int Most = 64;

    /// <summary>Takes a trusted reading into the state's recent ones and sees anew which way the water goes.</summary>
    internal static StageState Add(StageState state, Reading reading, double trendRate)
    {
        var recent = state.Recent.Add(new Sample(reading.Time, reading.Value));
        var first = 0;
        while (recent.Length - first > Most
            || reading.Time - recent[first].Time > Far
            || (reading.Time - recent[first].Time > Near && recent.Length - first > Enough))
        {
            first++;
        }

        recent = first == 0 ? recent : recent.RemoveRange(0, first);
        var rate = PerHour(recent.AsSpan());
        return state with { Recent = recent, Rate = rate, Trend = Classify(state.Trend, rate, trendRate) };
    }

    /// <summary>Least-squares slope per hour; null with fewer than three samples or when all have one time.</summary>
    internal static double? PerHour(ReadOnlySpan<Sample> samples)
    {
        if (samples.Length < Enough)
        {
            return null;
        }

        var origin = samples[0];
        double sumT = 0, sumV = 0;
        foreach (var sample in samples)
        {
            sumT += (sample.Time - origin.Time).TotalHours;
            sumV += sample.Value - origin.Value;
        }

        double meanT = sumT / samples.Length, meanV = sumV / samples.Length, over = 0, under = 0;
        foreach (var sample in samples)
        {
            var t = (sample.Time - origin.Time).TotalHours - meanT;
            over += t * (sample.Value - origin.Value - meanV);
            under += t * t;
        }

        return under > 0 ? over / under : null;
    }

    private static Trend Classify(Trend before, double? rate, double trendRate) => rate switch
    {
        null => Trend.Unknown,
        var r when r >= trendRate || (before == Trend.Rising && r >= trendRate / 2) => Trend.Rising,
        var r when r <= -trendRate || (before == Trend.Falling && r <= -trendRate / 2) => Trend.Falling,
        _ => Trend.Steady,
    };
}
