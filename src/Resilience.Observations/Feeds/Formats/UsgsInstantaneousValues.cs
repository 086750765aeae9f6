using System.Globalization;
using System.Text.Json;
using Resilience.Core.Geography;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// USGS instantaneous values as JSON (WaterML 1.1 in JSON dress), the older service that ends in early 2027.
/// </summary>
/// <remarks>
/// Met in real answers and handled: values as text with a noDataValue per variable; offsets that change within one series when
/// daylight saving begins or ends; daily series whose times carry no offset (read in the site's standard time); several methods per
/// variable, of which the described ones are further gauges at the same site; <c>qualifiers</c> as an array or one text; an empty
/// list where no site answers.
/// </remarks>
internal sealed class UsgsInstantaneousValues : IFeedFormat
{
    /// <summary>What nearly every value of the last days is marked with.</summary>
    private static readonly List<string> Provisional = ["P"];

    public string Name => "usgs-iv";

    public string Title => "USGS Instantaneous Values (JSON)";

    public string Prefix => "usgs";

    public async Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        var items = new JsonItems(document, "value", "timeSeries");
        await foreach (var series in items.ReadAsync(cancellationToken))
        {
            ReadSeries(series, prefix, into);
        }

        if (!items.Found)
        {
            throw new FeedTrouble("not-this-format", "The answer is JSON but has no value.timeSeries; it is not a USGS instantaneous-values document.");
        }
    }

    public Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken) =>
        ReadObservationsAsync(document, prefix, into, cancellationToken);

    private static void ReadSeries(JsonElement series, string prefix, ParsedPayload into)
    {
        var source = series.Object("sourceInfo") ?? default;
        var variable = series.Object("variable") ?? default;
        var site = source.Each("siteCode").Select(code => code.Text("value")).FirstOrDefault();
        var code = variable.Each("variableCode").Select(code => code.Text("value")).FirstOrDefault();
        if (site is null || code is null)
        {
            into.Refuse("not-understood", "a time series without site or parameter code");
            return;
        }

        var stationId = $"{prefix}:{site}";
        var name = source.Text("siteName") ?? site;
        var place = (source.Object("geoLocation") ?? default).Object("geogLocation") ?? default;
        if (place.Number("longitude") is { } longitude && place.Number("latitude") is { } latitude && Wgs84.IsPosition(longitude, latitude))
        {
            into.Stations[stationId] = new ParsedStation(stationId, name, Wgs84.Point(longitude, latitude)) { River = UsgsCodes.River(name) };
        }

        var zone = Offset((source.Object("timeZoneInfo") ?? default).Object("defaultTimeZone")?.Text("zoneOffset"));
        var noData = variable.Number("noDataValue");
        var statistic = series.Text("name")?.Split(':') is { Length: >= 4 } parts && parts[3] is not ("00000" or "00011") ? $":{parts[3]}" : "";
        var methods = series.Each("values").ToList();
        foreach (var values in methods)
        {
            var method = values.Each("method").FirstOrDefault();
            var further = methods.Count > 1 && method.Text("methodDescription") is not null ? $":{method.Text("methodID")}" : "";
            var id = $"{stationId}:{code}{statistic}{further}";
            var title = string.Join(", ", new[] { variable.Text("variableDescription") ?? variable.Text("variableName") ?? code, further.Length > 0 ? method.Text("methodDescription") : null }.Where(part => part is not null));
            into.Datastreams.TryAdd(id, new ParsedDatastream(id, stationId, UsgsCodes.Property(code), UsgsCodes.Unit((variable.Object("unit") ?? default).Text("unitCode")), title, statistic.Length > 0 ? TimeSpan.FromDays(1) : null));
            foreach (var value in values.Each("value"))
            {
                ReadValue(value, id, zone, noData, into);
            }
        }
    }

    private static void ReadValue(JsonElement value, string id, TimeSpan? zone, double? noData, ParsedPayload into)
    {
        var written = value.Text("value");
        var dateTime = value.Text("dateTime");
        if (written is null)
        {
            into.Missing++;
        }
        else if (!JsonValues.TryNumber(value.GetProperty("value"), out var number) || !double.IsFinite(number))
        {
            into.Refuse("not-a-number", $"{id}: {written}");
        }
        else if (UsgsCodes.IsMissing(number, noData))
        {
            into.Missing++;
        }
        else if (zone is null && dateTime is not null && !JsonValues.HasOffset(dateTime))
        {
            into.Refuse("no-zone", $"{id}: {dateTime}");
        }
        else if (JsonValues.Time(dateTime, zone ?? TimeSpan.Zero) is not { } time)
        {
            into.Refuse("no-time", $"{id}: {dateTime}");
        }
        else
        {
            if (dateTime is not null && !JsonValues.HasOffset(dateTime))
            {
                into.Repair(RepairKinds.ZoneAssumed, dateTime, time);
            }

            var marks = Marks(value);
            into.Observations.Add(new ParsedObservation(id, time, number, marks.Count == 0 ? null : marks.Count == 1 ? marks[0] : string.Join(',', marks), UsgsCodes.Doubted(marks)));
        }
    }

    private static List<string> Marks(JsonElement value) => value.TryGetProperty("qualifiers", out var one) && one.ValueKind == JsonValueKind.Array && one.GetArrayLength() == 1 && one[0].ValueEquals("P")
        ? Provisional
        : [.. value.Each("qualifiers").Select(mark => mark.ValueKind == JsonValueKind.String ? mark.GetString() : null).OfType<string>()];

    // "-06:00"; null where it says nothing that is an offset on this earth, for a guessed zone is hours wrong.
    private static TimeSpan? Offset(string? text) =>
        text is { Length: 6 } && TimeSpan.TryParseExact(text[1..], @"hh\:mm", CultureInfo.InvariantCulture, out var offset) && offset <= TimeSpan.FromHours(14) ? (text[0] == '-' ? -offset : offset) : null;
}
