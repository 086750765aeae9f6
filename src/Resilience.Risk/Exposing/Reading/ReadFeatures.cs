using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;
using Resilience.Core;
using Resilience.Core.Geography;

namespace Resilience.Risk.Exposing.Reading;

/// <summary>
/// Reads a GeoJSON feature collection (RFC 7946): points and areas are sites (an area counts by a point inside it), lines are roads. Properties:
/// <c>kind</c> (for sites; see <see cref="SiteKinds"/>), <c>name</c>, <c>id</c>, <c>capacity</c>, <c>restricted</c> (true: only coordinators see where it is), for roads
/// <c>name</c> and <c>class</c>. The collection may say with a member <c>completeFor</c>, an array of <c>"BT"</c> or <c>"BT/Gasa"</c>, where nothing of its kinds is
/// missing, and with a member <c>restricted</c> that all its sites are.
/// </summary>
internal sealed class ReadFeatures
{
    private const int MostFeatures = 2_000_000;
    private const int LongestText = 120;

    private static readonly JsonSerializerOptions Options = new() { Converters = { new GeoJsonConverterFactory(Wgs84.Factory) } };

    private readonly List<ExposedSite> _sites = [];
    private readonly List<Road> _roads = [];
    private readonly HashSet<CompleteList> _complete = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    internal IReadOnlyList<ExposedSite> Sites => _sites;

    internal IReadOnlyList<Road> Roads => _roads;

    internal IReadOnlyCollection<CompleteList> Complete => _complete;

    /// <summary>Adds what a document holds to what was read before.</summary>
    internal void Read(byte[] document, ExposureReport report)
    {
        using var json = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = 32 });
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidDataException("It is no GeoJSON feature collection.");
        }

        if (features.GetArrayLength() > MostFeatures)
        {
            throw new InvalidDataException($"It holds {features.GetArrayLength():N0} features; up to {MostFeatures:N0} are read.");
        }

        var kinds = new HashSet<string>(StringComparer.Ordinal);
        var (refused, number, restricted) = (false, 0, IsRestricted(json.RootElement));
        foreach (var feature in features.EnumerateArray())
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"feature {++number}");
            if (Problem(feature, restricted, kinds, report) is { } problem)
            {
                refused = true;
                report.Refuse(problem, where);
            }
        }

        if (json.RootElement.TryGetProperty("completeFor", out var complete))
        {
            TakeComplete(complete, kinds, refused, report);
        }
    }

    // A list of which something could not be used is not complete, whatever it says.
    private void TakeComplete(JsonElement complete, HashSet<string> kinds, bool refused, ExposureReport report)
    {
        if (refused || complete.ValueKind != JsonValueKind.Array)
        {
            report.Refuse(refused ? "It says that it is complete, but some of it could not be used." : "Its completeFor is no array.", "completeFor");
            return;
        }

        foreach (var area in complete.EnumerateArray())
        {
            var parts = area.ValueKind == JsonValueKind.String ? area.GetString()!.Split('/', 2, StringSplitOptions.TrimEntries) : [];
            if (parts.Length == 0 || parts[0].Length != 2 || !parts[0].All(char.IsAsciiLetterUpper))
            {
                report.Refuse("Its completeFor names no country by an ISO 3166-1 code of two capital letters.", "completeFor");
                continue;
            }

            foreach (var kind in kinds)
            {
                _complete.Add(new CompleteList(kind, parts[0], parts.Length > 1 ? parts[1] : ""));
            }
        }
    }

    /// <summary>Uses a feature, or says why not.</summary>
    private string? Problem(JsonElement feature, bool allRestricted, HashSet<string> kinds, ExposureReport report)
    {
        if (feature.ValueKind != JsonValueKind.Object || !feature.TryGetProperty("geometry", out var shape) || shape.ValueKind != JsonValueKind.Object)
        {
            return "It has no position.";
        }

        Geometry? geometry;
        try
        {
            geometry = shape.Deserialize<Geometry>(Options);
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            return "Its geometry cannot be read.";
        }

        if (geometry is null or { IsEmpty: true })
        {
            return "It has no position.";
        }

        if (!Array.TrueForAll(geometry.Coordinates, corner => Wgs84.IsPosition(corner.X, corner.Y)))
        {
            return "Its position is not a longitude and latitude in degrees.";
        }

        var properties = feature.TryGetProperty("properties", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        var name = Text(properties, "name");
        var restricted = allRestricted || IsRestricted(properties);
        if (geometry is LineString or MultiLineString)
        {
            if (restricted)
            {
                return "It is a road and restricted; roads are shown to everybody, so it is not used at all.";
            }

            var type = Text(properties, "class");
            for (var i = 0; i < geometry.NumGeometries; i++)
            {
                _roads.Add(new Road(name, type, (LineString)geometry.GetGeometryN(i)));
            }

            kinds.Add(CompleteList.Roads);
            report.Use(type.Length > 0 ? $"{type} roads" : "roads");
            return null;
        }

        var kind = Kind(Text(properties, "kind"));
        if (kind.Length == 0)
        {
            return "It does not say what it is (property kind).";
        }

        var at = geometry is Point point ? point : geometry.InteriorPoint;
        var id = Text(properties, "id") is { Length: > 0 } own ? own : StableId.From("exposure.site", kind, name, $"{at.X:R} {at.Y:R}").ToString();
        if (!_ids.Add(id))
        {
            return "Its id was used before, or it stands there twice.";
        }

        kinds.Add(kind);
        _sites.Add(new ExposedSite(id, name.Length > 0 ? name : $"{kind} without a name", kind, at.X, at.Y) { Capacity = Whole(properties, "capacity"), Restricted = restricted });
        report.Use(restricted ? $"{kind} (restricted)" : kind);
        return null;
    }

    /// <summary>Anything but a plain false restricts: a "yes" misread must not publish a place.</summary>
    private static bool IsRestricted(JsonElement holder) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty("restricted", out var value) && value.ValueKind is not (JsonValueKind.False or JsonValueKind.Null);

    /// <summary>Hospital, hospital and HOSPITAL are one.</summary>
    private static string Kind(string text) => text.Length == 0 ? "" : $"{char.ToUpperInvariant(text[0])}{text[1..].ToLowerInvariant()}";

    private static string Text(JsonElement properties, string name)
    {
        var text = properties.ValueKind != JsonValueKind.Object || !properties.TryGetProperty(name, out var value) ? ""
            : value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "";
        return text.Length > LongestText ? text[..LongestText] : text;
    }

    private static long? Whole(JsonElement properties, string name) =>
        properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0 ? number : null;
}
