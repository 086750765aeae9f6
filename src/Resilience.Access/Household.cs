using System.Net;
using System.Net.Sockets;

namespace Resilience.Access;

/// <summary>
/// What counts as one caller wherever callers are counted: an IPv4 address, or the first 64 bits of an IPv6 address, because a
/// household has all the rest.
/// </summary>
public static class Household
{
    /// <summary>A key for the caller; <c>unknown</c> where there is no address.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        return address.IsIPv4MappedToIPv6 || address.AddressFamily == AddressFamily.InterNetwork
            ? address.MapToIPv4().ToString()
            : Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8));
    }
}
