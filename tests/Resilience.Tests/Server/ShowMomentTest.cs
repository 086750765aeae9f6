using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Resilience.Tests.Server;

/// <summary>The map of another moment over HTTP.</summary>
public sealed class ShowMomentTest
{
    [Fact]
    public async Task The_map_of_a_moment_has_every_public_layer_and_no_other()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var past = await server.Client.GetFromJsonAsync<JsonElement>("/map/at?time=2026-01-01T00:00:00Z");
        Assert.False(past.GetProperty("ahead").GetBoolean());
        Assert.Equal(
            ["hazards.assessments", "hazards.forecasts", "observations.extents", "observations.feeds", "observations.stations", "risk.zones", "warnings.alerts"],
            past.GetProperty("layers").EnumerateObject().Select(layer => layer.Name).Order());
        Assert.All(past.GetProperty("layers").EnumerateObject(), layer => Assert.Equal("FeatureCollection", layer.Value.GetProperty("type").GetString()));
        var ahead = await server.Client.GetFromJsonAsync<JsonElement>($"/map/at?time={TimeProvider.System.GetUtcNow().AddHours(3):yyyy-MM-ddTHH:mm:ssZ}");
        Assert.True(ahead.GetProperty("ahead").GetBoolean());
    }

    [Theory]
    [InlineData("yesterday", "map.no-time")]
    [InlineData("2999-01-01T00:00:00Z", "map.too-far-ahead")]
    public async Task A_moment_nobody_knows_is_refused(string time, string code)
    {
        await using var server = await ServerUnderTest.StartAsync();
        using var answer = await server.Client.GetAsync($"/map/at?time={time}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }
}
