using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Resilience.Observations.Feeds.Formats;

namespace Resilience.Observations.Feeds;

/// <summary>
/// Fetches one document over HTTP: conditional, within one deadline, never holding more than the size limit. What it gets is hashed,
/// checked for being UTF-8 and compressed while it streams in.
/// </summary>
internal sealed class FetchPayload(IHttpClientFactory clients, IOptions<ObservationsOptions> options)
{
    /// <summary>What is kept of an answer that is too large: enough to see what it was.</summary>
    private const int HeadBytes = 64 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The document, or null when it has not changed since <paramref name="etag"/> / <paramref name="lastModified"/>. Throws <see cref="FeedTrouble"/>.</summary>
    internal async Task<ReceivedPayload?> FetchAsync(Uri address, IFeedFormat format, string? etag, string? lastModified, CancellationToken cancellationToken)
    {
        // Real time: a server that stalls stalls in real seconds, however fast the chain's clock runs.
        using var deadline = new CancellationTokenSource(options.Value.Deadline, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Accept", format.Accept);
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
            request.Headers.TryAddWithoutValidation("If-Modified-Since", lastModified);
            using var response = await clients.CreateClient(PollFeeds.HttpClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode == HttpStatusCode.NotModified)
            {
                return null;
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new FeedTrouble("http-status", $"The source answered {(int)response.StatusCode} {response.ReasonPhrase}.") { RetryAfter = RetryAfter(response.Headers.RetryAfter) };
            }

            return await ReceiveAsync(response, format, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FeedTrouble("timeout", $"The source did not finish answering within {options.Value.Deadline.TotalSeconds:0} seconds.");
        }
        catch (HttpIOException exception) when (exception.HttpRequestError == HttpRequestError.ResponseEnded)
        {
            throw new FeedTrouble("truncated", "The connection ended in the middle of the answer.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or Polly.ExecutionRejectedException)
        {
            throw new FeedTrouble("unreachable", $"The source cannot be reached or its answer not unpacked: {exception.Message}");
        }
    }

    /// <summary>The wait a Retry-After header asks for; null when there is none.</summary>
    internal static TimeSpan? RetryAfter(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - TimeProvider.System.GetUtcNow() : null);

    private async Task<ReceivedPayload> ReceiveAsync(HttpResponseMessage response, IFeedFormat format, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var compressed = new MemoryStream();
        var contentType = response.Content.Headers.ContentType;
        var decoder = Strict.GetDecoder();
        var chunk = new byte[HeadBytes];
        byte[] head = [];
        long bytes = 0;
        var (isUtf8, cut) = (true, false);
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            while (!cut)
            {
                (var read, cut) = await FillAsync(body, chunk, cancellationToken);
                if (read == 0)
                {
                    break;
                }

                bytes += read;
                head = head.Length == 0 ? chunk[..read] : head;
                hash.AppendData(chunk, 0, read);
                if (bytes > options.Value.MaxBytes)
                {
                    throw new FeedTrouble("too-large", $"The answer is larger than {options.Value.MaxBytes:N0} bytes; the rest was not read.") { Payload = Head(head, bytes, contentType?.ToString()) };
                }

                isUtf8 = isUtf8 && IsUtf8(decoder, chunk.AsSpan(0, read), flush: false);
                gzip.Write(chunk, 0, read);
            }
        }

        if (cut && bytes == 0)
        {
            throw new FeedTrouble("truncated", "The connection ended before the answer began.");
        }

        var payload = new ReceivedPayload(Convert.ToHexStringLower(hash.GetHashAndReset()), bytes, contentType?.ToString(), compressed.ToArray(), Complete: !cut)
        {
            ETag = response.Headers.TryGetValues("ETag", out var tags) ? tags.FirstOrDefault() : null,
            LastModified = response.Content.Headers.TryGetValues("Last-Modified", out var times) ? times.FirstOrDefault() : null,
        };
        CheckText(payload, head, format.Encoding is not null || (isUtf8 && (cut || IsUtf8(decoder, [], flush: true))), format.Kind, format.Encoding is null ? contentType?.CharSet : null);
        return payload;
    }

    private static void CheckText(ReceivedPayload payload, byte[] head, bool isUtf8, PayloadKind kind, string? charset)
    {
        if (kind == PayloadKind.Binary)
        {
            return;
        }

        if (!isUtf8 || (charset is not null && !charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !charset.Trim('"').Equals("us-ascii", StringComparison.OrdinalIgnoreCase)))
        {
            throw new FeedTrouble("wrong-charset", $"The answer is not UTF-8{(charset is null ? "" : $" (it says {charset})")}.") { Payload = payload };
        }

        var start = head.AsSpan().TrimStart("\uFEFF \t\r\n"u8);
        if (start.IsEmpty)
        {
            throw new FeedTrouble("empty", "The answer is empty.") { Payload = payload };
        }

        if (kind == PayloadKind.Xml ? IsWebPage(start) : start[0] == '<')
        {
            throw new FeedTrouble("html", $"The answer is a web page{(kind == PayloadKind.Xml ? "" : " or XML")} where {(kind == PayloadKind.Text ? "a table" : kind.ToString().ToUpperInvariant())} was asked for; often an error page or a sign-in.") { Payload = payload };
        }
    }

    private static bool IsWebPage(ReadOnlySpan<byte> start) =>
        Encoding.UTF8.GetString(start[..Math.Min(start.Length, 15)]) is var text
        && (text.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase));

    // What came before a connection broke is kept; the caller says that it is not all.
    private static async Task<(int Read, bool Cut)> FillAsync(Stream body, Memory<byte> chunk, CancellationToken cancellationToken)
    {
        var filled = 0;
        try
        {
            while (filled < chunk.Length && await body.ReadAsync(chunk[filled..], cancellationToken) is > 0 and var read)
            {
                filled += read;
            }

            return (filled, false);
        }
        catch (IOException)
        {
            return (filled, true);
        }
    }

    private static bool IsUtf8(Decoder decoder, ReadOnlySpan<byte> bytes, bool flush)
    {
        try
        {
            Span<char> chars = stackalloc char[1024];
            while (!bytes.IsEmpty || flush)
            {
                decoder.Convert(bytes, chars, flush, out var used, out _, out var completed);
                bytes = bytes[used..];
                if (completed && bytes.IsEmpty)
                {
                    break;
                }
            }

            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static ReceivedPayload Head(byte[] head, long bytes, string? contentType)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(head);
        }

        return new ReceivedPayload(Convert.ToHexStringLower(SHA256.HashData(head)), bytes, contentType, compressed.ToArray(), Complete: false);
    }
}
