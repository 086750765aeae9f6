using System.Buffers;
using System.Text.RegularExpressions;
using Resilience.Core.Geography;
using Resilience.Reports.Locating;

namespace Resilience.Tests.Reports.Locating;

/// <summary>The scanner that allocates nothing cuts posts into the words that plain regular expressions give.</summary>
public sealed partial class PlaceTokensTest
{
    private static readonly SearchValues<char> Stops = SearchValues.Create(".!?;:،؛\"()[]|\n");

    public static TheoryData<string> Posts =>
    [
        "", "#", "@", "a", "# @ http: https:/", "HTTP://x.org Httpd http:x https://t.co/a#b@c Rome", "@señor_1 x@y", "#KeralaFloods2018 #USAFloods #USA #uSA #حفر_الباطن #Ab-c",
        "Al-Hamdānīyah’s don't L’Aquila rock-'n-roll 2nd 3Rivers x² Ⅳ ǅ ʰa", "एक शहर में बाढ़ ཐིམ་ཕུ 東京で地震", "a.b,c;d (e) f\ng 🌊Punakha🌊 #🌊 #a🌊b", "#ÉcoleÀParis #ΑθήναΣεισμός #МоскваПожар", "Ǆungla e\u0301 \u0301x",
    ];

    [Theory]
    [MemberData(nameof(Posts))]
    public void Words_are_those_of_the_expressions(string post) => AssertSame(post);

    [Fact]
    public void Words_of_five_thousand_posts_are_those_of_the_expressions()
    {
        foreach (var post in SamplePosts.Of("idrisi_humanitarian_ar.tsv.gz", 2500).Concat(SamplePosts.Of("crisislex_t26.tsv.gz", 2500)))
        {
            AssertSame(post);
        }
    }

    private static void AssertSame(string post)
    {
        var tokens = new PlaceTokens();
        tokens.Read(post);
        Assert.Equal(Reference(post), Enumerable.Range(0, tokens.Count).Select(i =>
            (post[tokens[i].Start..tokens[i].End], tokens[i].Start, tokens[i].Upper, tokens[i].Capital, tokens[i].InTag, tokens[i].Breaks)));
        Assert.All(Enumerable.Range(0, tokens.Count), i => Assert.Equal(GazetteerName.Fold(post[tokens[i].Start..tokens[i].End]), tokens.Folded(i).ToString()));
        Assert.All(Enumerable.Range(1, Math.Max(0, tokens.Count - 1)), i => Assert.Equal(
            GazetteerName.Fold($"{post[tokens[i - 1].Start..tokens[i - 1].End]} {post[tokens[i].Start..tokens[i].End]}"), tokens.Folded(i - 1, i).Trim(' ').ToString()));
    }

    private static IEnumerable<(string Text, int Start, bool Upper, bool Capital, bool InTag, bool Breaks)> Reference(string post)
    {
        var end = 0;
        foreach (Match match in Word().Matches(post))
        {
            if (match.Value.StartsWith("http", StringComparison.OrdinalIgnoreCase) || match.Value[0] == '@')
            {
                end = -1;
                continue;
            }

            if (match.Value[0] == '#')
            {
                foreach (var (index, part) in TagPart().Matches(match.Value).Index())
                {
                    yield return (part.Value, match.Index + part.Index, char.IsUpper(part.Value[0]), IsCapital(part.Value), InTag: true, Breaks: index == 0);
                }

                end = -1;
                continue;
            }

            var breaks = end < 0 || post.AsSpan(end, match.Index - end).ContainsAny(Stops);
            yield return (match.Value, match.Index, char.IsUpper(match.Value[0]), IsCapital(match.Value), InTag: false, breaks);
            end = match.Index + match.Length;
        }
    }

    private static bool IsCapital(string word) => char.IsUpper(word[0]) || (char.IsLetter(word[0]) && !char.IsLower(word[0]));

    [GeneratedRegex(@"https?:\S+|@[\p{L}\p{M}\p{N}\p{Pc}]+|#[\p{L}\p{N}_\p{M}]+|[\p{L}\p{M}][\p{L}\p{M}\p{N}'’\-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{Lu}+", RegexOptions.CultureInvariant)]
    private static partial Regex TagPart();
}
