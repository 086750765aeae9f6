using Resilience.Hazards.Cascading;

namespace Resilience.Tests.Hazards.Cascading;

/// <summary>Travel time learnt from two records. Synthetic.</summary>
public sealed class LearnLagTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(23)]
    public void The_lag_is_found_with_a_spread_around_it(int lag)
    {
        var (upper, lower) = Rivers(lag, jitter: 2, seed: 4);
        var learnt = LearnLag.Between(upper, lower);
        Assert.NotNull(learnt);
        Assert.InRange(learnt.Hours, lag, lag + 2);
        Assert.True(learnt.Low <= learnt.Hours && learnt.Hours <= learnt.High && learnt.High - learnt.Low <= 4, $"{learnt}");
        Assert.True(learnt.Parts >= 5);
    }

    [Fact]
    public void Two_rivers_that_do_not_follow_each_other_teach_nothing() =>
        Assert.Null(LearnLag.Between(Rivers(5, 0, 1).Upper, Rivers(5, 0, 2).Upper));

    [Fact]
    public void A_short_record_teaches_nothing()
    {
        var (upper, lower) = Rivers(5, 0, 3);
        Assert.Null(LearnLag.Between(upper.AsSpan(0, 400), lower.AsSpan(0, 400)));
    }

    [Fact]
    public void Gaps_neither_count_nor_spoil()
    {
        var (upper, lower) = Rivers(6, 0, 8);
        Array.Fill(upper, double.NaN, 1000, 200);
        Array.Fill(lower, double.NaN, 2000, 300);
        Assert.Equal(6, LearnLag.Between(upper, lower)!.Hours);
    }

    private static (double[] Upper, double[] Lower) Rivers(int lag, int jitter, int seed)
    {
        var random = new Random(seed);
        var (upper, lower) = (new double[6000], new double[6000]);
        Array.Fill(upper, 1);
        Array.Fill(lower, 2);
        for (var at = 50; at < 5800; at += 60 + random.Next(200))
        {
            var (height, late) = (0.3 + random.NextDouble(), lag + random.Next(jitter + 1));
            for (var t = 0; t < 100; t++)
            {
                var wave = height * (t < 4 ? (t + 1) / 4.0 : Math.Exp(-(t - 3) / 20.0));
                Add(upper, at + t, wave);
                Add(lower, at + t + late, wave * 0.8);
            }
        }

        return (upper, lower);

        static void Add(double[] values, int t, double by)
        {
            if (t < values.Length)
            {
                values[t] += by;
            }
        }
    }
}
