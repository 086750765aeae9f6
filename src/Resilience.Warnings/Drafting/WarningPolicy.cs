using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Risk;
using Resilience.Risk.Impact;

namespace Resilience.Warnings.Drafting;

/// <summary>What to do about a zone that changed.</summary>
internal enum DraftingStep
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Write the zone's draft, new or over the machine's own open one.</summary>
    Write,

    /// <summary>Write an all-clear for the alert in force.</summary>
    WriteAllClear,

    /// <summary>A person holds the draft: tell them that what it rests on has changed.</summary>
    MarkInputsChanged,

    /// <summary>The machine's own open draft is no longer needed.</summary>
    Supersede,
}

/// <summary>CAP's three scales and what to do, as the policy maps a zone to them.</summary>
internal readonly record struct CapRating(CapUrgency Urgency, CapCertainty Certainty, CapResponseType ResponseType);

/// <summary>Decides what the machine drafts. Pure: a zone, what is open and what is in force go in, a step comes out.</summary>
internal sealed class WarningPolicy(WarningsOptions options)
{
    /// <summary>An alert that ends within this while its danger lasts is due for an Update.</summary>
    internal static readonly TimeSpan RenewWithin = TimeSpan.FromHours(1);

    /// <summary>A zone that grew by more than this share beyond the alert's area needs a new area.</summary>
    internal const double GrownBy = 0.1;

    /// <summary>Decides.</summary>
    /// <param name="zone">The zone as it is now.</param>
    /// <param name="open">The zone's open draft, or null.</param>
    /// <param name="inForce">The zone's alert in force, or null.</param>
    /// <param name="refused">The zone's last draft that a person rejected or withdrew, or null.</param>
    /// <param name="now">The chain's time.</param>
    internal DraftingStep Decide(RiskZone zone, Draft? open, Alert? inForce, Draft? refused, DateTimeOffset now)
    {
        if (open is { IsMachines: false })
        {
            return zone.Version > (open.ZoneVersion ?? 0) && SaysOtherwise(zone, open) ? DraftingStep.MarkInputsChanged : DraftingStep.None;
        }

        if (!Qualifies(zone))
        {
            return inForce is { ResponseType: not CapResponseType.AllClear } ? DraftingStep.WriteAllClear
                : open is not null ? DraftingStep.Supersede : DraftingStep.None;
        }

        if (inForce is not null && !NeedsUpdate(zone, inForce, now))
        {
            return open is not null ? DraftingStep.Supersede : DraftingStep.None;
        }

        // A person said no to this already; only something worse in the same episode is worth asking again.
        var saidNo = open is null && inForce is null && refused is not null && refused.ZoneSince == zone.Since && refused.Severity >= zone.Severity;
        return saidNo ? DraftingStep.None : DraftingStep.Write;
    }

    /// <summary>True when the zone is something the public should be warned of by us: what another authority warns of, it warns of itself.</summary>
    internal bool Qualifies(RiskZone zone) =>
        zone is { Removed: false, IsRelayed: false } && (options.Kinds.Count == 0 ? WarningsOptions.DefaultKinds : options.Kinds).Contains(zone.Kind) && zone.Severity >= options.MinimumSeverity;

    internal static CapRating Rate(RiskZone zone) => new(
        zone.Severity switch
        {
            CapSeverity.Extreme or CapSeverity.Severe => CapUrgency.Immediate,
            CapSeverity.Moderate => CapUrgency.Expected,
            _ => CapUrgency.Future,
        },
        zone.Likelihood switch
        {
            Likelihood.Observed => CapCertainty.Observed,
            Likelihood.High => CapCertainty.Likely,
            Likelihood.Medium => CapCertainty.Possible,
            _ => CapCertainty.Unlikely,
        },
        (zone.Kind, zone.Severity) switch
        {
            (HazardKind.Storm or HazardKind.Earthquake, _) => CapResponseType.Shelter,
            (HazardKind.ExtremeHeat or HazardKind.ExtremeCold, CapSeverity.Extreme or CapSeverity.Severe) => CapResponseType.Shelter,
            (HazardKind.HeavyRain, CapSeverity.Extreme or CapSeverity.Severe) => CapResponseType.Avoid,
            (_, CapSeverity.Extreme or CapSeverity.Severe) => CapResponseType.Evacuate,
            (_, CapSeverity.Moderate) => CapResponseType.Prepare,
            _ => CapResponseType.Monitor,
        });

    // A zone is written anew for every word of its reason; two people in a hurry are stopped only by what would change the warning.
    private bool SaysOtherwise(RiskZone zone, Draft draft) =>
        !Qualifies(zone) || zone.Severity != draft.Severity || HasGrown(zone.Geometry, draft.Area);

    private static bool NeedsUpdate(RiskZone zone, Alert inForce, DateTimeOffset now) =>
        inForce.Severity != zone.Severity || inForce.Expires - now < RenewWithin || HasGrown(zone.Geometry, inForce.Area);

    private static bool HasGrown(Geometry zone, Geometry alerted) =>
        zone.IsValid && alerted.IsValid && zone.Area > 0 && zone.Difference(alerted).Area > GrownBy * zone.Area;
}
