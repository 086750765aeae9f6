using System.Text;
using System.Text.Json.Serialization;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// How a table of an agency's own, as CSV or JSON, is to be read: format <c>table</c>. Columns are named by the header line, or
/// counted from 1 when there is none; in JSON they are paths such as <c>properties.level</c> or <c>geometry.coordinates[0]</c>.
/// The zone of times that carry none is the feed's (<see cref="FeedDefinition.Zone"/>).
/// </summary>
public sealed record TableMapping
{
    /// <summary><c>csv</c> or <c>json</c>.</summary>
    /// <value><c>csv</c>.</value>
    public string Kind { get; init; } = "csv";

    /// <summary>Character encoding of a CSV: <c>utf-8</c>, <c>windows-1252</c>, <c>iso-8859-1</c> or another name .NET knows.</summary>
    /// <value><c>utf-8</c>.</value>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>What separates the columns: one character, or <c>tab</c>.</summary>
    /// <value>Comma.</value>
    public string Delimiter { get; init; } = ",";

    /// <summary>Line of the column names, from 1; 0 when there is none.</summary>
    /// <value>1.</value>
    public int HeaderLine { get; init; } = 1;

    /// <summary>Line of the first row, from 1; 0 means the line after the header.</summary>
    /// <value>0.</value>
    public int FirstRow { get; init; }

    /// <summary>In JSON: path to the array of rows, for example <c>data.rows</c>; empty when the document is the array.</summary>
    public string Rows { get; init; } = "";

    /// <summary>Column of the station's id; null when the table is of one gauge, which <see cref="Stations"/> then names.</summary>
    public string? Station { get; init; }

    /// <summary>Column of the station's name; null: its id.</summary>
    public string? Name { get; init; }

    /// <summary>Column of the longitude in degrees, WGS 84.</summary>
    public string? Longitude { get; init; }

    /// <summary>Column of the latitude in degrees, WGS 84.</summary>
    public string? Latitude { get; init; }

    /// <summary>Column of the river.</summary>
    public string? River { get; init; }

    /// <summary>Stations that the table itself does not place.</summary>
    public IReadOnlyList<TableStation> Stations { get; init; } = [];

    /// <summary>Column of the time, or of the day where <see cref="TimeOfDay"/> is a column of its own.</summary>
    public string? Time { get; init; }

    /// <summary>Column of the time of day, joined to the day with a blank.</summary>
    public string? TimeOfDay { get; init; }

    /// <summary>
    /// How times are written, as .NET writes formats: <c>dd.MM.yyyy HH:mm</c>, with <c>zzz</c> where an offset stands; <c>unix</c> or
    /// <c>unix-ms</c> for seconds or milliseconds since 1970. Null: ISO 8601.
    /// </summary>
    public string? TimeFormat { get; init; }

    /// <summary>Numbers are written <c>1,5</c> instead of <c>1.5</c>.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>What stands where there is no value, besides nothing at all: <c>-</c>, <c>NA</c>, <c>-9999</c>.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The values of a row: one for a table with a row per measurement, several for one with a column per quantity.</summary>
    public IReadOnlyList<TableValue> Values { get; init; } = [];

    /// <summary>What is wrong with the mapping itself, in a plain sentence; null when nothing is.</summary>
    internal string? FindFault()
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        return this switch
        {
            { Kind: not ("csv" or "json") } => $"Kind is '{Kind}'; it must be csv or json",
            { Kind: "csv" } when FindEncoding() is null => $"Encoding '{Encoding}' is unknown",
            { Kind: "json" } when FindEncoding() is not UTF8Encoding => "Encoding is for CSV; JSON is UTF-8",
            { Kind: "csv" } when FindDelimiter() is null => $"Delimiter '{Delimiter}' must be one character or the word tab",
            { HeaderLine: < 0 or > 1000 } or { FirstRow: < 0 or > 1000 } => "HeaderLine and FirstRow must lie between 0 and 1000",
            { FirstRow: > 0 } when FirstRow <= HeaderLine => "FirstRow must lie after HeaderLine",
            { Time: null or "" } => "Time, the column of the time, is not given",
            { Values.Count: 0 } => "Values is empty: it must say at least one Column with its Property and Unit",
            { Station: null, Stations.Count: not 1 } => "Station, the column of the station's id, is not given; without it Stations must name exactly one station",
            { Longitude: null } or { Latitude: null } when Stations.Count == 0 => "Longitude and Latitude are not given; without them Stations must place the stations",
            _ when Stations.FirstOrDefault(station => string.IsNullOrEmpty(station.Id) || !Core.Geography.Wgs84.IsPosition(station.Longitude, station.Latitude)) is { } lost => $"Stations: '{lost.Id}' has no id, or no longitude and latitude in degrees",
            _ when Values.FirstOrDefault(value => string.IsNullOrEmpty(value.Column) || string.IsNullOrWhiteSpace(value.Unit)) is { } empty => $"Values: '{empty.Column}' needs a Column and a Unit",
            _ when Values.FirstOrDefault(value => value.When is { } when && when.IndexOf('=', StringComparison.Ordinal) <= 0) is { } odd => $"Values: When '{odd.When}' must be written column=value",
            _ when Values.FirstOrDefault(value => !keys.Add(value.Key)) is { } twice => $"Values: two are called '{twice.Key}'; give each a Code of its own",
            _ => null,
        };
    }

    /// <summary>The encoding, or null when its name is unknown.</summary>
    internal Encoding? FindEncoding()
    {
        try
        {
            return Encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase) ? new UTF8Encoding(false)
                : CodePagesEncodingProvider.Instance.GetEncoding(Encoding) ?? System.Text.Encoding.GetEncoding(Encoding);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The delimiter, or null when it is none.</summary>
    internal char? FindDelimiter() => Delimiter switch { "tab" or "\\t" => '\t', [var one] when one is not ('"' or '\n' or '\r') => one, _ => null };
}

/// <summary>One quantity of a table.</summary>
public sealed record TableValue
{
    /// <summary>Column of the value.</summary>
    public string Column { get; init; } = "";

    /// <summary>What it is.</summary>
    /// <value>Other: stored and shown, not judged.</value>
    public ObservedProperty Property { get; init; } = ObservedProperty.Other;

    /// <summary>Its unit, for example <c>m</c>, <c>m3/s</c>, <c>mm</c>.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What it is called; null: the column's name.</summary>
    public string? Name { get; init; }

    /// <summary>Last part of the datastream's id; null: the property, or for Other the column.</summary>
    public string? Code { get; init; }

    /// <summary>For a table with a row per measurement: it stands only in rows where this holds, for example <c>parameter=W</c>.</summary>
    public string? When { get; init; }

    /// <summary>How often a value is expected; null: as often as the feed is asked.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Last part of the datastream's id.</summary>
    [JsonIgnore]
    internal string Key => Code ?? (Property == ObservedProperty.Other ? Column : Property.ToString().ToLowerInvariant());
}

/// <summary>A station that a table does not place.</summary>
public sealed record TableStation
{
    /// <summary>Its id as the table writes it.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its name; null: its id.</summary>
    public string? Name { get; init; }

    /// <summary>Longitude in degrees, WGS 84.</summary>
    public double Longitude { get; init; } = double.NaN;

    /// <summary>Latitude in degrees, WGS 84.</summary>
    public double Latitude { get; init; } = double.NaN;

    /// <summary>The river or lake.</summary>
    public string? River { get; init; }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(TableMapping))]
internal sealed partial class TableMappingJson : JsonSerializerContext;
