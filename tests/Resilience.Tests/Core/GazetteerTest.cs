using System.IO.Compression;
using NetTopologySuite.Geometries;
using Resilience.Core.Geography;
using Resilience.Tests.Kit;
using Resilience.Tests.Risk;

namespace Resilience.Tests.Core;

/// <summary>Places are found however people write them.</summary>
public sealed class GazetteerTest
{
    [Theory]
    [InlineData("Sant Julià de Lòria", "sant julia de loria")]
    [InlineData("  Nuku‘alofa ", "nukualofa")]
    [InlineData("Frankfurt (Oder)", "frankfurt oder")]
    [InlineData("Tromsø", "tromso")]
    [InlineData("Straße", "strasse")]
    [InlineData("ÐAK-LAK", "dak lak")]
    [InlineData("थिंफू", "थिंफू")]
    [InlineData("...", "")]
    public void Names_fold_to_what_people_type(string name, string folded) => Assert.Equal(folded, GazetteerName.Fold(name));

    [Theory]
    [InlineData("punak", "Punākha")]
    [InlineData("PUNĀKHA", "Punākha")]
    [InlineData("thimbu", "Thimphu")]
    [InlineData("ཐིམ་ཕུ", "Thimphu")]
    [InlineData("janeiro", "Rio de Janeiro")]
    [InlineData("bogalusa", "Bogalusa")]
    [InlineData("London", "London")]
    public void Search_finds_by_any_name_and_gives_the_most_populous_first(string text, string first) =>
        Assert.Equal(first, Geodata.Gazetteer.Search(text, 5)[0].Name);

    [Theory]
    [InlineData(89.87, 27.59, "Asia/Thimphu")]
    [InlineData(-89.82, 30.79, "America/Chicago")]
    [InlineData(-1.03, 53.7, "Europe/London")]
    [InlineData(90.206, 28.085, "Asia/Thimphu")]
    [InlineData(-150, 0, "UTC")]
    public void A_position_has_the_time_of_the_nearest_town_and_UTC_far_from_all(double longitude, double latitude, string zone) =>
        Assert.Equal(zone, Geodata.Gazetteer.TimeZoneAt(new Coordinate(longitude, latitude)).Id);

    [Fact]
    public void A_whole_name_goes_before_a_longer_one_of_a_bigger_place()
    {
        var found = Geodata.Gazetteer.Search("paro", 10);
        Assert.Equal("paro", GazetteerName.Fold(found[0].Name));
        Assert.Equal(3, Geodata.Gazetteer.Search("san", 3).Count);
        Assert.Empty(Geodata.Gazetteer.Search("", 5));
        Assert.Empty(Geodata.Gazetteer.Search("zzzzqqq", 5));
    }

    [Fact]
    public void A_name_borne_twice_gives_both()
    {
        var found = Geodata.Gazetteer.FindByName("springfield");
        Assert.True(found.Count > 5);
        Assert.All(found.Skip(1).Zip(found), pair => Assert.True(pair.First.Population <= pair.Second.Population));
        Assert.Contains(Geodata.Gazetteer.FindByName("Kerala"), place => place.FeatureCode == "ADM1");
    }

    [Fact]
    public void Whole_names_are_found_as_in_a_plain_dictionary()
    {
        var bearers = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        using var text = new StreamReader(new GZipStream(File.OpenRead(Repository.Path("geodata", "gazetteer", "places.tsv.gz")), CompressionMode.Decompress));
        text.ReadLine();
        while (text.ReadLine()?.Split('\t') is { } cells)
        {
            foreach (var name in cells[8].Split('|').Prepend(cells[1]).Select(GazetteerName.Fold).Where(name => name.Length > 0).Distinct())
            {
                (bearers.TryGetValue(name, out var ids) ? ids : bearers[name] = []).Add(cells[0]);
            }
        }

        var room = new int[1000];
        foreach (var (name, ids) in bearers)
        {
            var found = room[..Geodata.Gazetteer.FindByName(name.AsSpan(), room)];
            Assert.Equal(ids.Order(StringComparer.Ordinal), found.Select(place => Geodata.Gazetteer.Places[place].Id).Order(StringComparer.Ordinal));
            Assert.Equal(0, Geodata.Gazetteer.FindByName($"{name} q", room));
        }

        Assert.Equal(bearers.Count, Geodata.Gazetteer.ListNames().Count());
    }

    [Fact]
    public void The_nearest_place_is_the_nearest_also_across_the_antimeridian()
    {
        var places = Geodata.Gazetteer.Places.Where(place => place.IsPopulated).ToList();
        foreach (var from in new Coordinate[] { new(89.87, 27.59), new(-179.99, -16.8), new(179.9, 65), new(0, 51.5), new(25, 78) })
        {
            var nearest = Geodata.Gazetteer.Nearest(from, 300);
            var expected = places.MinBy(place => Wgs84.DistanceMetres(from, new Coordinate(place.Longitude, place.Latitude)))!;
            var distance = Wgs84.DistanceMetres(from, new Coordinate(expected.Longitude, expected.Latitude));
            Assert.Equal(distance <= 300_000 ? expected.Id : null, nearest?.Id);
        }

        Assert.Null(Geodata.Gazetteer.Nearest(new Coordinate(-140, -48), 100));
    }

    [Fact]
    public void A_line_that_is_no_place_is_named() =>
        Assert.Contains("Line 2", Assert.Throws<InvalidDataException>(() => Gazetteer.Load(new StringReader("header\nx\ty\n"))).Message, StringComparison.Ordinal);
}
