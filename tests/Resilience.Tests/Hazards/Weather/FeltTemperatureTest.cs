using Resilience.Hazards.Weather;

namespace Resilience.Tests.Hazards.Weather;

public class FeltTemperatureTest
{
    private static double C(double fahrenheit) => (fahrenheit - 32) / 1.8;

    // The chart of the US National Weather Service ("Heat Index", weather.gov/safety/heat-index), whole degrees Fahrenheit.
    [Theory]
    [InlineData(80, 40, 80)]
    [InlineData(90, 50, 95)]
    [InlineData(90, 60, 100)]
    [InlineData(96, 65, 121)]
    [InlineData(100, 40, 109)]
    [InlineData(100, 50, 118)]
    public void The_heat_index_is_that_of_the_weather_services_chart(double fahrenheit, double humidity, double index) =>
        Assert.Equal(C(index), HeatIndex.Of(C(fahrenheit), humidity).Value!.Value, C(index + 0.75) - C(index));

    [Fact]
    public void Outside_its_range_the_heat_index_is_refused_with_a_reason()
    {
        Assert.All(
            [HeatIndex.Of(26, 50), HeatIndex.Of(35, null), HeatIndex.Of(35, 101), HeatIndex.Of(double.NaN, 50), HeatIndex.Of(45, 30)],
            felt => Assert.True(felt is { Value: null, Reason: not null }));
        Assert.NotNull(HeatIndex.Of(45, 30).AtLeast);
    }

    // Environment Canada, "Wind Chill Calculation Chart" (msc.ec.gc.ca/education/windchill/windchill_chart_e.cfm as archived by Library and Archives Canada on 2006-02-08):
    // whole degrees for +5 to −50 °C in steps of five.
    [Theory]
    [InlineData(5, new[] { 4, -2, -7, -13, -19, -24, -30, -36, -41, -47, -53, -58 })]
    [InlineData(20, new[] { 1, -5, -12, -18, -24, -30, -37, -43, -49, -56, -62, -68 })]
    [InlineData(40, new[] { -1, -7, -14, -21, -27, -34, -41, -48, -54, -61, -68, -74 })]
    [InlineData(80, new[] { -3, -10, -17, -24, -31, -38, -45, -52, -60, -67, -74, -81 })]
    public void The_wind_chill_is_that_of_Environment_Canadas_chart(double kilometresPerHour, int[] chart) =>
        Assert.Equal(chart, Enumerable.Range(0, 12).Select(i => (int)Math.Round(WindChill.Of(5 - (5 * i), kilometresPerHour / 3.6).Value!.Value)));

    [Fact]
    public void Without_wind_the_air_itself_is_certain_and_wind_never_makes_it_warmer()
    {
        Assert.Equal(new FeltTemperature(null, "no wind was observed within the hour", -25), WindChill.Of(-25, null));
        Assert.Equal(-25, WindChill.Of(-25, 1).Value);
        Assert.Null(WindChill.Of(12, 5).Value);
        for (var t = -50.0; t <= 10; t++)
        {
            var felt = Enumerable.Range(0, 27).Select(v => WindChill.Of(t, v).Value!.Value).ToArray();
            Assert.All(felt.Zip(felt.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1e-9));
        }
    }

    [Fact]
    public void More_warmth_never_lowers_the_heat_index_of_humid_air()
    {
        for (var humidity = 40; humidity <= 100; humidity += 5)
        {
            var felt = Enumerable.Range(0, 100).Select(i => HeatIndex.Of(HeatIndex.Coolest + (i * 0.1), humidity).Value).OfType<double>().ToArray();
            Assert.All(felt.Zip(felt.Skip(1)), pair => Assert.True(pair.Second >= pair.First - 0.3));
        }
    }
}
