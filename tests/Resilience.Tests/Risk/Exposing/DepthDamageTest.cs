using Resilience.Core.Geography;
using Resilience.Risk.Impact;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Risk.Exposing;

/// <summary>The published functions, read off at their own points, between them and beyond.</summary>
public sealed class DepthDamageTest
{
    private static readonly DepthDamage Damage = DepthDamage.Read(new GeodataDirectory(Repository.Path("geodata")));

    [Theory]
    [InlineData("BT", "Asia", 0, 0, 0)]
    [InlineData("BT", "Asia", 1, 0.494, 0.538)]
    [InlineData("BT", "Asia", 2.5, 0.7955, 0.823)]
    [InlineData("GB", "Europe", 0.5, 0.25, 0.15)]
    [InlineData("US", "North America", 0.05, 0.202, 0.018)]
    [InlineData("BR", "Central and South America", 4, 1, 1)]
    [InlineData("AU", "Oceania", 40, 1, 1)]
    public void A_depth_is_read_off_the_curve_of_the_continent(string country, string region, double depth, double homes, double commerce)
    {
        var damage = Damage.At(depth, country)!;
        Assert.Equal(region, damage.Region);
        Assert.Equal([("residential", homes), ("commercial", commerce)], damage.Curves.Select(curve => (curve.Use, Math.Round(curve.Share, 4))), (a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 0.0006);
    }

    [Fact]
    public void Where_no_curve_was_published_none_is_made_up()
    {
        Assert.Equal(["residential"], Damage.At(1, "KE")!.Curves.Select(curve => curve.Use));
        Assert.Null(Damage.At(1, "AQ"));
    }

    [Theory]
    [InlineData("BT"), InlineData("KE"), InlineData("US"), InlineData("FR"), InlineData("PG"), InlineData("PE")]
    public void Deeper_water_never_destroys_less(string country) => Assert.All(Damage.At(1, country)!.Curves, curve =>
    {
        Assert.Equal(curve.Depths.Count, curve.Shares.Count);
        Assert.Equal(curve.Depths.Order(), curve.Depths);
        Assert.Equal(curve.Shares.Order(), curve.Shares);
        Assert.All(curve.Shares, share => Assert.InRange(share, 0, 1));
    });

    [Fact]
    public void Every_country_of_the_gazetteer_has_its_curves_but_for_three_where_only_researchers_stay() =>
        Assert.Equal(["AQ", "GS", "TF"], Geodata.Gazetteer.Places.Where(place => place.Population > 0).Select(place => place.CountryCode).Distinct().Where(country => Damage.At(1, country) is null).Order());
}
