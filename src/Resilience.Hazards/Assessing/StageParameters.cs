using Resilience.Core.Quantities;

namespace Resilience.Hazards.Assessing;

/// <summary>
/// What the stage rule is tuned by, in the datastream's unit; <see cref="ForUnit"/> makes them from metres.
/// </summary>
public sealed record StageParameters
{
    /// <summary>How far below its threshold the water must be before a level may end.</summary>
    /// <value>0.05 m: waves and sensor noise do not toggle a warning.</value>
    public required double Deadband { get; init; }

    /// <summary>How long it must stay there.</summary>
    /// <value>1 hour; 12 hours for a glacial lake, whose falling may be the outburst.</value>
    public required TimeSpan MinimumBelow { get; init; }

    /// <summary>A single trustworthy reading this far above a threshold needs no second one.</summary>
    /// <value>0.30 m.</value>
    public required double FarAbove { get; init; }

    /// <summary>How far ahead the present rise is carried on.</summary>
    /// <value>2 hours.</value>
    public required TimeSpan LeadTime { get; init; }

    /// <summary>A rise raises a level above Action only this close to its threshold.</summary>
    /// <value>0.15 m.</value>
    public required double Close { get; init; }

    /// <summary>Slower rises (per hour) never raise a level ahead of the threshold.</summary>
    /// <value>0.05 m/h.</value>
    public required double MinimumRate { get; init; }

    /// <summary>Faster than this per hour is rising or falling.</summary>
    /// <value>0.02 m/h; and half of it before rising or falling ends.</value>
    public required double TrendRate { get; init; }

    /// <summary>The defaults in a unit of length, or null when the unit is not a length we know.</summary>
    public static StageParameters? ForUnit(string unit) => !Units.TryFactor(unit, out var metres, out var canonical) || canonical != "m" ? null : new()
    {
        Deadband = 0.05 / metres,
        MinimumBelow = TimeSpan.FromHours(1),
        FarAbove = 0.30 / metres,
        LeadTime = TimeSpan.FromHours(2),
        Close = 0.15 / metres,
        MinimumRate = 0.05 / metres,
        TrendRate = 0.02 / metres,
    };

    /// <summary>
    /// For discharges: shares of the lowest threshold. Near bankfull a flow grows about with the square of the depth, so at three metres' depth they are what the
    /// lengths above are for a stage.
    /// </summary>
    public static StageParameters ForDischarge(double lowest) => new()
    {
        Deadband = 0.03 * lowest,
        MinimumBelow = TimeSpan.FromHours(1),
        FarAbove = 0.20 * lowest,
        LeadTime = TimeSpan.FromHours(2),
        Close = 0.10 * lowest,
        MinimumRate = 0.03 * lowest,
        TrendRate = 0.015 * lowest,
    };
}

/// <summary>What the outburst rule is tuned by; lengths in the datastream's unit.</summary>
public sealed record LakeParameters
{
    /// <summary>A fall this deep within <see cref="DropWithin"/> is an outburst.</summary>
    /// <value>0.5 m.</value>
    public required double Drop { get; init; }

    /// <summary>Within how long the fall must happen.</summary>
    /// <value>15 minutes.</value>
    public required TimeSpan DropWithin { get; init; }

    /// <summary>A rise this high within <see cref="RiseWithin"/> is a sign of danger.</summary>
    /// <value>0.5 m.</value>
    public required double Rise { get; init; }

    /// <summary>Within how long the rise must happen.</summary>
    /// <value>1 hour.</value>
    public required TimeSpan RiseWithin { get; init; }

    /// <summary>How long after a sign of danger a dying sensor counts as the outburst itself.</summary>
    /// <value>1 hour.</value>
    public required TimeSpan SignHolds { get; init; }

    /// <summary>How long the lake must be calm before its level may end.</summary>
    /// <value>12 hours without a sign; 24 hours after an outburst.</value>
    public required TimeSpan Calm { get; init; }

    /// <summary>Two sudden readings this near confirm each other.</summary>
    /// <value>0.25 m.</value>
    public required double Agreement { get; init; }

    /// <summary>The defaults in a unit of length, or null when the unit is not a length we know.</summary>
    public static LakeParameters? ForUnit(string unit) => !Units.TryFactor(unit, out var metres, out var canonical) || canonical != "m" ? null : new()
    {
        Drop = 0.5 / metres,
        DropWithin = TimeSpan.FromMinutes(15),
        Rise = 0.5 / metres,
        RiseWithin = TimeSpan.FromHours(1),
        SignHolds = TimeSpan.FromHours(1),
        Calm = TimeSpan.FromHours(12),
        Agreement = 0.25 / metres,
    };
}
