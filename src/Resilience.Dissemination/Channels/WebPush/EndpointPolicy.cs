using Microsoft.Extensions.Options;
using Resilience.Core;
using Resilience.Core.Network;

namespace Resilience.Dissemination.Channels.WebPush;

/// <summary>
/// Which addresses the server will POST to. An endpoint comes from a stranger's phone; without this, anybody could make the
/// server knock on doors inside its own network.
/// </summary>
/// <remarks>
/// The parsed host is compared, never the text. Known services must use https on the default port, and the address their name
/// resolves to is judged at connect time, so a name that points inside is refused too.
/// </remarks>
public sealed class EndpointPolicy(IOptions<DisseminationOptions> options)
{
    private static readonly string[] KnownHosts = ["fcm.googleapis.com", "web.push.apple.com", "updates.push.services.mozilla.com"];
    private static readonly string[] KnownSuffixes = [".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com"];

    /// <summary>The endpoint as a URI, or a refusal <c>dissemination.unknown-push-service</c>.</summary>
    public Uri Check(string endpoint)
    {
        if (endpoint.Length <= 1000 && Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && (IsKnown(uri) || IsAllowed(Origin(uri))))
        {
            return uri;
        }

        throw new RefusalException("dissemination.unknown-push-service", "The endpoint is not at a push service this server delivers to.");
    }

    /// <summary>Scheme, host and port.</summary>
    public static string Origin(Uri uri) => uri.GetLeftPart(UriPartial.Authority);

    /// <summary>Opens the connection only when every address is public, or the origin was allowed by configuration.</summary>
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        ConnectPolicy.ConnectAsync(context.DnsEndPoint, IsAllowed(Origin(context.InitialRequestMessage.RequestUri!)), cancellationToken);

    private static bool IsKnown(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort
        && (KnownHosts.Contains(uri.IdnHost) || KnownSuffixes.Any(suffix => uri.IdnHost.EndsWith(suffix, StringComparison.Ordinal)));

    private bool IsAllowed(string origin) => options.Value.WebPush.AllowedOrigins.Any(allowed => string.Equals(allowed.TrimEnd('/'), origin, StringComparison.OrdinalIgnoreCase));
}
