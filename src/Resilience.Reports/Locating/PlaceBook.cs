using Resilience.Core.Geography;

namespace Resilience.Reports.Locating;

/// <summary>What the place finder asks of the gazetteer's places, in columns, reckoned once. Immutable and thread-safe.</summary>
internal sealed class PlaceBook
{
    /// <summary>The longest name in words; longer ones are not looked for.</summary>
    internal const int LongestName = 4;

    private const int Slots = 1 << 21;
    private const double EarthKm = 6371.0088;

    private readonly Gazetteer _gazetteer;
    private readonly (float X, float Y, float Z)[] _at;
    private readonly double[] _size;
    private readonly ushort[] _country;
    private readonly int[] _division;
    private readonly string?[] _titles;

    /// <summary>At the hash of a word, how many words the longest name has that begins with it; 0: no name does. Two words may share a slot: that costs a search in vain.</summary>
    private readonly byte[] _mostWords = new byte[Slots];

    internal PlaceBook(Gazetteer gazetteer)
    {
        _gazetteer = gazetteer;
        var places = gazetteer.Places;
        var numbers = new Dictionary<(string Country, string Name), int>();
        var people = new Dictionary<int, long>();
        (_at, _size, _country, _division, _titles) = (new (float, float, float)[places.Count], new double[places.Count], new ushort[places.Count], new int[places.Count], new string?[places.Count]);
        for (var i = 0; i < places.Count; i++)
        {
            var place = places[i];
            _at[i] = Vector(place.Longitude, place.Latitude);
            _country[i] = Country.NumberOf(place.CountryCode);
            _division[i] = numbers.TryGetValue((place.CountryCode, DivisionOf(place)), out var number) ? number : numbers[(place.CountryCode, DivisionOf(place))] = numbers.Count;
            if (place is { IsPopulated: true, IsSection: false })
            {
                people[_division[i]] = people.GetValueOrDefault(_division[i]) + place.Population;
            }
        }

        for (var i = 0; i < places.Count; i++)
        {
            // A division is meant about as often as a town of a fifth of its people.
            _size[i] = Math.Log10(Math.Max(places[i].IsPopulated ? places[i].Population : people.GetValueOrDefault(_division[i]) / 5, 300)) * 1.2;
        }

        foreach (var name in gazetteer.ListNames())
        {
            Note(name.Span);
        }

        foreach (var name in PlaceNames.CountryNames)
        {
            Note(name);
        }
    }

    internal GazetteerPlace this[int place] => _gazetteer.Places[place];

    /// <summary>The most words, up to <see cref="LongestName"/>, of a name that begins with the word; 0: surely none does.</summary>
    internal int MostWords(ReadOnlySpan<char> word) => _mostWords[Slot(word)];

    internal int Find(ReadOnlySpan<char> folded, Span<int> places) => _gazetteer.FindByName(folded, places);

    /// <summary>How much a place weighs by its people, before what the post says.</summary>
    internal double Size(int place) => _size[place];

    internal ushort CountryNumber(int place) => _country[place];

    /// <summary>True when the first is the division that the second lies in or is.</summary>
    internal bool IsDivisionOf(int division, int place) => _division[division] == _division[place] && !this[division].IsPopulated;

    internal bool IsNear(int one, int other, double km)
    {
        double x = _at[one].X - _at[other].X, y = _at[one].Y - _at[other].Y, z = _at[one].Z - _at[other].Z, chord = 2 * Math.Sin(km / EarthKm / 2);
        return (x * x) + (y * y) + (z * z) <= chord * chord;
    }

    /// <summary>As a person would write it: with its division when that is not the place itself.</summary>
    internal string Title(int place) => _titles[place] ??= this[place] is { Admin1: { Length: > 0 } division } one && division != one.Name ? $"{one.Name}, {division}" : this[place].Name;

    private static string DivisionOf(GazetteerPlace place) => place.IsPopulated ? place.Admin1 : place.Name;

    private static (float, float, float) Vector(double longitude, double latitude)
    {
        var (lon, lat) = (double.DegreesToRadians(longitude), double.DegreesToRadians(latitude));
        return ((float)(Math.Cos(lat) * Math.Cos(lon)), (float)(Math.Cos(lat) * Math.Sin(lon)), (float)Math.Sin(lat));
    }

    private void Note(ReadOnlySpan<char> name)
    {
        var words = name.Count(' ') + 1;
        ref var most = ref _mostWords[Slot(words == 1 ? name : name[..name.IndexOf(' ')])];
        most = (byte)Math.Max(most, Math.Min(words, LongestName));
    }

    private static int Slot(ReadOnlySpan<char> word)
    {
        var hash = 2166136261u;
        foreach (var letter in word)
        {
            hash = unchecked((hash ^ letter) * 16777619u);
        }

        return (int)((hash ^ (hash >> 11)) & (Slots - 1));
    }
}
