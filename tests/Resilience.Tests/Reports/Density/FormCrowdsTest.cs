using Resilience.Reports.Density;

namespace Resilience.Tests.Reports.Density;

/// <summary>The anonymity rule: nothing that is published, and nothing that is computed from it, is of fewer than five people.</summary>
public sealed class FormCrowdsTest
{
    private static readonly string[] Categories = ["a", "b", "c", "d"];

    /// <summary>
    /// Days of reports, hour by hour. Each counted origin has a mark: all figures (cell, hour, part) that count it. Whoever adds and subtracts
    /// published figures can tell apart only origins of different marks; so each mark must be borne by at least five different ones.
    /// </summary>
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 8)]
    [InlineData(3, 20)]
    [InlineData(4, 60)]
    [InlineData(5, 200)]
    public void No_published_figures_of_any_zoom_and_time_can_be_combined_to_tell_of_fewer_than_five(int seed, int perHour)
    {
        var random = new Random(seed);
        var published = Simulate(random, hours: 48, perHour);
        var marks = new Dictionary<string, HashSet<string>>();
        var bearers = new Dictionary<(int Hour, string Origin), SortedSet<string>>();
        foreach (var (hour, crowd, part, origin) in published)
        {
            for (var at = hour; at < hour + 6; at++)
            {
                // Own counts and, at each zoom, the sums over all finer cells inside.
                for (var cell = crowd.Cell; cell.Level >= GridCell.Coarsest; cell = cell.Parent)
                {
                    Bear(hour, origin, FormattableString.Invariant($"{at} in {cell.Id}"));
                }

                Bear(hour, origin, FormattableString.Invariant($"{at} of {crowd.Cell.Id} {crowd.Exercise} {part}"));
            }
        }

        foreach (var ((_, origin), mark) in bearers)
        {
            var key = string.Join('|', mark);
            (marks.TryGetValue(key, out var set) ? set : marks[key] = []).Add(origin);
        }

        Assert.NotEmpty(marks);
        Assert.All(marks.Values, origins => Assert.True(origins.Count >= FormCrowds.Least));

        void Bear(int hour, string origin, string figure) => (bearers.TryGetValue((hour, origin), out var mark) ? mark : bearers[(hour, origin)] = new(StringComparer.Ordinal)).Add(figure);
    }

    [Theory]
    [InlineData(11, 20)]
    [InlineData(12, 150)]
    public void An_origin_is_in_one_crowd_at_a_time_and_in_a_cell_no_finer_than_its_place_is_known(int seed, int perHour)
    {
        var published = Simulate(new Random(seed), hours: 30, perHour);
        Assert.NotEmpty(published);
        foreach (var own in published.GroupBy(one => one.Origin))
        {
            var hours = own.Select(one => one.Hour).Order().ToList();
            Assert.All(hours.Zip(hours.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 6));
        }
    }

    [Fact]
    public void Who_finds_too_few_in_a_cell_is_joined_with_the_next_around()
    {
        var cell = GridCell.At(85, 27, 12);
        var beside = cell with { X = cell.X ^ 1 };
        var formed = FormCrowds.Form([.. Witnesses(cell, 6), .. Witnesses(beside, 3), .. Witnesses(cell.Parent, 2)]);
        Assert.Equal([(cell, 6), (cell.Parent, 5)], formed.Select(crowd => (crowd.Cell, crowd.Origins.Count)));
        Assert.Empty(FormCrowds.Form([.. Witnesses(cell, 2), .. Witnesses(beside, 2)]));
    }

    [Fact]
    public void A_drill_and_the_real_thing_are_never_counted_together()
    {
        var cell = GridCell.At(85, 27, 12);
        Assert.Empty(FormCrowds.Form([.. Witnesses(cell, 4), .. Witnesses(cell, 4).Select(witness => witness with { Exercise = true, OriginId = "x" + witness.OriginId })]));
    }

    [Theory]
    [InlineData("aaaaa", "a5")]
    [InlineData("aaaaab", "mixed6")]
    [InlineData("aaaaaabbbbb", "a6 b5")]
    [InlineData("aaaaaabbbbbc", "a6 mixed6")]
    [InlineData("aaabbbcc", "mixed8")]
    public void A_category_is_named_only_if_it_and_the_rest_are_enough_each(string said, string parts) =>
        Assert.Equal(parts, string.Join(' ', FormCrowds.Parts(said.Select(letter => letter.ToString())).Select(part => FormattableString.Invariant($"{part.Key}{part.Value}"))));

    [Theory]
    [InlineData(5, 5, 9)]
    [InlineData(9, 5, 9)]
    [InlineData(10, 10, 19)]
    [InlineData(999, 500, 999)]
    public void Counts_are_told_in_steps(int count, int atLeast, int atMost)
    {
        Assert.Equal(new Bucket(atLeast, atMost), Bucket.Of(count));
        Assert.Equal(new Bucket(1000, null), Bucket.Of(1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bucket.Of(4));
    }

    [Theory]
    [InlineData(85.3, 27.7)]
    [InlineData(-179.999, -89.9)]
    [InlineData(180, 90)]
    [InlineData(10, 69)]
    [InlineData(-70, -0.001)]
    public void A_cell_is_never_smaller_than_the_place_is_known(double longitude, double latitude)
    {
        foreach (var radius in new[] { 3.0, 5, 8, 12, 25, 150 })
        {
            if (GridCell.Around(longitude, latitude, radius) is not { } cell)
            {
                Assert.True(Math.Abs(latitude) > 60);
                continue;
            }

            Assert.InRange(longitude, cell.West, cell.West + cell.Side);
            Assert.InRange(latitude, cell.South, cell.South + cell.Side);
            var poleward = Math.Max(Math.Abs(cell.South), Math.Abs(cell.South + cell.Side));
            Assert.True(cell.HeightKm * Math.Cos(poleward * Math.PI / 180) >= 2 * radius);
            Assert.Equal(GridCell.At(longitude, latitude, cell.Level - 1), cell.Parent);
        }
    }

    private static IEnumerable<Witness> Witnesses(GridCell cell, int count) =>
        Enumerable.Range(0, count).Select(number => new Witness(FormattableString.Invariant($"{cell.Id}/{number}"), cell, "a", false));

    /// <summary>Reports around a few towns, of some people who write often and many who write once; who is in a crowd is left out while it stands.</summary>
    private static List<(int Hour, FormedCrowd Crowd, string Part, string Origin)> Simulate(Random random, int hours, int perHour)
    {
        var published = new List<(int, FormedCrowd, string, string)>();
        var until = new Dictionary<string, int>();
        var reports = new List<(int Hour, Witness Witness)>();
        for (var hour = 0; hour < hours; hour++)
        {
            for (var number = 0; number < perHour; number++)
            {
                var origin = FormattableString.Invariant($"o{(random.Next(3) == 0 ? random.Next(20) : random.Next(100_000))}");
                var (longitude, latitude) = (85 + (random.Next(4) * random.NextDouble()), 27 + (random.Next(3) * random.NextDouble()));
                var cell = GridCell.Around(longitude, latitude, new[] { 3.0, 5, 12, 25 }[random.Next(4)])!.Value;
                reports.Add((hour, new Witness(origin, cell, Categories[random.Next(random.Next(1, 5))], random.Next(10) == 0)));
            }

            var waiting = reports.Where(report => report.Hour > hour - 6 && until.GetValueOrDefault(report.Witness.OriginId) <= hour)
                .Select((report, index) => (report.Witness, DateTimeOffset.UnixEpoch.AddHours(report.Hour), new Guid(index, 0, 0, new byte[8])));
            var chosen = PublishDensity.Choose(waiting);
            foreach (var crowd in FormCrowds.Form(chosen))
            {
                foreach (var origin in crowd.Origins)
                {
                    var witness = chosen.Single(one => one.OriginId == origin);
                    until[origin] = hour + 6;
                    Assert.True(crowd.Cell.Level <= witness.Finest.Level && GridCell.At(witness.Finest.West + (witness.Finest.Side / 2), witness.Finest.South + (witness.Finest.Side / 2), crowd.Cell.Level) == crowd.Cell);
                    published.Add((hour, crowd, crowd.Parts.ContainsKey(witness.Category) ? witness.Category : FormCrowds.Mixed, origin));
                }
            }
        }

        return published;
    }
}
