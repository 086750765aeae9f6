using CsCheck;
using Resilience.Observations;
using Resilience.Observations.Queries;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Observations.Queries;

/// <summary>Drawing fewer points never hides the peak.</summary>
public sealed class ThinSeriesTest
{
    [Fact]
    public void Whatever_the_series_its_highest_and_lowest_value_stay_and_order_is_kept() => Gen.Double[-100, 100].Array[3, 400].Select(Gen.Int[2, 60]).Sample((values, limit) =>
    {
        var series = values.Select((value, i) => new Observation { DatastreamId = "d", PhenomenonTime = TestStore.Begin.AddMinutes(i * 15), Revision = 0, Result = value, Flags = QualityFlags.None, BatchId = default }).ToList();
        var thinned = ThinSeries.To(series, limit);

        Assert.True(thinned.Count <= limit);
        Assert.Equal(values.Max(), thinned.Max(row => row.Result));
        Assert.Equal(values.Min(), thinned.Min(row => row.Result));
        Assert.Equal(thinned.OrderBy(row => row.PhenomenonTime), thinned);
    });
}
