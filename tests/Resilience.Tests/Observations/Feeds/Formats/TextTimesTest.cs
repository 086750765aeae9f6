using System.Globalization;
using CsCheck;
using Resilience.Observations.Feeds.Formats;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>The quick reader of times says what the general parser says, or nothing.</summary>
public sealed class TextTimesTest
{
    [Fact]
    public void A_time_it_reads_is_the_time_the_general_parser_reads() =>
        Gen.Select(Gen.Char["0123456789"].Array[14], Gen.Int[0, 19], Gen.Char["0123456789 -:TZ+"]).Sample(input =>
        {
            var (d, at, other) = input;
            var text = $"{d[0]}{d[1]}{d[2]}{d[3]}-{d[4]}{d[5]}-{d[6]}{d[7]}T{d[8]}{d[9]}:{d[10]}{d[11]}:{d[12]}{d[13]}Z".ToCharArray();
            text[at] = d[0] == '1' ? text[at] : other;
            var second = new string(text);
            var minute = second[..16].Replace('T', ' ');
            Assert.Equal(
                DateTimeOffset.TryParseExact(second, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact) ? exact : null,
                TextTimes.TryUtcSecond(second, out var quick) ? quick : (DateTimeOffset?)null);
            Assert.Equal(
                DateTime.TryParseExact(minute, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? local : null,
                TextTimes.TryMinute(minute, out var quickLocal) ? quickLocal : (DateTime?)null);
        }, iter: 50_000);

    [Fact]
    public void A_time_with_its_offset_is_the_time_the_general_parser_reads() =>
        Gen.Select(Gen.Char["0123456789"].Array[21], Gen.Int[0, 28], Gen.Char["0123456789 -:.TZ+"], Gen.Bool).Sample(input =>
        {
            var (d, at, other, thousandths) = input;
            var text = $"20{d[2]}{d[3]}-0{d[5]}-{d[6]}{d[7]}T{d[8]}{d[9]}:{d[10]}{d[11]}:{d[12]}{d[13]}{(thousandths ? $".{d[14]}{d[15]}{d[16]}" : "")}{(d[0] > '4' ? '+' : '-')}{d[17]}{d[18]}:{d[19]}{d[20]}".ToCharArray();
            text[at % text.Length] = d[0] == '1' ? text[at % text.Length] : other;
            if (TextTimes.TryOffsetSecond(text, out var quick))
            {
                Assert.Equal(DateTimeOffset.ParseExact(text, thousandths ? "yyyy-MM-dd'T'HH:mm:ss.fffzzz" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), quick);
            }
        }, iter: 200_000);

    [Theory]
    [InlineData("2024-02-29T23:59:59-06:00", "2024-03-01T05:59:59Z")]
    [InlineData("2024-02-29T23:59:59.250+05:45", "2024-02-29T18:14:59.25Z")]
    [InlineData("2024-02-29T23:59:59+14:00", "2024-02-29T09:59:59Z")]
    [InlineData("2024-02-29T23:59:59+14:01", null)]
    [InlineData("2024-02-30T23:59:59+01:00", null)]
    [InlineData("2024-02-29T23:59:59.2x0+05:45", null)]
    public void An_offset_is_taken_off(string text, string? utc) =>
        Assert.Equal(utc is null ? null : DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), TextTimes.TryOffsetSecond(text, out var time) ? time : (DateTimeOffset?)null);

    [Theory]
    [InlineData("2024-02-29T23:59:59Z", true)]
    [InlineData("2023-02-29T23:59:59Z", false)]
    [InlineData("2024-05-01T24:00:00Z", false)]
    [InlineData("2024-05-01T10:00:60Z", false)]
    [InlineData("2024-05-01T10:00:00+", false)]
    [InlineData("", false)]
    public void Days_that_are_not_are_not_read(string text, bool read) => Assert.Equal(read, TextTimes.TryUtcSecond(text, out _));
}
