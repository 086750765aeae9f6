using System.Globalization;
using System.Text;
using System.Text.Json;
using Resilience.Core.Geography;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// A table of an agency's own, as CSV or JSON, read by the mapping in the feed's definition (<see cref="TableMapping"/>): a small
/// agency adds its gauges without a program. A mapping that does not fit is told with line and column, never guessed around.
/// </summary>
internal sealed class Table(TableMapping? mapping, FeedZone? zone) : IFeedFormat
{
    private readonly NumberFormatInfo _numbers = new() { NumberDecimalSeparator = mapping?.DecimalComma == true ? "," : ".", NumberGroupSeparator = "\u00A0" };

    public string Name => "table";

    public string Title => "A table of your own: CSV or JSON, with a mapping";

    public string? Prefix => null;

    public string Accept => mapping?.Kind == "json" ? "application/json" : "text/csv, text/plain;q=0.9, */*;q=0.5";

    public PayloadKind Kind => mapping?.Kind == "json" ? PayloadKind.Json : PayloadKind.Text;

    public Encoding? Encoding => mapping?.FindEncoding() is { } encoding and not UTF8Encoding ? encoding : null;

    public IFeedFormat For(Feed feed) => new Table(feed.Mapping is { } json ? JsonSerializer.Deserialize(json, TableMappingJson.Default.TableMapping) : null, FeedZone.Find(feed.Zone));

    public async Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        if (mapping is null || mapping.FindFault() is not null)
        {
            throw new FeedTrouble("wrong-mapping", $"The feed has no usable mapping: {mapping?.FindFault() ?? "none is given"}.");
        }

        var said = new SaidBefore();
        if (mapping.Kind == "csv")
        {
            using var rows = new CsvRows(document, mapping);
            while (rows.Read())
            {
                if (rows.Line % 1024 == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                ReadRow(rows, prefix, said, into);
            }

            rows.RequireHeader();
            return;
        }

        var items = new JsonItems(document, mapping.Rows.Split('.', StringSplitOptions.RemoveEmptyEntries));
        var number = 0;
        var unseen = mapping.Values.Select(value => value.Column).ToList();
        await foreach (var item in items.ReadAsync(cancellationToken))
        {
            var row = new JsonRow(item, ++number);
            ReadRow(row, prefix, said, into);
            unseen.RemoveAll(column => row.Text(column) is not null);
        }

        if (!items.Found)
        {
            throw new FeedTrouble("wrong-mapping", mapping.Rows.Length == 0 ? "The document is not an array; Rows must say where in it the rows stand." : $"The document has no array at '{mapping.Rows}' (Rows).");
        }

        if (number > 0 && unseen.Count > 0)
        {
            throw new FeedTrouble("wrong-mapping", $"None of the {number} rows has '{unseen[0]}' (Values, Column).");
        }
    }

    public Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken) =>
        ReadObservationsAsync(document, prefix, into, cancellationToken);

    private void ReadRow(ITableRow row, string prefix, SaidBefore said, ParsedPayload into)
    {
        var given = mapping!.Station is { } column ? row.Text(column) : mapping.Stations[0].Id;
        if (string.IsNullOrWhiteSpace(given) || given.Length > 100 || HasControl(given))
        {
            into.Refuse("no-station", $"{row.Where}, column '{mapping.Station}': '{given}'");
            return;
        }

        var ids = Ids(row, given, prefix, said, into);
        var written = Written(row);
        if (said.Written != written)
        {
            (said.Written, said.Time) = (written, Time(written));
        }

        var (time, reason) = said.Time;
        var told = false;
        for (var i = 0; i < mapping.Values.Count; i++)
        {
            var value = mapping.Values[i];
            if (!Holds(row, value.When))
            {
                continue;
            }

            if (!told && time is { } assumed && reason == "no-zone")
            {
                into.Repair(RepairKinds.ZoneAssumed, written, assumed);
            }

            told = true;
            if (time is not { } moment)
            {
                into.Refuse(reason, $"{row.Where}, column '{mapping.Time}': '{written}'{(mapping.TimeFormat is { } format ? $" is not {format}" : "")}");
                return;
            }

            ReadValue(row, value, ids.Station, ids.Streams[i] ??= $"{ids.Station}:{value.Key}", moment, into);
        }

        if (!told)
        {
            into.Refuse("unknown-property", $"{row.Where}: none of Values applies");
        }
    }

    /// <summary>The ids of a row's station and datastreams; made once for each station that has a place.</summary>
    private (string Station, string?[] Streams) Ids(ITableRow row, string given, string prefix, SaidBefore said, ParsedPayload into)
    {
        if (!said.Ids.TryGetValue(given, out var ids))
        {
            ids = ($"{prefix}:{given}", new string?[mapping!.Values.Count]);
            AddStation(row, given, ids.Station, into);
            if (into.Stations.ContainsKey(ids.Station))
            {
                said.Ids[given] = ids;
            }
        }

        return ids;
    }

    private static bool HasControl(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return true;
            }
        }

        return false;
    }

    private void AddStation(ITableRow row, string given, string id, ParsedPayload into)
    {
        if (into.Stations.ContainsKey(id))
        {
            return;
        }

        if (mapping!.Stations.FirstOrDefault(one => one.Id == given) is { } placed)
        {
            into.Stations[id] = new ParsedStation(id, placed.Name ?? given, Wgs84.Point(placed.Longitude, placed.Latitude)) { River = placed.River };
        }
        else if (mapping.Longitude is null || mapping.Latitude is null)
        {
            into.Refuse("no-position", $"{row.Where}: station '{given}' is not among Stations");
        }
        else if (double.TryParse(row.Text(mapping.Longitude), NumberStyles.Float, _numbers, out var longitude) && double.TryParse(row.Text(mapping.Latitude), NumberStyles.Float, _numbers, out var latitude) && Positions.Read(longitude, latitude, into) is { } point)
        {
            into.Stations[id] = new ParsedStation(id, NullIfEmpty(row, mapping.Name) ?? given, point) { River = NullIfEmpty(row, mapping.River) };
        }
        else
        {
            into.Refuse("no-position", $"{row.Where}, columns '{mapping.Longitude}' and '{mapping.Latitude}': '{row.Text(mapping.Longitude)}', '{row.Text(mapping.Latitude)}'");
        }
    }

    private void ReadValue(ITableRow row, TableValue value, string stationId, string id, DateTimeOffset time, ParsedPayload into)
    {
        if (!into.Datastreams.ContainsKey(id))
        {
            into.Datastreams[id] = new ParsedDatastream(id, stationId, value.Property, QuantityNames.Unit(value.Unit), value.Name ?? value.Column, value.Every);
        }

        var text = row.Text(value.Column)?.Trim();
        if (text is null && row is CsvRows)
        {
            into.Refuse("wrong-columns", $"{row.Where} ends before column '{value.Column}'");
        }
        else if (string.IsNullOrEmpty(text) || mapping!.Missing.Contains(text, StringComparer.Ordinal))
        {
            into.Missing++;
        }
        else if (double.TryParse(text, NumberStyles.Float, _numbers, out var number) && double.IsFinite(number))
        {
            into.Observations.Add(new ParsedObservation(id, time, number));
        }
        else
        {
            into.Refuse("not-a-number", $"{row.Where}, column '{value.Column}': '{text}'");
        }
    }

    private string Written(ITableRow row) => mapping!.TimeOfDay is { } time ? $"{row.Text(mapping.Time!)?.Trim()} {row.Text(time)?.Trim()}" : row.Text(mapping.Time!)?.Trim() ?? "";

    private (DateTimeOffset? Time, string Reason) Time(string text)
    {
        if (mapping!.TimeFormat is "unix" or "unix-ms")
        {
            return (double.TryParse(text, NumberStyles.Float, _numbers, out var since) && Math.Abs(since) < 1e14 && (mapping.TimeFormat == "unix" ? since : since / 1000) is > -8e9 and < 1e10 and var seconds ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * 1e6) * 10) : null, "no-time");
        }

        if (mapping.TimeFormat is null)
        {
            return text.Length > 10 && JsonValues.HasOffset(text) ? (JsonValues.Time(text), "no-time")
                : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso) && text.Length is >= 10 and <= 64 && char.IsAsciiDigit(text[3]) ? (zone?.At(iso), "no-zone") : (null, "no-time");
        }

        if (mapping.TimeFormat.AsSpan().IndexOfAny("zK") >= 0)
        {
            return (DateTimeOffset.TryParseExact(text, mapping.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact) && exact.Year is > 1700 and < 2300 ? exact.ToUniversalTime() : null, "no-time");
        }

        return DateTime.TryParseExact(text, mapping.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? (zone?.At(local), "no-zone") : (null, "no-time");
    }

    private static bool Holds(ITableRow row, string? when) =>
        when is null || (when.IndexOf('=', StringComparison.Ordinal) is var at && string.Equals(row.Text(when[..at])?.Trim(), when[(at + 1)..], StringComparison.Ordinal));

    private static string? NullIfEmpty(ITableRow row, string? column) => column is not null && row.Text(column)?.Trim() is { Length: > 0 and < 200 } text ? text : null;

    /// <summary>What rows say again and again, worked out once for a document.</summary>
    private sealed class SaidBefore
    {
        internal Dictionary<string, (string Station, string?[] Streams)> Ids { get; } = new(StringComparer.Ordinal);

        internal string? Written { get; set; }

        internal (DateTimeOffset? Time, string Reason) Time { get; set; }
    }
}
