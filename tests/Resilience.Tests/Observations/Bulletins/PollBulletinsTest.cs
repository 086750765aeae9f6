using System.Text;
using Microsoft.AspNetCore.Http;
using Resilience.Observations;
using Resilience.Observations.Bulletins;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Tests.Observations.Feeds;
using static Resilience.Tests.Observations.ObservationsFixture;

namespace Resilience.Tests.Observations.Bulletins;

/// <summary>Warnings of other authorities arrive once each, whole, and an index that breaks never reads as "nothing to warn of".</summary>
public sealed class PollBulletinsTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_index_of_links_is_followed_once_and_again_when_an_entry_was_updated(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await OpenAsync(engine);
        var updated = "1";
        source.Answer = context => context.Response.WriteAsync(context.Request.Path == "/index"
            ? Index(("one", updated, "/one.xml"), ("two", "1", "two.xml"))
            : Message(context.Request.Path == "/one.xml" ? "one" : "two", updated == "1" ? 0 : 5, 4));
        await test.RegisterAsync(Definition("t", "cap", source.Address + "/index"));
        await PollFeedsTest.PollAsync(test);
        Assert.Equal(["one", "two"], await StandingAsync(test));
        Assert.Equal(2, (await test.HandedOverAsync()).Count);

        await NextAsync(test);
        Assert.Equal(["/index", "/one.xml", "/two.xml", "/index"], source.Requests);

        // Something new behind an entry is fetched when the entry says so.
        updated = "2";
        await NextAsync(test);
        Assert.Equal(["/index", "/one.xml"], source.Requests[4..]);
        Assert.Equal((FeedState.Ok, null), ((await test.FeedAsync()).State, (await test.FeedAsync()).LastError));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_was_put_right_in_a_message_behind_a_link_counts_for_its_feed(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await OpenAsync(engine);
        source.Answer = context => context.Response.WriteAsync(context.Request.Path == "/index"
            ? Index(("one", "1", "/one.xml"), ("two", "1", "/two.xml"))
            : Message(context.Request.Path == "/one.xml" ? "one" : "two", 0, 4, where: "<polygon>30.70,-89.95 30.70,-89.75 30.85,-89.75 30.85,-89.95</polygon>"));
        await test.RegisterAsync(Definition("t", "cap", source.Address + "/index"));
        await PollFeedsTest.PollAsync(test);
        await using var db = test.Store.Read<ObservationsDb>();
        var finding = Assert.Single(db.Findings);
        Assert.Equal(("not-as-standard", 2, "one: polygon is not closed"), (finding.Kind, finding.Times, finding.Before));
        Assert.Equal(2, Assert.Single(db.FeedDays).Repaired);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_message_that_cannot_be_fetched_is_said_and_asked_for_again_while_the_others_arrive(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await OpenAsync(engine);
        var broken = true;
        source.Answer = context =>
        {
            if (context.Request.Path == "/index")
            {
                return context.Response.WriteAsync(Index(("one", "1", "/one.xml"), ("two", "1", "/two.xml"), ("evil", "1", "http://169.254.169.254/latest")));
            }

            context.Response.StatusCode = broken && context.Request.Path == "/one.xml" ? 404 : 200;
            return context.Response.WriteAsync(Message(context.Request.Path == "/one.xml" ? "one" : "two", 0, 4));
        };
        await test.RegisterAsync(Definition("t", "cap", source.Address + "/index"));
        await PollFeedsTest.PollAsync(test);
        Assert.Equal(["two"], await StandingAsync(test));
        Assert.StartsWith("2 of 3 linked warnings could not be read", (await test.FeedAsync()).LastError, StringComparison.Ordinal);
        Assert.Contains("linked-forbidden-link", (await test.QuarantineAsync()).Select(row => row.Reason));

        broken = false;
        await NextAsync(test);
        Assert.Equal(["one", "two"], await StandingAsync(test));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Dead_links_do_not_keep_out_the_warning_behind_them(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await OpenAsync(engine, ("Observations:MaxLinked", "2"));
        source.Answer = context =>
        {
            context.Response.StatusCode = context.Request.Path == "/index" || context.Request.Path == "/alive.xml" ? 200 : 404;
            return context.Response.WriteAsync(context.Request.Path == "/index" ? Index(("a", "1", "/a.xml"), ("b", "1", "/b.xml"), ("c", "1", "/c.xml"), ("d", "1", "/d.xml"), ("alive", "1", "/alive.xml")) : Message("alive", 0, 40));
        };
        await test.RegisterAsync(Definition("t", "cap", source.Address + "/index"));
        for (var poll = 0; poll < 3; poll++)
        {
            Assert.Empty(await StandingAsync(test));
            await PollFeedsTest.PollAsync(test);
            test.Clock.Advance(TimeSpan.FromHours(2)); // a feed of dead links is asked less often
        }

        Assert.Equal(["alive"], await StandingAsync(test));
        Assert.Contains("could not be read", (await test.FeedAsync()).LastError, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_empty_list_is_believed_only_when_nothing_it_named_still_stands(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await OpenAsync(engine);
        source.Serve(Encoding.UTF8.GetBytes(Atom(Message("one", 0, 2))), "\"1\"");
        await test.RegisterAsync(Definition("t", "cap", source.Address));
        await PollFeedsTest.PollAsync(test);
        Assert.Equal(["one"], await StandingAsync(test));

        source.Serve(Encoding.UTF8.GetBytes(Atom()), "\"2\"");
        await NextAsync(test);
        Assert.Contains("lists nothing", (await test.FeedAsync()).LastError, StringComparison.Ordinal);
        Assert.Equal(["one"], await StandingAsync(test));

        test.Clock.Advance(TimeSpan.FromHours(3));
        await PollFeedsTest.PollAsync(test);
        Assert.Equal((FeedState.Ok, null), ((await test.FeedAsync()).State, (await test.FeedAsync()).LastError));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_warning_without_an_end_stands_while_it_is_listed_and_a_day_longer(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await OpenAsync(engine);
        source.Serve(Encoding.UTF8.GetBytes(Atom(Message("one", 0, null))));
        await test.RegisterAsync(Definition("t", "cap", source.Address));
        await PollFeedsTest.PollAsync(test);
        test.Clock.Advance(TimeSpan.FromHours(40));
        await PollFeedsTest.PollAsync(test); // 304: still the same
        Assert.Equal(["one"], await StandingAsync(test));
        test.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(["one"], await StandingAsync(test));
        test.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Empty(await StandingAsync(test));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Messages_end_in_the_same_threads_whatever_their_order_and_however_often_they_come(Engine engine)
    {
        // The names do not tell the order; the times do.
        string[] messages =
        [
            Message("z", 0, 6), Message("m", 1, 6, "Update", "office@example.org,z,2019-06-20T12:00:00-00:00"), Message("p", 2, 6, "Update", "office@example.org,m,2019-06-20T12:01:00-00:00"),
            Message("d", 3, 6), Message("b", 4, 6, "Cancel", "office@example.org,d,2019-06-20T12:03:00-00:00"),
        ];
        string? expected = null;
        for (var seed = 0; seed < (engine == Engine.Sqlite ? 8 : 4); seed++)
        {
            await using var source = await FeedSource.StartAsync();
            await using var test = await OpenAsync(engine);
            await test.RegisterAsync(Definition("t", "cap", source.Address));
            var order = messages.Concat(messages).ToArray();
            new Random(seed).Shuffle(order);
            foreach (var message in order)
            {
                source.Answer = context => context.Response.WriteAsync(Atom(message));
                await NextAsync(test);
            }

            await using var db = test.Store.Read<ObservationsDb>();
            var state = string.Join('\n', db.Bulletins.OrderBy(row => row.Identifier).Select(row => $"{row.Id} {row.Thread} {row.Identifier}")) + "\n" + string.Join(' ', await StandingAsync(test));
            Assert.Equal(expected ??= state, state);
            Assert.EndsWith("\np", state, StringComparison.Ordinal); // of five messages one stands
            Assert.Equal(2, db.Bulletins.Select(row => row.Thread).Distinct().Count());
        }
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Areas_given_by_code_alone_are_found_and_unknown_codes_stay_visible(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await OpenAsync(engine);
        static string Code(string scheme, string value) => $"<geocode><valueName>{scheme}</valueName><value>{value}</value></geocode>";
        source.Answer = context => context.Response.WriteAsync(Atom(
            Message("known", 0, 6, where: Code("ISO3166-2", "BT-15")), Message("unknown", 1, 6, where: Code("EMMA_ID", "AT001")), Message("both", 2, 6, where: Code("FIPS6", "022117") + Code("UGC", "LAZ040"))));
        await test.RegisterAsync(Definition("t", "cap", source.Address));
        await PollFeedsTest.PollAsync(test);
        await using var db = test.Store.Read<ObservationsDb>();
        var rows = db.Bulletins.ToDictionary(row => row.Identifier);
        Assert.InRange(rows["known"].Area!.Centroid.X, 89, 92); // Thimphu
        Assert.Null(rows["unknown"].Area);
        Assert.Equal("[\"EMMA_ID AT001\"]", rows["unknown"].UnknownCodes);
        Assert.InRange(rows["both"].Area!.Centroid.X, -91, -89); // Washington Parish, Louisiana; the forecast zone says the same
        Assert.Equal("[]", rows["both"].UnknownCodes);
    }

    private static Task<TestStore> OpenAsync(Engine engine, params (string, string)[] settings) => TestStore.CreateAsync(
        engine,
        (services, configuration) => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton(services, new Resilience.Core.Geography.GeodataDirectory(Repository.Path("geodata"))).AddObservations(configuration),
        routes =>
        {
            routes.Add(ObservationTopics.Stored, "Test.Take");
            routes.Add(ObservationTopics.BulletinStored, "Test.Take");
        },
        [("Network:AllowedPrivateHosts:0", "127.0.0.1"), ("Observations:RetryDelay", "00:00:00.001"), .. settings]);

    private static async Task NextAsync(TestStore test)
    {
        test.Clock.Advance(TimeSpan.FromMinutes(15));
        await PollFeedsTest.PollAsync(test);
    }

    private static async Task<List<string>> StandingAsync(TestStore test)
    {
        var queries = test.Get<BulletinQueries>();
        var standing = new List<string>();
        foreach (var thread in await queries.ListOpenThreadsAsync(test.Clock.GetUtcNow(), TimeSpan.Zero, default))
        {
            standing.AddRange(JudgeThread.Standing(await queries.ListThreadAsync(thread, default)).Where(one => one.StandsUntil > test.Clock.GetUtcNow()).Select(one => one.Identifier));
        }

        return [.. standing.Order(StringComparer.Ordinal)];
    }

    private static string Time(double minutes) => TestStore.Begin.AddMinutes(minutes).ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) + "-00:00";

    private static string Message(string identifier, int minute, int? hours, string msgType = "Alert", string references = "", string where = CapText.Bogalusa) =>
        CapText.Message(identifier, Time(minute), msgType: msgType, references: references, infos: CapText.Info("en", "Flood", "Severe", hours is { } end ? Time(end * 60) : "", where));

    private static string Atom(params string[] messages) => $"<feed xmlns='http://www.w3.org/2005/Atom'><id>x</id>{string.Concat(messages.Select(message => $"<entry><id>e</id><content type='text/xml'>{message}</content></entry>"))}</feed>";

    private static string Index(params (string Id, string Updated, string Link)[] entries) =>
        $"<feed xmlns='http://www.w3.org/2005/Atom'><id>x</id>{string.Concat(entries.Select(entry => $"<entry><id>{entry.Id}</id><updated>{entry.Updated}</updated><link type='application/cap+xml' href='{entry.Link}'/></entry>"))}</feed>";
}
