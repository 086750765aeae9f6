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
}
