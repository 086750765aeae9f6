using System.Globalization;
using System.Text.Json;
using System.Web;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// Environment Agency flood-monitoring API 0.9: <c>/id/stations</c>, <c>/id/measures</c> with <c>latestReading</c>, and
/// <c>/data/readings</c>, told apart item by item. A page as full as its <c>meta.limit</c> is followed by the next (<c>_offset</c>).
/// </summary>
/// <remarks>
/// Met in real answers and handled: <c>RLOIid</c>, <c>status</c>, <c>town</c> (and, elsewhere, <c>lat</c>, <c>value</c>) as arrays where two
/// records were merged; <c>stageScale</c> as a bare URL; stations without a position; measures of stations that no list names;
/// <c>value</c> with two different numbers (ambiguous: set aside); unit <c>---</c>; a flow in m3/s declared as a level.
/// </remarks>
internal sealed class UkEnvironmentAgency : IFeedFormat
{
    private static readonly string[] Parameters = ["-level-", "-flow-", "-rainfall-", "-temperature-", "-wind-"];

    public string Name => "uk-ea";

    public string Title => "Environment Agency flood monitoring (JSON)";

    public string Prefix => "uk-ea";

    public Uri? Next(Uri asked, ParsedPayload page)
    {
        if (page.FullPage is not { } items)
        {
            return null;
        }

        var query = HttpUtility.ParseQueryString(asked.Query);
        var from = int.TryParse(query["_offset"], NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : 0;
        query["_offset"] = (from + items).ToString(CultureInfo.InvariantCulture);
        return new UriBuilder(asked) { Query = query.ToString() }.Uri;
    }

    public Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken) =>
        ReadAsync(document, item => ReadObservation(item, prefix, into), into, cancellationToken);

    public Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken) =>
        ReadAsync(document, item => ReadStation(item, prefix, into), into, cancellationToken);

    private static async Task ReadAsync(Stream document, Action<JsonElement> read, ParsedPayload into, CancellationToken cancellationToken)
    {
        var items = new JsonItems(document, "items") { BesideParent = "meta", BesideName = "limit" };
        var count = 0;
        await foreach (var item in items.ReadAsync(cancellationToken))
        {
            read(item);
            count++;
        }

        if (!items.Found)
        {
            throw new FeedTrouble("not-this-format", "The answer is JSON but has no array 'items'; it is not a flood-monitoring document.");
        }

        into.FullPage = count > 0 && int.TryParse(items.Beside, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && count >= limit ? count : null;
    }

    private static void ReadObservation(JsonElement item, string prefix, ParsedPayload into)
    {
        // A measure carries its newest value inside; an item of /data/readings is the value, and its measure is a URL or an object.
        var isMeasure = item.Text("parameter") is not null;
        var latest = isMeasure ? item.Object("latestReading") : item;
        var measure = isMeasure ? item : item.Object("measure") ?? default;
        var measureId = isMeasure ? item.Text("@id") ?? item.Text("notation") : item.Text("measure");
        if (measureId is null)
        {
            into.Refuse("not-understood", "an item that is neither a measure nor a value of one");
            return;
        }

        var notation = JsonValues.LastSegment(measureId);
        var station = (measure.Text("station") is { } url ? JsonValues.LastSegment(url) : null) ?? measure.Text("stationReference") ?? StationOf(notation);
        var datastreamId = AddDatastream(measure, notation, station, prefix, into);
        if (latest is not { } value || !value.TryGetProperty("value", out var raw) || raw.ValueKind == JsonValueKind.Null)
        {
            into.Missing++;
            return;
        }

        if (!JsonValues.TryNumber(raw, out var number))
        {
            into.Refuse("ambiguous-value", $"{notation}: {raw.GetRawText()}");
        }
        else if (!double.IsFinite(number))
        {
            into.Refuse("not-a-number", $"{notation}: {raw.GetRawText()}");
        }
        else if (JsonValues.Time(value.Text("dateTime")) is not { } time)
        {
            into.Refuse("no-time", $"{notation}: {value.Text("dateTime")}");
        }
        else
        {
            into.Observations.Add(new ParsedObservation(datastreamId, time, number));
        }
    }

    private static void ReadStation(JsonElement item, string prefix, ParsedPayload into)
    {
        var notation = item.Text("@id") is { } url ? JsonValues.LastSegment(url) : item.Text("notation");
        if (notation is null)
        {
            into.Refuse("not-understood", "a station without a name");
            return;
        }

        if (item.Number("long") is not { } longitude || item.Number("lat") is not { } latitude || Positions.Read(longitude, latitude, into) is not { } point)
        {
            into.Refuse("no-position", notation);
            return;
        }

        string? stageUnit = null;
        foreach (var measure in item.Each("measures").Where(measure => measure.Text("@id") is not null))
        {
            AddDatastream(measure, JsonValues.LastSegment(measure.Text("@id")!), notation, prefix, into);
            stageUnit ??= Property(measure) == ObservedProperty.Stage ? measure.Text("unitName") : null;
        }

        var scale = item.Object("stageScale") ?? default;
        into.Stations[$"{prefix}:{notation}"] = new ParsedStation($"{prefix}:{notation}", item.Text("label") ?? notation, point)
        {
            River = item.Text("riverName"),
            ReferenceLow = scale.Number("typicalRangeLow"),
            ReferenceHigh = scale.Number("typicalRangeHigh"),
            ReferenceRecord = scale.Object("maxOnRecord")?.Number("value"),
            ReferenceUnit = scale.ValueKind == JsonValueKind.Object ? stageUnit : null,
        };
    }

    private static string AddDatastream(JsonElement measure, string notation, string station, string prefix, ParsedPayload into)
    {
        var code = notation.StartsWith(station + "-", StringComparison.Ordinal) ? notation[(station.Length + 1)..] : notation;
        var id = $"{prefix}:{station}:{code}";
        if (measure.ValueKind == JsonValueKind.Object && measure.Text("parameter") is not null)
        {
            TimeSpan? period = measure.Number("period") is { } seconds and > 0 and < 864_000 ? TimeSpan.FromSeconds(seconds) : null;
            var name = string.Join(", ", new[] { measure.Text("parameterName"), measure.Text("qualifier") }.Where(part => part is not null));
            into.Datastreams.TryAdd(id, new ParsedDatastream(id, $"{prefix}:{station}", Property(measure), measure.Text("unitName") ?? "---", name, period));
        }
        else
        {
            // /data/readings names only the measure, whose notation says the rest: level-stage-i-15_min-m.
            var parts = code.Split('-');
            var property = parts[0] switch { "level" when code.Contains("groundwater", StringComparison.Ordinal) => ObservedProperty.Other, "level" => ObservedProperty.Stage, "flow" => ObservedProperty.Discharge, "rainfall" => ObservedProperty.Rainfall, _ => ObservedProperty.Other };
            into.Datastreams.TryAdd(id, new ParsedDatastream(id, $"{prefix}:{station}", property, parts[^1].Length == 0 ? "---" : parts[^1], code));
        }

        return id;
    }

    private static ObservedProperty Property(JsonElement measure)
    {
        var qualifier = measure.Text("qualifier") ?? "";
        return measure.Text("parameter") switch
        {
            _ when measure.Text("unitName") is "m3/s" or "l/s" => ObservedProperty.Discharge,
            "flow" => ObservedProperty.Discharge,
            "rainfall" => ObservedProperty.Rainfall,
            "level" when qualifier.Contains("Reservoir", StringComparison.OrdinalIgnoreCase) => ObservedProperty.LakeLevel,
            "level" when qualifier.Contains("Groundwater", StringComparison.OrdinalIgnoreCase) => ObservedProperty.Other,
            "level" => ObservedProperty.Stage,
            _ => ObservedProperty.Other,
        };
    }

    // 1029TH-level-stage-i-15_min-mASD: the station is what stands before the parameter.
    private static string StationOf(string notation)
    {
        var at = Parameters.Select(word => notation.IndexOf(word, StringComparison.Ordinal)).Where(index => index > 0).DefaultIfEmpty(notation.Length).Min();
        return notation[..at];
    }
}
