using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Resilience.Core;
using Resilience.Risk;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Warnings.Drafting;

/// <summary>
/// The link from risk to warning: takes zones that changed and has a draft ready, an Alert at first, an Update when it got worse
/// or better, an all-clear when it is over. It never sends; two people do.
/// </summary>
internal sealed class DraftAlerts(Store store, RiskQueries zones, WarningPolicy policy, WriteDraft write, ILogger<DraftAlerts> logger) : Link<WarningsDb>(store, logger)
{
    /// <inheritdoc/>
    public override string Name => "Warnings.DraftAlerts";

    /// <inheritdoc/>
    protected override async Task HandleAsync(Step<WarningsDb> step, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        // Only the zone as it is now counts; several versions of it in a batch are one look.
        foreach (var zoneId in keys.Select(key => RiskTopics.ReadZoneKey(key).ZoneId).Distinct())
        {
            if (await zones.FindAsync(zoneId, cancellationToken) is { } zone)
            {
                await HandleAsync(step, zone, cancellationToken);
            }
        }
    }

    private async Task HandleAsync(Step<WarningsDb> step, RiskZone zone, CancellationToken cancellationToken)
    {
        var now = step.Now;
        var open = await DraftRows.FindOpenForZoneAsync(step, zone.Id, cancellationToken);
        var inForce = await step.Db.Alerts.AsNoTracking().Where(alert => alert.ZoneId == zone.Id && alert.State == AlertState.InForce && alert.Expires > now)
            .OrderByDescending(alert => alert.Sent).FirstOrDefaultAsync(cancellationToken);
        var refused = await step.Db.Drafts.AsNoTracking().Where(draft => draft.ZoneId == zone.Id && (draft.State == DraftState.Rejected || draft.State == DraftState.Withdrawn))
            .OrderByDescending(draft => draft.ChangedAt).FirstOrDefaultAsync(cancellationToken);
        var decision = policy.Decide(zone, open, inForce, refused, now);
        if (decision == DraftingStep.None)
        {
            return;
        }

        if (decision is DraftingStep.Write or DraftingStep.WriteAllClear && open is null)
        {
            open = write.NewFor(StableId.From("warnings.draft", zone.Id.ToString(), zone.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)), zone, inForce, now);
            step.Db.Drafts.Add(open);
        }

        switch (decision)
        {
            case DraftingStep.Write:
                write.FromZone(open!, zone, inForce, now);
                break;
            case DraftingStep.WriteAllClear:
                write.AllClear(open!, inForce!, zone, now);
                break;
            case DraftingStep.MarkInputsChanged:
                open!.InputsChanged = true;
                open.ZoneVersion = zone.Version;
                break;
            default:
                open!.State = DraftState.Superseded;
                open.Reason = "The risk it was for has changed or fallen away.";
                break;
        }

        await DraftRows.TouchAsync(step, open!, cancellationToken);
    }
}
