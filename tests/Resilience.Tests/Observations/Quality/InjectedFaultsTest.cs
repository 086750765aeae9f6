using Resilience.Observations;
using Resilience.Observations.Quality;

namespace Resilience.Tests.Observations.Quality;

/// <summary>Faults put into real series are found, at least 95 of 100; the floods in the same series are left alone.</summary>
public sealed class InjectedFaultsTest(ITestOutputHelper output)
{
    private const int Seed = 20190226;
    private const int Times = 300;

    /// <summary>What would keep a value from raising a level.</summary>
    private const QualityFlags Holding = QualityFlags.Spike | QualityFlags.Step | QualityFlags.Stuck | QualityFlags.OutOfRange | QualityFlags.Suspect;

    private enum Fault
    {
        Spike,
        Unit,
        Sign,
        ZeroUp,
        ZeroDown,
        Stuck,
        Gap,
        Range,
    }

    [Fact]
    public async Task Of_the_faults_put_into_real_series_at_least_95_in_100_are_found_of_every_kind()
    {
        var rivers = (await RealSeries.OfRiversAsync()).Where(series => series.Property is ObservedProperty.Stage or ObservedProperty.Discharge && series.Values.Length >= 90).ToList();
        Assert.True(rivers.Count >= 8, $"{rivers.Count} series");
        var random = new Random(Seed);
        output.WriteLine($"seed {Seed}, {rivers.Count} series");
        var missed = new List<string>();
        foreach (var fault in Enum.GetValues<Fault>())
        {
            var fitting = rivers.Where(series => Fits(series, fault)).ToList();
            var (found, values, marked) = (0, 0, 0);
            for (var i = 0; i < Times; i++)
            {
                var series = fitting[random.Next(fitting.Count)];
                var (faulty, labelled, wanted, what) = Inject(series, fault, random);
                var flags = series.Judge(faulty);
                var hits = labelled.Count(at => (flags[at] & wanted) != 0);
                (values, marked) = (values + labelled.Length, marked + hits);
                if ((flags[labelled[0]] & wanted) != 0)
                {
                    found++;
                }
                else
                {
                    missed.Add($"{fault} {series.Id} at {labelled[0]}: {what}; flagged {flags[labelled[0]]}");
                }
            }

            output.WriteLine($"{fault}: {found} of {Times} faults found in {fitting.Count} series; {marked} of {values} values marked");
            Assert.True(found >= 0.95 * Times, $"{fault}: {found} of {Times} found, seed {Seed}. {string.Join(Environment.NewLine, missed.Take(10))}");
        }
    }

    [Fact]
    public async Task A_real_flood_is_flagged_nowhere_in_a_way_that_would_keep_it_from_raising_a_level()
    {
        var flood = await RealSeries.PearlRiverAsync();
        Assert.Equal(4, flood.Count(series => series.Property is ObservedProperty.Stage or ObservedProperty.Discharge));
        Assert.All(flood.Where(IsWater), series => Assert.DoesNotContain(series.Judge(), flags => (flags & Holding) != 0));
    }

    [Fact]
    public async Task An_anemometer_that_says_minus_five_all_along_is_out_of_range_all_along()
    {
        var wind = Assert.Single(await RealSeries.PearlRiverAsync(), series => series.Property == ObservedProperty.WindSpeed);
        Assert.All(wind.Values, value => Assert.Equal(-5, value.Result));
        Assert.All(wind.Judge(), flags => Assert.True(flags.HasFlag(QualityFlags.OutOfRange)));
    }

    [Fact]
    public async Task The_pulse_of_an_outburst_and_the_drop_of_its_lake_are_flagged_nowhere_so_either()
    {
        var outburst = await RealSeries.OutburstAsync();
        Assert.Equal(5, outburst.Count);
        Assert.All(outburst, series => Assert.DoesNotContain(series.Judge(), flags => (flags & Holding) != 0));
    }

    [Fact]
    public async Task Of_the_values_of_real_series_fewer_than_one_in_200_is_doubted_that_its_source_does_not_doubt()
    {
        var (all, doubted, steep, gaps) = (0, 0, 0, 0);
        foreach (var series in (await RealSeries.OfRiversAsync()).Concat(await RealSeries.OutburstAsync()).Where(IsWater))
        {
            var flags = series.Judge();
            all += flags.Length;
            doubted += flags.Count(flag => flag.HasFlag(QualityFlags.Suspect) && !flag.HasFlag(QualityFlags.Qualifier));
            steep += flags.Count(flag => flag.HasFlag(QualityFlags.RateOfChange));
            gaps += flags.Count(flag => flag.HasFlag(QualityFlags.Gap));
        }

        output.WriteLine($"{all} values: {doubted} doubted, {steep} steep, {gaps} after a gap");
        Assert.True(all > 2_500);
        Assert.True(doubted <= all / 200, $"{doubted} of {all}");
    }

    private static bool IsWater(RealSeries series) => series.Property is ObservedProperty.Stage or ObservedProperty.LakeLevel or ObservedProperty.Discharge or ObservedProperty.Rainfall;

    // A new zero shows to gauges that send every half hour or oftener; a rest, in a record of days.
    private static bool Fits(RealSeries series, Fault fault) => fault switch
    {
        Fault.ZeroUp or Fault.ZeroDown => series.Property == ObservedProperty.Stage && series.Every <= TimeSpan.FromMinutes(30),
        Fault.Stuck => series.Every * series.Values.Length > TimeSpan.FromHours(100),
        Fault.Sign => series.Values.All(value => Math.Abs(value.Result) > 1),
        _ => true,
    };

    private static (SeriesValue[] Faulty, int[] Labelled, QualityFlags Wanted, string What) Inject(RealSeries series, Fault fault, Random random)
    {
        var values = (SeriesValue[])series.Values.Clone();
        var at = random.Next(12, values.Length - 8);
        var (perMetre, isStage) = (series.Unit == "ft" ? 1 / 0.3048 : 1, series.Property == ObservedProperty.Stage);
        switch (fault)
        {
            case Fault.Spike:
                {
                    var length = Math.Clamp(random.Next(1, 3), 1, (int)(QualityRules.Default.SpikeWithin / series.Every) - 1);
                    var sign = random.Next(2) == 0 ? -1 : 1;
                    var off = sign * (isStage ? (0.3 + (random.NextDouble() * 8)) * perMetre : values[at].Result * (sign > 0 ? 0.4 + (random.NextDouble() * 5) : 0.4 + (random.NextDouble() * 0.5)));
                    Change(values, at, length, value => value + off);
                    return (values, Range(at, length), QualityFlags.Spike, $"{off:0.###} over {length} values");
                }

            case Fault.Unit:
                {
                    double[] factors = isStage ? [100, 0.01, 0.3048, 1 / 0.3048, 12, 1 / 12.0] : [35.3147, 1 / 35.3147, 1_000, 0.001];
                    var (factor, length) = (factors[random.Next(factors.Length)], Math.Min(random.Next(4, 40), values.Length - at));
                    Change(values, at, length, value => value * factor);
                    return (values, Range(at, length), QualityFlags.Step | QualityFlags.OutOfRange, $"times {factor:0.####} over {length} values");
                }

            case Fault.Sign:
                {
                    var length = Math.Min(random.Next(4, 40), values.Length - at);
                    Change(values, at, length, value => -value);
                    return (values, Range(at, length), QualityFlags.Step | QualityFlags.OutOfRange, $"other sign over {length} values");
                }

            case Fault.ZeroUp or Fault.ZeroDown:
                {
                    var (off, length) = ((fault == Fault.ZeroUp ? 1 : -1) * (1.1 + (random.NextDouble() * 4)) * perMetre, Math.Min(random.Next(8, 40), values.Length - at));
                    Change(values, at, length, value => value + off);
                    return (values, Range(at, length), QualityFlags.Step, $"{off:0.###} over {length} values");
                }

            case Fault.Stuck:
                {
                    var limit = QualityRules.Default.LimitsFor(series.Property, series.Unit)!.StuckAfter!.Value;
                    var first = random.Next(1, 20);
                    var beyond = Enumerable.Range(first, values.Length - first).Where(i => values[i].Time - values[first].Time > limit).ToArray();
                    Change(values, first, values.Length - first, _ => values[first].Result);
                    return (values, beyond, QualityFlags.Stuck, $"at rest from {first}");
                }

            case Fault.Gap:
                {
                    var length = Math.Min(random.Next(4, 30), values.Length - at - 1);
                    return ([.. values[..at], .. values[(at + length)..]], [at], QualityFlags.Gap, $"{length} values lost");
                }

            default:
                {
                    var limits = QualityRules.Default.LimitsFor(series.Property, series.Unit)!;
                    var off = random.Next(2) == 0 ? limits.Highest * (1.01 + random.NextDouble()) : limits.Lowest * (1.01 + random.NextDouble());
                    Change(values, at, 1, _ => off);
                    return (values, [at], QualityFlags.OutOfRange, $"{off:0.#}");
                }
        }
    }

    private static void Change(SeriesValue[] values, int at, int length, Func<double, double> to)
    {
        for (var i = at; i < at + length; i++)
        {
            values[i] = values[i] with { Result = to(values[i].Result) };
        }
    }

    private static int[] Range(int at, int length) => [.. Enumerable.Range(at, length)];
}
