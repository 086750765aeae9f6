namespace Resilience.Hazards.Frequency;

/// <summary>The first three sample L-moments: location, scale and L-skewness.</summary>
/// <param name="First">λ1, the mean.</param>
/// <param name="Second">λ2, half the mean difference of two draws.</param>
/// <param name="Skewness">τ3 = λ3/λ2, between −1 and 1.</param>
public readonly record struct LMoments(double First, double Second, double Skewness)
{
    /// <summary>
    /// Unbiased sample L-moments from probability-weighted moments (Hosking &amp; Wallis 1997, Regional Frequency Analysis, section 2.7). Null with
    /// fewer than three values or when all are equal.
    /// </summary>
    public static LMoments? Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var n = values.Count;
        if (n < 3)
        {
            return null;
        }

        double b0 = 0, b1 = 0, b2 = 0;
        var i = 0;
        foreach (var x in values.Order())
        {
            b0 += x;
            b1 += x * i / (n - 1);
            b2 += x * i * (i - 1) / ((double)(n - 1) * (n - 2));
            i++;
        }

        (b0, b1, b2) = (b0 / n, b1 / n, b2 / n);
        var second = (2 * b1) - b0;
        return second > 0 ? new LMoments(b0, second, ((6 * b2) - (6 * b1) + b0) / second) : null;
    }
}
