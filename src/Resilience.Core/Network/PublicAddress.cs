using System.Net;
using System.Net.Sockets;

namespace Resilience.Core.Network;

/// <summary>Which addresses are on the public Internet.</summary>
public static class PublicAddress
{
    /// <summary>True for an address on the public Internet: not loopback, private, link-local, shared, multicast or reserved.</summary>
    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // 2000::/3 is the only range handed out; NAT64 and 6to4 wrap an IPv4 address and are refused with it.
            var bytes = address.GetAddressBytes();
            return (bytes[0] & 0xE0) == 0x20 && !(bytes[0] == 0x20 && bytes[1] == 0x02) && !address.IsIPv6Teredo;
        }

        var b = address.GetAddressBytes();
        return b[0] switch
        {
            0 or 10 or 127 or >= 224 => false,
            100 => b[1] is < 64 or > 127,
            169 => b[1] != 254,
            172 => b[1] is < 16 or > 31,
            192 => b[1] != 168 && !(b[1] == 0 && b[2] is 0 or 2),
            198 => b[1] is not (18 or 19) && !(b[1] == 51 && b[2] == 100),
            203 => !(b[1] == 0 && b[2] == 113),
            _ => true,
        };
    }
}
