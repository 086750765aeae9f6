using Resilience.Hazards.Assessing;

namespace Resilience.Hazards.Cascading;

/// <summary>Finds the front of a wave in a gauge's readings. Pure.</summary>
public static class FindPulse
{
    /// <summary>A wave on its way down: this much within <see cref="Within"/>.</summary>
    /// <value>0.15 m: three times the noise of a mountain gauge, a third of what Thanza saw in 2019.</value>
    public const double Metres = 0.15;

    /// <summary>A rise that makes an event of its own at a gauge nobody warned of.</summary>
    /// <value>0.50 m, as for a glacial lake.</value>
    public const double StrongMetres = 0.50;

    /// <summary>How quickly it must rise.</summary>
    /// <value>1 hour; slower rises are weather, not a wave.</value>
    public static TimeSpan Within { get; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The first front after a moment: between the last reading still at the foot of the rise and the first that stands
    /// <paramref name="rise"/> above it; null when there is none. One reading alone is a spike: the next must still stand half as high.
    /// </summary>
    /// <param name="samples">By time, metres.</param>
    /// <param name="after">The foot may not lie before this.</param>
    /// <param name="rise">Metres.</param>
    public static (DateTimeOffset Earliest, DateTimeOffset Latest)? In(IReadOnlyList<Sample> samples, DateTimeOffset after, double rise = Metres)
    {
        ArgumentNullException.ThrowIfNull(samples);
        for (var top = 1; top < samples.Count - 1; top++)
        {
            // The lowest reading of the hour before; of equal ones the last. One the whole pause before still is the foot when readings are far apart.
            var foot = top - 1;
            for (var i = top - 1; i >= 0 && samples[i].Time >= after && samples[top].Time - samples[i].Time <= Within; i--)
            {
                foot = samples[i].Value < samples[foot].Value ? i : foot;
            }

            if (samples[foot].Time >= after && samples[top].Time - samples[foot].Time <= Within
                && samples[top].Value - samples[foot].Value >= rise && samples[top + 1].Value - samples[foot].Value >= rise / 2)
            {
                return (samples[foot].Time, samples[top].Time);
            }
        }

        return null;
    }
}
