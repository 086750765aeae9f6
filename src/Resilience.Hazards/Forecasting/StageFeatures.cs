namespace Resilience.Hazards.Forecasting;

/// <summary>
/// What is known at one hour that may say how a gauge changes next: its own slope, recession and daily or tidal pattern, what the
/// other gauges of the basin did before, and the rain. All differences, so that a gauge's zero does not matter.
/// </summary>
internal sealed class StageFeatures
{
    private static readonly int[] OwnSpans = [1, 2, 3, 4, 6, 9, 12, 18, 24, 48];
    private static readonly int[] OtherSpans = [1, 3, 6, 12];
    private static readonly int[] RainSpans = [1, 2, 3, 6, 12, 24, 48];

    private const double WetMillimetresADay = 5;
    private const double MovingMetresInThreeHours = 0.1;

    /// <summary>After how many hours a pattern returns: half a lunar day, a lunar day, a day, a week.</summary>
    private static readonly int[] Periods = [12, 13, 24, 25, 168];

    private readonly double[] _own;
    private readonly double[][] _others;
    private readonly double[][] _rains;
    private readonly double[] _meanRain;
    private readonly RunningMean _week;
    private readonly RunningMean[] _otherWeeks;
    private readonly DateTime _begin;

    internal StageFeatures(HourlyRecord record, int gauge)
    {
        _own = record.Stages[gauge].Values;
        _others = [.. record.Stages.Where((_, i) => i != gauge).Select(series => series.Values)];
        _rains = [.. record.Rains.Select(series => series.Values)];
        _begin = record.Begin;
        _week = new RunningMean(_own, 168);
        _otherWeeks = [.. _others.Select(values => new RunningMean(values, 168))];
        _meanRain = new double[_own.Length];
        for (var t = 0; t < _own.Length; t++)
        {
            var (sum, count) = (0.0, 0);
            foreach (var rain in _rains)
            {
                if (!double.IsNaN(rain[t]))
                {
                    (sum, count) = (sum + rain[t], count + 1);
                }
            }

            _meanRain[t] = count == 0 ? 0 : sum / count;
        }

        Count = 1 + 4 + OwnSpans.Length + 5 + (Periods.Length * StageForecaster.LeadHours.Count)
            + (_others.Length * ((OtherSpans.Length * 2) + 1)) + ((_rains.Length + 1) * RainSpans.Length) + 6;
    }

    /// <summary>Length of a row.</summary>
    internal int Count { get; }

    /// <summary>
    /// True when water is on its way: rain over the basin or a moving stage. A river at rest is mostly measuring noise, a river in
    /// motion mostly momentum; what is learnt of the one misleads about the other.
    /// </summary>
    internal bool IsMoving(int t) => Sum(_meanRain, t, 24) > WetMillimetresADay || Math.Abs(Change(_own, t, 3)) > MovingMetresInThreeHours;

    /// <summary>Fills a row for an hour with a known stage; what is missing counts as "no change", "no rain".</summary>
    internal void Fill(int t, Span<double> row)
    {
        var i = 0;
        row[i++] = 1;
        var hour = _begin.AddHours(t).Hour * Math.PI / 12;
        row[i++] = Math.Sin(hour);
        row[i++] = Math.Cos(hour);
        row[i++] = Math.Sin(2 * hour);
        row[i++] = Math.Cos(2 * hour);
        foreach (var span in OwnSpans)
        {
            row[i++] = Change(_own, t, span);
        }

        var (d1, d3) = (Change(_own, t, 1), Change(_own, t, 3));
        var above = Zero(_own[t] - _week.At(t));
        row[i++] = d1 - Change(_own, t - 1, 1);
        row[i++] = Math.Max(0, d1);
        row[i++] = Math.Max(0, d3);
        row[i++] = above;
        row[i++] = Math.Max(0, above);
        foreach (var lead in StageForecaster.LeadHours)
        {
            foreach (var period in Periods)
            {
                // What this gauge did one period ago over the hours that now lie ahead.
                row[i++] = lead <= period && t - period >= 0 ? Zero(_own[t - period + lead] - _own[t - period]) : 0;
            }
        }

        for (var n = 0; n < _others.Length; n++)
        {
            var other = _others[n];
            foreach (var span in OtherSpans)
            {
                row[i++] = Change(other, t, span);
                row[i++] = Change(other, t - span, span);
            }

            row[i++] = Zero(other[t] - _otherWeeks[n].At(t));
        }

        foreach (var rain in _rains)
        {
            i = FillRain(rain, t, row, i);
        }

        i = FillRain(_meanRain, t, row, i);
        var (r3, r12, r72, r168) = (Sum(_meanRain, t, 3), Sum(_meanRain, t, 12), Sum(_meanRain, t, 72), Sum(_meanRain, t, 168));
        row[i++] = r72;
        row[i++] = r168;
        row[i++] = r12 * r72 * 0.01;
        row[i++] = r3 * r72 * 0.01;
        row[i++] = r12 * Math.Max(0, above);
        row[i] = r12 * r12 * 0.01;
    }

    private static int FillRain(double[] rain, int t, Span<double> row, int i)
    {
        foreach (var span in RainSpans)
        {
            row[i++] = Sum(rain, t, span);
        }

        return i;
    }

    private static double Change(double[] values, int t, int span) => t - span < 0 ? 0 : Zero(values[t] - values[t - span]);

    private static double Sum(double[] values, int t, int span)
    {
        var sum = 0.0;
        for (var i = Math.Max(0, t - span + 1); i <= t; i++)
        {
            sum += Zero(values[i]);
        }

        return sum;
    }

    private static double Zero(double value) => double.IsNaN(value) ? 0 : value;

    /// <summary>Mean of what is known in the last hours.</summary>
    private sealed class RunningMean
    {
        private readonly double[] _means;

        internal RunningMean(double[] values, int hours)
        {
            _means = new double[values.Length];
            var (sum, count) = (0.0, 0);
            for (var t = 0; t < values.Length; t++)
            {
                if (!double.IsNaN(values[t]))
                {
                    (sum, count) = (sum + values[t], count + 1);
                }

                if (t >= hours && !double.IsNaN(values[t - hours]))
                {
                    (sum, count) = (sum - values[t - hours], count - 1);
                }

                _means[t] = count == 0 ? double.NaN : sum / count;
            }
        }

        internal double At(int t) => _means[t];
    }
}
