using System.Globalization;
using System.Text;
using System.Text.Json;
using Resilience.Observations.Feeds;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>
/// Damages real documents at random and reads them. Repeatable: input n is the same every time. Set RESILIENCE_FUZZ to the number of
/// inputs per format for a long run (1000000 takes minutes).
/// </summary>
internal static class Fuzz
{
    private static readonly string[] Nasty =
    [
        "null", "\"\"", "-1e308", "1e999", "NaN", "\\u0000", "\\ud800", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "2020-02-30T00:00:00Z", "/", "..", "[", "]", "{", "}", "<", ">", "&amp;", "&#0;",
        "<!DOCTYPE a>", "]]>", "\t", "\t\t", "\n", "\r\n", "\"", ";", ",", "-999999", "\u00e9", "\ufeff", "EST", "25:61", "#", "5s", "99999999999999999999",
    ];

    internal static int Inputs => int.TryParse(Environment.GetEnvironmentVariable("RESILIENCE_FUZZ"), CultureInfo.InvariantCulture, out var inputs) ? inputs : 3_000;

    /// <summary>Whatever the input, a reader gives only storable values and throws nothing but trouble.</summary>
    internal static async Task NothingBreaksAsync(IFeedFormat format, params byte[][] seeds)
    {
        for (var n = 0; n < Inputs; n++)
        {
            var random = new Random(n);
            var document = Damage(seeds[n % seeds.Length], random);
            var parsed = new ParsedPayload();
            try
            {
                var read = n % 5 == 0 ? format.ReadStationsAsync(new MemoryStream(document), "t", parsed, CancellationToken.None) : format.ReadObservationsAsync(new MemoryStream(document), "t", parsed, CancellationToken.None);
                await read;
            }
            catch (Exception expected) when (expected is FeedTrouble or JsonException || (expected is InvalidOperationException && format.Kind == PayloadKind.Json))
            {
                // Trouble with a reason is what a damaged document is meant to give.
            }
#pragma warning disable CA1031 // The input's number is what one needs to see.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Assert.Fail($"Input {n} of {format.Name}: {exception}");
            }

            Assert.All(parsed.Observations, value => Assert.True(double.IsFinite(value.Result) && value.Time.Year is >= 1699 and <= 2301, $"Input {n}: {value}"));
            Assert.All(parsed.Stations.Values, station => Assert.True(Math.Abs(station.Location.X) <= 180 && Math.Abs(station.Location.Y) <= 90 && !station.Name.Contains('\0', StringComparison.Ordinal), $"Input {n}: {station.Id}"));
            Assert.All(parsed.Bulletins, bulletin => Assert.True(
                bulletin.Identifier.Length is > 0 and <= 500 && bulletin.Parts.Count > 0 && bulletin.Sent.Year is >= 1899 and <= 2201
                    && bulletin.Parts.SelectMany(part => part.Areas).All(area => area.Shape is null || (Math.Abs(area.Shape.EnvelopeInternal.MaxX) <= 180 && Math.Abs(area.Shape.EnvelopeInternal.MaxY) <= 90)), $"Input {n}: {bulletin.Identifier}"));
            Assert.All(parsed.Datastreams.Values, stream => Assert.False((stream.Id + stream.Unit + stream.Name).Contains('\0', StringComparison.Ordinal), $"Input {n}: {stream.Id}"));
        }
    }

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

    private static byte[] Damage(byte[] seed, Random random)
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
