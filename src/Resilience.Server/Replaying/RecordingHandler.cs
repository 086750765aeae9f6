using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Web;

namespace Resilience.Server.Replaying;

/// <summary>
/// Answers in place of the network what the recorded services answered at the chain's time, with entity tags, pages and open
/// streams, so that polling, conditional requests and parsing are the real ones. Nothing leaves the computer.
/// </summary>
/// <param name="played">The recordings.</param>
/// <param name="clock">The chain's clock.</param>
/// <param name="endless">True: a stream stays open and goes on as time does. False: it ends with what there is now.</param>
internal sealed class RecordingHandler(IReadOnlyList<Played> played, TimeProvider clock, bool endless) : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var one in played)
        {
            if (one.Find(request.RequestUri!, now) is { } payload)
            {
                var response = Answer(one, payload, request, now);
                response.RequestMessage = request;
                return Task.FromResult(response);
            }
        }

        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request, ReasonPhrase = "Not in the recording", Content = new ByteArrayContent([]) });
    }

    private HttpResponseMessage Answer(Played one, RecordedPayload payload, HttpRequestMessage request, DateTimeOffset now) => payload.Kind switch
    {
        PayloadKind.Timeline => Timeline(one, payload, request, now),
        PayloadKind.Lines => Ok(new StreamContent(new PostStream(one.Posts(payload), one.Shift, After(request), clock, endless)), payload),
        PayloadKind.WholeRecord => Document(one.Bytes(payload), $"\"{one.Tag(payload)}-{now.ToUnixTimeSeconds() / 60}\"", payload, request),
        _ => Document(one.Bytes(payload), $"\"{one.Tag(payload)}\"", payload, request),
    };

    private static HttpResponseMessage Timeline(Played one, RecordedPayload payload, HttpRequestMessage request, DateTimeOffset now)
    {
        var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        var limit = int.TryParse(query["limit"], out var asked) ? Math.Clamp(asked, 1, 40) : 20;
        var shown = one.Posts(payload)
            .Where(post => post.CreatedAt + one.Shift <= now && IsAfter(post.Id, query["since_id"]) && (query["max_id"] is not { } before || IsAfter(before, post.Id)))
            .OrderByDescending(post => post.CreatedAt).Take(limit).ToList();
        var body = new ArrayBufferWriter<byte>();
        body.Write("["u8);
        for (var i = 0; i < shown.Count; i++)
        {
            body.Write(i == 0 ? [] : ","u8);
            body.Write(shown[i].Json);
        }

        body.Write("]"u8);
        return Document(body.WrittenSpan.ToArray(), $"\"{one.Tag(payload)}-{shown.FirstOrDefault()?.Id ?? "none"}\"", payload, request);
    }

    private static HttpResponseMessage Document(byte[] bytes, string tag, RecordedPayload payload, HttpRequestMessage request)
    {
        if (request.Headers.IfNoneMatch.Any(known => known.Tag == tag))
        {
            var unchanged = new HttpResponseMessage(HttpStatusCode.NotModified) { Content = new ByteArrayContent([]) };
            unchanged.Headers.ETag = new EntityTagHeaderValue(tag);
            return unchanged;
        }

        var response = Ok(new ByteArrayContent(bytes), payload);
        response.Headers.ETag = new EntityTagHeaderValue(tag);
        return response;
    }

    private static HttpResponseMessage Ok(HttpContent content, RecordedPayload payload)
    {
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(payload.ContentType);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    private static string? After(HttpRequestMessage request) =>
        request.Headers.TryGetValues("Last-Event-ID", out var last) ? last.First() : HttpUtility.ParseQueryString(request.RequestUri!.Query)["cursor"];

    // Snowflake ids: longer is later.
    private static bool IsAfter(string id, string? other) => other is null || (id.Length == other.Length ? string.CompareOrdinal(id, other) : id.Length - other.Length) > 0;
}
