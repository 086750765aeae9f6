namespace Resilience.Reports.Density;

/// <summary>A count as it is told: between two bounds, both included; no upper one for the last.</summary>
public sealed record Bucket(int AtLeast, int? AtMost)
{
    private static readonly int[] Steps = [FormCrowds.Least, 10, 20, 50, 100, 200, 500, 1000];

    /// <summary>The bucket a count of at least <see cref="FormCrowds.Least"/> falls in.</summary>
    public static Bucket Of(int count)
    {
        var index = Array.FindLastIndex(Steps, step => step <= count);
        ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(count));
        return new Bucket(Steps[index], index + 1 < Steps.Length ? Steps[index + 1] - 1 : null);
    }
}
