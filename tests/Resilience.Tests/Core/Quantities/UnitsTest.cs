using Resilience.Core.Quantities;

namespace Resilience.Tests.Core.Quantities;

public class UnitsTest
{
    // The defining points of the scales (NIST SP 811, appendix B.8) and exact definitions of mile and nautical mile.
    [Theory]
    [InlineData(32, "degF", 0, "°C")]
    [InlineData(212, "degF", 100, "°C")]
    [InlineData(-40, "°F", -40, "°C")]
    [InlineData(273.15, "K", 0, "°C")]
    [InlineData(1, "kn", 0.514444, "m/s")]
    [InlineData(1, "mph", 0.44704, "m/s")]
    [InlineData(36, "km/h", 10, "m/s")]
    [InlineData(101_325, "Pa", 1013.25, "hPa")]
    [InlineData(101.325, "kPa", 1013.25, "hPa")]
    [InlineData(250, "l/s", 0.25, "m³/s")]
    public void Heat_wind_and_pressure_come_out_in_the_units_the_chain_reasons_in(double value, string unit, double expected, string canonical)
    {
        Assert.True(Units.TryToCanonical(value, unit, out var converted, out var canonicalUnit));
        Assert.Equal(expected, converted, 6);
        Assert.Equal(canonical, canonicalUnit);
    }

    [Theory]
    [InlineData("degF")]
    [InlineData("°F")]
    [InlineData("K")]
    [InlineData("furlong")]
    public void A_unit_with_another_zero_and_an_unknown_one_have_no_factor(string unit)
    {
        Assert.False(Units.TryFactor(unit, out var factor, out _));
        Assert.True(double.IsNaN(factor));
    }

    [Fact]
    public void A_foot_is_0_3048_metres()
    {
        Assert.True(Units.TryFactor("ft", out var factor, out var canonical));
        Assert.Equal((0.3048, "m"), (factor, canonical));
    }
}
