using NetTopologySuite.Geometries;
using Resilience.Core.Geography;
using Resilience.Risk.Exposing;
using Resilience.Risk.Exposing.Reading;

namespace Resilience.Tests.Risk.Exposing;

/// <summary>What an agency supplies of its hospitals, roads and people is counted; what cannot be used is named and never reads as "none".</summary>
public sealed class ExposureFilesTest
{
    private static readonly Polygon Square = Box(90, 27, 91, 28);

    [Fact]
    public void Sites_roads_people_and_shares_of_an_agency_are_counted()
    {
        using var district = new MadeDistrict().Write("sites.geojson", MadeDistrict.Sites).Write("roads.geojson", MadeDistrict.Roads)
            .Write("shares.csv", "country,unit,source,under5,over65\nBT,,made up,0.1,\nBT,Gasa,made up too,0.2,0.25\n").WriteGrid("people.tif", (_, _) => 7);
        var exposure = district.With(MadeDistrict.Place("on-the-road", 90.5, 27.5, 100), MadeDistrict.Place("far", 90.5, 27.8, 300), MadeDistrict.Place("outside-the-grid", 91.5, 27.5, 50));
        Assert.All(exposure.Data.Files, file => Assert.Empty(file.Refused));
        Assert.Equal(["people.tif: 700 people", "roads.geojson: 1 primary roads", "shares.csv: 2 units", "sites.geojson: 1 Hospital, 1 School"], exposure.Data.Files.Select(file => $"{file.Name}: {file.Holds}"));

        var inside = exposure.PeopleWithin(Square);
        Assert.Equal(700, inside.People);
        Assert.Equal([("Made Hospital", "Hospital", 40L), ("Made School", "School", null)], inside.Sites.Select(site => (site.Name, site.Kind, site.Capacity)));
        Assert.Equal(750, exposure.PeopleWithin(Box(90, 27, 92, 28)).People);

        // One degree of longitude at 27.5° N is 98.7 km on a sphere of 6,371 km.
        var road = Assert.Single(inside.Roads!);
        Assert.Equal(("NH1", "primary"), (road.Name, road.Class));
        Assert.InRange(road.Km, 98.5, 98.9);
        Assert.Equal([("far", 33.4), ("on-the-road", 0)], inside.Places.Select(place => (place.Id, place.KmToRoad!.Value)));

        var vulnerability = inside.Vulnerability!;
        Assert.Equal([("under5", 0.2, 140L), ("over65", 0.25, 175L), ("far-from-roads", 0.75, 525L)], vulnerability.Indicators.Select(one => (one.Key, one.Share, one.People)));
        Assert.Equal([10, 10, 7.5], vulnerability.Indicators.Select(one => one.Score));
        Assert.InRange(vulnerability.Index, 9, 9.2);
    }

    [Fact]
    public void What_is_not_supplied_is_said_and_never_taken_for_nought()
    {
        using var district = new MadeDistrict().Write("sites.geojson", MadeDistrict.Sites).Write("roads.geojson", MadeDistrict.Roads);
        var exposure = district.With(MadeDistrict.Place("gasa", 90.5, 27.5, 100), MadeDistrict.Place("elsewhere", 92.5, 27.5, 100, "Trashigang"));
        Assert.Equal(
            ["People are those of the gazetteer's places inside; scattered farms, travellers and places without a known population are not counted.", "No list that calls itself complete here is supplied of shelters, bridges: none inside says nothing."],
            exposure.LimitsOf(Square));
        Assert.Contains("hospitals, schools, shelters, bridges", exposure.LimitsOf(Box(92, 27, 93, 28))[1], StringComparison.Ordinal);

        Assert.Empty(exposure.PeopleWithin(Box(90, 27.8, 91, 28)).Roads!);
        var unlisted = new Exposure([MadeDistrict.Place("gasa", 90.5, 27.5, 100)], ExposureData.None);
        var inside = unlisted.PeopleWithin(Square);
        Assert.Null(inside.Roads);
        Assert.Null(inside.Vulnerability);
        Assert.Null(inside.Places[0].KmToRoad);
        Assert.Contains("bridges, roads", unlisted.LimitsOf(Square)[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sites.geojson", """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"kind":"Hospital"},"geometry":null}]}""", "It has no position.")]
    [InlineData("sites.geojson", """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"kind":"Hospital"},"geometry":{"type":"Point","coordinates":[3057000,190000]}}]}""", "Its position is not a longitude and latitude in degrees.")]
    [InlineData("sites.geojson", """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[90,27]}}]}""", "It does not say what it is (property kind).")]
    [InlineData("sites.geojson", """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"kind":"x"},"geometry":{"type":"Point","coordinates":"no"}}]}""", "Its geometry cannot be read.")]
    [InlineData("sites.geojson", """{"features":7}""", "The file cannot be read: It is no GeoJSON feature collection.")]
    [InlineData("sites.geojson", "not json", "The file cannot be read: ")]
    [InlineData("shares.csv", "country,unit,source,under5\nBT,Gasa,made up,12\n", "Its under5 is no share between 0 and 1 (percent must be divided by 100).")]
    [InlineData("shares.csv", "country,unit,source,under5\nBhutan,Gasa,made up,0.1\n", "Its country is no ISO 3166-1 code of two capital letters.")]
    [InlineData("shares.csv", "country,unit,source,under5\nBT,Gasa,,0.1\n", "It does not say whose figures these are (column source).")]
    [InlineData("shares.csv", "country,unit,source,under5\nBT,Gasa,made up,0.1\nBT,Gasa,made up,0.2\n", "Its unit has a row already.")]
    [InlineData("shares.csv", "country,unit,source,under5\nBT,Gasa,made up,\n", "It tells no share at all.")]
    [InlineData("shares.csv", "country,unit,source,income\nBT,Gasa,made up,3\n", "The file cannot be read: Its first line must name the columns country, unit, source and at least one of under5")]
    [InlineData("shares.csv", "country,unit,source,under5\nBT,\"Gasa,made up,0.1\n", "It does not have as many fields as the first line.")]
    [InlineData("people.tif", "II*", "The file cannot be read: ")]
    public void An_item_that_cannot_be_used_is_named_with_its_reason(string name, string content, string reason)
    {
        using var district = new MadeDistrict().Write(name, content);
        var exposure = district.With(MadeDistrict.Place("gasa", 90.5, 27.5, 100));
        Assert.StartsWith(reason, Assert.Single(Assert.Single(exposure.Data.Files).Refused).Reason, StringComparison.Ordinal);
        Assert.Contains("1 items of the exposure files could not be used", exposure.LimitsOf(Square)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_which_something_could_not_be_used_is_not_complete_whatever_it_says()
    {
        var broken = MadeDistrict.Sites.Replace("[90.5,27.5]", "[905,27.5]", StringComparison.Ordinal);
        using var district = new MadeDistrict().Write("sites.geojson", broken);
        var data = district.Read();
        Assert.Empty(data.Complete);
        Assert.Equal("School", Assert.Single(data.Sites).Kind);
        Assert.Contains(data.Files[0].Refused, refused => refused.Reason == "It says that it is complete, but some of it could not be used.");
    }

    [Fact]
    public void A_grid_that_covers_ground_twice_or_is_turned_is_refused_because_people_would_move()
    {
        using var district = new MadeDistrict().WriteGrid("a.tif", (_, _) => 1).WriteGrid("b.tif", (_, _) => 1)
            .WriteGrid("c.tif", (_, _) => 1, "-a_srs", "EPSG:32646", "-a_ullr", "200000", "3090000", "240000", "3060000", "-ot", "Float32");
        var data = district.Read();
        Assert.Single(data.Grids);
        Assert.Equal(["b.tif", "c.tif"], data.Files.Where(file => file.Refused.Count > 0).Select(file => file.Name));
    }

    [Fact]
    public void Cells_without_a_value_hold_nobody()
    {
        using var district = new MadeDistrict().WriteGrid("people.tif", (row, column) => row == 0 ? -99 : column == 0 ? 3 : 0);
        Assert.Equal(27, district.With().PeopleWithin(Square).People);
    }

    [Fact]
    public void Where_a_countrys_grid_has_no_value_its_neighbours_are_counted_by_the_gazetteer_and_it_is_said()
    {
        using var district = new MadeDistrict().WriteGrid("people.tif", (_, column) => column < 5 ? 7 : -99);
        var exposure = district.With(MadeDistrict.Place("inside", 90.25, 27.5, 100), MadeDistrict.Place("beside-its-cell", 90.51, 27.5, 100), MadeDistrict.Place("abroad", 90.8, 27.5, 5000));
        Assert.Equal(350 + 5000, exposure.PeopleWithin(Square).People);
        Assert.StartsWith("Where the grid has no value people are those of the gazetteer's places", exposure.LimitsOf(Square)[1], StringComparison.Ordinal);
        Assert.Equal(5000, exposure.PeopleWithin(Box(90.6, 27, 91, 28)).People);
        Assert.StartsWith("People are those of the gazetteer's places", exposure.LimitsOf(Box(90.6, 27, 91, 28))[0], StringComparison.Ordinal);
        Assert.DoesNotContain(exposure.LimitsOf(Box(90.1, 27.1, 90.4, 27.9)), limit => limit.Contains("gazetteer", StringComparison.Ordinal));
    }

    [Fact]
    public void An_area_that_crosses_itself_or_overlaps_itself_loses_neither_people_nor_roads()
    {
        using var district = new MadeDistrict().Write("roads.geojson", MadeDistrict.Roads).WriteGrid("people.tif", (_, _) => 7);
        var exposure = district.With(MadeDistrict.Place("west", 90.05, 27.5, 1), MadeDistrict.Place("east", 90.95, 27.5, 1));

        // A bow tie whose two wings together are half the square; mending with a buffer of nought keeps one wing.
        var bow = Wgs84.Factory.CreatePolygon([new(90, 27), new(91, 28), new(91, 27), new(90, 28), new(90, 27)]);
        var inside = exposure.PeopleWithin(bow);
        Assert.Equal(["east", "west"], inside.Places.Select(place => place.Id));
        Assert.InRange(inside.People, 7 * 45, 7 * 55);
        Assert.InRange(Assert.Single(inside.Roads!).Km, 98, 99);

        var twice = Wgs84.Factory.CreateMultiPolygon([Box(90, 27, 90.6, 28), Box(90.4, 27, 91, 28)]);
        Assert.Equal(700, exposure.PeopleWithin(twice).People);
        Assert.InRange(Assert.Single(exposure.PeopleWithin(twice).Roads!).Km, 98, 99);
    }

    [Theory]
    [InlineData("\"restricted\":true,", "", 0)]
    [InlineData("\"restricted\":\"no, not at all\",", "", 0)]
    [InlineData("\"restricted\":false,", "", 1)]
    [InlineData("", ",\"restricted\":1", 0)]
    [InlineData("", "", 1)]
    public void A_site_is_open_unless_its_file_says_anything_but_no(string ofAll, string ofOne, int open)
    {
        using var district = new MadeDistrict().Write("depots.geojson", $$$"""{"type":"FeatureCollection",{{{ofAll}}}"features":[{"type":"Feature","properties":{"kind":"Depot"{{{ofOne}}}},"geometry":{"type":"Point","coordinates":[90.5,27.5]}}]}""");
        var data = district.Read();
        Assert.Equal((1, open), (data.Sites.Count, data.OpenSites.Count()));
    }

    [Fact]
    public void A_road_that_is_to_be_restricted_is_refused_because_roads_are_shown_to_everybody()
    {
        using var district = new MadeDistrict().Write("roads.geojson", MadeDistrict.Roads.Replace("\"completeFor\"", "\"restricted\":true,\"completeFor\"", StringComparison.Ordinal));
        var data = district.Read();
        Assert.Empty(data.Roads);
        Assert.StartsWith("It is a road and restricted", data.Files[0].Refused[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Roads_are_cut_at_the_border_and_at_holes_and_pieces_of_a_long_road_count_once()
    {
        var corners = string.Join(',', Enumerable.Range(0, 1001).Select(i => FormattableString.Invariant($"[{89 + (i * 0.003):0.###},{27.5 + (0.001 * (i % 2)):0.###}]")));
        using var district = new MadeDistrict().Write("roads.geojson", $$$"""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"class":"track"},"geometry":{"type":"LineString","coordinates":[{{{corners}}}]}}]}""");
        var exposure = district.With();
        var whole = Assert.Single(exposure.PeopleWithin(Box(88, 27, 93, 28)).Roads!).Km;
        var west = Assert.Single(exposure.PeopleWithin(Box(88, 27, 90.5, 28)).Roads!).Km;
        var east = Assert.Single(exposure.PeopleWithin(Box(90.5, 27, 93, 28)).Roads!).Km;
        var holed = Wgs84.Factory.CreatePolygon(Box(88, 27, 93, 28).Shell, [Box(90, 27.2, 91, 27.8).Shell]);
        Assert.InRange(whole, 315.8, 316.4); // A thousand steps of 0.2959 km east and 0.1112 km north or south.
        Assert.InRange(whole - west - east, -0.15, 0.15);
        Assert.InRange(Assert.Single(exposure.PeopleWithin(holed).Roads!).Km + Assert.Single(exposure.PeopleWithin(Box(90, 27.2, 91, 27.8)).Roads!).Km - whole, -0.15, 0.15);
    }

    private static Polygon Box(double west, double south, double east, double north) => (Polygon)Wgs84.Factory.ToGeometry(new Envelope(west, east, south, north));
}
