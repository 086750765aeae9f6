using System.Globalization;
using Resilience.Hazards.Frequency;
using Resilience.Hazards.Ratings;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards.Ratings;

public class RatingCurveTest
{
    private static RatingCurve Two { get; } = new([new(1, 10, 0.5, 1.5), new(3, 12, 0.5, 1.7)], 5, "m", "m3/s", "a made gauge");

    [Fact]
    public void A_discharge_is_read_off_the_segment_of_its_stage()
    {
        Assert.Equal(10 * Math.Pow(1.5, 1.5), Two.DischargeAt(2)!.Value.Value, 9);
        Assert.Equal(12 * Math.Pow(3.5, 1.7), Two.DischargeAt(4)!.Value.Value, 9);
    }

    [Fact]
    public void Above_the_highest_gauging_a_discharge_is_called_extrapolated_and_below_the_lowest_stage_there_is_none()
    {
        Assert.False(Two.DischargeAt(5)!.Value.Extrapolated);
        Assert.True(Two.DischargeAt(5.01)!.Value.Extrapolated);
        Assert.Null(Two.DischargeAt(0.99));
        Assert.Null(Two.DischargeAt(double.NaN));
    }

    [Fact]
    public void More_stage_is_never_less_discharge_and_a_discharge_leads_back_to_its_stage()
    {
        var stages = Enumerable.Range(0, 1000).Select(i => 1 + (i * 0.01)).ToArray();

        Assert.All(stages.Zip(stages.Skip(1)), pair => Assert.True(Two.DischargeAt(pair.First)!.Value.Value < Two.DischargeAt(pair.Second)!.Value.Value));
        Assert.All(stages, stage => Assert.Equal(stage, Two.StageOf(Two.DischargeAt(stage)!.Value.Value)!.Value.Stage, 9));
        Assert.Equal(3, Two.StageOf(45)!.Value.Stage, 9); // between the end of the lower segment (39.5) and the beginning of the upper (57.0)
    }

    [Fact]
    public void A_rating_that_falls_with_the_stage_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => new RatingCurve([new(1, 10, 0.5, 1.5), new(3, 1, 0.5, 1.5)], 5, "m", "m3/s", "a made gauge"));
        Assert.Throws<InvalidDataException>(() => new RatingCurve([new(1, 10, 0.5, -1)], 5, "m", "m3/s", "a made gauge"));
        Assert.Throws<InvalidDataException>(() => new RatingCurve([], 5, "m", "m3/s", "a made gauge"));
    }

    [Fact]
    public void Through_the_points_of_a_USGS_table_runs_a_straight_line_in_logarithms()
    {
        static string F(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        double Law(double stage) => 55 * Math.Pow(stage - 2, 1.6);
        var rdb = $"""
            # //STATION AGENCY="USGS " NUMBER="01234567       " TIME_ZONE="CST"
            # //RATING ID="12.0" TYPE="STGQ" EXPANSION="logarithmic"
            # //RATING OFFSET1=2.0
            INDEP	DEP
            16N	16N
            {F(3)}	{F(Law(3))}
            {F(6)}	{F(Law(6))}
            {F(20)}	{F(Law(20))}
            """;

        var (station, rating) = ReadUsgsRating.From(rdb.Replace("# //RATING OFFSET1", "# //RATING HIGHEST_GAUGING=\"15\"\n# //RATING OFFSET1", StringComparison.Ordinal));

        Assert.Equal(("usgs:01234567", "USGS rating 12.0 of 01234567", "ft", "ft3/s"), (station, rating.Source, rating.StageUnit, rating.DischargeUnit));
        Assert.All([3.0, 4.5, 6, 11, 19], stage => Assert.Equal(1, rating.DischargeAt(stage)!.Value.Value / Law(stage), 1e-9));
        Assert.True(rating.DischargeAt(16)!.Value.Extrapolated);
    }

    [Fact]
    public void The_rating_of_the_Patuxent_gives_the_flows_USGS_published_for_the_peaks_of_its_years()
    {
        var (station, rating) = ReadUsgsRating.From(File.ReadAllText(Repository.Path("geodata", "ratings", "usgs-01594440.rdb")));
        using var file = File.OpenText(Repository.Path("geodata", "peaks", "usgs-01594440.rdb"));
        var peaks = ReadUsgsPeaks.From(file);

        Assert.Equal(("usgs:01594440", "usgs:01594440", 19, 19), (station, peaks.Station, peaks.Flow.Values.Count, peaks.Level.Values.Count));
        // In force from water year 2016 on.
        foreach (var year in Enumerable.Range(2016, 4))
        {
            var (stage, flow) = (peaks.Level.Values.Single(one => one.Year == year).Value, peaks.Flow.Values.Single(one => one.Year == year).Value);
            Assert.Equal(1, rating.DischargeAt(stage)!.Value.Value / flow, 2e-3);
        }
    }

    [Fact]
    public void The_version_is_that_of_the_table_whatever_its_line_ends_and_a_table_of_another_kind_is_refused()
    {
        var text = File.ReadAllText(Repository.Path("geodata", "ratings", "usgs-01594440.rdb")).ReplaceLineEndings("\n");
        string Version(string rdb) => ReadUsgsRating.From(rdb).Rating.Version;

        Assert.Equal(Version(text), Version(text.ReplaceLineEndings("\r\n")));
        Assert.NotEqual(Version(text), Version(text.Replace("1.1750000E+03", "1.1760000E+03", StringComparison.Ordinal)));
        Assert.Throws<InvalidDataException>(() => Version(text.Replace("logarithmic", "linear", StringComparison.Ordinal)));
        Assert.Throws<InvalidDataException>(() => Version(text.Replace("3.1100000E+04", "n/a", StringComparison.Ordinal)));
        Assert.Throws<InvalidDataException>(() => Version("<html>try later</html>"));
    }

    [Fact]
    public void Rounded_values_that_repeat_in_an_expanded_table_are_passed_over()
    {
        var segments = RatingCurve.Through([(1, 0.5), (1.01, 0.5), (1.02, 0.6), (1.03, 0.8)], 0);
        Assert.Equal([1, 1.02], segments.Select(segment => segment.From));
    }
}
