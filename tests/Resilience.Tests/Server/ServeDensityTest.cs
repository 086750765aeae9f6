using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core.Chain;
using Resilience.Reports.Density;
using Resilience.Storage;
using Resilience.Tests.Reports.Density;

namespace Resilience.Tests.Server;

/// <summary>The density of reports over HTTP, without an account: as an OGC collection, and at another moment.</summary>
public sealed class ServeDensityTest
{
    [Fact]
    public async Task Everybody_may_read_how_many_report_from_where_and_nothing_of_who()
    {
        await using var server = await ServerUnderTest.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        var hour = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        // The server may have counted this hour already: its mark is taken off.
        var store = server.App.Services.GetRequiredService<Store>();
        await DensityKit.ReportAsync(store, hour.AddMinutes(-10), Enumerable.Range(0, 7).Select(number => $"secret-{number}"));
        await DensityKit.ReportAsync(store, hour.AddMinutes(-10), Enumerable.Range(0, 4).Select(number => $"lonely-{number}"), where: (0, 0, 5));
        await using (var step = await store.BeginAsync<Resilience.Reports.ReportsDb>(default))
        {
            step.Db.DensitySteps.RemoveRange(step.Db.DensitySteps.ToList());
            await step.CommitAsync(default);
        }

        await server.App.Services.GetServices<IRecurringWork>().OfType<PublishDensity>().Single().RunAsync(default);
        var cells = default(JsonElement);
        var patience = Stopwatch.StartNew();
        do
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), "The cell never came.");
            using var answer = await server.Client.GetAsync("/ogc/collections/report-density/items");
            cells = answer.IsSuccessStatusCode ? (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("features") : default;
            await Task.Yield();
        }
        while (cells.ValueKind != JsonValueKind.Array || cells.GetArrayLength() == 0);

        var cell = Assert.Single(cells.EnumerateArray());
        Assert.Equal((5, 9), (cell.GetProperty("properties").GetProperty("atLeast").GetInt32(), cell.GetProperty("properties").GetProperty("atMost").GetInt32()));
        Assert.DoesNotContain("secret", cell.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("7", cell.GetProperty("properties").GetProperty("parts").GetRawText(), StringComparison.Ordinal);
        async Task<int> AtAsync(DateTimeOffset at) =>
            (await server.Client.GetFromJsonAsync<JsonElement>($"/map/at?time={at:yyyy-MM-ddTHH:mm:ssZ}")).GetProperty("layers").GetProperty("reports.density").GetProperty("features").GetArrayLength();
        Assert.Equal((0, 1, 1, 0), (await AtAsync(hour.AddMinutes(-5)), await AtAsync(hour), await AtAsync(hour.AddHours(5)), await AtAsync(hour.AddHours(6))));
    }
}
