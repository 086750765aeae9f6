using System.Text;
using Resilience.Observations.Feeds;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>
/// Damages real documents at random and reads them. Repeatable: input n is the same every time. <c>tests/fuzz</c> does so at length.
/// </summary>
internal static class Fuzz
{
    private static readonly string[] Nasty =
    [
        "null", "\"\"", "-1e308", "1e999", "NaN", "\\u0000", "\\ud800", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "2020-02-30T00:00:00Z", "/", "..", "[", "]", "{", "}", "<", ">", "&amp;", "&#0;",
        "<!DOCTYPE a>", "]]>", "\t", "\t\t", "\n", "\r\n", "\"", ";", ",", "-999999", "\u00e9", "\ufeff", "EST", "25:61", "#", "5s", "99999999999999999999",
    ];

    /// <summary>Reads damaged copies of the seeds, every fifth as a station list: see <see cref="FuzzRun"/>.</summary>
    internal static Task NothingBreaksAsync(IFeedFormat format, params byte[][] seeds) => NothingBreaksAsync(format.Name, format, seeds);

    /// <summary>The same under a name of its own, where a format is tried in more than one way.</summary>
    internal static Task NothingBreaksAsync(string name, IFeedFormat format, params byte[][] seeds) => FuzzRun.RunAsync(
        name,
        n => Damage(seeds[n % seeds.Length], new Random(n)),
        (n, document, parsed) => n % 5 == 0 ? format.ReadStationsAsync(new MemoryStream(document), "t", parsed, CancellationToken.None) : format.ReadObservationsAsync(new MemoryStream(document), "t", parsed, CancellationToken.None),
        format.Kind == PayloadKind.Json);

    /// <summary>Cut off at any byte, a document gives the beginning of what the whole gives, and says that it is not all.</summary>
    internal static async Task ACutKeepsWhatWasWholeAsync(IFeedFormat format, byte[] document)
    {
        var whole = await ReadAsync(format, document);
        Assert.Null(whole.Trouble);
        Assert.NotEmpty(whole.Parsed.Observations);
        var random = new Random(1);
        for (var n = 0; n < 200; n++)
        {
            var length = random.Next(1, document.AsSpan().TrimEnd("\n\r "u8).Length);
            var (parsed, trouble) = await ReadAsync(format, document[..length]);

            // Between two lines of a table nothing in the document tells; there the connection does.
            Assert.True(trouble is not null || (format.Kind == PayloadKind.Text && document[length - 1] == '\n'), $"Cut at {length}");
            Assert.Equal(whole.Parsed.Observations.Take(parsed.Observations.Count), parsed.Observations);
        }

        var late = await ReadAsync(format, document[..(document.Length * 9 / 10)]);
        Assert.NotEmpty(late.Parsed.Observations);
    }

    internal static async Task<(ParsedPayload Parsed, FeedTrouble? Trouble)> ReadAsync(IFeedFormat format, byte[] document, bool complete = true)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(document);
        }

        return await ParsePayload.ParseAsync(new ReceivedPayload("", document.Length, null, packed.ToArray(), complete), "t", format.ReadObservationsAsync, CancellationToken.None);
    }

    internal static Task<(ParsedPayload Parsed, FeedTrouble? Trouble)> ReadAsync(IFeedFormat format, string document) => ReadAsync(format, Encoding.UTF8.GetBytes(document));

    /// <summary>The beginning of a long document, whole again: up to the end of its nth item, and what closes it. Of a seed too long to be damaged often enough, most would never be read.</summary>
    internal static byte[] First(byte[] document, int items, string itemEnd, string close)
    {
        var text = Encoding.UTF8.GetString(document);
        var at = 0;
        for (var n = 0; n < items; n++)
        {
            at = text.IndexOf(itemEnd, at, StringComparison.Ordinal) + itemEnd.Length;
        }

        return Encoding.UTF8.GetBytes(text[..at] + close);
    }

    /// <summary>A copy with one to five damages.</summary>
    internal static byte[] Damage(byte[] seed, Random random)
    {
        var bytes = seed.Length > 20_000 ? [.. seed.AsSpan(0, 20_000)] : seed.ToList();
        for (var i = random.Next(1, 6); i > 0 && bytes.Count > 2; i--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 60), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Nasty[random.Next(Nasty.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }
}
