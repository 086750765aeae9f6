using Resilience.Core;

namespace Resilience.Hazards.Assessing;

/// <summary>All a rule must know of a datastream besides its readings.</summary>
/// <param name="Thresholds">In rising order; may be empty for a lake.</param>
/// <param name="Every">How often a reading is expected; at first what the feed says, then what the readings show (<see cref="Heard"/>).</param>
/// <param name="Stage">Tuning of the stage rule; unused for rain.</param>
/// <param name="Lake">Tuning of the outburst rule; null for a river.</param>
public sealed record Setting(IReadOnlyList<StageThreshold> Thresholds, TimeSpan Every, StageParameters Stage, LakeParameters? Lake)
{
    /// <summary>A station that says nothing for this many intervals is silent.</summary>
    public const int SilentIntervals = 3;

    /// <summary>For what rain is judged, and how; null for water levels.</summary>
    public RainParameters? Rain { get; init; }

    /// <summary>Tuning of the rule of heat and cold; null for everything but air temperature.</summary>
    public FeltParameters? Felt { get; init; }

    /// <summary>True where a river or a lake is judged.</summary>
    public bool IsWater => Rain is null && Felt is null;

    /// <summary>
    /// What the datastream is judged for; of a thermometer heat, and a change says when it is cold. One datastream may have several: rain is judged as heavy rain
    /// and for landslides, each by itself, with its own memory and thresholds.
    /// </summary>
    public HazardKind Concern => Rain is { } rain ? rain.Concern : Felt is not null ? HazardKind.ExtremeHeat : Lake is null ? HazardKind.RiverFlood : HazardKind.GlacialLakeOutburst;

    /// <summary>The rule that judges it: name, version and text.</summary>
    public (string Name, string Version, string Text) Rule => RuleOf(Concern);

    /// <summary>The rule that judges a concern.</summary>
    public static (string Name, string Version, string Text) RuleOf(HazardKind concern) => concern switch
    {
        HazardKind.ExtremeHeat => (FeltRule.Name, FeltRule.Version, FeltRule.Text),
        HazardKind.Landslide => (SlopeRule.Name, SlopeRule.Version, SlopeRule.Text),
        HazardKind.HeavyRain => (RainRule.Name, RainRule.Version, RainRule.Text),
        HazardKind.GlacialLakeOutburst => (LakeRule.Name, LakeRule.Version, LakeRule.Text),
        _ => (StageRule.Name, StageRule.Version, StageRule.Text),
    };

    /// <summary>No pause shorter than this is a silence, however often the station speaks: radio links skip some minutes.</summary>
    public static TimeSpan ShortestSilence { get; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest pause between two readings that is not a silence.</summary>
    public TimeSpan LongestPause => Every * SilentIntervals > ShortestSilence ? Every * SilentIntervals : ShortestSilence;

    /// <summary>
    /// The setting with the interval the station really keeps: a feed may be asked every minute for a gauge that measures every
    /// quarter of an hour. Never shorter than the feed says; with few readings at least a quarter of an hour.
    /// </summary>
    public Setting Heard(IReadOnlyList<Reading> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        const int Gaps = 8;
        var gaps = readings.Zip(readings.Skip(1), (a, b) => b.Time - a.Time).TakeLast(Gaps).Order().ToList();
        var kept = gaps.Count < Gaps / 2 ? TimeSpan.FromMinutes(15) : gaps[gaps.Count / 2];
        return kept > Every ? this with { Every = kept } : this;
    }

    /// <summary>The threshold at which the level begins, or null when the station has none for it.</summary>
    public StageThreshold? Find(HazardLevel level) => Thresholds.FirstOrDefault(threshold => threshold.Level == level);

    /// <summary>The highest level whose threshold, shifted by <paramref name="by"/>, the value reaches.</summary>
    public HazardLevel LevelAt(double value, double by = 0)
    {
        var level = HazardLevel.None;
        foreach (var threshold in Thresholds)
        {
            if (value >= threshold.Value + by && threshold.Level > level)
            {
                level = threshold.Level;
            }
        }

        return level;
    }
}
