using System.Globalization;
using Resilience.Core;
using Resilience.Warnings.Cap;

namespace Resilience.Warnings.Drafting;

/// <summary>What the sentence slots are filled with.</summary>
/// <param name="Source">Who says so.</param>
/// <param name="Kind">What threatens.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Observed">True when it is happening; false when expected.</param>
/// <param name="Onset">When it is expected; null when at once or unknown.</param>
/// <param name="Expires">Until when.</param>
/// <param name="Place">Where, in words people say.</param>
/// <param name="Zone">The time zone people there live by.</param>
internal sealed record TextSlots(string Source, HazardKind Kind, CapSeverity Severity, bool Observed, DateTimeOffset? Onset, DateTimeOffset Expires, string Place, TimeZoneInfo Zone);

/// <summary>
/// Fills the slot template: source, hazard, time, place; impact in one sentence; what to do, verbs first; until when. Short
/// sentences, capitals for hazard and action words only, 24-hour clock with the day's name. English; other languages are
/// people's work, and a machine translation of an order to flee is not one.
/// </summary>
internal static class ComposeText
{
    internal static AlertText Alarm(TextSlots s)
    {
        var hazard = HazardTerms.EventOf(s.Kind).ToUpperInvariant();
        var when = s.Observed ? "is happening" : s.Onset is { } onset ? $"is expected by {Clock(onset, s.Zone)}" : "is possible soon";
        var (impact, actions) = Sentences(s.Kind, s.Severity);
        return new AlertText(
            "en",
            $"{hazard} – {Weight(s.Severity)}: {s.Place}",
            $"{s.Source}: {hazard} {when} in {s.Place}. {impact}",
            $"{actions} Until {Clock(s.Expires, s.Zone)}.");
    }

    internal static AlertText AllClear(TextSlots s)
    {
        var hazard = HazardTerms.EventOf(s.Kind);
        return new AlertText(
            "en",
            $"All clear – {hazard}: {s.Place}",
            $"{s.Source}: the danger of {hazard.ToLowerInvariant()} in {s.Place} is over.",
            s.Kind is HazardKind.ExtremeHeat or HazardKind.ExtremeCold
                ? "LOOK after those who fell ill. LISTEN for new warnings."
                : s.Kind == HazardKind.Landslide
                ? "GO back only when rescuers say so. STAY away from fresh slides, cracks and leaning trees: slopes may move for days after the rain. LISTEN for new warnings."
                : "GO back only where it is dry and safe. WATCH for damaged roads and bridges. LISTEN for new warnings.");
    }

    internal static AlertText Cancel(string source, string eventName, string place, CancelReason reason) => new(
        "en",
        reason == CancelReason.SentInError ? $"Sent in error – {eventName}: {place}" : $"Warning ended – {eventName}: {place}",
        reason switch
        {
            CancelReason.SentInError => $"{source}: the warning of {eventName.ToLowerInvariant()} for {place} was sent in error.",
            CancelReason.DangerOver => $"{source}: the danger of {eventName.ToLowerInvariant()} in {place} is over.",
            _ => $"{source}: the warning of {eventName.ToLowerInvariant()} for {place} is withdrawn. Another warning takes its place.",
        },
        reason == CancelReason.Replaced ? "FOLLOW the other warning." : "You need not act on that warning any more.");

    /// <summary>The severity in words: Extreme, Severe, Moderate and Minor each have their own.</summary>
    internal static string Weight(CapSeverity severity) => severity switch
    {
        CapSeverity.Extreme => "danger to life, act now",
        CapSeverity.Severe => "act now",
        CapSeverity.Moderate => "get ready",
        _ => "be aware",
    };

    private static (string Impact, string Actions) Sentences(HazardKind kind, CapSeverity severity)
    {
        var grave = severity >= CapSeverity.Severe;
        return kind switch
        {
            HazardKind.GlacialLakeOutburst => (
                "A wall of water, mud and rocks may come down the valley.",
                grave ? "MOVE uphill now. TAKE your family and medicine. Do NOT go near the river." : "PREPARE to move uphill. STAY away from the river. LISTEN for the siren."),
            HazardKind.RiverFlood => (
                grave ? "Water may cover roads and houses near the river." : "Water may cover low roads and fields near the river.",
                grave ? "MOVE to higher ground now. TAKE your family and medicine. Do NOT walk or drive through water." : "STAY away from the river. PREPARE your family and medicine to leave. Do NOT walk or drive through water."),
            HazardKind.HeavyRain => (
                grave ? "Streams may rise within minutes, streets may flood and slopes may slide." : "Streets and low ground may flood and small streams may rise.",
                grave ? "STAY away from streams, slopes and cellars. GO up if water comes. Do NOT walk or drive through water." : "STAY away from streams and steep slopes. CLEAR drains. Do NOT walk or drive through water."),
            HazardKind.ExtremeHeat => (
                grave ? "The heat can kill within hours, indoors too." : "The heat makes people ill, old people and small children first.",
                "DRINK water often. STAY out of the sun and in the coolest room. LOOK after old people, small children and the sick. CALL for help if somebody is confused or faints."),
            HazardKind.ExtremeCold => (
                grave ? "The cold can freeze bare skin within minutes and kill." : "The cold makes people ill, old people and small children first.",
                "STAY inside where it is warm. COVER head, face and hands outside. Do NOT burn coal or run engines in closed rooms. LOOK after old people and small children."),
            HazardKind.Landslide => (
                "Earth, mud and rocks may come down slopes and gullies without a sign.",
                grave ? "LEAVE slopes, gullies and what lies below them now. GO to open ground. Do NOT cross fresh slides." : "STAY away from steep slopes and gullies. LISTEN for cracking and falling stones. PREPARE to leave."),
            HazardKind.Earthquake => (
                "Buildings may be damaged and more shaking may follow.",
                "GO into the open. STAY away from walls and wires. Do NOT go back into damaged houses."),
            HazardKind.Wildfire => (
                "Fire and smoke may reach houses and roads.",
                grave ? "LEAVE now, away from the smoke. TAKE your family and medicine. Do NOT go back for things." : "PREPARE to leave. CLOSE windows and doors. LISTEN for new warnings."),
            HazardKind.Storm => (
                "Wind may break trees, roofs and wires.",
                "STAY inside, away from windows. TIE down what may fly. Do NOT touch fallen wires."),
            _ => ("There may be danger to people.", "STAY away. FOLLOW what rescuers say. LISTEN for new warnings."),
        };
    }

    private static string Clock(DateTimeOffset time, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(time, zone);
        return local.ToString(zone == TimeZoneInfo.Utc ? "HH:mm 'UTC on' dddd" : "HH:mm 'on' dddd", CultureInfo.InvariantCulture);
    }
}
