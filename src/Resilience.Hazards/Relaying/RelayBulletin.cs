using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Geography;
using Resilience.Hazards.Assessing;
using Resilience.Observations.Bulletins;

namespace Resilience.Hazards.Relaying;

/// <summary>What a standing bulletin says in the terms of an assessment.</summary>
/// <param name="StationId">Stable over the whole thread.</param>
/// <param name="Kind">Of hazard.</param>
/// <param name="Level">From the authority's severity.</param>
/// <param name="Area">Where; polygons.</param>
/// <param name="Silent">The feed is not answering: nothing newer would be known here.</param>
/// <param name="Summary">Whose warning it is, in plain English.</param>
/// <param name="Confidence">From the authority's certainty.</param>
/// <param name="Warning">For the evidence.</param>
/// <param name="Source">The bulletin.</param>
internal sealed record Relayed(string StationId, HazardKind Kind, HazardLevel Level, Geometry Area, bool Silent, string Summary, double Confidence, RelayedWarning Warning, Bulletin Source);

/// <summary>Turns what stands of a thread into assessments. Pure. The warning stays its authority's: nothing is added to it but where it lies.</summary>
internal static class RelayBulletin
{
    /// <summary>The rule's name.</summary>
    internal const string Rule = "relay";

    /// <summary>The rule's version.</summary>
    internal const string Version = "1";

    /// <summary>The rule in words.</summary>
    internal const string Text =
        "A warning of another authority stands here as that authority gave it until it updates, withdraws or lets it end. CAP severity Minor, Moderate, Severe, Extreme is shown as Action, Minor, Moderate, Major; unknown severity as Action. "
        + "An earthquake without a severity is judged by the shaking expected above it (Allen, Wald and Worden 2012): information on what has happened, no early warning.";

    /// <summary>Around a point of which no extent is known.</summary>
    private const double PointRadiusMetres = Bulletin.PointRadiusMetres;

    /// <summary>The id under which a part of a thread is assessed.</summary>
    internal static string StationId(Guid thread, int part) => part == 0 ? $"{RelayedWarning.StationPrefix}{thread:N}" : FormattableString.Invariant($"{RelayedWarning.StationPrefix}{thread:N}-{part}");

    /// <summary>What stands of a thread at a time, has a place on the map and lies where its feed is wanted. Only Actual and Exercise are taken over.</summary>
    internal static IReadOnlyList<Relayed> Of(IReadOnlyList<Bulletin> thread, IReadOnlyDictionary<string, DateTimeOffset?> silentFeeds, DateTimeOffset now)
    {
        var standing = JudgeThread.Standing(thread).Where(one => one.StandsUntil > now && one.Status is CapStatus.Actual or CapStatus.Exercise).ToList();
        return [.. standing.Select((one, part) => one.Outside ? null : Of(one, part, silentFeeds, now)).OfType<Relayed>()];
    }

    private static Relayed? Of(Bulletin one, int part, IReadOnlyDictionary<string, DateTimeOffset?> silentFeeds, DateTimeOffset now)
    {
        var notes = new List<string>();
        var (area, words, severity) = one.Magnitude is not null && one.Area is Point epicentre
            ? Shaken(one, epicentre, notes) : Drawn(one, notes);
        var unknown = JsonSerializer.Deserialize<string[]>(one.UnknownCodes)!;
        if (area is null)
        {
            return null;
        }

        if (unknown.Length > 0)
        {
            notes.Add($"It also names areas whose codes are unknown here: {string.Join(", ", unknown.Take(10))}{(unknown.Length > 10 ? $" and {unknown.Length - 10} more" : "")}.");
        }

        notes.AddRange(JsonSerializer.Deserialize<string[]>(one.Findings)!.Take(5).Select(finding => $"The message was not as its standard has it: {finding}."));
        var silent = silentFeeds.TryGetValue(one.FeedId, out var lastGood);
        var headline = JsonSerializer.Deserialize<BulletinText[]>(one.Texts, Json)!.OrderBy(text => text.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase) ? 0 : 1).FirstOrDefault()?.Headline ?? "";
        var warning = new RelayedWarning(one.Id, one.Authority, one.Event, headline, severity, one.Urgency, one.Certainty, one.Sent, one.StandsUntil, words, notes, one.Web);
        return new Relayed(StationId(one.Thread, part), one.Kind, LevelOf(severity), area, silent, Summary(one, warning, silent, lastGood, now), ConfidenceOf(one.Certainty, silent), warning, one);
    }

    /// <summary>CAP severity as a level. The matrix of Risk turns it back into the same severity.</summary>
    internal static HazardLevel LevelOf(CapSeverity severity) => severity switch
    {
        CapSeverity.Extreme => HazardLevel.Major,
        CapSeverity.Severe => HazardLevel.Moderate,
        CapSeverity.Moderate => HazardLevel.Minor,
        _ => HazardLevel.Action,
    };

    private static (Geometry? Area, string Words, CapSeverity Severity) Drawn(Bulletin one, List<string> notes)
    {
        var words = one.AreaDesc.Length is > 0 and <= 300 ? $"the area it names ({one.AreaDesc})" : "the area it names";
        if (one.Area is not { IsEmpty: false } area)
        {
            return (null, words, one.Severity);
        }

        if (area.Dimension == Dimension.Surface)
        {
            notes.Add("The area is the authority's own.");
            return (area, words, one.Severity);
        }

        notes.Add($"Only a point is given, no extent: a circle of {PointRadiusMetres / 1000:0} km around it stands for what is not known.");
        return (CapAreas.Union(area.Coordinates.Take(50).Select(at => Antimeridian.Circle(at, PointRadiusMetres))), FormattableString.Invariant($"{PointRadiusMetres / 1000:0} km around the point it names"), one.Severity);
    }

    // Felt by most: that is whom the news concerns. What is hardly felt anywhere is no hazard.
    private static (Geometry? Area, string Words, CapSeverity Severity) Shaken(Bulletin one, Point epicentre, List<string> notes)
    {
        var magnitude = one.Magnitude!.Value;
        var radius = FeltArea.RadiusKm(magnitude, one.DepthKm, FeltArea.Felt);
        var strongest = FeltArea.AtEpicentre(magnitude, one.DepthKm);
        if (radius < 1)
        {
            return (null, "", one.Severity);
        }

        notes.Add(FormattableString.Invariant($"Expected shaking from magnitude and distance (Allen, Wald and Worden 2012): intensity {FeltArea.Felt:0} or more within {radius:0} km, damage possible (6 or more) within {FeltArea.RadiusKm(magnitude, one.DepthKm, FeltArea.Damaging):0} km, strongest {strongest:0.0}. Ground and direction are not in it."));
        notes.Add("It tells of what has happened; it is no early warning. Aftershocks may follow.");
        if (magnitude is < 5 or > 7.9 || one.DepthKm > 70)
        {
            notes.Add("Outside the range the equation was made for (magnitude 5 to 7.9, in the crust).");
        }

        if (one.DepthKm is null)
        {
            notes.Add("Its depth is not known; 10 km was assumed.");
        }

        var severity = one.Severity != CapSeverity.Unknown ? one.Severity
            : strongest switch { >= 8 => CapSeverity.Extreme, >= 7 => CapSeverity.Severe, >= 5.5 => CapSeverity.Moderate, _ => CapSeverity.Minor };
        return (Antimeridian.Circle(epicentre.Coordinate, radius * 1000), FormattableString.Invariant($"{radius:0} km around the epicentre, where it was felt by most"), severity);
    }

    private static string Summary(Bulletin one, RelayedWarning warning, bool silent, DateTimeOffset? lastGood, DateTimeOffset now)
    {
        var what = warning.Headline.Length is > 0 and <= 200 ? warning.Headline : one.Event;
        var ends = one.Expires is { } end ? $"until {Clock(end, now)}" : $"without an end of its own; it stands here until {Clock(one.StandsUntil, now)} unless it is listed again";
        var feed = silent ? $" Its feed has not answered since {(lastGood is { } good ? Clock(good, now) : "it was set up")}: whether it was changed or withdrawn meanwhile is not known here." : "";
        return $"Warning of {one.Authority}, relayed: {what.TrimEnd('.')}. Severity {one.Severity}, certainty {one.Certainty}; sent {Clock(one.Sent, now)}, {ends}.{feed}";
    }

    private static double ConfidenceOf(CapCertainty certainty, bool silent) => Math.Round(certainty switch
    {
        CapCertainty.Observed => 0.95,
        CapCertainty.Likely => 0.8,
        CapCertainty.Possible => 0.5,
        CapCertainty.Unlikely => 0.2,
        _ => 0.5,
    } - (silent ? 0.1 : 0), 2);

    private static string Clock(DateTimeOffset time, DateTimeOffset now) =>
        time.UtcDateTime.ToString(time.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm 'UTC'" : "d MMMM HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
}
