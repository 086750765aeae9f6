using System.Globalization;
using NetTopologySuite.Geometries;

namespace Resilience.Core.Geography;

/// <summary>
/// All named places, searchable by the beginning of any of their names (accents and case do not matter) and by position.
/// Immutable and thread-safe once loaded.
/// </summary>
public sealed class Gazetteer
{
    private const double TownsTellTimeKm = 200;

    private readonly GazetteerPlace[] _places;
    private readonly GazetteerNameIndex _names;
    private readonly GazetteerGrid _grid;
    private readonly Lazy<Dictionary<string, int>> _byId;

    private Gazetteer(GazetteerPlace[] places, GazetteerNameIndex names)
    {
        _places = places;
        _names = names;
        _grid = new GazetteerGrid(places);
        _byId = new(() => places.Index().ToDictionary(place => place.Item.Id, place => place.Index, StringComparer.Ordinal));
    }

    /// <summary>All places in file order.</summary>
    public IReadOnlyList<GazetteerPlace> Places => _places;

    /// <summary>
    /// Reads the places: tab-separated without quoting, one header line, columns id, name, country, admin1, longitude, latitude,
    /// population, feature code, alternate names separated by <c>|</c>, time zone (may be missing). A line that does not fit fails with its number.
    /// </summary>
    public static Gazetteer Load(TextReader placesTsv)
    {
        ArgumentNullException.ThrowIfNull(placesTsv);
        var places = new List<GazetteerPlace>(200_000);
        var names = new GazetteerNameIndex.Builder();
        placesTsv.ReadLine();
        for (var number = 2; placesTsv.ReadLine() is { } line; number++)
        {
            var columns = line.Split('\t');
            if (columns.Length is not (9 or 10)
                || !double.TryParse(columns[4], NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
                || !double.TryParse(columns[5], NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
                || !long.TryParse(columns[6], NumberStyles.None, CultureInfo.InvariantCulture, out var population)
                || !Wgs84.IsPosition(longitude, latitude))
            {
                throw new InvalidDataException($"Line {number} of the gazetteer is not a place: {line}");
            }

            names.Add(places.Count, columns[1], columns[8]);
            places.Add(new GazetteerPlace(
                columns[0], columns[1], string.Intern(columns[2]), string.Intern(columns[3]), longitude, latitude, population, string.Intern(columns[7]),
                columns.Length > 9 ? string.Intern(columns[9]) : ""));
        }

        return new Gazetteer([.. places], names.Build(places));
    }

    /// <summary>
    /// Places one of whose names, or a later word of whose name, begins with the text: whole-name matches first, then by
    /// population. Empty for an empty text.
    /// </summary>
    public IReadOnlyList<GazetteerPlace> Search(string prefix, int limit)
    {
        var folded = GazetteerName.Fold(prefix);
        if (folded.Length == 0 || limit <= 0)
        {
            return [];
        }

        var matches = new Dictionary<int, bool>();
        foreach (var (place, whole) in _names.ListByPrefix(folded))
        {
            matches[place] = whole || matches.GetValueOrDefault(place);
        }

        return [.. matches
            .OrderByDescending(match => match.Value).ThenByDescending(match => _places[match.Key].Population).ThenBy(match => match.Key)
            .Take(limit).Select(match => _places[match.Key])];
    }

    /// <summary>The place with the id, or null.</summary>
    public GazetteerPlace? FindById(string id) => _byId.Value.TryGetValue(id, out var index) ? _places[index] : null;

    /// <summary>All places that bear the name, as main or alternate name, the most populous first. Names repeat: the caller must decide.</summary>
    public IReadOnlyList<GazetteerPlace> FindByName(string name)
    {
        var folded = GazetteerName.Fold(name);
        for (var room = new int[64]; ; room = new int[room.Length * 4])
        {
            var found = _names.Find(folded, room);
            if (found < room.Length)
            {
                return Array.ConvertAll(room[..found], place => _places[place]);
            }
        }
    }

    /// <summary>
    /// The places that bear the name, as indices into <see cref="Places"/>, the most populous first; as many as there is room for.
    /// Returns how many. Allocates nothing.
    /// </summary>
    /// <param name="folded">The name as <see cref="GazetteerName.Fold(string)"/> gives it.</param>
    /// <param name="places">Where to write them.</param>
    public int FindByName(ReadOnlySpan<char> folded, Span<int> places) => _names.Find(folded, places);

    /// <summary>Every name of every place, folded, each once.</summary>
    public IEnumerable<ReadOnlyMemory<char>> ListNames() => _names.ListNames();

    /// <summary>The time zone that people at a position live by: that of the nearest town within 200 km; UTC where none is known.</summary>
    public TimeZoneInfo TimeZoneAt(Coordinate at) =>
        Nearest(at, TownsTellTimeKm)?.TimeZone is { Length: > 0 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The nearest populated place within the distance, or null.</summary>
    public GazetteerPlace? Nearest(Coordinate from, double maxKm)
    {
        ArgumentNullException.ThrowIfNull(from);
        return _grid.Nearest(from, maxKm * 1000);
    }
}
