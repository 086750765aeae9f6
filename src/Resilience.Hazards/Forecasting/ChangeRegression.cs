using System.Numerics.Tensors;

namespace Resilience.Hazards.Forecasting;

/// <summary>One regression of the coming change for all lead times. Never forecasts a change a fifth beyond the largest it has seen.</summary>
internal sealed class ChangeRegression(int features)
{
    /// <summary>Rows that pull towards "no change": half a year of hours.</summary>
    private const double Prior = 4000;

    /// <summary>Two days; before that nothing but persistence is forecast.</summary>
    private const int LeastRows = 48;

    private const double Beyond = 1.2;

    private readonly OnlineRidge _ridge = new(features, StageForecaster.LeadHours.Count, Prior);
    private readonly double[] _lowest = new double[StageForecaster.LeadHours.Count];
    private readonly double[] _highest = new double[StageForecaster.LeadHours.Count];
    private double[][]? _weights;
    private int _solvedAt;

    /// <summary>Adds what was known and by how much the stage then changed, per lead time.</summary>
    internal void Learn(double[] row, ReadOnlySpan<double> changes)
    {
        _ridge.Add(row, changes);
        for (var k = 0; k < changes.Length; k++)
        {
            _lowest[k] = Math.Min(_lowest[k], changes[k]);
            _highest[k] = Math.Max(_highest[k], changes[k]);
        }
    }

    /// <summary>The change expected at a lead time, metres.</summary>
    internal double Predict(double[] row, int lead)
    {
        // Anew after a day of a young record, after a hundredth more of an old one.
        if (_ridge.Rows >= LeastRows && _ridge.Rows - _solvedAt >= Math.Max(24, _solvedAt / 100))
        {
            _weights = _ridge.Solve();
            _solvedAt = _ridge.Rows;
        }

        return _weights is null ? 0 : Math.Clamp(TensorPrimitives.Dot<double>(row, _weights[lead]), Beyond * _lowest[lead], Beyond * _highest[lead]);
    }
}
