using Resilience.Observations.Bulletins;

namespace Resilience.Tests.Observations.Bulletins;

/// <summary>Shaking by magnitude and distance.</summary>
public sealed class FeltAreaTest
{
    /// <summary>Worked by hand from the published coefficients: M 6, 10 km: Rm = −0.209 + 2.042 e = 5.342; √(100 + 28.53) = 11.337; 2.085 + 8.568 − 1.402 × 2.4281.</summary>
    [Theory]
    [InlineData(6.0, 10, 7.249)]
    [InlineData(7.0, 100, 5.663)] // beyond 50 km: Rm = 14.879; √(10000 + 221.4) = 101.10; 2.085 + 9.996 − 1.402 × 4.6161 + 0.078 × 0.6931
    public void Intensity_follows_the_published_equation(double magnitude, double km, double intensity) =>
        Assert.Equal(intensity, FeltArea.Intensity(magnitude, km), 0.002);

    /// <summary>The USGS's ShakeMap had 6.7 as the most on land, its witnesses 6.5: the epicentre lay in the sea, some ten kilometres off.</summary>
    [Fact]
    public void The_Hualien_earthquake_of_2018_comes_out_within_an_intensity_of_what_was_felt() =>
        Assert.InRange(FeltArea.Intensity(6.4, Math.Sqrt((10.64 * 10.64) + (15 * 15))), 5.7, 7.7);

    [Fact]
    public void The_radius_is_where_the_intensity_is_reached_and_never_shrinks_with_magnitude()
    {
        for (var depth = 5.0; depth < 300; depth *= 2.7)
        {
            var before = 0.0;
            for (var magnitude = 2.0; magnitude <= 9.5; magnitude += 0.25)
            {
                var radius = FeltArea.RadiusKm(magnitude, depth, FeltArea.Felt);
                Assert.True(radius >= before, $"M {magnitude} at {depth} km");
                if (radius is > 0 and < 999)
                {
                    Assert.Equal(FeltArea.Felt, FeltArea.Intensity(magnitude, Math.Sqrt((radius * radius) + (depth * depth))), 0.02);
                }

                before = radius;
            }
        }

        Assert.Equal(0, FeltArea.RadiusKm(3.9, 10, FeltArea.Felt));
    }

    [Fact]
    public void A_blast_at_the_surface_shakes_no_town()
    {
        Assert.Equal(0, FeltArea.RadiusKm(1.7, -1.5, FeltArea.Felt));
        Assert.InRange(FeltArea.AtEpicentre(4, -1.5), 4, FeltArea.Damaging);
        Assert.Equal(FeltArea.AtEpicentre(5, 5), FeltArea.AtEpicentre(5, 0));
    }
}
