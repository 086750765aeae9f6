using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Dissemination;
using Resilience.Dissemination.Answering;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Dissemination;

/// <summary>A call for help is taken once, kept exactly, and forgotten in time.</summary>
public sealed class ReceiveAnswerTest
{
    private static readonly AnswerRequest Help = new("0123456789abcdef", AnswerKind.NeedHelp, Need.Medical, 89.9012345, 27.4876543, "the red house", "insulin", null);

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_same_answer_again_is_the_same_answer(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        var first = await ReceiveAsync(reach, Help);
        reach.Test.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(first, await ReceiveAsync(reach, Help));
        Assert.Equal(1, await CountHandedOverAsync(reach));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_answer_that_comes_many_times_at_once_is_one(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ReceiveAsync(reach, Help)));

        Assert.Single(receipts.Distinct());
        Assert.Equal(1, await CountHandedOverAsync(reach));
    }

    [Fact]
    public async Task Exact_for_whoever_must_be_found_coarse_for_whoever_is_safe()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite, OperatingMode.Replay);
        var queries = reach.Test.Get<AnswerQueries>();
        var help = await queries.GetAsync((await ReceiveAsync(reach, Help)).Id, CancellationToken.None);
        var safe = await queries.GetAsync((await ReceiveAsync(reach, Help with { Key = "fedcba9876543210", Kind = AnswerKind.Safe, Need = null })).Id, CancellationToken.None);

        Assert.Equal((89.9012345, 27.4876543), (help.Longitude, help.Latitude));
        Assert.Equal((89.905, 27.485), (Math.Round(safe.Longitude, 9), Math.Round(safe.Latitude, 9)));
        Assert.True(help.Exercise);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Answers_are_forgotten_after_their_time(Engine engine)
    {
        await using var reach = await Reach.OpenAsync(engine);
        var old = await ReceiveAsync(reach, Help);
        reach.Test.Clock.Advance(TimeSpan.FromDays(29));
        var young = await ReceiveAsync(reach, Help with { Key = "another-key-of-16" });
        reach.Test.Clock.Advance(TimeSpan.FromDays(2));

        await reach.Test.Get<ForgetAnswers>().RunAsync(CancellationToken.None);

        Assert.Null(await reach.Test.Get<AnswerQueries>().FindAsync(old.Id, CancellationToken.None));
        Assert.NotNull(await reach.Test.Get<AnswerQueries>().FindAsync(young.Id, CancellationToken.None));
    }

    [Fact]
    public async Task A_call_for_help_is_refused_last()
    {
        await using var reach = await Reach.OpenAsync(Engine.Sqlite, settings: ("Dissemination:Limits:AtOnce", "1"));
        await ReceiveAsync(reach, Help with { Key = "safe-number-00001", Kind = AnswerKind.Safe, Need = null });
        await Assert.ThrowsAsync<RefusalException>(() => ReceiveAsync(reach, Help with { Key = "safe-number-00002", Kind = AnswerKind.Safe, Need = null }));

        for (var i = 0; i < 10; i++)
        {
            await ReceiveAsync(reach, Help with { Key = $"help-number-{i:00000}" });
        }
    }

    [Theory]
    [InlineData("dissemination.no-key", "short", AnswerKind.Safe, null, 0.0)]
    [InlineData("dissemination.no-position", "0123456789abcdef", AnswerKind.Safe, null, 181.0)]
    [InlineData("dissemination.need", "0123456789abcdef", AnswerKind.NeedHelp, null, 0.0)]
    [InlineData("dissemination.need", "0123456789abcdef", AnswerKind.Safe, Need.Food, 0.0)]
    public void What_makes_no_sense_is_refused(string code, string key, AnswerKind kind, Need? need, double longitude) => Assert.Equal(
        code, Assert.Throws<RefusalException>(() => ReceiveAnswer.Decide(new AnswerRequest(key, kind, need, longitude, 0, "", "", null), OperatingMode.Live, TestStore.Begin)).Code);

    private static Task<AnswerReceipt> ReceiveAsync(Reach reach, AnswerRequest request) => reach.Test.Get<ReceiveAnswer>().HandleAsync(request, Reach.From("198.51.100.7"), CancellationToken.None);

    private static async Task<int> CountHandedOverAsync(Reach reach)
    {
        await using var db = reach.Test.Store.Read<DisseminationDb>();
        return (await db.Database.SqlQuery<int>($"SELECT CAST(COUNT(*) AS integer) AS \"Value\" FROM storage_handed_over WHERE link = 'Test.Relief'").ToListAsync())[0];
    }
}
