using Microsoft.Extensions.Logging;
using Resilience.Access;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Chain;
using Resilience.Storage.HandingOver;
using Resilience.Warnings.Cap;

namespace Resilience.Warnings.Issuing;

/// <summary>
/// Makes an approved draft an alert: the CAP text is built, proven and stored, what it replaces is superseded, and it is handed
/// over to be disseminated, all in the approval's own transaction. The only two ways to an alert are this and
/// <see cref="CancelAlert"/>.
/// </summary>
internal sealed partial class IssueAlert(WarningsOptions options, OperatingMode mode, ILogger<IssueAlert> logger)
{
    internal const string DrillNote = "EXERCISE: a drill or a replay of the past. Do not act on it.";

    /// <summary>Issues; the caller has checked that <paramref name="approver"/> may, and commits.</summary>
    internal async Task<Alert> IssueAsync(Step<WarningsDb> step, Draft draft, Caller approver, CancellationToken cancellationToken)
    {
        using var activity = WarningsTelemetry.Activities.StartActivity("warnings.issue");
        var earlier = draft.UpdatesAlertId is null ? [] : await AlertRows.LockThreadAsync(step, draft.ThreadId, cancellationToken);
        if (draft.UpdatesAlertId is { } target && earlier.All(alert => alert.Id != target))
        {
            throw new RefusalException("warnings.update-target-ended", "The alert this would update is no longer in force.", 409);
        }

        var alert = Compose(draft, approver, earlier, step.Now);
        alert.LayerVersion = await step.NextLayerVersionAsync(AlertRows.Layer, cancellationToken);
        foreach (var old in earlier)
        {
            AlertRows.End(old, AlertState.Superseded, "Updated", alert.Sent, alert.LayerVersion);
        }

        step.Db.Alerts.Add(alert);
        step.HandOver(WarningTopics.Issued, alert.Id.ToString());
        await step.Db.SaveChangesAsync(cancellationToken);
        activity?.SetTag("alert", alert.Id);
        return alert;
    }

    /// <summary>Counts and logs an issued alert; call after the commit.</summary>
    internal void Announce(Alert alert)
    {
        WarningsTelemetry.Issued.Add(1, new("msgType", alert.MsgType.ToString()), new("status", alert.Status.ToString()), new("severity", alert.Severity.ToString()));
        LogIssued(logger, alert.MsgType, alert.Status, alert.Identifier, alert.People);
    }

    /// <summary>The alert a draft becomes, CAP text included. Pure but for the options.</summary>
    private Alert Compose(Draft draft, Caller approver, IReadOnlyList<Alert> earlier, DateTimeOffset now)
    {
        // A drill stays a drill, whatever the row says.
        var status = mode.IsReplay || draft.Exercise ? CapStatus.Exercise : draft.Status;
        var sent = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var id = draft.AlertId!.Value;
        var texts = draft.Texts.Where(text => !text.IsMissing);
        var unproven = new Alert
        {
            Id = id,
            Identifier = ComposeMessage.IdentifierOf(id, options.OidArc),
            Sender = options.Sender,
            Sent = sent,
            Status = status,
            MsgType = draft.MsgType,
            Scope = CapScope.Public,
            References = earlier.Count == 0 ? null : CapReference.WriteList(earlier.Select(ComposeMessage.ReferenceTo)),
            Event = draft.Event,
            Kind = draft.Kind,
            Category = HazardTerms.CategoryOf(draft.Kind),
            Urgency = draft.Urgency,
            Severity = draft.Severity,
            Certainty = draft.Certainty,
            ResponseType = draft.ResponseType,
            Onset = draft.Onset,
            Expires = draft.Expires,
            AreaDesc = draft.AreaDesc,
            Area = draft.Area,
            Texts = status == CapStatus.Actual ? [.. texts] : [.. texts.Select(ExerciseFrame.Add)],
            People = draft.People,
            AuthorId = draft.AuthorId!.Value,
            AuthorName = draft.AuthorName,
            ApproverId = approver.Id,
            ApproverName = approver.Name,
            ThreadId = draft.ThreadId,
            ZoneId = draft.ZoneId,
            Note = status == CapStatus.Actual ? null : DrillNote,
            CapXml = "",
            State = AlertState.InForce,
        };
        return unproven with { CapXml = ComposeMessage.WriteProven(ComposeMessage.From(unproven, options.SenderName), unproven.Area) };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{MsgType} ({Status}) {Identifier} issued to about {People} people")]
    private static partial void LogIssued(ILogger logger, CapMsgType msgType, CapStatus status, string identifier, long people);
}
