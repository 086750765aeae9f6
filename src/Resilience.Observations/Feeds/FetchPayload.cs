using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

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
    internal async Task<ReceivedPayload?> FetchAsync(Uri address, string accept, string? etag, string? lastModified, CancellationToken cancellationToken)
    {
        // Real time: a server that stalls stalls in real seconds, however fast the chain's clock runs.
        using var deadline = new CancellationTokenSource(options.Value.Deadline, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Accept", accept);
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

            return await ReceiveAsync(response, either.Token);
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

    private async Task<ReceivedPayload> ReceiveAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var compressed = new MemoryStream();
        var contentType = response.Content.Headers.ContentType;
        var decoder = Strict.GetDecoder();
        var chunk = new byte[HeadBytes];
        byte[] head = [];
        long bytes = 0;
        var isUtf8 = true;
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            while (await body.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, cancellationToken) is > 0 and var read)
            {
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

        var payload = new ReceivedPayload(Convert.ToHexStringLower(hash.GetHashAndReset()), bytes, contentType?.ToString(), compressed.ToArray(), Complete: true)
        {
            ETag = response.Headers.TryGetValues("ETag", out var tags) ? tags.FirstOrDefault() : null,
            LastModified = response.Content.Headers.TryGetValues("Last-Modified", out var times) ? times.FirstOrDefault() : null,
        };
        CheckText(payload, head, isUtf8 && IsUtf8(decoder, [], flush: true), contentType?.CharSet);
        return payload;
    }

    private static void CheckText(ReceivedPayload payload, byte[] head, bool isUtf8, string? charset)
    {
        if (!isUtf8 || (charset is not null && !charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !charset.Trim('"').Equals("us-ascii", StringComparison.OrdinalIgnoreCase)))
        {
            throw new FeedTrouble("wrong-charset", $"The answer is not UTF-8{(charset is null ? "" : $" (it says {charset})")}.") { Payload = payload };
        }

        var start = head.AsSpan().TrimStart("\uFEFF \t\r\n"u8);
        if (start.IsEmpty)
        {
            throw new FeedTrouble("empty", "The answer is empty.") { Payload = payload };
        }

        if (start[0] == '<')
        {
            throw new FeedTrouble("html", "The answer is a web page or XML where JSON was asked for; often an error page or a sign-in.") { Payload = payload };
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
