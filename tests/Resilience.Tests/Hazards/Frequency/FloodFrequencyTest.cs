using Resilience.Hazards.Frequency;
using Resilience.Observations.Queries;

namespace Resilience.Tests.Hazards.Frequency;

public class FloodFrequencyTest
{
    private static AnnualMaxima Record(params double[] values) => new("m3/s", "flow", "a made record", [.. values.Select((value, i) => new AnnualMaximum(1980 + i, value))]);

    private static AnnualMaxima Forty { get; } = Record([.. Enumerable.Range(1, 40).Select(i => new Gev(1000, 300, -0.1).Quantile((i - 0.44) / 40.12))]);

    [Fact]
    public void L_moments_of_a_small_sample_are_those_reckoned_by_hand()
    {
        // 1, 2, 3, 4, 10: λ2 = half the mean difference of the ten pairs (40/10/2); λ3 = the mean over the ten triples of (high − 2·middle + low)/3.
        var moments = LMoments.Of([10, 1, 3, 2, 4])!.Value;

        Assert.Equal(4, moments.First, 12);
        Assert.Equal(2, moments.Second, 12);
        Assert.Equal(0.5, moments.Skewness, 12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.3)]
    [InlineData(-0.1)]
    [InlineData(0.2)]
    public void The_fit_finds_the_distribution_whose_L_moments_were_integrated_numerically(double shape)
    {
        var truth = new Gev(850, 240, shape);
        const int Steps = 2_000_000;
        double b0 = 0, b1 = 0, b2 = 0;
        for (var i = 0; i < Steps; i++)
        {
            var u = (i + 0.5) / Steps;
            var x = truth.Quantile(u) / Steps;
            (b0, b1, b2) = (b0 + x, b1 + (x * u), b2 + (x * u * u));
        }

        var second = (2 * b1) - b0;
        var fit = Gev.Fit(new LMoments(b0, second, ((6 * b2) - (6 * b1) + b0) / second))!.Value;

        Assert.Equal(truth.Shape, fit.Shape, 2e-3);
        Assert.Equal(1, fit.Location / truth.Location, 2e-3);
        Assert.Equal(1, fit.Scale / truth.Scale, 2e-3);
    }

    [Fact]
    public void A_Gumbel_distribution_has_the_published_L_skewness() =>
        Assert.Equal(0, Gev.Fit(new LMoments(100, 10, 0.1699250014423124))!.Value.Shape, 1e-6); // Hosking & Wallis 1997, A.5: log(9/8)/log 2

    [Fact]
    public void A_return_level_comes_back_as_its_return_period() =>
        Assert.All([2.0, 10, 50, 100, 500], years => Assert.Equal(1 / years, 1 - new Gev(1000, 300, -0.1).NotExceeded(new Gev(1000, 300, -0.1).ReturnLevel(years)), 1e-12));

    [Fact]
    public void Fewer_than_ten_years_or_years_all_alike_say_nothing()
    {
        Assert.Null(FloodFrequency.Of(Record(1, 5, 2, 8, 3, 9, 4, 7, 6)));
        Assert.Null(FloodFrequency.Of(Record([.. Enumerable.Repeat(5.0, 30)])));
    }

    [Fact]
    public void The_interval_holds_the_estimate_and_the_same_record_in_any_order_gives_the_same_figures()
    {
        var once = FloodFrequency.Of(Forty)!.PeriodOf(1800);
        var again = FloodFrequency.Of(Forty with { Values = [.. Forty.Values.Reverse()] })!.PeriodOf(1800);

        Assert.Equal(once, again);
        Assert.InRange(once.Years, once.Low, once.High);
        Assert.True(once.High > once.Low);
    }

    [Fact]
    public void A_higher_value_is_never_called_more_frequent_and_nothing_is_rarer_than_a_record_can_bear()
    {
        var frequency = FloodFrequency.Of(Forty)!;
        var periods = Enumerable.Range(0, 200).Select(i => frequency.PeriodOf(i * 50)).ToArray();

        Assert.All(periods.Zip(periods.Skip(1)), pair => Assert.True(pair.First.Years <= pair.Second.Years && pair.First.Low <= pair.Second.Low && pair.First.High <= pair.Second.High));
        Assert.Equal((1, FloodFrequency.Longest), (periods[0].Years, periods[^1].Years));
    }

    [Fact]
    public void L_moments_fit_and_quantiles_are_those_of_Hosking_s_own_routines()
    {
        // The sample and figures that ports of J. R. M. Hosking's LMOMENTS routines (samlmu, pelgev, quagev) are checked against; read in OpenHydrology/lmoments3, tests/test_lmoments.py.
        var moments = LMoments.Of([2.0, 3.0, 4.0, 2.4, 5.5, 1.2, 5.4, 2.2, 7.1, 1.3, 1.5])!.Value;
        var fit = Gev.Fit(moments)!.Value;

        Assert.Equal((3.23636364, 1.14181818, 0.27388535), (Math.Round(moments.First, 8), Math.Round(moments.Second, 8), Math.Round(moments.Skewness, 8)));
        // His iteration ends at a millionth of the skewness.
        Assert.All(new[] { (2.1792884, fit.Location), (1.3956404, fit.Scale), (-0.1555609, fit.Shape) }, pair => Assert.Equal(pair.Item1, pair.Item2, 1e-6));
        Assert.All(new[] { (1.539112, 0.2), (2.705672, 0.5), (4.537048, 0.8) }, pair => Assert.Equal(pair.Item1, fit.Quantile(pair.Item2), 2e-6));
    }

    [Fact]
    public void Of_any_record_intervals_hold_their_estimates_levels_rise_with_their_years_and_another_unit_changes_no_period()
    {
        var random = new Random(4);
        for (var turn = 0; turn < 12; turn++)
        {
            var truth = new Gev(random.Next(10, 5000), random.Next(5, 2000), (random.NextDouble() * 0.8) - 0.5);
            var record = Record([.. Enumerable.Range(0, random.Next(10, 60)).Select(_ => truth.Quantile(Math.Clamp(random.NextDouble(), 0.001, 0.999)))]);
            if (FloodFrequency.Of(record) is not { } frequency)
            {
                continue;
            }

            var levels = new[] { 2, 5, 10, 20, 50, 100 }.Select(frequency.LevelOf).ToArray();
            Assert.All(levels, level => Assert.True(level.Low <= level.Value && level.Value <= level.High, $"{level}"));
            Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.First.Value < pair.Second.Value && pair.First.Low <= pair.Second.Low && pair.First.High <= pair.Second.High));
            Assert.All(levels, level => Assert.InRange(frequency.PeriodOf(level.Value).Years, level.Years * 0.98, level.Years * 1.02));
            var feet = FloodFrequency.Of(record with { Values = [.. record.Values.Select(year => year with { Value = year.Value / 0.3048 })] })!;
            Assert.Equal(frequency.PeriodOf(levels[3].Value).Years, feet.PeriodOf(levels[3].Value / 0.3048).Years, 0.15);
        }
    }

    [Theory]
    [InlineData(1.2, 1, 1.6, "a flow most years bring, from 19 years of record")]
    [InlineData(23.4, 7.7, 93, "about a 1-in-25-year flow (90 % between 8 and 90), from 19 years of record")]
    [InlineData(31, 12, 1000, "about a 1-in-30-year flow (90 % between 10 and more than 1000), from 19 years of record")]
    [InlineData(240, 41, 1000, "rarer than a 1-in-40-year flow, beyond what 19 years of record can tell apart (at least 40), from 19 years of record", true)]
    public void The_words_are_no_more_precise_than_the_record(double years, double low, double high, string words, bool beyond = false)
    {
        var record = new AnnualMaxima("ft3/s", AnnualMaxima.Flow, "a made record", [.. Enumerable.Range(2000, 19).Select(year => new AnnualMaximum(year, year))]);
        Assert.Equal(beyond ? words[..words.LastIndexOf(',')] : words, new Rarity(1, DateTimeOffset.UnixEpoch, years, low, high, record, null).Words);
    }

    [Fact]
    public void Of_a_peak_file_are_read_the_water_years_without_dam_failures_bounds_and_historic_peaks()
    {
        const string Rdb = """
            # a comment
            agency_cd	site_no	peak_dt	peak_tm	peak_va	peak_cd	gage_ht	gage_ht_cd	ag_gage_ht	ag_gage_ht_cd
            5s	15s	10d	6s	8s	27s	8s	27s	8s	27s
            USGS	01234567	1990-04-17		41000		12.5			
            USGS	01234567	1990-11-02		30500	6	11.1	2	11.4	
            USGS	01234567	1992-03-00		20000		10.0	3		
            USGS	01234567	1993-03-01		99999	3	30			
            USGS	01234567	1994-03-01		500	4	9.0			
            USGS	01234567	1900-04-01		80000	7	20			
            USGS	01234567	1995-03-01			A	8			
            """;

        var peaks = ReadUsgsPeaks.From(new StringReader(Rdb));

        Assert.Equal([new(1990, 41000), new(1991, 30500), new(1992, 20000)], peaks.Flow.Values);
        Assert.Equal([new(1990, 12.5), new(1991, 11.4), new(1994, 9.0)], peaks.Level.Values);
        Assert.Equal(("usgs:01234567", "annual peaks of usgs:01234567, affected by regulation"), (peaks.Station, peaks.Flow.Source));
        Assert.Throws<InvalidDataException>(() => ReadUsgsPeaks.From(new StringReader("<html>\n<p>try later</p>")));
        Assert.Throws<InvalidDataException>(() => ReadUsgsPeaks.From(new StringReader("")));
    }

    [Fact]
    public void A_year_with_a_month_unobserved_is_no_year_and_no_season_of_floods_is_cut_in_two()
    {
        // Floods from December to February, low water in August: the year begins in August and is named after its end.
        var months = Enumerable.Range(0, 48).Select(i => (Year: 2000 + (i / 12), Month: (i % 12) + 1))
            .Select(m => new MonthlyMaximum(m.Year, m.Month, m.Month is 12 or 1 ? 500 + m.Year + m.Month : m.Month == 8 ? 1 : 10, m is { Year: 2002, Month: 5 } ? 40 : 700)).ToList();

        Assert.Equal([new AnnualMaximum(2001, 500 + 2000 + 12), new AnnualMaximum(2003, 500 + 2002 + 12)], WholeYears.Of(months));
        Assert.Empty(WholeYears.Of(months[..11]));
    }
}
