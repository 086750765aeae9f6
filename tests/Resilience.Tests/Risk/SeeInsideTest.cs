using NetTopologySuite.Geometries;
using Resilience.Core.Geography;
using Resilience.Observations;
using Resilience.Observations.Coverages;
using Resilience.Observations.Queries;
using Resilience.Risk.Exposing;

namespace Resilience.Tests.Risk;

/// <summary>What a raster shows of a zone, and how much of the zone it looked at.</summary>
public sealed class SeeInsideTest
{
    [Fact]
    public void The_share_in_the_class_and_the_share_looked_at_are_told_apart()
    {
        var seen = Assert.Single(SeeInside.Of(Box(0, 0, 4, 4), [Seen(Box(0, 0, 2, 9), Box(0, 0, 1, 2))]));
        Assert.Equal((0.125, 0.5), (seen.Share, seen.LookedAt));
    }

    [Fact]
    public void Nothing_seen_is_said_to_be_nothing_of_what_was_looked_at()
    {
        var seen = Assert.Single(SeeInside.Of(Box(0, 0, 4, 4), [Seen(Box(-1, -1, 5, 5), null)]));
        Assert.Equal((0, 1), (seen.Share, seen.LookedAt));
    }

    [Fact]
    public void Clouds_and_coarse_drawing_are_assumptions_one_can_read()
    {
        var said = SeeInside.Assumptions(Seen(Box(0, 0, 1, 1), Box(0, 0, 1, 1), seenShare: 0.75, coarsening: 4), Geodata.Exposure);
        Assert.Contains(said, line => line.Contains("25 %", StringComparison.Ordinal));
        Assert.Contains(said, line => line.Contains("4 by 4 pixels", StringComparison.Ordinal));
        Assert.Contains(said, line => line.Contains("always there", StringComparison.Ordinal));
        Assert.Equal(3, SeeInside.Assumptions(Seen(Box(0, 0, 1, 1), Box(0, 0, 1, 1)), Geodata.Exposure).Count);
    }

    private static Geometry Box(double west, double south, double east, double north) => Wgs84.Factory.ToGeometry(new Envelope(west, east, south, north));

    private static SeenExtent Seen(Geometry frame, Geometry? area, double seenShare = 1, int coarsening = 1)
    {
        var id = Guid.Parse("00000000-0000-8000-8000-000000000001");
        return new SeenExtent(
            new Feed { Id = "t", Name = "T", Format = "geotiff", Readings = new Uri("https://example.org"), Every = TimeSpan.FromHours(1), Credit = "C", Licence = "L" },
            new Coverage
            {
                Id = id,
                FeedId = "t",
                Quantity = CoverageQuantity.FloodExtent,
                Unit = "",
                PhenomenonTime = DateTimeOffset.UnixEpoch,
                ReceivedAt = DateTimeOffset.UnixEpoch,
                PayloadSha256 = "",
                Width = 1,
                Height = 1,
                Crs = "EPSG:4326",
                SeenShare = seenShare,
                Frame = frame,
                Mapping = "{}",
                Exercise = false,
                Newest = true,
                Version = 1,
            },
            new CoverageExtent { CoverageId = id, ClassIndex = 0, Name = "Water", Area = area, SquareKilometres = 1, Coarsening = coarsening });
    }
}
