using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core.Chain;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Warnings.Issuing;

namespace Resilience.Tests.Warnings;

/// <summary>The alerts of another moment: those people were to act on then, as the live map showed them.</summary>
public sealed class PastAlertsTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_alerts_of_a_past_moment_are_those_the_live_map_showed_then(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        var test = desk.Test;
        var shown = new List<(DateTimeOffset At, List<string> Live)>();
        async Task RememberAsync()
        {
            await test.Services.GetServices<IRecurringWork>().OfType<ExpireAlerts>().Single().RunAsync(default);
            shown.Add((test.Clock.GetUtcNow(), Texts(await LiveAsync(test))));
            test.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        await RememberAsync();
        var first = await desk.IssueAsync();
        await RememberAsync();
        var update = await desk.ApproveAsync(await desk.SubmitAsync(await desk.UpdateOfAsync(first, Desk.Dechen), Desk.Dechen), Desk.Karma);
        await RememberAsync();
        await desk.CancelAsync(update, Desk.Karma);
        await RememberAsync();
        var last = await desk.IssueAsync();
        await RememberAsync();
        test.Clock.Advance(last.Expires - test.Clock.GetUtcNow());
        await RememberAsync();

        Assert.Equal([0, 1, 1, 0, 1, 0], shown.Select(one => one.Live.Count));
        Assert.Equal(3, shown.SelectMany(one => one.Live).Distinct().Count());
        foreach (var (at, live) in shown)
        {
            Assert.Equal(live, Texts(await AtAsync(test, at)));
            Assert.Equal(live, Texts(await AtAsync(test, at.AddMinutes(19))));
        }
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_alert_in_force_stands_ahead_until_it_expires_and_not_before_it_was_sent(Engine engine)
    {
        await using var desk = await Desk.OpenAsync(engine);
        desk.Test.Clock.Advance(TimeSpan.FromHours(1));
        var alert = await desk.IssueAsync();

        Assert.Empty(await AtAsync(desk.Test, alert.Sent.AddSeconds(-1)));
        Assert.Equal(["Flood"], (await AtAsync(desk.Test, alert.Sent)).Select(Event));
        Assert.Equal(["Flood"], (await AtAsync(desk.Test, alert.Expires.AddSeconds(-1))).Select(Event));
        Assert.Empty(await AtAsync(desk.Test, alert.Expires));
    }

    private static string? Event(MapFeature feature)
    {
        using var json = JsonDocument.Parse(feature.Json);
        return json.RootElement.GetProperty("properties").GetProperty("event").GetString();
    }

    private static Task<IReadOnlyList<MapFeature>> AtAsync(TestStore test, DateTimeOffset at) =>
        test.Services.GetServices<IMapHistory>().Single(history => history.Name == AlertRows.Layer).ListAtAsync(at, test.Clock.GetUtcNow(), default);

    private static Task<IReadOnlyList<MapFeature>> LiveAsync(TestStore test) =>
        test.Services.GetServices<IMapLayer>().Single(layer => layer.Name == AlertRows.Layer).ListChangedSinceAsync(0, default);

    private static List<string> Texts(IReadOnlyList<MapFeature> features) => [.. features.Select(feature => Encoding.UTF8.GetString(feature.Json.Span))];
}
