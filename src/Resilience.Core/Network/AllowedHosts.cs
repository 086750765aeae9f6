using System.Net;

namespace Resilience.Core.Network;

/// <summary>
/// Hosts of feeds and post sources that may lie inside the operator's own network, as configuration <see cref="Setting"/> names them.
/// None unless told. Compared without regard to case; immutable.
/// </summary>
/// <param name="hosts">Names or addresses without port, for example <c>hydro.agency.example</c>, <c>10.0.0.7</c>, <c>::1</c>.</param>
public sealed class AllowedHosts(IEnumerable<string> hosts)
{
    /// <summary>Where the configuration lists them.</summary>
    public const string Setting = "Network:AllowedPrivateHosts";

    private readonly HashSet<string> _hosts = new(hosts.Select(Plain), StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the configuration names the host.</summary>
    public bool Contains(string host) => _hosts.Contains(Plain(host));

    /// <summary>
    /// Why an address cannot be asked, as far as it can be told without looking its name up, or null. What a name resolves to is judged
    /// each time a connection is opened, see <see cref="ConnectPolicy"/>.
    /// </summary>
    public string? FindFault(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            return $"{address} is not an http or https address";
        }

        if (address.UserInfo.Length > 0)
        {
            return $"{address.Host}: an address that carries a password is not taken";
        }

        var inside = IPAddress.TryParse(Plain(address.IdnHost), out var literal) ? !PublicAddress.Is(literal) : address.IsLoopback;
        return inside && !Contains(address.IdnHost) ? $"{address.Host} lies inside a private network; name it under {Setting} if it is meant" : null;
    }

    // [::1] in an address, ::1 in a setting.
    private static string Plain(string host) => host.Trim('[', ']').TrimEnd('.');
}
