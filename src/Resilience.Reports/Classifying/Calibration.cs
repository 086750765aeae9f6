namespace Resilience.Reports.Classifying;

/// <summary>
/// Turns scores into probabilities that can be believed on an event the model never saw. Fitted on predictions for events left
/// out of training, because on the training events every model is too sure of itself.
/// </summary>
/// <param name="Informative">Weight of the informative stage's score.</param>
/// <param name="Related">Weight of the related stage's score.</param>
/// <param name="Offset">Added.</param>
/// <param name="Sharpness">Power the class shares are raised to before they are made to add up to one again; below 1 is less sure.</param>
/// <param name="Unread">
/// Probability given to a post in a script the informative stage has never been taught: the share of informative posts among those
/// it was. The model cannot judge such a post, and must not dismiss it.
/// </param>
public sealed record Calibration(double Informative, double Related, double Offset, double Sharpness, double Unread)
{
    /// <summary>Probability of informative from the two stages' scores.</summary>
    public double Probability(float informative, float related) => 1 / (1 + Math.Exp(-((Informative * Bound(informative)) + (Related * Bound(related)) + Offset)));

    /// <summary>Probabilities of the classes from their shares; they add up to one.</summary>
    public double[] Probabilities(ReadOnlySpan<float> shares)
    {
        var powers = new double[shares.Length];
        var sum = 0.0;
        for (var i = 0; i < shares.Length; i++)
        {
            sum += powers[i] = Math.Pow(Math.Clamp(float.IsNaN(shares[i]) ? 0 : shares[i], 1e-6, 1), Sharpness);
        }

        for (var i = 0; i < powers.Length; i++)
        {
            powers[i] /= sum;
        }

        return powers;
    }

    /// <summary>Fits the yes/no part by Newton's method on the logistic loss.</summary>
    internal static (double Informative, double Related, double Offset) Fit(IReadOnlyList<(float Informative, float Related, bool Label)> rows)
    {
        var w = new double[3];
        for (var round = 0; round < 50; round++)
        {
            var (gradient, hessian) = (new double[3], new double[3, 3]);
            foreach (var row in rows)
            {
                double[] x = [Bound(row.Informative), Bound(row.Related), 1];
                var p = 1 / (1 + Math.Exp(-((w[0] * x[0]) + (w[1] * x[1]) + w[2])));
                for (var i = 0; i < 3; i++)
                {
                    gradient[i] += (p - (row.Label ? 1 : 0)) * x[i];
                    for (var j = 0; j < 3; j++)
                    {
                        hessian[i, j] += p * (1 - p) * x[i] * x[j];
                    }
                }
            }

            var step = Solve(hessian, gradient);
            for (var i = 0; i < 3; i++)
            {
                w[i] -= step[i];
            }

            if (step.All(value => Math.Abs(value) < 1e-9))
            {
                break;
            }
        }

        return (w[0], w[1], w[2]);
    }

    /// <summary>Fits the sharpness by trying: the smallest logarithmic loss of the true classes.</summary>
    internal static double FitSharpness(IReadOnlyList<(float[] Shares, int Class)> rows) =>
        Enumerable.Range(2, 59).Select(tenth => tenth / 20.0).MinBy(sharpness =>
            rows.Sum(row => -Math.Log(new Calibration(0, 0, 0, sharpness, 0).Probabilities(row.Shares)[row.Class])));

    /// <summary>One post that says everything at once must not be worth more than certainty.</summary>
    private static double Bound(float score) => Math.Clamp(float.IsNaN(score) ? 0 : score, -10, 10);

    /// <summary>Cramer's rule on three unknowns, with a touch of ridge so that it always has an answer.</summary>
    private static double[] Solve(double[,] a, double[] b)
    {
        for (var i = 0; i < 3; i++)
        {
            a[i, i] += 1e-6;
        }

        var all = Determinant(a);
        return [.. Enumerable.Range(0, 3).Select(column =>
        {
            var replaced = (double[,])a.Clone();
            for (var row = 0; row < 3; row++)
            {
                replaced[row, column] = b[row];
            }

            return Determinant(replaced) / all;
        })];
    }

    private static double Determinant(double[,] m) =>
        (m[0, 0] * ((m[1, 1] * m[2, 2]) - (m[1, 2] * m[2, 1]))) - (m[0, 1] * ((m[1, 0] * m[2, 2]) - (m[1, 2] * m[2, 0]))) + (m[0, 2] * ((m[1, 0] * m[2, 1]) - (m[1, 1] * m[2, 0])));
}
