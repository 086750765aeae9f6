using System.Text.Json;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Geography;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats.Announcements;

/// <summary>The earthquake summary feeds of the US Geological Survey (GeoJSON).</summary>
/// <remarks>
/// Times are milliseconds since 1970, depth is in kilometres and the third coordinate. The preferred id of an event may change: events
/// that share any id in <c>ids</c> are one, the latest update counts. <c>deleted</c> withdraws. The colour is PAGER's (expected
/// losses) where given; else the severity is left open and follows from the shaking. What is no earthquake (quarry blast) is Other.
/// </remarks>
internal sealed class UsgsQuakes : IFeedFormat
{
    public string Name => "usgs-quakes";

    public string Title => "USGS earthquakes (GeoJSON)";

    public string? Prefix => null;

    public string Accept => "application/geo+json, application/json;q=0.9";

    public bool Announces => true;

    public async Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        var features = new JsonItems(document, "features");
        await foreach (var feature in features.ReadAsync(cancellationToken))
        {
            if (into.Bulletins.Count >= 2 * CapFeed.MaxEntries)
            {
                throw new FeedTrouble("too-many", $"The answer lists more than {2 * CapFeed.MaxEntries:N0} events; the rest was not read.");
            }

            Take(feature, into);
        }

        if (!features.Found)
        {
            throw new FeedTrouble("not-this-format", "The answer is JSON but has no 'features'; it is not a GeoJSON FeatureCollection.");
        }
    }

    public Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken) =>
        throw new FeedTrouble("no-stations", "Earthquakes have no station list.");

    private static void Take(JsonElement feature, ParsedPayload into)
    {
        var own = feature.Object("properties") ?? default;
        if (feature.Text("id") is not { Length: <= 100 } id)
        {
            into.Refuse("no-event-key", $"an event without id: {own.Text("title")}");
            return;
        }

        if (Time(own.Number("time")) is not { } time)
        {
            into.Refuse("not-a-time", $"{id}: its time is no number of milliseconds");
            return;
        }

        var updated = Time(own.Number("updated")) ?? time;
        var deleted = own.Text("status")?.Equals("deleted", StringComparison.OrdinalIgnoreCase) == true;
        var position = Position(feature);
        if (position is null && !deleted)
        {
            into.Refuse("no-position", id);
            return;
        }

        var quake = own.Text("type") is null or "earthquake";
        var magnitude = own.Number("mag") is > -3 and < 11 and var mag ? (double?)mag : null;
        into.Bulletins.Add(new ParsedBulletin
        {
            Identifier = id,
            Revised = updated,
            ReplacesThread = true,
            Names = [.. (own.Text("ids") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Where(one => one.Length <= 100 && one != id).Take(20)],
            Status = CapStatus.Actual,
            MsgType = deleted ? CapMsgType.Cancel : CapMsgType.Alert,
            Sender = "earthquake.usgs.gov",
            Authority = "U.S. Geological Survey",
            Sent = updated,
            Findings = own.Text("status")?.Equals("automatic", StringComparison.OrdinalIgnoreCase) == true ? ["located by machine, not yet reviewed by a person"] : [],
            Raw = feature.GetRawText(),
            Parts =
            [
                new ParsedPart
                {
                    Kind = quake ? HazardKind.Earthquake : HazardKind.Other,
                    Event = quake ? "Earthquake" : own.Text("type")!,
                    Urgency = CapUrgency.Past,
                    Severity = SeverityOf(own.Text("alert")),
                    Certainty = CapCertainty.Observed,
                    Onset = time,
                    Expires = time.AddDays(1),
                    Texts = [("en", own.Text("title") ?? "", own.Text("place") ?? "", "")],
                    Areas = position is { } at ? [new ParsedArea(own.Text("place") ?? "", Wgs84.Point(at.Longitude, at.Latitude), [])] : [],
                    Magnitude = magnitude,
                    DepthKm = position?.Depth is > -10 and < 800 ? position.Value.Depth : null,
                    Web = own.Text("url"),
                },
            ],
        });
    }

    private static (double Longitude, double Latitude, double? Depth)? Position(JsonElement feature)
    {
        if (feature.Object("geometry") is not { } geometry || !geometry.TryGetProperty("coordinates", out var at) || at.ValueKind != JsonValueKind.Array || at.GetArrayLength() < 2
            || !JsonValues.TryNumber(at[0], out var longitude) || !JsonValues.TryNumber(at[1], out var latitude) || !Wgs84.IsPosition(longitude, latitude))
        {
            return null;
        }

        return (longitude, latitude, at.GetArrayLength() > 2 && JsonValues.TryNumber(at[2], out var depth) && double.IsFinite(depth) ? depth : null);
    }

    private static CapSeverity SeverityOf(string? colour) => colour switch
    {
        "green" => CapSeverity.Minor,
        "yellow" => CapSeverity.Moderate,
        "orange" => CapSeverity.Severe,
        "red" => CapSeverity.Extreme,
        _ => CapSeverity.Unknown,
    };

    private static DateTimeOffset? Time(double? milliseconds) =>
        milliseconds is > -2_208_988_800_000 and < 7_258_118_400_000 and var since ? DateTimeOffset.FromUnixTimeMilliseconds((long)since) : null;
}
