namespace Resilience.Hazards.Verifying;

/// <summary>A share with how far it may be trusted: 95 % Wilson score interval (Wilson 1927), honest for small numbers too.</summary>
/// <param name="Value">Count over total; null when the total is 0, and then nothing can be said.</param>
/// <param name="Low">Lower end; 0 when the total is 0.</param>
/// <param name="High">Upper end; 1 when the total is 0.</param>
/// <param name="N">The total.</param>
public sealed record Interval(double? Value, double Low, double High, int N)
{
    private const double Z = 1.959964;

    /// <summary>The interval of <paramref name="count"/> out of <paramref name="total"/>.</summary>
    public static Interval Of(int count, int total)
    {
        if (count < 0 || count > total)
        {
            throw new ArgumentOutOfRangeException(nameof(count), "A count lies between 0 and its total.");
        }

        if (total == 0)
        {
            return new Interval(null, 0, 1, 0);
        }

        var p = (double)count / total;
        var (middle, half, under) = (p + (Z * Z / (2 * total)), Z * Math.Sqrt((p * (1 - p) / total) + (Z * Z / (4.0 * total * total))), 1 + (Z * Z / total));
        return new Interval(p, Math.Max(0, (middle - half) / under), Math.Min(1, (middle + half) / under), total);
    }
}
