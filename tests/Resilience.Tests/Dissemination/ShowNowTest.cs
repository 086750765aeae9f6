using Resilience.Dissemination.Geotargeting;
using Resilience.Dissemination.Rendering;
using Resilience.Warnings;

namespace Resilience.Tests.Dissemination;

/// <summary>Where somebody stands towards an alert.</summary>
public sealed class ShowNowTest
{
    [Theory]
    [InlineData(89.90, 27.48, true, 0, 0)]
    [InlineData(89.954, 27.48, true, 0, 0)]
    [InlineData(90.06, 27.48, false, 10, 13)]
    [InlineData(89.90, 28.00, false, 52, 55)]
    [InlineData(-70, -30, false, 1000, 20_100)]
    public void Inside_near_or_far(double longitude, double latitude, bool inside, double atLeastKm, double atMostKm)
    {
        var seen = ShowNow.Describe(SampleAlert.Of(), Cell.Of(longitude, latitude), "en");

        Assert.Equal(inside, seen.Inside);
        Assert.InRange(seen.Km, atLeastKm, atMostKm);
    }

    [Fact]
    public void The_words_are_in_the_language_wanted_or_else_in_one_there_is()
    {
        var alert = SampleAlert.Of(texts: [SampleAlert.English, new AlertText("ne", "बाढी", "x", "x"), new AlertText("dz", "", "", "")]);

        Assert.Equal("बाढी", ShowNow.Describe(alert, Cell.Of(89.9, 27.48), "ne-NP").Headline);
        Assert.Equal(SampleAlert.English.Headline, ShowNow.Describe(alert, Cell.Of(89.9, 27.48), "dz").Headline);
        Assert.Equal(["en", "ne"], ShowNow.Describe(alert, Cell.Of(89.9, 27.48), "xx").Languages);
    }
}
