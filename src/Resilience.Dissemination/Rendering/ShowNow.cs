using Microsoft.Extensions.Options;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Distance;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Geography;
using Resilience.Dissemination.Channels;
using Resilience.Dissemination.Geotargeting;
using Resilience.Storage;
using Resilience.Warnings;

namespace Resilience.Dissemination.Rendering;

/// <summary>What is in force near a place.</summary>
/// <param name="Checked">The chain's time at which this was true; a phone never says "no alert" without it.</param>
/// <param name="Alerts">Worst first, then nearest.</param>
public sealed record NowAnswer(DateTimeOffset Checked, IReadOnlyList<NearAlert> Alerts);

/// <summary>An alert as a citizen's phone shows it; names as in the faces' contract.</summary>
public sealed record NearAlert(
    Guid Id, string Identifier, CapStatus Status, CapMsgType MsgType, string Event, string Headline, CapSeverity Severity, CapUrgency Urgency, CapCertainty Certainty,
    DateTimeOffset Sent, DateTimeOffset? Onset, DateTimeOffset Expires, long People, string AreaDesc, Guid Thread,
    double Km, bool Inside, AlertText Text, IReadOnlyList<string> Languages, string Url);

/// <summary>GET /dissemination/now?lon=&amp;lat=&amp;lang=</summary>
internal sealed class ShowNow(Store store, AlertQueries alerts, IOptions<DisseminationOptions> options)
{
    internal async Task<NowAnswer> HandleAsync(double lon, double lat, string? lang, CancellationToken cancellationToken)
    {
        if (!Wgs84.IsPosition(lon, lat))
        {
            throw new RefusalException("dissemination.no-position", "lon and lat must be degrees within ±180 and ±90.");
        }

        var now = store.Clock.GetUtcNow();
        var cell = Cell.Of(lon, lat);
        var near = (await alerts.ListInForceAsync(now, cancellationToken))
            .Select(alert => Describe(alert, cell, lang ?? "en"))
            .Where(alert => alert.Inside || alert.Km <= options.Value.NearKm)
            .OrderByDescending(alert => alert.Severity).ThenBy(alert => alert.Km).ThenByDescending(alert => alert.Sent);
        return new NowAnswer(now, [.. near]);
    }

    /// <summary>How an alert concerns somebody in a cell. Pure.</summary>
    internal static NearAlert Describe(Alert alert, Cell cell, string language)
    {
        var inside = cell.Rectangle.Intersects(alert.Area);
        var (longitude, latitude) = cell.Centre;
        var centre = new Coordinate(longitude, latitude);

        // The nearest point is looked for in degrees, the distance to it measured on the sphere: good to a few per cent at these ranges.
        var km = inside ? 0 : Wgs84.DistanceMetres(centre, DistanceOp.NearestPoints(alert.Area, Wgs84.Factory.CreatePoint(centre))[0]) / 1000;
        var text = alert.TextFor(language);
        return new NearAlert(
            alert.Id, alert.Identifier, alert.Status, alert.MsgType, alert.Event, text.Headline, alert.Severity, alert.Urgency, alert.Certainty,
            alert.Sent, alert.Onset, alert.Expires, alert.People, alert.AreaDesc, alert.ThreadId,
            Math.Round(km, 1), inside, text, [.. alert.Texts.Where(t => !t.IsMissing).Select(t => t.Language)], $"/alerts/{alert.Id}");
    }
}
