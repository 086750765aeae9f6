namespace Resilience.Hazards.Frequency;

/// <summary>
/// The generalised extreme value distribution in Hosking's convention: a negative shape has the heavy upper tail, a positive one an upper bound
/// at ξ + α/k.
/// </summary>
/// <param name="Location">ξ.</param>
/// <param name="Scale">α, positive.</param>
/// <param name="Shape">k.</param>
public readonly record struct Gev(double Location, double Scale, double Shape)
{
    private const double EulerGamma = 0.57721566490153286;

    /// <summary>
    /// The distribution with these L-moments (Hosking &amp; Wallis 1997, appendix A.6: Donaldson's approximation as a start, then Newton's iteration on
    /// τ3). Null where none exists.
    /// </summary>
    public static Gev? Fit(LMoments moments)
    {
        var (mean, second, skewness) = moments;
        if (second <= 0 || Math.Abs(skewness) >= 0.98)
        {
            return null;
        }

        // τ3 = 2(1 − 3^−k)/(1 − 2^−k) − 3
        var c = (2 / (3 + skewness)) - (Math.Log(2) / Math.Log(3));
        var shape = (7.8590 * c) + (2.9554 * c * c);
        for (var i = 0; i < 30; i++)
        {
            var error = SkewnessOf(shape) - skewness;
            var slope = (SkewnessOf(shape + 1e-6) - SkewnessOf(shape - 1e-6)) / 2e-6;
            var step = error / slope;
            shape = Math.Clamp(shape - step, -0.99, 20);
            if (Math.Abs(step) < 1e-12)
            {
                break;
            }
        }

        if (Math.Abs(shape) < 1e-6)
        {
            var gumbel = second / Math.Log(2);
            return new Gev(mean - (EulerGamma * gumbel), gumbel, 0);
        }

        var gamma = Gamma(1 + shape);
        var scale = second * shape / ((1 - Math.Pow(2, -shape)) * gamma);
        return new Gev(mean - (scale * (1 - gamma) / shape), scale, shape);
    }

    /// <summary>The value not exceeded with probability <paramref name="p"/>, between 0 and 1.</summary>
    public double Quantile(double p)
    {
        var y = -Math.Log(-Math.Log(p));
        return Location + (Shape == 0 ? Scale * y : Scale * (1 - Math.Exp(-Shape * y)) / Shape);
    }

    /// <summary>The probability that a year's maximum does not exceed <paramref name="x"/>.</summary>
    public double NotExceeded(double x)
    {
        var z = (x - Location) / Scale;
        if (Shape == 0)
        {
            return Math.Exp(-Math.Exp(-z));
        }

        var inside = 1 - (Shape * z);
        return inside > 0 ? Math.Exp(-Math.Pow(inside, 1 / Shape)) : Shape > 0 ? 1 : 0;
    }

    /// <summary>The value exceeded once in so many years on average.</summary>
    public double ReturnLevel(double years) => Quantile(1 - (1 / years));

    private static double SkewnessOf(double shape) => Math.Abs(shape) < 1e-6
        ? (2 * Math.Log(3) / Math.Log(2)) - 3
        : (2 * (1 - Math.Pow(3, -shape)) / (1 - Math.Pow(2, -shape))) - 3;

    // Lanczos (g = 7, n = 9), good to 15 digits for arguments above 0; Fit asks for 1 + k > 0 only.
    private static double Gamma(double x)
    {
        double[] c =
        [
            0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
            -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
        ];
        if (x < 0.5)
        {
            return Math.PI / (Math.Sin(Math.PI * x) * Gamma(1 - x));
        }

        x -= 1;
        var sum = c[0];
        for (var i = 1; i < c.Length; i++)
        {
            sum += c[i] / (x + i);
        }

        var t = x + 7.5;
        return Math.Sqrt(2 * Math.PI) * Math.Pow(t, x + 0.5) * Math.Exp(-t) * sum;
    }
}
