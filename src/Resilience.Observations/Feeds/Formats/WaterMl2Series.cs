using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using NetTopologySuite.Geometries;
using Resilience.Core.Geography;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>Makes stations, datastreams and observations of a WaterML 2.0 document as its elements begin and end.</summary>
internal sealed partial class WaterMl2Series(string prefix, FeedZone? feedZone, ParsedPayload into)
{
    private const int LongestId = 150;
    private static readonly string[] Doubted = ["suspect", "estimate", "estimated", "poor", "bad", "doubtful"];
    private static readonly string[] LatitudeFirst = ["4326", "4258", "4269", "4979", "4937"];

    private readonly Dictionary<string, Place> _places = [];
    private string _property = "", _propertyTitle = "", _procedure = "", _statistic = "";
    private Place _place = new();
    private string? _crs;
    private Metadata _default = new(), _point = new();
    private bool _inPoint, _inDefault, _nil, _cumulative;
    private string? _time, _value;
    private string? _datastreamId;
    private string _stationId = "";

    /// <summary>What an exception report says instead of data; null when there is none.</summary>
    internal string? SourceError { get; private set; }

    /// <summary>An element begins; <paramref name="path"/> is what stands around it.</summary>
    internal void Begin(List<string> path, XmlReader element)
    {
        var around = path.Count == 0 ? "" : path[^1];
        switch (element.LocalName)
        {
            case "OM_Observation":
                (_property, _propertyTitle, _procedure, _statistic, _place, _crs, _default, _datastreamId, _cumulative, _inPoint, _inDefault) = ("", "", "", "", new(), null, new(), null, false, false, false);
                break;
            case "procedure" when around == "OM_Observation":
                _procedure = LastPart(Href(element));
                break;
            case "observedProperty" when around == "OM_Observation":
                (_property, _propertyTitle) = (LastPart(Href(element)), Title(element));
                break;
            case "featureOfInterest" when around == "OM_Observation":
                var href = Href(element);
                _place = href.StartsWith('#') && _places.TryGetValue(href[1..], out var known) ? known : new Place { Href = href, Title = Title(element) };
                break;
            case "MonitoringPoint" or "SF_SpatialSamplingFeature":
                _place.GmlId = element.GetAttribute("id", "http://www.opengis.net/gml/3.2") ?? "";
                if (_place.GmlId.Length > 0 && _places.Count < 100_000)
                {
                    _places.TryAdd(_place.GmlId, _place);
                }

                break;
            case "Point" or "pos":
                _crs = element.GetAttribute("srsName") ?? _crs;
                break;
            case "DefaultTVPMeasurementMetadata":
                _inDefault = true;
                break;
            case "MeasurementTVP":
                (_inPoint, _point, _time, _value, _nil) = (true, _default, null, null, false);
                break;
            case "value" when around == "MeasurementTVP":
                _nil = element.GetAttribute("nil", "http://www.w3.org/2001/XMLSchema-instance") is "true" or "1";
                break;
            case "uom":
                Note(metadata => metadata with { Unit = element.GetAttribute("code") ?? Title(element) });
                break;
            case "interpolationType" when Href(element).Length > 0 || Title(element).Length > 0:
                var type = LastPart(Href(element)) is { Length: > 0 } code ? code : Title(element);
                Note(metadata => metadata with { Interpolation = type });
                break;
            case "quality" when Href(element).Length > 0 || Title(element).Length > 0:
                var quality = LastPart(Href(element)) is { Length: > 0 } word ? word : Title(element);
                Note(metadata => metadata with { Quality = quality.ToLowerInvariant() });
                break;
        }
    }

    /// <summary>An element ends; <paramref name="path"/> is what stands around it.</summary>
    internal void End(List<string> path, string name, string text)
    {
        var around = path.Count == 0 ? "" : path[^1];
        switch (name)
        {
            case "identifier" when around is "MonitoringPoint" or "SF_SpatialSamplingFeature":
                _place.Identifier = text;
                break;
            case "name" when around is "MonitoringPoint" or "SF_SpatialSamplingFeature":
                _place.Name = text;
                break;
            case "pos":
                _place.ReadPosition(text, _crs);
                break;
            case "zoneOffset":
                _place.Zone = FeedZone.Find(text);
                break;
            case "cumulative":
                _cumulative = text is "true" or "1";
                break;
            case "value" when around == "NamedValue" && path.Contains("procedure") && text.Length == 5 && text.All(char.IsAsciiDigit):
                _statistic = text is "00011" or "00000" ? "" : text;
                break;
            case "value" when around is "Category" && text.Length > 0:
                Note(metadata => metadata with { Qualifier = metadata.Qualifier.Length is 0 or > 60 || _inPoint ? text : $"{metadata.Qualifier},{text}" });
                break;
            case "nilReason" when text.Length > 0:
                Note(metadata => metadata with { NilReason = text });
                break;
            case "time" when around == "MeasurementTVP":
                _time = text;
                break;
            case "value" when around == "MeasurementTVP":
                _value = text;
                break;
            case "DefaultTVPMeasurementMetadata":
                _inDefault = false;
                break;
            case "MeasurementTVP":
                EndPoint();
                _inPoint = false;
                break;
            case "CategoricalTVP":
                into.Refuse("not-a-number", $"{_propertyTitle}: values in words");
                break;
            case "OM_Observation":
                StartSeries();
                break;
            case "ExceptionText":
                SourceError ??= text;
                break;
        }
    }

    private void Note(Func<Metadata, Metadata> change)
    {
        if (_inPoint)
        {
            _point = change(_point);
        }
        else if (_inDefault)
        {
            _default = change(_default);
        }
    }

    private void EndPoint()
    {
        if (StartSeries() is not { } id)
        {
            return;
        }

        if (_nil || string.IsNullOrEmpty(_value) || _point.NilReason.Length > 0 || _point.Quality == "missing")
        {
            into.Missing++;
        }
        else if (_point.Unit != _default.Unit && into.Datastreams[id].Unit != QuantityNames.Unit(_point.Unit))
        {
            into.Refuse("unit-changes", $"{id}: {_point.Unit} among {_default.Unit}");
        }
        else if (Kind(_point.Interpolation) != Kind(_default.Interpolation) && _default.Interpolation.Length > 0)
        {
            into.Refuse("interpolation-changes", $"{id}: {_point.Interpolation} among {_default.Interpolation}");
        }
        else if (!double.TryParse(_value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            into.Refuse("not-a-number", $"{id}: {_value}");
        }
        else if (Time() is not ({ } time, _))
        {
            into.Refuse(Time().Reason, $"{id}: {_time}");
        }
        else
        {
            if (!JsonValues.HasOffset(_time!))
            {
                into.Repair(RepairKinds.ZoneAssumed, _time!, time);
            }

            var marks = string.Join(',', new[] { _point.Quality, _point.Qualifier }.Where(mark => mark.Length > 0));
            var doubted = Doubted.Contains(_point.Quality, StringComparer.Ordinal) || Doubted.Contains(_point.Qualifier, StringComparer.OrdinalIgnoreCase) || (_place.IsUsgs && UsgsCodes.Doubted(_point.Qualifier.Split(',', StringSplitOptions.RemoveEmptyEntries)));
            into.Observations.Add(new ParsedObservation(id, time, number, marks.Length == 0 ? null : Storable(marks), doubted));
        }
    }

    private (DateTimeOffset? Time, string Reason) Time()
    {
        if (_time is not { Length: >= 10 and <= 64 } text)
        {
            return (null, "no-time");
        }

        if (text.Length > 10 && JsonValues.HasOffset(text))
        {
            return (JsonValues.Time(text), "no-time");
        }

        return !DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? (null, "no-time") : ((_place.Zone ?? feedZone)?.At(local), "no-zone");
    }

    /// <summary>Names station and datastream once all that describes them is known: at the first point, or at the end of an empty series.</summary>
    private string? StartSeries()
    {
        if (_datastreamId is not null)
        {
            return _datastreamId.Length == 0 ? null : _datastreamId;
        }

        _datastreamId = "";
        var property = _property.Length > 0 ? _property : _propertyTitle;
        if (_place.Id is not { Length: > 0 and <= LongestId } place || property.Length is 0 or > LongestId || _procedure.Length > LongestId)
        {
            into.Refuse("not-understood", "an observation that does not say where, or what it observes");
            return null;
        }

        _stationId = Storable($"{prefix}:{place}");
        if (_place.Position is { } point)
        {
            into.Stations[_stationId] = new ParsedStation(_stationId, Storable(_place.Label), point) { River = _place.IsUsgs ? UsgsCodes.River(_place.Label) : null };
        }
        else
        {
            into.Refuse(_place.UnknownCrs is null ? "no-position" : "unknown-crs", $"{_stationId}{(_place.UnknownCrs is null ? "" : ": " + _place.UnknownCrs)}");
        }

        var kind = Kind(_default.Interpolation);
        var id = Storable(string.Join(':', new[] { _stationId, property, _statistic, kind, _procedure }.Where(part => part.Length > 0)));
        var unit = QuantityNames.Unit(Storable(_default.Unit));
        into.Datastreams.TryAdd(id, new ParsedDatastream(id, _stationId, Property(unit, kind), unit, Storable(_propertyTitle.Length > 0 ? _propertyTitle : property), _statistic.Length > 0 ? TimeSpan.FromDays(1) : null));
        return _datastreamId = id;
    }

    private ObservedProperty Property(string unit, string kind)
    {
        var property = _property is { Length: 5 } && _property.All(char.IsAsciiDigit) && _place.IsUsgs ? UsgsCodes.Property(_property) : QuantityNames.Property([_propertyTitle, _property], unit);
        var preceding = kind is "" or "TotalPrec" or "ConstPrec" or "AveragePrec" or "MaxPrec" or "MinPrec";
        return (!preceding || (property == ObservedProperty.Rainfall && (_cumulative || kind is not ("" or "TotalPrec")))) ? ObservedProperty.Other : property;
    }

    // Continuous, Discontinuous and InstantTotal speak of a moment; all others of an interval, and are series of their own.
    private static string Kind(string interpolation) => interpolation switch { "Continuous" or "Discontinuous" => "", { Length: > 40 } => interpolation[..40], _ => interpolation };

    private static string Storable(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;

    private static string Href(XmlReader element) => element.GetAttribute("href", "http://www.w3.org/1999/xlink") ?? "";

    private static string Title(XmlReader element) => element.GetAttribute("title", "http://www.w3.org/1999/xlink") ?? "";

    private static string LastPart(string href) => href[(href.TrimEnd('/').LastIndexOfAny(['/', '#', '=', ':']) + 1)..].TrimEnd('/');

    private sealed record Metadata(string Unit = "", string Interpolation = "", string Quality = "", string Qualifier = "", string NilReason = "");

    /// <summary>A monitoring point as it becomes known.</summary>
    private sealed partial class Place
    {
        internal string Href { get; init; } = "";

        internal string Title { get; init; } = "";

        internal string GmlId { get; set; } = "";

        internal string Identifier { get; set; } = "";

        internal string Name { get; set; } = "";

        internal Point? Position { get; private set; }

        internal string? UnknownCrs { get; private set; }

        internal FeedZone? Zone { get; set; }

        internal bool IsUsgs => UsgsPoint().IsMatch(GmlId);

        /// <summary>What stays the same from answer to answer; a gml:id is often made up anew, so it comes last.</summary>
        internal string? Id => UsgsPoint().Match(GmlId) is { Success: true } usgs ? usgs.Groups[1].Value
            : new[] { LastPart(Identifier), LastPart(Href), Name, Title, GmlId }.FirstOrDefault(part => part.Length > 0);

        internal string Label => new[] { Name, Title, Identifier, GmlId }.FirstOrDefault(part => part.Length > 0) ?? Id ?? "";

        internal void ReadPosition(string text, string? crs)
        {
            var parts = text.Split([' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 2 || !double.TryParse(parts[0], CultureInfo.InvariantCulture, out var first) || !double.TryParse(parts[1], CultureInfo.InvariantCulture, out var second))
            {
                return;
            }

            var code = crs is null ? "none" : LastPart(crs);
            if (code is not "CRS84" && !LatitudeFirst.Contains(code, StringComparer.Ordinal))
            {
                UnknownCrs = code.Length > 40 ? code[..40] : code;
                return;
            }

            var (longitude, latitude) = code is "CRS84" ? (first, second) : (second, first);
            Position = Wgs84.IsPosition(longitude, latitude) ? Wgs84.Point(longitude, latitude) : null;
        }

        [GeneratedRegex(@"^USGS\.MP\.USGS\.(\d{8,15})\.")]
        private static partial Regex UsgsPoint();
    }
}
