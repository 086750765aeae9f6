using NetTopologySuite.Geometries;
using Resilience.Core.Geography;
using Resilience.Risk.Exposing;

namespace Resilience.Tests.Risk;

/// <summary>Who is hit, by administrative unit.</summary>
public sealed class AffectedUnitsTest
{
    [Fact]
    public void People_and_sites_of_an_area_over_a_border_are_told_apart_and_nobody_is_lost_or_counted_twice()
    {
        var exposed = Geodata.Exposure.PeopleWithin(Wgs84.Circle(new Coordinate(-89.75, 30.75), 40_000)) with
        {
            Sites = [new ExposedSite("a", "Picayune", "Airport", -89.703, 30.487), new ExposedSite("b", "Bogalusa", "Airport", -89.865, 30.814), new ExposedSite("c", "Sea", "Airport", 0, 0)],
        };
        var units = AffectedUnits.Of(exposed, Geodata.Gazetteer);
        Assert.Equal(exposed.People, units.Sum(unit => unit.People));
        Assert.Equal(exposed.Places.Count, units.Sum(unit => unit.Places));
        Assert.Equal([("", "", 1), ("US", "Louisiana", 1), ("US", "Mississippi", 1)], units.Select(unit => (unit.Country, unit.Unit, unit.Sites)).Order());
        Assert.All(units.Where(unit => unit.Country == "US"), unit => Assert.True(unit.People > 10_000, unit.ToString()));
        Assert.Equal(units.Max(unit => unit.People), units[0].People);
    }

    [Fact]
    public void A_place_belongs_to_its_own_unit_even_where_another_place_is_nearer()
    {
        var bogalusa = Geodata.Gazetteer.FindByName("Bogalusa")[0];
        var place = new ExposedPlace(bogalusa.Id, bogalusa.Name, 10, -89.2903, 31.3271);
        Assert.Equal("Louisiana", Assert.Single(AffectedUnits.Of(new ExposureCount(10, [place], []), Geodata.Gazetteer)).Unit);
    }
}
