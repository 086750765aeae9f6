using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Chain;
using Resilience.Risk;
using Resilience.Risk.Impact;
using Resilience.Warnings.Cap;

namespace Resilience.Warnings.Drafting;

/// <summary>Fills drafts from a zone or an alert: every value with a source, every text from the template.</summary>
internal sealed class WriteDraft(WarningsOptions options, DescribeArea describe, OperatingMode mode)
{
    /// <summary>A new, empty-handed draft of the machine's for a zone; <see cref="FromZone"/> fills it.</summary>
    internal Draft NewFor(Guid id, RiskZone? zone, Alert? updated, DateTimeOffset now) => new()
    {
        Id = id,
        State = DraftState.Draft,
        Exercise = mode.IsReplay || zone is { Exercise: true } || updated is { Status: not CapStatus.Actual },
        ZoneId = zone?.Id ?? updated?.ZoneId,
        Event = "",
        AreaDesc = "",
        Area = CapGeometry.Nowhere,
        Texts = [new AlertText("en", "", "", "")],
        Evidence = [],
        AuthorName = Draft.Machine,
        ContentHash = "",
        CreatedAt = now,
        Expires = WholeMinute(now + options.ValidFor),
    };

    /// <summary>Writes the zone as it is now into the draft: an Alert, or an Update of the alert in force.</summary>
    internal void FromZone(Draft draft, RiskZone zone, Alert? inForce, DateTimeOffset now)
    {
        var area = describe.Describe(zone.Geometry);
        var rating = WarningPolicy.Rate(zone);
        SetThread(draft, inForce);
        draft.Kind = zone.Kind;
        draft.Event = HazardTerms.EventOf(zone.Kind);
        (draft.Urgency, draft.Certainty, draft.ResponseType) = (rating.Urgency, rating.Certainty, rating.ResponseType);
        draft.Severity = zone.Severity;
        draft.Onset = null;
        draft.Expires = WholeMinute(now + options.ValidFor);
        (draft.Area, draft.People, draft.AreaDesc) = (area.Area, area.People, area.Words);
        var slots = new TextSlots(options.SenderName, zone.Kind, zone.Severity, zone.Likelihood == Likelihood.Observed, draft.Onset, draft.Expires, area.Words, area.TimeZone);
        draft.Texts = WithOtherLanguages(ComposeText.Alarm(slots), area.CountryCode);
        RestOn(draft, zone, inForce);
    }

    /// <summary>Writes the all-clear that ends the alert in force, as an Update over the same area.</summary>
    internal void AllClear(Draft draft, Alert inForce, RiskZone? zone, DateTimeOffset now)
    {
        SetThread(draft, inForce);
        draft.Kind = inForce.Kind;
        draft.Event = inForce.Event;
        (draft.Urgency, draft.Severity, draft.Certainty, draft.ResponseType) = (CapUrgency.Past, CapSeverity.Minor, CapCertainty.Observed, CapResponseType.AllClear);
        draft.Onset = null;
        draft.Expires = WholeMinute(now + AllClearStands);
        (draft.Area, draft.People, draft.AreaDesc) = (inForce.Area, inForce.People, inForce.AreaDesc);
        var area = describe.Describe(inForce.Area);
        var slots = new TextSlots(options.SenderName, inForce.Kind, draft.Severity, Observed: false, null, draft.Expires, inForce.AreaDesc, area.TimeZone);
        draft.Texts = WithOtherLanguages(ComposeText.AllClear(slots), area.CountryCode);
        RestOn(draft, zone, inForce);
    }

    /// <summary>Starts an Update from the alert's own content.</summary>
    internal void FromAlert(Draft draft, Alert alert, DateTimeOffset now)
    {
        SetThread(draft, alert);
        draft.Kind = alert.Kind;
        draft.Event = alert.Event;
        (draft.Urgency, draft.Severity, draft.Certainty, draft.ResponseType) = (alert.Urgency, alert.Severity, alert.Certainty, alert.ResponseType);
        draft.Onset = alert.Onset;
        draft.Expires = alert.Expires > now ? alert.Expires : WholeMinute(now + options.ValidFor);
        (draft.Area, draft.People, draft.AreaDesc) = (alert.Area, alert.People, alert.AreaDesc);
        draft.Texts = [.. alert.Texts.Select(ExerciseFrame.Remove)];
        draft.Evidence = [$"alert:{alert.Id}"];
    }

    /// <summary>Makes the draft an Update of the alert, or the first of its own thread.</summary>
    internal static void SetThread(Draft draft, Alert? updated)
    {
        draft.MsgType = updated is null ? CapMsgType.Alert : CapMsgType.Update;
        draft.UpdatesAlertId = updated?.Id;
        draft.ThreadId = updated?.ThreadId ?? AlertIdOf(draft.Id);
        draft.Status = draft.Exercise ? CapStatus.Exercise : CapStatus.Actual;
    }

    /// <summary>The id of the alert a draft becomes: one draft, one alert, however often it is issued.</summary>
    internal static Guid AlertIdOf(Guid draftId) => StableId.From("warnings.alert", draftId.ToString());

    /// <summary>2 h: long enough for everybody to hear it, short enough to clear the map.</summary>
    private static readonly TimeSpan AllClearStands = TimeSpan.FromHours(2);

    private static void RestOn(Draft draft, RiskZone? zone, Alert? inForce)
    {
        draft.ZoneVersion = zone?.Version ?? draft.ZoneVersion;
        draft.ZoneSince = zone?.Since ?? draft.ZoneSince;
        draft.InputsChanged = false;
        draft.Evidence =
        [
            .. zone is null ? (string[])[] : [$"zone:{zone.Id}:{zone.Version}", $"assessment:{zone.AssessmentId}", $"station:{zone.StationId}"],
            .. inForce is null ? (string[])[] : [$"alert:{inForce.Id}"],
        ];
    }

    private static DateTimeOffset WholeMinute(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));

    private IReadOnlyList<AlertText> WithOtherLanguages(AlertText english, string? country) =>
        country is not null && options.Languages.TryGetValue(country, out var language) ? [english, new AlertText(language, "", "", "")] : [english];
}
