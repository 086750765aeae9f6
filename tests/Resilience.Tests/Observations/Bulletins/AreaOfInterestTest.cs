using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core.Geography;
using Resilience.Observations;
using Resilience.Observations.Bulletins;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Tests.Observations.Feeds;
using static Resilience.Tests.Observations.ObservationsFixture;

namespace Resilience.Tests.Observations.Bulletins;

/// <summary>A feed of the whole world's warnings is wanted for one part of it: what lies outside is kept and counted, and nothing that might concern anybody is left out.</summary>
public sealed class AreaOfInterestTest
{
    private static readonly AreaCodes Codes = new(new GeodataDirectory(Repository.Path("geodata")));

    [Theory]
    [InlineData("88 26 93 29", 90, 27.5, 94, 27.5)]
    [InlineData("170 -20 -170 -10", 179, -15, 0, -15)] // across the antimeridian
    [InlineData("BT", 90.4, 27.4, 85.3, 27.7)]
    [InlineData("BT-15", 89.5, 27.7, 90.9, 27.3)]
    [InlineData("HASC:BT.PR", 89.35, 27.4, 90.9, 27.3)]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]],[[4,4],[6,4],[6,6],[4,6],[4,4]]]}""", 1, 1, 5, 5)]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","properties":null,"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,1],[0,0]]]]}}]}""", 0.5, 0.5, 2, 2)]
    public void A_box_a_unit_and_a_drawn_area_enclose_what_they_say(string written, double insideX, double insideY, double outsideX, double outsideY)
    {
        var (area, fault) = Of(written).Resolve(Codes);
        Assert.Null(fault);
        Assert.True(area!.Contains(Wgs84.Point(insideX, insideY)));
        Assert.False(area.Contains(Wgs84.Point(outsideX, outsideY)));
        Assert.Equivalent(Of(written), AreaOfInterest.FromJson(Of(written).ToJson()), strict: true);
    }

    [Theory]
    [InlineData("", "names no box")]
    [InlineData("10 20 30", "west, south, east, north")]
    [InlineData("10 40 30 20", "west, south, east, north")]
    [InlineData("10 20 200 30", "west, south, east, north")]
    [InlineData("XX-99", "'XX-99' is no unit")]
    [InlineData("""{"type":"Point","coordinates":[1,2]}""", "a Point is no area")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10]]]}""", "cannot be read")]
    [InlineData("""{"type":"Polygon","coordinates":[[[0,0],[1000,0],[10,10],[0,0]]]}""", "no longitude and latitude")]
    [InlineData("""{"type":"Polygon"}""", "cannot be read")]
    [InlineData("{", "cannot be read")]
    public void What_is_no_area_is_refused_in_words(string written, string says) => Assert.Contains(says, Of(written).Resolve(Codes).Fault, StringComparison.Ordinal);

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_lies_outside_is_stored_counted_and_left_out_and_what_cannot_be_placed_is_kept(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await OpenAsync(engine);
        source.Serve(Encoding.UTF8.GetBytes(Atom(
            Message("inside", 0), Message("outside", 1, "<polygon>10,10 10,11 11,11 11,10 10,10</polygon>"), Message("astride", 2, "<polygon>30.5,-90.5 30.5,-88 31,-88 31,-90.5 30.5,-90.5</polygon>"),
            Message("unknown", 3, Code("EMMA_ID", "AT001")), Message("half-known", 4, Code("ISO3166-2", "BT-15") + "</area><area><areaDesc>x</areaDesc>" + Code("EMMA_ID", "AT001")), Message("elsewhere", 5, Code("ISO3166-2", "BT-15")), Message("nowhere", 6, ""))));
        await test.RegisterAsync(Definition("t", "cap", source.Address) with { Area = new() { Box = [-90, 30, -89, 31] } });
        await PollFeedsTest.PollAsync(test);

        Assert.Equal(["astride", "half-known", "inside", "nowhere", "unknown"], await ListAsync(test, outside: false));
        Assert.Equal(["elsewhere", "outside"], await ListAsync(test, outside: true));
        Assert.Equal(5, (await test.HandedOverAsync()).Count);
        var feed = await test.FeedAsync();
        Assert.Equal((FeedState.Ok, null, 2), (feed.State, feed.LastError, feed.OutsideArea));

        // Widened, what was left out comes in though the source says nothing new; and it is told down the chain.
        await test.RegisterAsync(Definition("t", "cap", source.Address) with { Area = new() { Box = [-90, 30, -89, 31], Units = ["BT"] } });
        Assert.Equal(["outside"], await ListAsync(test, outside: true));
        Assert.Equal((6, 1), ((await test.HandedOverAsync()).Distinct().Count(), (await test.FeedAsync()).OutsideArea));
        await test.RegisterAsync(Definition("t", "cap", source.Address));
        Assert.Equal((7, 0), ((await ListAsync(test, outside: false)).Count, (await test.FeedAsync()).OutsideArea));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_answer_in_which_everything_lies_outside_is_a_good_answer(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await OpenAsync(engine);
        source.Serve(Encoding.UTF8.GetBytes(Atom(Message("one", 0))));
        await test.RegisterAsync(Definition("t", "cap", source.Address) with { Area = new() { Units = ["BT"] } });
        await PollFeedsTest.PollAsync(test);
        var feed = await test.FeedAsync();
        Assert.Equal((FeedState.Ok, null, 1, 1), (feed.State, feed.LastError, feed.LastItems, feed.OutsideArea));
        Assert.Empty(await test.HandedOverAsync());

        test.Clock.Advance(TimeSpan.FromHours(7)); // over
        await PollFeedsTest.PollAsync(test);
        Assert.Equal(0, (await test.FeedAsync()).OutsideArea);
    }

    [Theory]
    [InlineData(6.8, true)] // some 190 km away, and felt
    [InlineData(4.2, false)]
    public async Task An_earthquake_reaches_as_far_as_it_is_felt(double magnitude, bool kept)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await OpenAsync(Engine.Sqlite);
        source.Serve(Encoding.UTF8.GetBytes(FormattableString.Invariant($$"""{"features":[{"id":"us1","geometry":{"type":"Point","coordinates":[90.4,25.0,10]},"properties":{"time":{{TestStore.Begin.ToUnixTimeMilliseconds()}},"mag":{{magnitude}},"type":"earthquake"} }]}""")));
        await test.RegisterAsync(Definition("t", "usgs-quakes", source.Address) with { Area = new() { Units = ["BT"] } });
        await PollFeedsTest.PollAsync(test);
        Assert.Equal(kept ? ["us1"] : [], await ListAsync(test, outside: false));
    }

    private static AreaOfInterest Of(string written) => written.Length == 0 ? new() : written[0] == '{' ? new() { GeoJson = written }
        : char.IsAsciiLetter(written[0]) ? new() { Units = [written] } : new() { Box = [.. written.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))] };

    private static async Task<List<string>> ListAsync(TestStore test, bool outside) => [.. (await test.Get<BulletinQueries>().ListAsync("t", outside, 100, default)).Select(one => one.Identifier).Order(StringComparer.Ordinal)];

    private static Task<TestStore> OpenAsync(Engine engine) => TestStore.CreateAsync(
        engine,
        (services, configuration) => services.AddSingleton(new GeodataDirectory(Repository.Path("geodata"))).AddObservations(configuration),
        routes =>
        {
            routes.Add(ObservationTopics.Stored, "Test.Take");
            routes.Add(ObservationTopics.BulletinStored, "Test.Take");
        },
        [("Network:AllowedPrivateHosts:0", "127.0.0.1"), ("Observations:RetryDelay", "00:00:00.001")]);

    private static string Code(string scheme, string value) => $"<geocode><valueName>{scheme}</valueName><value>{value}</value></geocode>";

    private static string Message(string identifier, int minute, string where = CapText.Bogalusa) =>
        CapText.Message(identifier, Time(minute), infos: CapText.Info("en", "Flood", "Severe", Time(360), where));

    private static string Time(double minutes) => TestStore.Begin.AddMinutes(minutes).ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) + "-00:00";

    private static string Atom(params string[] messages) => $"<feed xmlns='http://www.w3.org/2005/Atom'><id>x</id>{string.Concat(messages.Select(message => $"<entry><id>e</id><content type='text/xml'>{message}</content></entry>"))}</feed>";
}
