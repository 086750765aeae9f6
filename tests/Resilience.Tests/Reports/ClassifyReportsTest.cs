using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Resilience.Core.Chain;
using Resilience.Reports;
using Resilience.Reports.Classifying;
using Resilience.Reports.Collecting;
using Resilience.Storage;
using Resilience.Tests.Kit;
using static Resilience.Tests.Reports.ReportsKit;

namespace Resilience.Tests.Reports;

/// <summary>From post to classified, located report on the coordinators' map, and off it again.</summary>
public sealed class ClassifyReportsTest
{
    private const string Trapped = "URGENT: family of six trapped on the roof in Aluva, Kerala, water still rising, please send a boat and food #KeralaFloods";

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_cry_for_help_becomes_a_located_report_on_the_map(Engine engine)
    {
        await using var test = await WithSourceAsync(engine, RegisterSource.MastodonTimeline);
        await IngestAsync(test, Post("1", Trapped, "pema"));
        await test.SweepAsync();

        var report = await test.Get<ReportQueries>().GetAsync(IngestPosts.IdOf("s", "1"), CancellationToken.None);
        Assert.True(report.Informative);
        Assert.Equal(Categories.RequestsOrNeeds, report.Category);
        Assert.StartsWith("Alu", report.PlaceName, StringComparison.Ordinal);
        Assert.InRange(report.Location!.Coordinate.Y, 9.9, 10.3);
        await using var db = test.Store.Read<ReportsDb>();
        Assert.Equal("", (await db.Posts.SingleAsync()).Text);

        var feature = Assert.Single(await Layer(test).ListChangedSinceAsync(0, CancellationToken.None));
        var properties = JsonDocument.Parse(feature.Json).RootElement.GetProperty("properties");
        Assert.Equal("Source", properties.GetProperty("source").GetString());
        Assert.Equal(report.ModelVersion, properties.GetProperty("model").GetString());
        Assert.DoesNotContain("pema", feature.Json.ToString(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_post_leaves_the_map_after_two_days_and_its_text_after_two_weeks(Engine engine)
    {
        await using var test = await WithSourceAsync(engine, RegisterSource.MastodonTimeline);
        await IngestAsync(test, Post("1", Trapped));
        await test.SweepAsync();
        var seen = (await Layer(test).ListChangedSinceAsync(0, CancellationToken.None))[0].Version;

        test.Clock.Advance(TimeSpan.FromHours(49));
        await test.Get<ForgetOldPosts>().RunAsync(CancellationToken.None);
        Assert.Empty(await Layer(test).ListChangedSinceAsync(0, CancellationToken.None));
        Assert.True(Assert.Single(await Layer(test).ListChangedSinceAsync(seen, CancellationToken.None)).Removed);
        Assert.NotEqual("", (await test.Get<ReportQueries>().GetAsync(IngestPosts.IdOf("s", "1"), CancellationToken.None)).Text);

        test.Clock.Advance(TimeSpan.FromDays(13));
        await test.Get<ForgetOldPosts>().RunAsync(CancellationToken.None);
        Assert.Equal("", (await test.Get<ReportQueries>().GetAsync(IngestPosts.IdOf("s", "1"), CancellationToken.None)).Text);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Chatter_that_names_no_place_stays_off_the_map(Engine engine)
    {
        await using var test = await WithSourceAsync(engine, RegisterSource.MastodonTimeline);
        await IngestAsync(test, Post("1", "lol i love my new phone so much haha follow me"));
        await test.SweepAsync();

        var report = await test.Get<ReportQueries>().GetAsync(IngestPosts.IdOf("s", "1"), CancellationToken.None);
        Assert.Equal((false, Categories.NotHumanitarian, false), (report.Informative, report.Category, report.OnMap));
        Assert.Empty(await Layer(test).ListChangedSinceAsync(0, CancellationToken.None));
    }

    private static IMapLayer Layer(TestStore test) => ((IEnumerable<IMapLayer>)test.Services.GetService(typeof(IEnumerable<IMapLayer>))!).Single(layer => layer.Name == ReportLayers.Posts);

    private static Task<Ingested> IngestAsync(TestStore test, params RawPost[] posts) => test.Get<IngestPosts>().IngestAsync("s", posts, CancellationToken.None);
}
