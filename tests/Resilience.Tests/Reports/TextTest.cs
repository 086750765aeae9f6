using CsCheck;
using Resilience.Reports.Classifying;
using Resilience.Reports.Collecting;

namespace Resilience.Tests.Reports;

/// <summary>What happens to a text before it is stored, and before the model reads it.</summary>
public sealed class TextTest
{
    [Theory]
    [InlineData("RT @bbc: Floods in #KeralaFloods2018!! 324 dead https://t.co/x", "floods in # kerala floods num4 ! ! num3 dead httpurl")]
    [InlineData("أُغلِقت الطرق", "اغلقت الطرق")]
    [InlineData("it’s @me", "its atuser")]
    [InlineData("...", "")]
    public void The_model_reads_what_events_have_in_common(string text, string normal) => Assert.Equal(normal.Replace("num4", "numyear", StringComparison.Ordinal), NormalText.Of(text));

    [Theory]
    [InlineData("a\n\n b\u0000c", "a b c")]
    [InlineData("see https://social.bt/@pema now", "see https://social.bt/@pema now")]
    [InlineData("(@pema) @dorji: thanks", "(@user) @user: thanks")]
    [InlineData("mail pema.d@druk.bt!", "mail @user!")]
    public void Handles_and_addresses_are_masked(string raw, string masked) => Assert.Equal(masked, MaskPost.Text(raw));

    [Fact]
    public void Whatever_is_posted_can_be_stored_and_read_by_the_model() => Gen.String.Sample(raw =>
    {
        var masked = MaskPost.Text(raw);
        Assert.True(masked.Length <= MaskPost.LongestText);
        _ = new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(masked);
        Assert.DoesNotContain('\0', masked);
        var normal = NormalText.Of(masked);
        Assert.DoesNotContain("  ", normal, StringComparison.Ordinal);
        Assert.Equal(normal.Trim(), normal);
    });

    [Theory]
    [InlineData("The water is rising and we are on the roof", "en")]
    [InlineData("El río se llevó las casas y los puentes del pueblo", "es")]
    [InlineData("غرق الطريق", "ar")]
    [InlineData("སྤུ་ན་ཁ", "dz")]
    [InlineData("Punakha Punakha", "und")]
    [InlineData("बाढी आयो", "und")]
    public void A_language_is_named_only_when_it_is_clear(string text, string lang) => Assert.Equal(lang, DetectLanguage.Of(text));
}
