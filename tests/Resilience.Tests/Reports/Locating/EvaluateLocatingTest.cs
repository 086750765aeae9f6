using System.Text.Json;
using Resilience.Reports.Locating;
using Resilience.Reports.Locating.Evaluating;

namespace Resilience.Tests.Reports.Locating;

/// <summary>What <c>locate evaluate</c> reads is what stands in the file, and its figures are those computed by hand.</summary>
public sealed class EvaluateLocatingTest
{
    private const string Punakha = """{"text":"Punakha","type":"City/town","start_offset":9,"end_offset":16,"lat":"27.6","lon":"89.86","bbox":["27.5","27.7","89.7","90.0"]}""";

    [Fact]
    public void Figures_are_those_computed_by_hand()
    {
        var posts = Read(
            Post("1", "Flood in Punakha", Punakha),
            Post("2", "Flood in Punakha", Punakha.Replace("27.6", "10.0", StringComparison.Ordinal)),
            Post("3", "Flood in Bhutan!", """{"text":"Bhutan","type":"Country","start_offset":9,"end_offset":15,"lat":"27.5","lon":"90.5"}"""),
            Post("4", "Water everywhere", """{"text":"everywhere","type":"Other locations","start_offset":6,"end_offset":16,"lat":"0","lon":"0"}"""));
        var figures = EvaluateLocating.Of(new LocatePost(ReportsKit.Gazetteer), [.. posts.Select(post => post.Post!)], _ => [], badLines: 7);

        Assert.Equal((4, 7, 3, 1), (figures.Posts, figures.BadLines, figures.Listed, figures.ListedMarked));
        Assert.Equal((4, 0.75, 0.3333, 0.6667), (figures.Mentions.Marked, figures.Mentions.Found, figures.Mentions.Within10Km, figures.Mentions.Within100Km));
        Assert.Equal([("City/town", 2, 1.0), ("Country", 1, 1.0), ("Other locations", 1, 0.0)], figures.Types.Select(type => (type.Name, type.Marked, type.Found)));
        Assert.Equal((4, 0.75, 0.5, 0.5, 0.5, 0.5), (figures.Points.Posts, figures.Points.Narrow, figures.Points.Given, figures.Points.Within10Km, figures.Points.Within100Km, figures.Points.WithinRadius));
        Assert.Equal((1, 0), (figures.Points.FalsePoints, figures.Points.FalseOutside));
        Assert.Equal(2, figures.Confidences.Sum(bin => bin.Points));
        Assert.Equal("flood", Assert.Single(figures.Events).Name);
        Assert.Equal(0.75, JsonDocument.Parse(figures.ToJson()).RootElement.GetProperty("mentions").GetProperty("found").GetDouble());
    }

    [Theory]
    [InlineData("nonsense", "not JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("""{"mentions":[]}""", "no text")]
    [InlineData("""{"text":"a"}""", "no mentions")]
    [InlineData("""{"text":"a","mentions":[1]}""", "a mention is not an object")]
    [InlineData("""{"text":"a","mentions":[{"start_offset":0,"end_offset":1,"lat":"x","lon":"1"}]}""", "a mention's lat is no position")]
    [InlineData("""{"text":"a","mentions":[{"start_offset":0,"end_offset":1,"lat":"1","lon":"181"}]}""", "a mention's lon is no position")]
    [InlineData("""{"text":"a","mentions":[{"lat":"1","lon":"1"}]}""", "a mention has no start_offset and end_offset")]
    [InlineData("""{"text":"a","mentions":[{"start_offset":5,"end_offset":9,"lat":"1","lon":"1"}]}""", "a mention lies outside the text")]
    public void A_line_that_is_no_post_says_why_and_stops_nothing(string line, string reason)
    {
        var read = Read(Post("1", "Flood in Punakha", Punakha), line, Post("2", "Flood in Punakha", Punakha)).ToList();
        Assert.Equal([(1, true), (2, false), (3, true)], read.Select(one => (one.Line, one.Post is not null)));
        Assert.Equal(reason, read[1].Bad);
    }

    [Fact]
    public void Offsets_count_characters_of_unicode_and_give_way_to_the_text_of_the_mention()
    {
        Assert.Equal((11, 7), Span(Post("1", "🌊🌊Flood: Punakha", Punakha)));
        Assert.Equal((9, 7), Span(Post("2", "Flood in Punakha", Punakha.Replace("9,", "7,", StringComparison.Ordinal))));
        Assert.Equal((9, 7), Span(Post("3", "Flood in Thimphu", Punakha)));
    }

    [Fact]
    public void A_place_marked_twice_counts_once() =>
        Assert.Single(Read(Post("1", "Flood in Punakha", $"{Punakha},{Punakha}")).Single().Post!.Mentions);

    private static (int, int) Span(string line) => Read(line).Single().Post!.Mentions.Select(mention => (mention.Start, mention.Length)).Single();

    private static string Post(string id, string text, string mentions) => $$"""{"tweet_id":"{{id}}","event":"flood","text":"{{text}}","mentions":[{{mentions}}]}""";

    private static IEnumerable<(int Line, PlacedPost? Post, string? Bad)> Read(params string[] lines) => ReadPlaced.Read(new StringReader(string.Join('\n', lines)));
}
