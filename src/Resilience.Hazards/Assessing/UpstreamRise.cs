using System.Globalization;

namespace Resilience.Hazards.Assessing;

/// <summary>Water that rises above a gauge that says nothing: what took the gauge may be that water.</summary>
/// <param name="StationName">The gauge upstream.</param>
/// <param name="Metres">How much it rose; 0 when it is a lake that broke out.</param>
/// <param name="Since">The foot of the rise.</param>
/// <param name="Until">The reading that shows it.</param>
public sealed record UpstreamRise(string StationName, double Metres, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>The rule's name in assessments.</summary>
    public const string RuleName = "silent-below-rise";

    /// <summary>The rule's version in assessments.</summary>
    public const string RuleVersion = "1";

    /// <summary>What the rule does, for people who check it.</summary>
    public const string RuleText =
        "A gauge that falls silent while the next gauge upstream has risen at least 0.15 m within six hours and has not fallen back, or while a lake upstream has broken out, is at Action at least: "
        + "the water may have taken it. The level ends when the gauge speaks again and its own readings say so.";

    /// <summary>So much is a rise.</summary>
    /// <value>0.15 m: three times the noise of a mountain gauge.</value>
    private const double Least = 0.15;

    /// <summary>Within so long.</summary>
    /// <value>6 hours: slower rises reach the gauge below as weather, and a flood does not silence it unseen.</value>
    internal static TimeSpan Within { get; } = TimeSpan.FromHours(6);

    /// <summary>
    /// The rise that stands at the newest of an upstream gauge's readings; null when there is none, when two readings do not confirm it, or
    /// when the water has fallen back by more than half of it. Pure.
    /// </summary>
    /// <param name="stationName">The upstream gauge.</param>
    /// <param name="samples">By time, metres, trustworthy ones only.</param>
    /// <param name="notBefore">The rise must still have stood then: a rise long before the silence says nothing about it.</param>
    public static UpstreamRise? Find(string stationName, IReadOnlyList<Sample> samples, DateTimeOffset notBefore)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Count < 3 || samples[^1].Time < notBefore)
        {
            return null;
        }

        var newest = samples[^1];
        var recent = samples.Where(sample => newest.Time - sample.Time <= Within).ToList();
        var foot = recent.MinBy(sample => sample.Value);
        var after = recent.Where(sample => sample.Time > foot.Time).ToList();
        if (after.Count < 2)
        {
            return null;
        }

        // The second highest: one reading alone may be a spike.
        var risen = after.Select(sample => sample.Value).OrderDescending().ElementAt(1) - foot.Value;
        return risen >= Least && newest.Value - foot.Value >= risen / 2 ? new UpstreamRise(stationName, risen, foot.Time, newest.Time) : null;
    }

    /// <summary>A sentence to follow the one that says the gauge is silent.</summary>
    internal string Say() => Metres > 0
        ? string.Create(CultureInfo.InvariantCulture, $" Upstream at {StationName} the water has risen {Metres:0.00} m since {Since.UtcDateTime:HH:mm} UTC: the flood may have taken the gauge, so it stands at Action at least.")
        : string.Create(CultureInfo.InvariantCulture, $" Upstream {StationName} broke out at {Since.UtcDateTime:HH:mm} UTC: the flood may have taken the gauge, so it stands at Action at least.");
}
