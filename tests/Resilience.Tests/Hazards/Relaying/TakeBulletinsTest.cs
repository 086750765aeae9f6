using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Queries;
using Resilience.Hazards.Relaying;
using Resilience.Observations;
using Resilience.Risk;
using Resilience.Risk.Impact;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Tests.Observations;
using Resilience.Tests.Observations.Feeds;
using Resilience.Tests.Risk;

namespace Resilience.Tests.Hazards.Relaying;

/// <summary>A warning of another authority stands on our map as that authority gave it, from its feed to the zone, until it ends.</summary>
public sealed class TakeBulletinsTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_warning_becomes_a_zone_of_its_own_area_severity_and_authority(Engine engine)
    {
        await using var desk = await RelayDesk.OpenAsync(engine);
        await desk.HearAsync(Flood("one", 0, "Severe"));
        var zone = Assert.Single(await desk.ZonesAsync());
        Assert.Equal((HazardKind.RiverFlood, CapSeverity.Severe, Likelihood.High, true), (zone.Kind, zone.Severity, zone.Likelihood, zone.IsRelayed));
        Assert.Equal("Flood (National Office)", zone.Title);
        Assert.StartsWith("Warning of National Office, relayed: Flood near the river. Severity Severe, certainty Likely; sent 12:00 UTC, until 18:00 UTC. About", zone.Reason, StringComparison.Ordinal);
        Assert.EndsWith("Severity Severe as National Office has it.", zone.Reason, StringComparison.Ordinal);
        Assert.InRange(zone.People, 5_000, 50_000); // Bogalusa lies inside
        Assert.Equal(0.03, zone.Geometry.Area, 0.0001);

        var hazard = await desk.HazardAsync(zone);
        Assert.Equal(("relay", HazardLevel.Moderate, 0.8, false), (hazard.RuleName, hazard.Level, hazard.Confidence, hazard.Exercise));
        var relayed = Evidence.FromJson(hazard.Evidence).Relayed!;
        Assert.Equal(("National Office", "Flood", CapSeverity.Severe), (relayed.Authority, relayed.Event, relayed.Severity));

        await desk.HearAsync(Flood("one", 0, "Severe"));
        Assert.Equal(zone.Version, Assert.Single(await desk.ZonesAsync()).Version);

        // It is nobody's gauge, on the map of a moment as little as on the live one.
        var now = desk.Test.Store.Clock.GetUtcNow();
        Assert.Empty(await new AssessmentHistory(desk.Test.Store).ListAtAsync(now, now, default));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task An_update_changes_the_zone_and_a_cancel_ends_it(Engine engine)
    {
        await using var desk = await RelayDesk.OpenAsync(engine);
        await desk.HearAsync(Flood("one", 0, "Severe"));
        var first = Assert.Single(await desk.ZonesAsync());
        await desk.HearAsync(Flood("two", 20, "Extreme", "Update", "office@example.org,one,2019-06-20T12:00:00-00:00"));
        var second = Assert.Single(await desk.ZonesAsync());
        Assert.Equal((first.Id, CapSeverity.Extreme), (second.Id, second.Severity));
        await desk.HearAsync(Flood("three", 40, "Extreme", "Cancel", "office@example.org,two,2019-06-20T12:20:00-00:00"));
        Assert.Empty(await desk.ZonesAsync());
        Assert.Equal("National Office's warning was withdrawn or replaced by another.", (await desk.ZoneAsync(first.Id)).Reason);

        // What is over stays over when the old message comes once more.
        await desk.HearAsync(Flood("one", 0, "Severe"));
        Assert.Empty(await desk.ZonesAsync());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_warning_ends_by_its_own_time_without_another_word(Engine engine)
    {
        await using var desk = await RelayDesk.OpenAsync(engine);
        await desk.HearAsync(Flood("one", 0, "Severe"));
        var zone = Assert.Single(await desk.ZonesAsync());
        await desk.PassAsync(TimeSpan.FromHours(5));
        Assert.Single(await desk.ZonesAsync());
        await desk.PassAsync(TimeSpan.FromHours(1.1));
        Assert.Empty(await desk.ZonesAsync());
        Assert.Equal("National Office's warning has ended by its own time.", (await desk.ZoneAsync(zone.Id)).Reason);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task While_its_feed_is_silent_the_warning_stands_and_says_that_nothing_newer_would_be_known(Engine engine)
    {
        await using var desk = await RelayDesk.OpenAsync(engine);
        await desk.HearAsync(Flood("one", 0, "Severe"));
        desk.Source.Answer = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        for (var i = 0; i < 6; i++)
        {
            await desk.PollAsync(TimeSpan.FromMinutes(30));
        }

        var zone = Assert.Single(await desk.ZonesAsync());
        Assert.Contains("Its feed has not answered since 12:15 UTC", zone.Reason, StringComparison.Ordinal);
        Assert.True((await desk.HazardAsync(zone)).Silent);

        await desk.HearAsync(Flood("one", 0, "Severe"));
        await desk.PollAsync(TimeSpan.FromHours(1)); // a feed that failed is asked less often
        Assert.DoesNotContain("has not answered", Assert.Single(await desk.ZonesAsync()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test")]
    [InlineData("Draft")]
    [InlineData("System")]
    public async Task What_is_not_meant_for_people_raises_nothing(string status)
    {
        await using var desk = await RelayDesk.OpenAsync(Engine.Sqlite);
        await desk.HearAsync(Flood("one", 0, "Extreme", status: status));
        Assert.Empty(await desk.ZonesAsync());
    }

    [Fact]
    public async Task An_exercise_is_shown_as_one()
    {
        await using var desk = await RelayDesk.OpenAsync(Engine.Sqlite);
        await desk.HearAsync(Flood("one", 0, "Extreme", status: "Exercise"));
        Assert.True(Assert.Single(await desk.ZonesAsync()).Exercise);
    }

    [Fact]
    public async Task A_warning_whose_area_nobody_can_place_is_kept_but_draws_nothing()
    {
        await using var desk = await RelayDesk.OpenAsync(Engine.Sqlite);
        await desk.HearAsync(Flood("one", 0, "Extreme", where: "<geocode><valueName>EMMA_ID</valueName><value>AT001</value></geocode>"));
        Assert.Empty(await desk.ZonesAsync());
        await using var db = desk.Test.Store.Read<ObservationsDb>();
        Assert.Equal("[\"EMMA_ID AT001\"]", (await db.Bulletins.SingleAsync()).UnknownCodes);
    }

    [Fact]
    public async Task Two_parts_are_two_zones_and_one_may_end_before_the_other()
    {
        await using var desk = await RelayDesk.OpenAsync(Engine.Sqlite);
        var (near, far) = (CapText.Info("en", "Flood", "Severe", Time(360)), CapText.Info("en", "Landslide", "Moderate", Time(120)));
        await desk.HearAsync(CapText.Message("one", Time(0), infos: [near, far]));
        Assert.Equal([HazardKind.Landslide, HazardKind.RiverFlood], (await desk.ZonesAsync()).Select(zone => zone.Kind).OrderByDescending(kind => kind));
        await desk.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal([HazardKind.RiverFlood], (await desk.ZonesAsync()).Select(zone => zone.Kind));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_Hualien_earthquake_shakes_a_city_and_quakes_that_nobody_feels_draw_nothing(Engine engine)
    {
        await using var desk = await RelayDesk.OpenAsync(engine, "usgs-quakes", shift: TestStore.Begin - new DateTimeOffset(2018, 2, 7, 2, 0, 0, TimeSpan.Zero));
        desk.Source.Serve(Recording.Bytes("usgs-quakes-all-week.geojson.gz"));
        await desk.PollAsync(TimeSpan.Zero);
        await using var db = desk.Test.Store.Read<ObservationsDb>();
        Assert.Equal(1707, await db.Bulletins.CountAsync());
        var zones = await desk.ZonesAsync();
        Assert.InRange(zones.Count, 5, 60); // of the last day, those felt somewhere
        var hualien = zones.Single(zone => zone.Title == "Earthquake (U.S. Geological Survey)" && zone.Reason.Contains("M 6.4 - 22km NNE of Hualian, Taiwan", StringComparison.Ordinal));
        Assert.Equal((CapSeverity.Minor, Likelihood.Observed), (hualien.Severity, hualien.Likelihood)); // green by PAGER: theirs, not ours
        Assert.InRange(hualien.People, 1_000_000, 30_000_000);
        Assert.Contains("it is no early warning", hualien.Assumptions, StringComparison.Ordinal);
        Assert.All(zones, zone => Assert.NotEqual(HazardKind.Other, zone.Kind)); // nobody feels a quarry's blast
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_warning_outside_the_area_of_interest_makes_no_zone_until_the_area_is_widened(Engine engine)
    {
        await using var desk = await RelayDesk.OpenAsync(engine);
        var feed = ObservationsFixture.Definition("t", "cap", desk.Source.Address);
        await desk.Test.RegisterAsync(feed with { Area = new() { Units = ["BT"] } });
        await desk.HearAsync(Flood("one", 0, "Severe"));
        Assert.Empty(await desk.ZonesAsync());

        await desk.Test.RegisterAsync(feed with { Area = new() { Box = [-90, 30, -89, 31] } });
        await desk.PassAsync(TimeSpan.Zero);
        var zone = Assert.Single(await desk.ZonesAsync());

        // What is moved outside ends the zone, as an update does that leaves the area.
        await desk.HearAsync(Flood("two", 20, "Severe", "Update", "office@example.org,one,2019-06-20T12:00:00-00:00", where: "<polygon>10,10 10,11 11,11 11,10 10,10</polygon>"));
        Assert.Empty(await desk.ZonesAsync());
        await desk.Test.RegisterAsync(feed);
        await desk.PassAsync(TimeSpan.Zero);
        Assert.Equal(zone.Id, Assert.Single(await desk.ZonesAsync()).Id);
    }

    private static string Time(double minutes) => TestStore.Begin.AddMinutes(minutes).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + "-00:00";

    private static string Flood(string identifier, int minute, string severity, string msgType = "Alert", string references = "", string status = "Actual", string where = CapText.Bogalusa) =>
        CapText.Message(identifier, Time(minute), status, msgType, references, CapText.Info("en", "Flood", severity, Time(360), where));

    /// <summary>A feed of warnings over HTTP, and the chain from it to the zones.</summary>
    private sealed class RelayDesk(TestStore test, FeedSource source) : IAsyncDisposable
    {
        internal TestStore Test => test;

        internal FeedSource Source => source;

        internal static async Task<RelayDesk> OpenAsync(Engine engine, string format = "cap", TimeSpan shift = default)
        {
            var source = await FeedSource.StartAsync();
            var test = await TestStore.CreateAsync(
                engine,
                (services, configuration) =>
                {
                    services.AddSingleton(new GeodataDirectory(Repository.Path("geodata"))).AddObservations(configuration).AddHazards(configuration).AddRisk(configuration);
                    Geodata.Share(services);
                },
                routes =>
                {
                    routes.Add(ObservationTopics.Stored, "Hazards.AssessHazards");
                    routes.Add(ObservationTopics.BulletinStored, "Hazards.TakeBulletins");
                    routes.Add(HazardTopics.BulletinDue, "Hazards.TakeBulletins");
                    routes.Add(HazardTopics.Assessed, "Risk.AssessRisk");
                },
                [("Network:AllowedPrivateHosts:0", "127.0.0.1"), ("Observations:RetryDelay", "00:00:00.001")]);
            await test.RegisterAsync(ObservationsFixture.Definition("t", format, source.Address) with { TimeShift = shift });
            return new RelayDesk(test, source);
        }

        internal async Task HearAsync(string message)
        {
            source.Answer = context => context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>e</id><content type='text/xml'>{message}</content></entry></feed>")).AsTask();
            await PollAsync(TimeSpan.FromMinutes(15));
        }

        internal async Task PollAsync(TimeSpan after)
        {
            test.Clock.Advance(after);
            await PollFeedsTest.PollAsync(test);
            await PassAsync(TimeSpan.Zero);
        }

        internal async Task PassAsync(TimeSpan time)
        {
            test.Clock.Advance(time);
            await test.SweepAsync();
            await test.Get<WatchBulletins>().RunAsync(default);
            await test.SweepAsync();
        }

        internal Task<IReadOnlyList<RiskZone>> ZonesAsync() => test.Get<RiskQueries>().ListAsync(default);

        internal Task<RiskZone> ZoneAsync(Guid id) => test.Get<RiskQueries>().GetAsync(id, default);

        internal async Task<HazardAssessment> HazardAsync(RiskZone zone)
        {
            await using var db = test.Store.Read<HazardsDb>();
            return await db.Assessments.SingleAsync(assessment => assessment.Id == zone.AssessmentId);
        }

        public async ValueTask DisposeAsync()
        {
            await test.DisposeAsync();
            await source.DisposeAsync();
        }
    }
}
