using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Resilience.Dissemination.Channels.WebPush;

/// <summary>What the push service said.</summary>
public enum PushVerdict
{
    /// <summary>Taken: it will be delivered to the phone.</summary>
    Accepted,

    /// <summary>The subscription has ended (404, 410).</summary>
    Gone,

    /// <summary>Refused for good; trying again changes nothing.</summary>
    Refused,

    /// <summary>Not now (429, 5xx, no connection): try again.</summary>
    Later,

    /// <summary>Too large for this push service (413): send less.</summary>
    TooLarge,

    /// <summary>Nothing was sent: the sender's time for it had run out.</summary>
    NotTried,

    /// <summary>The message went out and no answer came: it may have arrived. Try again; Topic and tag keep it one notice.</summary>
    Doubtful,
}

/// <summary>The outcome of one POST.</summary>
/// <param name="Verdict">What to do now.</param>
/// <param name="Answer">What happened, for the ledger, at most 200 characters.</param>
/// <param name="RetryAfter">When the service asked to be left alone for a while.</param>
public sealed record PushOutcome(PushVerdict Verdict, string Answer, TimeSpan? RetryAfter = null);

/// <summary>One message, ready for any phone.</summary>
/// <param name="Payload">Plaintext.</param>
/// <param name="Topic">What it is about, at most 32 characters of base64url: a later message of the same topic replaces one that still waits at the service.</param>
/// <param name="Urgent">True wakes a sleeping phone.</param>
/// <param name="TimeToLive">How long the service may keep trying: until the alert expires, never a default.</param>
/// <param name="PaddedTo">See <see cref="PushMessage.PaddedTo"/>.</param>
public sealed record PushNotice(ReadOnlyMemory<byte> Payload, string Topic, bool Urgent, TimeSpan TimeToLive, int PaddedTo = PushMessage.PaddedTo);

/// <summary>Hands one message to a push service (RFC 8030): encrypt, sign, POST, read the answer. Never throws for what the service does.</summary>
public sealed class PostPush(IHttpClientFactory http, VapidKeys keys, EndpointPolicy policy, IOptions<DisseminationOptions> options)
{
    /// <summary>Name of the HTTP client, whose connections the <see cref="EndpointPolicy"/> watches.</summary>
    public const string HttpClientName = "dissemination.webpush";

    /// <summary>POSTs a message.</summary>
    /// <param name="to">The phone.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<PushOutcome> SendAsync(Subscription to, PushNotice message, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Value.WebPush.Timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, policy.Check(to.Endpoint));
            request.Content = new ByteArrayContent(PushMessage.Encrypt(message.Payload.Span, to.P256dh, to.Auth, message.PaddedTo));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            request.Content.Headers.ContentEncoding.Add("aes128gcm");
            request.Headers.Add("TTL", ((long)Math.Max(0, message.TimeToLive.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("Urgency", message.Urgent ? "high" : "normal");
            request.Headers.Add("Topic", message.Topic);
            request.Headers.TryAddWithoutValidation("Authorization", keys.AuthorizationFor(to.Origin));
            using var client = http.CreateClient(HttpClientName);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return Judge(answer.StatusCode, answer.Headers.RetryAfter, TimeProvider.System.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new PushOutcome(PushVerdict.Doubtful, "no answer in time");
        }
        catch (HttpRequestException exception)
        {
            // Only a connection that never came about proves that nothing was sent; a broken one may have carried the message.
            var unsent = exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;
            return new PushOutcome(unsent ? PushVerdict.Later : PushVerdict.Doubtful, Shorten(exception.Message));
        }
        catch (Exception exception) when (exception is Core.RefusalException or CryptographicException or ArgumentException)
        {
            // The phone's own data is at fault; the others of the batch must not wait for it.
            return new PushOutcome(PushVerdict.Refused, Shorten(exception.Message));
        }
    }

    /// <summary>A Topic header value for a thread: 32 characters of base64url, which tell the push service nothing.</summary>
    public static string TopicFor(Guid thread) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(thread.ToString())).AsSpan(0, 24));

    /// <summary>What an answer means. A Retry-After may be a pause or a date; the date is counted from <paramref name="realNow"/>, as the service's clock is real.</summary>
    internal static PushOutcome Judge(HttpStatusCode status, RetryConditionHeaderValue? retryAfter, DateTimeOffset realNow) => (int)status switch
    {
        >= 200 and < 300 => new(PushVerdict.Accepted, ((int)status).ToString(CultureInfo.InvariantCulture)),
        404 or 410 => new(PushVerdict.Gone, $"{(int)status}: the subscription has ended"),
        413 => new(PushVerdict.TooLarge, "413"),
        408 or 425 or 429 or >= 500 => new(PushVerdict.Later, ((int)status).ToString(CultureInfo.InvariantCulture), retryAfter?.Delta ?? (retryAfter?.Date - realNow)),
        _ => new(PushVerdict.Refused, ((int)status).ToString(CultureInfo.InvariantCulture)),
    };

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200];
}
