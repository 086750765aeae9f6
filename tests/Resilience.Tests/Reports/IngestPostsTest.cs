using Microsoft.EntityFrameworkCore;
using Resilience.Reports;
using Resilience.Reports.Collecting;
using Resilience.Storage;
using Resilience.Tests.Kit;
using static Resilience.Tests.Reports.ReportsKit;

namespace Resilience.Tests.Reports;

/// <summary>Every post is taken in once, without its author's name, and leaves when its author wants it to.</summary>
public sealed class IngestPostsTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_same_posts_twice_change_nothing(Engine engine)
    {
        await using var test = await WithSourceAsync(engine, RegisterSource.MastodonTimeline);
        RawPost[] posts = [Post("1", "Bridge is gone"), Post("2", "Water rising"), Post("2", "Water rising")];

        Assert.Equal(new Ingested(2, 1, 0, 0), await IngestAsync(test, posts));
        Assert.Equal(new Ingested(0, 3, 0, 0), await IngestAsync(test, posts));
        Assert.Equal(2, await test.SweepAsync());
        Assert.Equal(new Ingested(0, 3, 0, 0), await IngestAsync(test, posts));
        Assert.Equal(0, await test.SweepAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task No_handle_is_stored_and_one_author_has_one_origin(Engine engine)
    {
        await using var test = await WithSourceAsync(engine, RegisterSource.MastodonTimeline);
        await IngestAsync(test, Post("1", "thanks @Sonam@social.bt and tashi@example.bt", "Pema"), Post("2", "again", "pema"), Post("3", "other", "Dorji"), Post("4", "nobody"));

        await using var db = test.Store.Read<ReportsDb>();
        var rows = await db.Posts.ToListAsync();
        var byText = rows.ToDictionary(row => row.Text, row => row.OriginId);
        Assert.Equal("", byText["nobody"]);
        Assert.Equal(byText["again"], byText["thanks @user and @user"]);
        Assert.NotEqual(byText["again"], byText["other"]);
        Assert.All(rows, row => Assert.DoesNotContain("pema", $"{row.OriginId}{row.Text}", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_deleted_post_loses_its_text_and_never_comes_back(Engine engine)
    {
        await using var test = await WithSourceAsync(engine, RegisterSource.MastodonTimeline);
        var post = Post("1", "My brother died when the bridge collapsed in the flood, many killed", "pema");
        await IngestAsync(test, post);
        await test.SweepAsync();
        var queries = test.Get<ReportQueries>();
        var id = IngestPosts.IdOf("s", "1");
        Assert.NotEqual("", (await queries.GetAsync(id, CancellationToken.None)).Text);

        Assert.Equal(1, (await IngestAsync(test, new RawPost("1", default, "", Kind: RawPostKind.Deleted))).Deleted);
        await IngestAsync(test, post);
        await test.SweepAsync();

        var report = await queries.GetAsync(id, CancellationToken.None);
        Assert.Equal(("", false), (report.Text, report.OnMap));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_deletion_that_comes_before_its_post_is_remembered(Engine engine)
    {
        await using var test = await WithSourceAsync(engine, RegisterSource.MastodonTimeline);
        await IngestAsync(test, new RawPost("1", default, "", Kind: RawPostKind.Deleted));

        Assert.Equal(0, (await IngestAsync(test, Post("1", "late"))).Stored);
        Assert.Equal(0, await test.SweepAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task When_an_account_goes_all_its_posts_go(Engine engine)
    {
        await using var test = await WithSourceAsync(engine, RegisterSource.MastodonTimeline);
        await IngestAsync(test, Post("1", "one", "pema"), Post("2", "two", "pema"), Post("3", "three", "dorji"));

        Assert.Equal(2, (await IngestAsync(test, new RawPost("x", default, "", Author: "PEMA", Kind: RawPostKind.AuthorGone))).Deleted);
        Assert.Equal(1, await SweptReportsAsync(test));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_cannot_be_true_is_put_aside_with_its_reason(Engine engine)
    {
        await using var test = await WithSourceAsync(engine, RegisterSource.MastodonTimeline);
        var ingested = await IngestAsync(
            test,
            new RawPost("1", TestStore.Begin.AddHours(1), "tomorrow"), new RawPost("2", TestStore.Begin.AddDays(-31), "long ago"),
            new RawPost("3", default, "never"), new RawPost("", TestStore.Begin, "nameless"), new RawPost("5", TestStore.Begin, "  "));

        Assert.Equal(new Ingested(0, 0, 0, 5), ingested);
        await using var db = test.Store.Read<ReportsDb>();
        Assert.Equal(["future", "too-old", "no-time", "no-id", "no-text"], await db.Quarantine.OrderBy(row => row.Id).Select(row => row.Reason).ToListAsync());
        Assert.Equal(5, (await db.Sources.SingleAsync()).Quarantined);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_recordings_times_are_shifted_to_now(Engine engine)
    {
        var real = new DateTimeOffset(2018, 8, 15, 6, 0, 0, TimeSpan.Zero);
        var shift = TestStore.Begin.AddMinutes(-1) - real;
        await using var test = await WithSourceAsync(engine, RegisterSource.JsonLinesStream, timeShift: shift);
        await IngestAsync(test, new RawPost("1", real, "Aluva needs boats"));

        await using var db = test.Store.Read<ReportsDb>();
        var post = await db.Posts.SingleAsync();
        Assert.Equal((TestStore.Begin.AddMinutes(-1), (long)shift.TotalSeconds), (post.PostedAt, post.ShiftSeconds));
    }

    private static Task<Ingested> IngestAsync(TestStore test, params RawPost[] posts) => test.Get<IngestPosts>().IngestAsync("s", posts, CancellationToken.None);

    private static async Task<int> SweptReportsAsync(TestStore test)
    {
        await test.SweepAsync();
        await using var db = test.Store.Read<ReportsDb>();
        return await db.Reports.CountAsync();
    }
}
