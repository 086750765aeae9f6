using System.Text.Json;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Frequency;
using Resilience.Hazards.Queries;
using Resilience.Observations;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards.Ratings;

/// <summary>Stage and discharge turned into each other by a real rating, and how rare the water is by real annual peaks. Thresholds and readings are made.</summary>
public sealed class JudgeByRatingTest
{
    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_gauge_that_measures_only_stage_is_judged_by_thresholds_of_discharge(Engine engine)
    {
        await using var test = await Patuxent.CreateAsync(engine, ObservedProperty.Discharge, ("Action", 3000), ("Minor", 6000));
        await Patuxent.AddStageAsync(test);
        await Patuxent.HearAsync(test, "00065", 14.9, 15.0, 15.0);

        var current = (await test.Get<HazardQueries>().FindCurrentAsync(Patuxent.Id, default))!;
        Assert.Equal((HazardLevel.Minor, HazardKind.RiverFlood, 0.90), (current.Level, current.Kind, current.Confidence));
        Assert.Contains("above the stage of flood discharge 6000 ft3/s by USGS rating 20.0 of 01594440, 14.53 ft at Patuxent River near Bowie", current.Summary, StringComparison.Ordinal);
        var minor = Evidence.FromJson(current.Evidence).Thresholds[1];
        Assert.Equal((14.526, "ft", 6000, "ft3/s", 16, false), (minor.Value, minor.Unit, minor.Rated!.Value, minor.Rated.Unit, minor.Rated.Version.Length, minor.Rated.Extrapolated));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_gauge_that_measures_only_discharge_is_judged_by_thresholds_of_stage(Engine engine)
    {
        await using var test = await Patuxent.CreateAsync(engine, ObservedProperty.Stage, ("Action", 12), ("Minor", 15.5));
        await Patuxent.AddDischargeAsync(test);
        await Patuxent.HearAsync(test, "00060", 7500, 7600, 7700);

        var current = (await test.Get<HazardQueries>().FindCurrentAsync(Patuxent.Id, default))!;
        Assert.Equal(HazardLevel.Minor, current.Level);
        Assert.Contains("Discharge 7700 ft3/s is 479 ft3/s above the discharge of flood stage 15.5 ft by USGS rating 20.0 of 01594440, 7221", current.Summary, StringComparison.Ordinal);
        // What USGS published for 15.50 ft in December 2018 is 7220 ft³/s.
        Assert.Equal(1, Evidence.FromJson(current.Evidence).Thresholds[1].Value / 7220, 2e-3);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_discharge_is_judged_by_thresholds_of_discharge_without_any_rating(Engine engine)
    {
        await using var test = await Patuxent.CreateAsync(engine, ObservedProperty.Discharge, ("Action", 3000), ("Minor", 6000));
        await Patuxent.AddDischargeAsync(test);
        await Patuxent.HearAsync(test, "00060", 6100, 6200, 6200);
        var up = (await test.Get<HazardQueries>().FindCurrentAsync(Patuxent.Id, default))!;
        Assert.Equal((HazardLevel.Minor, 0.95), (up.Level, up.Confidence));
        Assert.StartsWith("Discharge 6200 ft3/s is 200 ft3/s above flood discharge 6000.0 ft3/s at Patuxent River near Bowie", up.Summary, StringComparison.Ordinal);

        // Within three hundredths of the lowest threshold below it the level holds, for an hour further below it ends.
        foreach (var (value, level) in new[] { (5950.0, HazardLevel.Minor), (5800, HazardLevel.Minor), (5800, HazardLevel.Minor), (5800, HazardLevel.Minor), (5800, HazardLevel.Minor), (5800, HazardLevel.Action) })
        {
            test.Clock.Advance(TimeSpan.FromMinutes(15));
            await Gauges.StoreAsync(test, $"{Patuxent.Id}:00060", [(test.Clock.GetUtcNow(), value, QualityFlags.None)]);
            await test.SweepAsync();
            Assert.Equal(level, (await test.Get<HazardQueries>().FindCurrentAsync(Patuxent.Id, default))!.Level);
        }
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Where_both_are_measured_no_rating_stands_for_either(Engine engine)
    {
        await using var test = await Patuxent.CreateAsync(engine, ObservedProperty.Stage, ("Action", 12), ("Minor", 15.5));
        await Patuxent.AddStageAsync(test);
        await using (var step = await test.Store.BeginAsync<ObservationsDb>(default))
        {
            step.Db.Datastreams.Add(new Datastream { Id = $"{Patuxent.Id}:00060", StationId = Patuxent.Id, Property = ObservedProperty.Discharge, Unit = "ft3/s", Name = "00060", ExpectedEvery = TimeSpan.FromMinutes(15) });
            await step.CommitAsync(default);
        }

        await Patuxent.HearAsync(test, "00060", 9000, 9000, 9000);
        Assert.Null(await test.Get<HazardQueries>().FindCurrentAsync(Patuxent.Id, default));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Above_the_highest_gauging_it_is_said_and_believed_less(Engine engine)
    {
        await using var test = await Patuxent.CreateAsync(engine, ObservedProperty.Discharge, ("Action", 3000), ("Major", 40_000));
        await Patuxent.AddStageAsync(test);
        await Patuxent.HearAsync(test, "00065", 33, 33.1, 33.2);

        var current = (await test.Get<HazardQueries>().FindCurrentAsync(Patuxent.Id, default))!;
        Assert.Equal((HazardLevel.Major, 0.75), (current.Level, current.Confidence));
        Assert.Contains("The rating is carried on above its highest gauging, 27.9 ft: nobody has measured the flow there.", current.Summary, StringComparison.Ordinal);
        Assert.Contains("the flow by a rating carried on above its highest gauging", current.Summary, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_evidence_says_how_rare_the_peak_is_and_all_that_the_figure_follows_from(Engine engine)
    {
        var runs = new List<string>();
        foreach (var size in new[] { 1, 7 })
        {
            await using var test = await Patuxent.CreateAsync(engine, ObservedProperty.Stage, ("Action", 12), ("Minor", 15.5));
            await Patuxent.AddStageAsync(test);
            await Patuxent.HearAsync(test, "00065", size, [11.0, 11.6, 12.4, 14, 16, 18, 19.2, 19.2, 19.1, 19, 18.9, 18.6, 18.2, 17.7, 17.2, 16.6, 16, 15.3, 15, 14.6, 14.4, 14, 13.5, 13, 12.5, 12, 11.8, 11.7]);
            var history = await test.Get<HazardQueries>().ListHistoryAsync(Patuxent.Id, 50, default);
            runs.Add(JsonSerializer.Serialize(history.OrderBy(a => a.PhenomenonTime).Select(a => new { a.Id, a.Level, a.Confidence, a.Summary, a.Evidence })));
            if (size == 1)
            {
                var highest = history.Select(one => Evidence.FromJson(one.Evidence).Rarity).Where(rarity => rarity is not null).MaxBy(rarity => rarity!.Value)!;
                Assert.Equal((19, "USGS rating 20.0 of 01594440", false), (highest.Record.Values.Count, highest.Rating!.Source, highest.Rating.Extrapolated));
                Assert.Equal(new ReturnPeriod(highest.Years, highest.Low, highest.High), FloodFrequency.Of(highest.Record)!.PeriodOf(highest.Value));
                Assert.Contains(history, one => one.Summary.Contains($" This is {highest.Words}.", StringComparison.Ordinal));
                Assert.Null(Evidence.FromJson(history[^1].Evidence).Rarity);
            }
        }

        Assert.Equal(runs[0], runs[1]);
    }

    [Fact]
    public async Task The_endpoint_gives_fit_record_quantiles_and_the_present_peak()
    {
        await using var test = await Patuxent.CreateAsync(Engine.Sqlite, ObservedProperty.Stage, ("Action", 12));
        await Patuxent.AddStageAsync(test);
        await Patuxent.HearAsync(test, "00065", 18.9, 19.2, 19.1);

        var answer = await Patuxent.GetAsync(test, $"/hazards/stations/{Patuxent.Id}/frequency");
        Golden.Matches("patuxent-frequency.json", JsonSerializer.Serialize(JsonDocument.Parse(answer).RootElement, Indented).Replace("\\u002B", "+", StringComparison.Ordinal) + "\n");
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Ten_whole_years_of_stored_observations_are_a_record_and_nine_are_not_enough(Engine engine)
    {
        await using var test = await Gauges.CreateAsync(engine);
        await Gauges.AddPearlAsync(test);
        var begin = new DateTimeOffset(TestStore.Begin.Year - 11, 1, 1, 0, 0, 0, TimeSpan.Zero);
        double Stage(DateTimeOffset time) => time.Month == 4 && time.Day == 9 ? 15 + (time.Year * 7 % 11 * 0.5) : time.Month == 9 ? 4 : 6;
        var days = Enumerable.Range(0, (10 * 365) + 1).Select(i => begin.AddDays(i)).Select(time => (time, Stage(time), QualityFlags.None)).ToList();
        // A value nobody believes is nobody's flood.
        days[100] = (days[100].time, 99, QualityFlags.OutOfRange | QualityFlags.Suspect);
        await Gauges.StoreAsync(test, Gauges.PearlStage, days, 4000);

        var nine = await FrequencyAsync(test);
        Assert.Equal((9, "Not enough record: 9 whole years are known, 10 are needed."), (nine.Years, nine.Why));
        Assert.Null(nine.Fit);

        await Gauges.StoreAsync(test, Gauges.PearlStage, Enumerable.Range((10 * 365) + 1, 280).Select(i => begin.AddDays(i)).Select(time => (time, Stage(time), QualityFlags.None)), 4000);
        test.Clock.Advance(TimeSpan.FromDays(1));
        var ten = await FrequencyAsync(test);
        Assert.Equal((10, "", "stored observations", "level", "ft"), (ten.Years, ten.Why, ten.Source, ten.Of, ten.Unit));
        Assert.DoesNotContain(ten.Maxima, year => year.Value > 21);
        Assert.Equal([2, 5, 10, 20, 50, 100], ten.Levels.Select(level => level.Years));
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static Task<StationFrequency> FrequencyAsync(TestStore test) =>
        ShowFrequency.OfAsync(Gauges.Pearl, test.Store, test.Get<Resilience.Observations.Queries.ObservationQueries>(), test.Get<FindFrequency>(), default);
}
