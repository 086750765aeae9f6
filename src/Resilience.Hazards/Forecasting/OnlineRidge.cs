using System.Numerics.Tensors;

namespace Resilience.Hazards.Forecasting;

/// <summary>
/// Ridge regression that only ever needs what came before: rows are added as they become known, the weights are solved when asked.
/// Each feature is pulled towards "no influence" by as much as <paramref name="prior"/> rows of its own mean square would, so a young
/// record forecasts persistence and not a fancy.
/// </summary>
/// <param name="features">Length of a row.</param>
/// <param name="targets">How many values are predicted from one row.</param>
/// <param name="prior">Rows.</param>
internal sealed class OnlineRidge(int features, int targets, double prior)
{
    private readonly double[][] _gram = [.. Enumerable.Range(0, features).Select(_ => new double[features])];
    private readonly double[][] _right = [.. Enumerable.Range(0, targets).Select(_ => new double[features])];

    /// <summary>Rows added.</summary>
    internal int Rows { get; private set; }

    /// <summary>Adds a row and what followed it.</summary>
    internal void Add(ReadOnlySpan<double> row, ReadOnlySpan<double> followed)
    {
        Rows++;
        for (var i = 0; i < features; i++)
        {
            if (row[i] != 0)
            {
                // The lower triangle is enough.
                var line = _gram[i].AsSpan(0, i + 1);
                TensorPrimitives.MultiplyAdd(row[..(i + 1)], row[i], line, line);
            }
        }

        for (var k = 0; k < targets; k++)
        {
            TensorPrimitives.MultiplyAdd(row, followed[k], _right[k], _right[k]);
        }
    }

    /// <summary>The weights for each target by the rows so far.</summary>
    internal double[][] Solve()
    {
        var factor = Factor();
        return [.. _right.Select(right => Substitute(factor, right))];
    }

    /// <summary>Cholesky factor of the penalised Gram matrix: positive definite because every diagonal entry got a positive share.</summary>
    private double[][] Factor()
    {
        var factor = new double[features][];
        for (var i = 0; i < features; i++)
        {
            factor[i] = _gram[i].AsSpan(0, i + 1).ToArray();
            factor[i][i] += (prior * _gram[i][i] / Math.Max(1, Rows)) + 1e-9;
            for (var j = 0; j <= i; j++)
            {
                var rest = factor[i][j] - TensorPrimitives.Dot(factor[i].AsSpan(0, j), factor[j].AsSpan(0, j));
                factor[i][j] = i == j ? Math.Sqrt(Math.Max(rest, 1e-12)) : rest / factor[j][j];
            }
        }

        return factor;
    }

    private double[] Substitute(double[][] factor, double[] right)
    {
        var weights = (double[])right.Clone();
        for (var i = 0; i < features; i++)
        {
            weights[i] = (weights[i] - TensorPrimitives.Dot(factor[i].AsSpan(0, i), weights.AsSpan(0, i))) / factor[i][i];
        }

        for (var i = features - 1; i >= 0; i--)
        {
            weights[i] /= factor[i][i];
            for (var j = 0; j < i; j++)
            {
                weights[j] -= factor[i][j] * weights[i];
            }
        }

        return weights;
    }
}
