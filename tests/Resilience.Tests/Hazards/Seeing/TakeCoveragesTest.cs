using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Hazards;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Queries;
using Resilience.Hazards.Seeing;
using Resilience.Observations;
using Resilience.Observations.Coverages;
using Resilience.Observations.Queries;
using Resilience.Risk;
using Resilience.Risk.Impact;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Tests.Observations;
using Resilience.Tests.Observations.Coverages;
using Resilience.Tests.Observations.Feeds;
using Resilience.Tests.Risk;

namespace Resilience.Tests.Hazards.Seeing;

/// <summary>What a raster shows becomes a hazard and a zone of just that area, until a newer one does not show it or it is too old. All rasters are made up.</summary>
public sealed class TakeCoveragesTest : IDisposable
{
    private static readonly CoverageMapping Rain = new()
    {
        Quantity = CoverageQuantity.RainAccumulation,
        Unit = "mm",
        Classes = [new() { Name = "20 mm in 1 h", AtLeast = 20 }, new() { Name = "50 mm in 1 h", AtLeast = 50, Raises = HazardLevel.Minor }, new() { Name = "100 mm in 1 h", AtLeast = 100, Raises = HazardLevel.Moderate }],
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("resilience-seen").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_rain_raster_raises_heavy_rain_where_it_reaches_the_operators_class_and_a_newer_one_ends_it(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        await test.RegisterAsync(ObservationsFixture.Definition(format: "geotiff", readings: source.Address + "/rain.tif") with { Coverage = Rain, Zone = "UTC" });
        await PollAsync(test, source, Tiff(-30, [30, 60, 60, 120, 0, 0]));

        var zones = (await test.Get<RiskQueries>().ListAsync(default)).OrderBy(zone => zone.Title, StringComparer.Ordinal).ToList();
        Assert.Equal(["Heavy rain seen by Feed t", "Very heavy rain seen by Feed t"], zones.Select(zone => zone.Title));
        Assert.Equal([(HazardKind.HeavyRain, Likelihood.High, false, false), (HazardKind.HeavyRain, Likelihood.High, false, false)], zones.Select(zone => (zone.Kind, zone.Likelihood, zone.IsRelayed, zone.IsOfGauge)));
        // Two kilometres wide and one kilometre: pixels of a kilometre, the heavier not counted in the lighter.
        Assert.Equal(2.0, zones[0].Geometry.Area / zones[1].Geometry.Area, 0.01);
        Assert.Equal(0, zones[0].Geometry.Intersection(zones[1].Geometry).Area, 1e-12);
        Assert.StartsWith("Rain seen from above by Feed t at 11:30 UTC: “50 mm in 1 h”.", zones[0].Reason, StringComparison.Ordinal);

        var hazard = await HazardAsync(test, zones[0]);
        var seen = Evidence.FromJson(hazard.Evidence).Seen!;
        await using (var db = test.Store.Read<ObservationsDb>())
        {
            Assert.Equal((await db.Coverages.SingleAsync()).Id, Assert.Single(seen.Coverages));
        }

        Assert.Empty(await new AssessmentHistory(test.Store).ListAtAsync(TestStore.Begin.AddDays(1), TestStore.Begin.AddDays(1), default));
        Assert.Equal(("t", 1.0, TestStore.Begin.AddMinutes(-30)), (seen.FeedId, seen.SeenShare, seen.Time));
        Assert.Equal([(HazardLevel.Minor, 50.0), (HazardLevel.Moderate, 100.0)], Evidence.FromJson(hazard.Evidence).Thresholds.Select(one => (one.Level, one.Value)));

        await PollAsync(test, source, Tiff(-10, [30, 30, 60, 0, 0, 0]));
        var left = Assert.Single(await test.Get<RiskQueries>().ListAsync(default));
        Assert.Equal((zones[0].Id, "Heavy rain seen by Feed t"), (left.Id, left.Title));
        Assert.Equal("A newer picture of Feed t does not show it any more.", (await test.Get<RiskQueries>().GetAsync(zones[1].Id, default)).Reason);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task What_it_rests_on_gives_the_same_area_again(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        await using var test = await CreateAsync(engine);
        await test.RegisterAsync(ObservationsFixture.Definition(format: "geotiff", readings: source.Address + "/rain.tif") with { Coverage = Rain, Zone = "UTC" });
        await PollAsync(test, source, Tiff(-30, [30, 60, 60, 120, 0, 0]));
        var hazard = await HazardAsync(test, (await test.Get<RiskQueries>().ListAsync(default)).Single(zone => zone.Title.StartsWith("Heavy", StringComparison.Ordinal)));
        var (_, rasters) = (await test.Get<CoverageQueries>().ListSinceAsync("t", DateTimeOffset.UnixEpoch, default))!.Value;
        var seen = Evidence.FromJson(hazard.Evidence).Seen!;
        var again = JudgeCoverages.Standing(rasters.Where(one => seen.Coverages.Contains(one.Coverage.Id)), hazard.AssessedAt).Single(area => area.Level == hazard.Level);
        Assert.Equal(hazard.Location.AsBinary(), again.Area.AsBinary());
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Nothing_newer_ends_it_by_age_and_that_is_no_all_clear(Engine engine)
    {
        await using var test = await CreateAsync(engine);
        await test.RegisterAsync(ObservationsFixture.Definition(format: "geotiff") with { Coverage = Rain, Zone = "UTC" });
        await StoreAsync(test, Seen(1, 0, 1, (0, 0, 2, 2), null));
        var zone = Assert.Single(await test.Get<RiskQueries>().ListAsync(default));
        test.Clock.Advance(TimeSpan.FromHours(5));
        await WatchAsync(test);
        Assert.Single(await test.Get<RiskQueries>().ListAsync(default));
        test.Clock.Advance(TimeSpan.FromHours(1));
        await WatchAsync(test);
        Assert.Empty(await test.Get<RiskQueries>().ListAsync(default));
        Assert.EndsWith("nothing newer has looked there: that is no all-clear.", (await test.Get<RiskQueries>().GetAsync(zone.Id, default)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.0, 0)]
    [InlineData(0.5, 1)]
    public async Task Clouds_do_not_end_what_was_seen_before_them(double seenShare, int zones)
    {
        await using var test = await CreateAsync(Engine.Sqlite);
        await test.RegisterAsync(ObservationsFixture.Definition(format: "geotiff") with { Coverage = Rain, Zone = "UTC" });
        await StoreAsync(test, Seen(1, -20, 1, (0, 0, 2, 2), null));
        await StoreAsync(test, Seen(2, 0, seenShare, null, null));
        Assert.Equal(zones, (await test.Get<RiskQueries>().ListAsync(default)).Count);
    }

    [Fact]
    public async Task A_flood_extent_raises_a_flood_only_where_the_operator_said_so()
    {
        await using var test = await CreateAsync(Engine.Sqlite);
        await test.RegisterAsync(ObservationsFixture.Definition(format: "geotiff") with { Coverage = Rain, Zone = "UTC" });
        var water = new CoverageMapping { Classes = [new() { Name = "Open water", Values = [1] }, new() { Name = "Flooded", Values = [2], Raises = HazardLevel.Minor }] };
        await StoreAsync(test, Seen(1, 0, 1, (0, 0, 2, 2), (3, 3, 4, 4), water));
        var zone = Assert.Single(await test.Get<RiskQueries>().ListAsync(default));
        Assert.Equal((HazardKind.RiverFlood, "Minor flood seen by Feed t", Likelihood.Observed), (zone.Kind, zone.Title, zone.Likelihood));
        Assert.Equal(Box(3, 3, 4, 4).Area, zone.Geometry.Area, 1e-9);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Any_order_and_repeats_leave_the_same_zones(Engine engine)
    {
        var random = new Random(7);
        for (var round = 0; round < 4; round++)
        {
            var rasters = Enumerable.Range(0, 7).Select(i => Any(random, i)).ToList();
            var states = new List<string>();
            foreach (var order in new[] { rasters.OrderBy(one => one.Coverage.PhenomenonTime).ToList(), [.. rasters.OrderBy(_ => random.Next())], [.. rasters.OrderByDescending(one => one.Coverage.PhenomenonTime)] })
            {
                await using var test = await CreateAsync(engine);
                await test.RegisterAsync(ObservationsFixture.Definition(format: "geotiff") with { Coverage = Rain, Zone = "UTC" });
                foreach (var one in order)
                {
                    await StoreAsync(test, one);
                    await StoreAsync(test, one);
                }

                states.Add(string.Join('\n', (await test.Get<RiskQueries>().ListAsync(default)).OrderBy(zone => zone.Id).Select(zone => $"{zone.Id} {zone.Severity} {zone.Reason} {zone.Geometry.Normalized().AsText()}")));
            }

            Assert.NotEmpty(states[0]);
            Assert.Single(states.Distinct());
        }
    }

    [Fact]
    public void No_place_stands_twice_and_what_the_newest_clear_picture_shows_always_stands() =>
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                var random = new Random(seed);
                var rasters = Enumerable.Range(0, random.Next(1, 9)).Select(i => Any(random, i)).ToList();
                var standing = JudgeCoverages.Standing(rasters, TestStore.Begin);
                var shuffled = JudgeCoverages.Standing(rasters.Concat(rasters).OrderBy(_ => random.Next()), TestStore.Begin);
                Assert.Equal(standing.Select(one => (one.Level, one.Area.AsText(), one.Until)), shuffled.Select(one => (one.Level, one.Area.AsText(), one.Until)));
                Assert.All(standing.SelectMany(one => standing.Where(other => other.Level > one.Level).Select(other => (one, other))), pair => Assert.Equal(0, pair.one.Area.Intersection(pair.other.Area).Area, 1e-9));
                var newest = rasters.MaxBy(one => one.Coverage.PhenomenonTime)!;
                foreach (var extent in newest.Extents.Where(one => TestStore.Begin - newest.Coverage.PhenomenonTime < JudgeCoverages.Lasts(newest.Mapping) && one.Area is not null && newest.Mapping.Classes[one.ClassIndex].Raises is not null))
                {
                    var all = standing.Aggregate((Geometry)Wgs84.Factory.CreatePolygon(), (sum, one) => sum.Union(one.Area));
                    Assert.Equal(0, extent.Area!.Difference(all).Area, 1e-9);
                }
            },
            iter: 300);

    [Fact]
    public void A_mapping_that_raises_nonsense_is_refused()
    {
        CoverageClass low = new() { Name = "a", AtLeast = 1, Raises = HazardLevel.Moderate }, high = new() { Name = "b", AtLeast = 2, Raises = HazardLevel.Minor };
        Assert.Contains("lower level", (Rain with { Classes = [low, high] }).FindFault(), StringComparison.Ordinal);
        Assert.Contains("raise a level", (Rain with { Quantity = CoverageQuantity.Other, Classes = [low] }).FindFault(), StringComparison.Ordinal);
        Assert.Contains("raise a level", (Rain with { Classes = [low with { Raises = HazardLevel.None }] }).FindFault(), StringComparison.Ordinal);
        Assert.Null(Rain.FindFault());
        // A mapping that raises nothing is written as before: the ids of stored rasters follow from it.
        Assert.DoesNotContain("raises", (Rain with { Classes = [low with { Raises = null }] }).ToJson(), StringComparison.OrdinalIgnoreCase);
    }

    private static Task<TestStore> CreateAsync(Engine engine) => TestStore.CreateAsync(
        engine,
        (services, configuration) =>
        {
            services.AddSingleton(new GeodataDirectory(Repository.Path("geodata"))).AddObservations(configuration).AddHazards(configuration).AddRisk(configuration);
            Geodata.Share(services);
        },
        routes =>
        {
            routes.Add(ObservationTopics.CoverageStored, "Hazards.TakeCoverages");
            routes.Add(HazardTopics.CoverageDue, "Hazards.TakeCoverages");
            routes.Add(HazardTopics.Assessed, "Risk.AssessRisk");
        },
        [("Network:AllowedPrivateHosts:0", "127.0.0.1"), ("Observations:RetryDelay", "00:00:00.001")]);

    private static async Task<HazardAssessment> HazardAsync(TestStore test, RiskZone zone)
    {
        await using var db = test.Store.Read<HazardsDb>();
        return await db.Assessments.SingleAsync(assessment => assessment.Id == zone.AssessmentId);
    }

    private static async Task WatchAsync(TestStore test)
    {
        await test.Get<WatchCoverages>().RunAsync(default);
        await test.SweepAsync();
    }

    private static async Task PollAsync(TestStore test, FeedSource source, byte[] tiff)
    {
        await CoveragesTest.PollAsync(test, source, tiff);
        await test.SweepAsync();
    }

    private static async Task StoreAsync(TestStore test, SeenCoverage seen)
    {
        await using (var step = await test.Store.BeginAsync<ObservationsDb>(default))
        {
            if (!await step.Db.Coverages.AnyAsync(row => row.Id == seen.Coverage.Id))
            {
                step.Db.Coverages.Add(seen.Coverage);
                await step.Db.SaveChangesAsync();
                step.Db.Extents.AddRange(seen.Extents);
            }

            step.HandOver(ObservationTopics.CoverageStored, "t");
            await step.CommitAsync(default);
        }

        await test.SweepAsync();
    }

    // A frame of ten by ten hundredths of a degree in Bhutan; boxes in hundredths of a degree.
    private static SeenCoverage Seen(int number, int minutes, double seenShare, (int, int, int, int)? first, (int, int, int, int)? second, CoverageMapping? mapping = null, int shift = 0)
    {
        var read = mapping ?? new CoverageMapping { Quantity = CoverageQuantity.RainAccumulation, Unit = "mm", Classes = [new() { Name = "heavy", Values = [1], Raises = HazardLevel.Minor }, new() { Name = "very heavy", Values = [2], Raises = HazardLevel.Moderate }] };
        var id = StableId.From("test.coverage", number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var coverage = new Coverage
        {
            Id = id,
            FeedId = "t",
            Quantity = read.Quantity,
            Unit = read.Unit,
            PhenomenonTime = TestStore.Begin.AddMinutes(minutes),
            ReceivedAt = TestStore.Begin,
            PayloadSha256 = "",
            Width = 10,
            Height = 10,
            Crs = "EPSG:4326",
            SeenShare = seenShare,
            Frame = Box(shift, 0, shift + 10, 10),
            Mapping = read.ToJson(),
            Exercise = false,
            Newest = false,
            Version = 0,
        };
        CoverageExtent Extent(int index, (int West, int South, int East, int North)? box) => new()
        {
            CoverageId = id,
            ClassIndex = index,
            Name = read.Classes[index].Name,
            SquareKilometres = 1,
            Coarsening = 1,
            Area = box is { } at ? Wgs84.Factory.CreateMultiPolygon([Box(at.West + shift, at.South, at.East + shift, at.North)]) : null,
        };
        return new SeenCoverage(coverage, read, [Extent(0, first), Extent(1, second)]);
    }

    // Rain of five hours before and after what still counts, of two frames side by side, now and then under clouds.
    private static SeenCoverage Any(Random random, int number)
    {
        (int, int, int, int)? Maybe()
        {
            var (x, y) = (random.Next(0, 8), random.Next(0, 8));
            return random.Next(4) == 0 ? null : (x, y, x + random.Next(1, 11 - x), y + random.Next(1, 11 - y));
        }

        return Seen(number, -30 * random.Next(0, 14), random.Next(3) == 0 ? 0.5 : 1, Maybe(), Maybe(), shift: 5 * random.Next(0, 3));
    }

    private static Polygon Box(double west, double south, double east, double north)
    {
        Coordinate At(double x, double y) => new(89.5 + (x / 100), 27.4 + (y / 100));
        return Wgs84.Factory.CreatePolygon([At(west, south), At(east, south), At(east, north), At(west, north), At(west, south)]);
    }

    // The upper row of a raster with pixels of a kilometre.
    private byte[] Tiff(int minutes, double[] row)
    {
        var values = new double[4, 6];
        for (var column = 0; column < row.Length; column++)
        {
            values[0, column] = row[column];
        }

        return Gdal.WriteTiff(
            _folder, values, "-ot", "Byte", "-a_srs", "EPSG:32645", "-a_ullr", "480000", "3054000", "486000", "3050000", "-mo", FormattableString.Invariant($"TIFFTAG_DATETIME={TestStore.Begin.AddMinutes(minutes):yyyy:MM:dd HH:mm:ss}"));
    }
}
