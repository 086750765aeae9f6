using System.Net;
using Microsoft.Extensions.Options;
using Resilience.Core;
using Resilience.Dissemination;
using Resilience.Dissemination.Channels.WebPush;

namespace Resilience.Tests.Dissemination;

/// <summary>A stranger's endpoint never makes the server knock on a door inside.</summary>
public sealed class EndpointPolicyTest
{
    private static readonly EndpointPolicy Policy = new(Options.Create(new DisseminationOptions()));

    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/abc")]
    [InlineData("https://updates.push.services.mozilla.com/wpush/v2/abc")]
    [InlineData("https://wns2-par02p.notify.windows.com/w/?token=abc")]
    [InlineData("https://web.push.apple.com/QGabc")]
    public void Known_push_services_are_taken(string endpoint) => Assert.Equal(new Uri(endpoint), Policy.Check(endpoint));

    [Theory]
    [InlineData("https://attacker.example/x.push.apple.com/")]
    [InlineData("https://fcm.googleapis.com.attacker.example/")]
    [InlineData("https://evilfcm.googleapis.com/")]
    [InlineData("https://fcm.googleapis.com:8443/")]
    [InlineData("http://fcm.googleapis.com/")]
    [InlineData("https://user@fcm.googleapis.com/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("not a url")]
    [InlineData("")]
    public void Anything_else_is_refused(string endpoint) =>
        Assert.Equal("dissemination.unknown-push-service", Assert.Throws<RefusalException>(() => Policy.Check(endpoint)).Code);

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
    public void Addresses_inside_are_not_public(string address) => Assert.False(EndpointPolicy.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("142.250.74.10")]
    [InlineData("172.15.0.1")]
    [InlineData("192.0.1.1")]
    [InlineData("2a00:1450:4001:81c::200a")]
    public void Addresses_outside_are(string address) => Assert.True(EndpointPolicy.IsPublic(IPAddress.Parse(address)));
}
