using System.Net;
using System.Net.Sockets;
using Resilience.Core.Network;

namespace Resilience.Tests.Core.Network;

/// <summary>No address, however written and whatever it resolves to, leads into the operator's own network unless the operator said so.</summary>
public sealed class ConnectPolicyTest
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    public void Addresses_inside_are_not_public(string address) => Assert.False(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("142.250.74.10")]
    [InlineData("172.15.0.1")]
    [InlineData("192.0.1.1")]
    [InlineData("2a00:1450:4001:81c::200a")]
    public void Addresses_outside_are(string address) => Assert.True(PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://[::1]:8080/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://localhost/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("https://name:secret@example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://example.org/")]
    public void An_address_that_leads_inside_or_is_no_web_address_is_refused_when_it_is_written(string address) => Assert.NotNull(new AllowedHosts([]).FindFault(new Uri(address)));

    [Theory]
    [InlineData("http://LOCALHOST:5000/", "localhost")]
    [InlineData("http://[::1]/", "::1")]
    [InlineData("http://10.0.0.7/gauges", "10.0.0.7")]
    [InlineData("https://example.org/", "")]
    public void An_address_outside_or_named_in_the_configuration_is_taken(string address, string allowed) => Assert.Null(new AllowedHosts([allowed]).FindFault(new Uri(address)));

    [Fact]
    public async Task A_connection_inside_is_opened_only_when_the_configuration_says_so()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var target = new DnsEndPoint("localhost", ((IPEndPoint)listener.LocalEndpoint).Port);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(async () => await ConnectPolicy.ConnectAsync(target, mayLieInside: false, TestContext.Current.CancellationToken));
        Assert.Contains("private network", refused.Message, StringComparison.Ordinal);
        Assert.False(listener.Pending());
        await using var stream = await ConnectPolicy.ConnectAsync(target, mayLieInside: true, TestContext.Current.CancellationToken);
        Assert.True(stream.CanWrite);
    }
}
