using Resilience.Reports.Locating;

namespace Resilience.Tests.Reports.Locating;

/// <summary>A place only where the post names one, and the right one of its namesakes.</summary>
public sealed class LocatePostTest
{
    private static readonly LocatePost Locate = new(ReportsKit.Gazetteer);

    [Theory]
    [InlineData("Flash flood in Punakha, bridge washed away", "", 89.86, 27.59)]
    [InlineData("Rescue needed at Chengannur #KeralaFloods", "", 76.61, 9.32)]
    [InlineData("Stranded in Paradise, California, fire all around", "US", -121.6, 39.76)]
    [InlineData("Bogalusa under water, Pearl River still rising", "US", -89.85, 30.79)]
    [InlineData("انفجار كبير في بيروت", "", 35.49, 33.89)]
    [InlineData("#keralafloods please help", "", 76.3, 10.4)]
    public void A_named_place_is_found(string text, string countries, double longitude, double latitude)
    {
        var place = Locate.Locate(text, countries.Split(',', StringSplitOptions.RemoveEmptyEntries));
        Assert.NotNull(place);
        Assert.InRange(place.Longitude, longitude - 0.7, longitude + 0.7);
        Assert.InRange(place.Latitude, latitude - 0.7, latitude + 0.7);
    }

    [Theory]
    [InlineData("Of course we are Reading the news on our Mobile, have a Nice day")]
    [InlineData("please share this, water everywhere")]
    [InlineData("The Washington Post said so")]
    [InlineData("@paris https://london.example/")]
    [InlineData("")]
    public void A_word_that_is_no_place_gives_no_point(string text) => Assert.Null(Locate.Locate(text, []));

    [Fact]
    public void The_other_places_named_decide_between_namesakes()
    {
        var ontario = Locate.Locate("Flooding in London, Ontario", []);
        Assert.NotNull(ontario);
        Assert.InRange(ontario.Longitude, -85, -78);
    }

    [Fact]
    public void The_sources_country_decides_between_namesakes()
    {
        Assert.InRange(Locate.Locate("Evacuations in Birmingham", ["US"])!.Longitude, -90, -80);
        Assert.InRange(Locate.Locate("Evacuations in Birmingham", ["GB"])!.Longitude, -3, 0);
    }

    [Fact]
    public void Every_place_and_country_named_is_listed_where_it_stands()
    {
        const string Text = "Aluva, near Chengannur: heavy rain in India #KeralaFloods";
        Assert.Equal(
            [("Aluva", MentionKind.Town), ("Chengannur", MentionKind.Town), ("India", MentionKind.Country), ("Kerala", MentionKind.Division)],
            Locate.ListPlaces(Text, []).Select(mention => (Text.Substring(mention.Start, mention.Length), mention.Kind)));
    }

    [Fact]
    public void A_country_alone_is_listed_but_gives_no_point()
    {
        var country = Assert.Single(Locate.ListPlaces("Floods in Bhutan", []));
        Assert.Equal((MentionKind.Country, "BT", "Bhutan"), (country.Kind, country.CountryCode, country.Place.Name));
        Assert.InRange(country.Place.Longitude, 89, 92);
        Assert.Null(Locate.Locate("Floods in Bhutan", []));
    }

    [Fact]
    public void A_post_costs_no_memory_but_its_answer()
    {
        var posts = SamplePosts.Of("crisislex_t26.tsv.gz", 3000);
        var answers = posts.Count(post => Locate.Locate(post, []) is not null);
        Assert.InRange(answers, 100, 2900);
        posts.ForEach(post => Locate.Locate(post, []));
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var post in posts)
        {
            Locate.Locate(post, []);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (double)answers, 0, 100);
    }

    [Fact]
    public async Task Threads_do_not_disturb_each_other()
    {
        var posts = SamplePosts.Of("crisislex_t6.tsv.gz", 2000);
        var alone = posts.ConvertAll(post => Locate.Locate(post, []));
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), TestContext.Current.CancellationToken, (_, _) =>
        {
            Assert.Equal(alone, posts.ConvertAll(post => Locate.Locate(post, [])));
            return ValueTask.CompletedTask;
        });
    }
}
