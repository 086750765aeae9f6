namespace Resilience.Hazards.Forecasting;

/// <summary>A forecast with its uncertainty.</summary>
/// <param name="Hour">Index of the hour at which it was made.</param>
/// <param name="LeadHours">How far ahead.</param>
/// <param name="Stage">The forecast itself, metres.</param>
/// <param name="Low">One of ten outcomes lies below; null with too few past errors.</param>
/// <param name="Middle">Half lie below; null likewise.</param>
/// <param name="High">One of ten lies above; null likewise.</param>
public readonly record struct BandedForecast(int Hour, int LeadHours, double Stage, double? Low, double? Middle, double? High);

/// <summary>
/// Puts a band around each forecast of a gauge from the errors its own earlier forecasts have turned out to have, per lead time. Errors are
/// measured against how much the river has been moving (its unrest), so that a band is narrow at rest and wide in a flood. Only errors whose
/// outcome is already known at the hour count.
/// </summary>
/// <remarks>Split conformal in spirit: the quantiles of past scaled errors are taken as those of the next. They hold only as far as the river goes on as it did.</remarks>
public static class ForecastBands
{
    /// <summary>With fewer past errors no band is given: the tenth of fewer is anybody's guess.</summary>
    /// <value>100.</value>
    public const int LeastErrors = 100;

    /// <summary>From so many past errors of a moving river on they stand for themselves.</summary>
    /// <value>30: three lie beyond either end of the band.</value>
    private const int LeastMoving = 30;

    /// <summary>So many past errors are kept; older ones are forgotten, as gauges and rivers change.</summary>
    private const int Kept = 6000;

    /// <summary>A river at rest still makes this much noise.</summary>
    private const double Noise = 0.005;

    /// <summary>Over so many hours the unrest is measured.</summary>
    private const int UnrestHours = 6;

    /// <summary>Every forecast of the record with its band, in time order.</summary>
    public static IEnumerable<BandedForecast> Walk(HourlyRecord record, int gauge)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Banded(record.Stages[gauge].Values, new StageForecaster(record, gauge));
    }

    private static IEnumerable<BandedForecast> Banded(double[] stage, StageForecaster forecaster)
    {
        // A river in motion errs otherwise than one at rest, beyond what its unrest says: its errors are kept apart once there are enough of them.
        var errors = StageForecaster.LeadHours.ToDictionary(lead => lead, _ => (All: new PastErrors(Kept), Moving: new PastErrors(Kept)));
        var open = StageForecaster.LeadHours.ToDictionary(lead => lead, _ => new Queue<(int Due, double Stage, double Unrest, bool Moving)>());
        foreach (var forecast in forecaster.Walk())
        {
            var (past, waiting) = (errors[forecast.LeadHours], open[forecast.LeadHours]);
            while (waiting.TryPeek(out var first) && first.Due <= forecast.Hour)
            {
                waiting.Dequeue();
                if (!double.IsNaN(stage[first.Due]))
                {
                    var error = (stage[first.Due] - first.Stage) / first.Unrest;
                    past.All.Add(error);
                    if (first.Moving)
                    {
                        past.Moving.Add(error);
                    }
                }
            }

            var unrest = Unrest(stage, forecast.Hour) + Math.Abs(forecast.Stage - stage[forecast.Hour]);
            var moving = IsMoving(stage, forecast.Hour);
            waiting.Enqueue((forecast.Hour + forecast.LeadHours, forecast.Stage, unrest, moving));
            var like = moving && past.Moving.Count >= LeastMoving ? past.Moving : past.All;
            double? At(double share) => past.All.Count < LeastErrors ? null : forecast.Stage + (unrest * like.Quantile(share));
            yield return new BandedForecast(forecast.Hour, forecast.LeadHours, forecast.Stage, At(0.1), At(0.5), At(0.9));
        }
    }

    /// <summary>True when the stage changed by more than 0.1 m within three hours.</summary>
    internal static bool IsMoving(double[] stage, int t) => t >= 3 && Math.Abs(stage[t] - stage[t - 3]) > 0.1;

    /// <summary>The mean change from hour to hour over the last hours, metres.</summary>
    private static double Unrest(double[] stage, int t)
    {
        var (sum, count) = (0.0, 0);
        for (var i = Math.Max(1, t - UnrestHours + 1); i <= t; i++)
        {
            var change = Math.Abs(stage[i] - stage[i - 1]);
            if (!double.IsNaN(change))
            {
                (sum, count) = (sum + change, count + 1);
            }
        }

        return Noise + (count == 0 ? 0 : sum / count);
    }

    /// <summary>The last errors, kept in order of size.</summary>
    private sealed class PastErrors(int most)
    {
        private readonly List<double> _sorted = [];
        private readonly Queue<double> _byAge = [];

        internal int Count => _sorted.Count;

        internal void Add(double error)
        {
            if (_byAge.Count == most)
            {
                _sorted.RemoveAt(_sorted.BinarySearch(_byAge.Dequeue()));
            }

            _byAge.Enqueue(error);
            var at = _sorted.BinarySearch(error);
            _sorted.Insert(at < 0 ? ~at : at, error);
        }

        internal double Quantile(double share)
        {
            // (n + 1) · share: the next error is one of n + 1, none of which is more likely to be the largest.
            var at = Math.Clamp((share * (_sorted.Count + 1)) - 1, 0, _sorted.Count - 1);
            var below = (int)at;
            return below + 1 < _sorted.Count ? _sorted[below] + ((at - below) * (_sorted[below + 1] - _sorted[below])) : _sorted[below];
        }
    }
}
