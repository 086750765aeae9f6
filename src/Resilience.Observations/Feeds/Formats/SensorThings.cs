using System.Text.Json;
using NetTopologySuite.Geometries;
using Resilience.Core.Geography;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// OGC SensorThings API 1.1 over HTTP. One answer must hold everything, so the address expands it:
/// <c>Datastreams?$expand=Thing($expand=Locations),ObservedProperty,Observations($orderby=phenomenonTime desc;$top=1)</c>; Things with
/// expanded Datastreams and Observations with an expanded Datastream are read too. Paged by <c>@iot.nextLink</c>, followed verbatim.
/// </summary>
/// <remarks>
/// Handled: ids that are numbers or texts; a phenomenonTime that is an interval (its end counts) and a resultTime that is null;
/// results written as text; locations as <c>application/geo+json</c> or the older <c>application/vnd.geo+json</c>, bare or as a
/// Feature; observed properties nobody knows (kept as Other under the source's name). The nextLink of Observations inside a
/// Datastream leads into its past and is not followed.
/// </remarks>
internal sealed class SensorThings : IFeedFormat
{
    private const int LongestId = 150;

    // Only what plainly speaks against a value counts as doubt: vocabularies differ by server, and doubt keeps a value from raising a warning.
    private static readonly string[] Doubts = ["bad", "suspect", "suspicious", "doubtful", "questionable", "invalid", "erroneous", "error", "estimated"];

    public string Name => "sensorthings";

    public string Title => "OGC SensorThings 1.1 (JSON)";

    public string? Prefix => null;

    public async Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        var items = new JsonItems(document, "value") { BesideName = "@iot.nextLink" };
        await foreach (var item in items.ReadAsync(cancellationToken))
        {
            ReadItem(item, prefix, into);
        }

        if (!items.Found)
        {
            throw new FeedTrouble("not-this-format", "The answer is JSON but has no array 'value'; it is not a SensorThings collection.");
        }

        if (items.Beside is { } link)
        {
            into.Next = Uri.TryCreate(link, UriKind.Absolute, out var next) && next.Scheme.StartsWith("http", StringComparison.Ordinal) ? next
                : Uri.TryCreate(link, UriKind.Relative, out var relative) ? relative
                : throw new FeedTrouble("foreign-link", $"The next page is not an address: {(link.Length > 80 ? link[..80] : link)}.");
        }
    }

    public Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken) =>
        ReadObservationsAsync(document, prefix, into, cancellationToken);

    internal static void ReadItem(JsonElement item, string prefix, ParsedPayload into)
    {
        if (item.Object("Datastream") is { } datastream)
        {
            if (AddDatastream(datastream, datastream.Object("Thing"), prefix, into) is { } id)
            {
                ReadObservation(item, id, into);
            }
        }
        else if (item.ValueKind == JsonValueKind.Object && !item.TryGetProperty("unitOfMeasurement", out _) && (item.TryGetProperty("Datastreams", out _) || item.TryGetProperty("Locations", out _)))
        {
            if (Id(item) is { } thing)
            {
                AddStation(item, default, $"{prefix}:{thing}", into);
            }

            foreach (var one in item.Each("Datastreams"))
            {
                ReadDatastream(one, item, prefix, into);
            }
        }
        else
        {
            ReadDatastream(item, item.Object("Thing"), prefix, into);
        }
    }

    private static void ReadDatastream(JsonElement datastream, JsonElement? thing, string prefix, ParsedPayload into)
    {
        if (AddDatastream(datastream, thing, prefix, into) is { } id)
        {
            foreach (var observation in datastream.Each("Observations"))
            {
                ReadObservation(observation, id, into);
            }
        }
    }

    private static string? AddDatastream(JsonElement datastream, JsonElement? thing, string prefix, ParsedPayload into)
    {
        if (thing is not { } owner || Id(owner) is not { } thingId || Id(datastream) is not { } datastreamId)
        {
            into.Refuse("not-understood", $"a Datastream without a usable @iot.id, or whose Thing is not expanded: {datastream.Text("@iot.selfLink") ?? datastream.Text("name") ?? datastream.Text("description") ?? "unnamed"}");
            return null;
        }

        var stationId = $"{prefix}:{thingId}";
        AddStation(owner, datastream, stationId, into);
        var unitOf = datastream.Object("unitOfMeasurement") ?? default;
        var unit = QuantityNames.Unit(unitOf.Text("symbol") ?? unitOf.Text("name"));
        var observed = datastream.Object("ObservedProperty") ?? default;
        var property = QuantityNames.Property([observed.Text("name"), observed.Text("definition"), datastream.Text("name")], unit);
        if (property == ObservedProperty.Other && (datastream.Object("properties") ?? default).Text("ParameterCode") is { Length: 5 } code)
        {
            property = UsgsCodes.Property(code);
        }

        var id = $"{stationId}:{datastreamId}";
        into.Datastreams.TryAdd(id, new ParsedDatastream(id, stationId, property, unit, datastream.Text("name") ?? observed.Text("name") ?? datastreamId));
        return id;
    }

    private static void AddStation(JsonElement thing, JsonElement datastream, string id, ParsedPayload into)
    {
        if (into.Stations.ContainsKey(id))
        {
            return;
        }

        var unread = "";
        foreach (var location in thing.Each("Locations"))
        {
            var encoding = location.Text("encodingType") ?? "";
            if (encoding.Contains("geo+json", StringComparison.OrdinalIgnoreCase) && Position(location.Object("location"), into) is { } point)
            {
                into.Stations[id] = new ParsedStation(id, thing.Text("name") ?? id, point);
                return;
            }

            unread = $" (its location is written as '{encoding}')";
        }

        if (Position(datastream.Object("observedArea"), into) is { } area)
        {
            into.Stations[id] = new ParsedStation(id, thing.Text("name") ?? id, area);
        }
        else if (thing.TryGetProperty("Locations", out _))
        {
            into.Refuse("no-position", $"{id}{unread}");
        }
    }

    internal static void ReadObservation(JsonElement observation, string id, ParsedPayload into)
    {
        var (begin, end) = Interval(observation.Text("phenomenonTime"));
        if (observation.ValueKind != JsonValueKind.Object || !observation.TryGetProperty("result", out var raw) || raw.ValueKind == JsonValueKind.Null)
        {
            into.Missing++;
        }
        else if (!JsonValues.TryNumber(raw, out var number) || !double.IsFinite(number))
        {
            into.Refuse("not-a-number", $"{id}: {raw.GetRawText()}");
        }
        else if (end is not null && !JsonValues.HasOffset(end))
        {
            into.Refuse("no-zone", $"{id}: {end}");
        }
        else if (JsonValues.Time(end) is not { } time || (begin is not null && JsonValues.Time(begin) > time))
        {
            into.Refuse("no-time", $"{id}: {observation.Text("phenomenonTime")}");
        }
        else
        {
            var quality = observation.Text("resultQuality") ?? observation.Object("resultQuality")?.Text("quality");
            var madeKnown = observation.Text("resultTime") is { } text && JsonValues.HasOffset(text) ? JsonValues.Time(text) : null;
            into.Observations.Add(new ParsedObservation(id, time, number, quality, quality is not null && Doubts.Contains(quality, StringComparer.OrdinalIgnoreCase), madeKnown));
        }
    }

    private static (string? Begin, string? End) Interval(string? time) =>
        time?.IndexOf('/', StringComparison.Ordinal) is >= 0 and var at ? (time[..at], time[(at + 1)..]) : (null, time);

    // Numbers and texts; both become part of our ids, so neither may be endless or hold line breaks.
    private static string? Id(JsonElement entity) => entity.Text("@iot.id") is { Length: <= LongestId } id && !id.Any(char.IsControl) ? id : null;

    private static Point? Position(JsonElement? given, ParsedPayload into)
    {
        var geometry = given?.Text("type") == "Feature" ? given?.Object("geometry") : given;
        var coordinates = geometry?.Each("coordinates").ToList() ?? [];
        if (geometry?.Text("type") == "Polygon" && coordinates.Count > 0 && coordinates[0].ValueKind == JsonValueKind.Array)
        {
            // Where an area stands for a gauge, the middle of its bounds is near enough to draw it.
            var corners = coordinates[0].EnumerateArray().Select(LongitudeLatitude).OfType<(double X, double Y)>().ToList();
            if (corners.Count > 2 && corners[0] != corners[^1])
            {
                into.Repair(RepairKinds.RingClosed, $"a ring of {corners.Count} points", () => $"{corners.Count + 1} points, the last the first");
            }

            return corners.Count > 2 ? Wgs84.Point((corners.Min(corner => corner.X) + corners.Max(corner => corner.X)) / 2, (corners.Min(corner => corner.Y) + corners.Max(corner => corner.Y)) / 2) : null;
        }

        return geometry?.Text("type") == "Point" && geometry.Value.TryGetProperty("coordinates", out var pair) && pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() >= 2 && JsonValues.TryNumber(pair[0], out var x) && JsonValues.TryNumber(pair[1], out var y) ? Positions.Read(x, y, into) : null;
    }

    private static (double X, double Y)? LongitudeLatitude(JsonElement pair) =>
        pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() >= 2 && JsonValues.TryNumber(pair[0], out var longitude) && JsonValues.TryNumber(pair[1], out var latitude) && Wgs84.IsPosition(longitude, latitude)
            ? (longitude, latitude)
            : null;
}
