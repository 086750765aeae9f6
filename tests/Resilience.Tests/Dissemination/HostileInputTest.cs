using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Dissemination;
using Resilience.Dissemination.Answering;
using Resilience.Dissemination.Subscribing;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Dissemination;

/// <summary>What no phone of ours sends is refused in plain words and is never an accident of ours.</summary>
public sealed class HostileInputTest
{
    private static readonly SubscriptionRequest Good = Request();

    [Theory]
    [InlineData("dissemination.no-key", "short", AnswerKind.Safe, null, 0, 0, "")]
    [InlineData("dissemination.no-key", null, AnswerKind.Safe, null, 0, 0, "")]
    [InlineData("dissemination.no-position", "phone-made-key-0001", AnswerKind.Safe, null, 181, 0, "")]
    [InlineData("dissemination.no-position", "phone-made-key-0001", AnswerKind.Safe, null, double.NaN, 0, "")]
    [InlineData("dissemination.need", "phone-made-key-0001", AnswerKind.Safe, Need.Water, 0, 0, "")]
    [InlineData("dissemination.need", "phone-made-key-0001", AnswerKind.NeedHelp, null, 0, 0, "")]
    [InlineData("dissemination.bad-kind", "phone-made-key-0001", (AnswerKind)7, null, 0, 0, "")]
    [InlineData("dissemination.bad-kind", "phone-made-key-0001", AnswerKind.NeedHelp, (Need)99, 0, 0, "")]
    [InlineData("dissemination.bad-words", "phone-made-key-0001", AnswerKind.Safe, null, 0, 0, "null\0inside")]
    public void Answers_that_make_no_sense_are_refused(string code, string? key, AnswerKind kind, Need? need, double lon, double lat, string text) =>
        Assert.Equal(code, Assert.Throws<RefusalException>(() => ReceiveAnswer.Decide(new AnswerRequest(key!, kind, need, lon, lat, "", text, null), OperatingMode.Live, TestStore.Begin)).Code);

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Only_who_has_the_secret_ends_it(Engine engine)
    {
        await using var test = await OpenAsync(engine);
        var receipt = await SubscribeAsync(test, Good);
        foreach (var wrong in new[] { "", "not base64url!", Base64Url.EncodeToString(new byte[32]), new string('A', 1000), null! })
        {
            await RefusedAsync("dissemination.not-yours", () => EndAsync(test, receipt.Id, wrong));
        }

        await EndAsync(test, receipt.Id, receipt.Secret);
        await EndAsync(test, receipt.Id, receipt.Secret);
        await using var db = test.Store.Read<DisseminationDb>();
        Assert.Empty(await db.Subscriptions.ToListAsync());
    }

    public static TheoryData<string, SubscriptionRequest> Bad => new()
    {
        { "dissemination.no-position", Good with { Lon = double.PositiveInfinity } },
        { "dissemination.no-position", Good with { Lat = -90.1 } },
        { "dissemination.bad-words", Good with { PlaceName = " " } },
        { "dissemination.bad-words", Good with { PlaceName = null! } },
        { "dissemination.bad-words", Good with { PlaceName = new string('x', 201) } },
        { "dissemination.bad-words", Good with { PlaceName = "null\0inside" } },
        { "dissemination.bad-words", Good with { Language = "e\0" } },
        { "dissemination.bad-words", Good with { Language = "<script>" } },
        { "dissemination.bad-words", Good with { Language = null! } },
        { "dissemination.bad-key", Good with { P256dh = Base64Url.EncodeToString(new byte[65]) } },
        { "dissemination.bad-key", Good with { P256dh = "%%%" } },
        { "dissemination.bad-key", Good with { Auth = Base64Url.EncodeToString(new byte[15]) } },
        { "dissemination.bad-key", Good with { Auth = null! } },
        { "dissemination.unknown-push-service", Good with { Endpoint = "https://intranet.example/push" } },
        { "dissemination.unknown-push-service", Good with { Endpoint = null! } },
    };

    [Theory, MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public async Task Subscriptions_that_make_no_sense_are_refused(string code, SubscriptionRequest request)
    {
        await using var test = await OpenAsync(Engine.Sqlite);
        await RefusedAsync(code, () => SubscribeAsync(test, request));
    }

    private static SubscriptionRequest Request()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        return new SubscriptionRequest(89.9012, 27.4834, "Wangdue", "dz", "https://fcm.googleapis.com/fcm/send/abc", Base64Url.EncodeToString([4, .. q.X!, .. q.Y!]), Base64Url.EncodeToString(new byte[16]));
    }

    private static Task<SubscriptionReceipt> SubscribeAsync(TestStore test, SubscriptionRequest request) =>
        test.Get<Subscribe>().HandleAsync(request, new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Loopback } }, CancellationToken.None);

    private static Task EndAsync(TestStore test, Guid id, string secret) => test.Get<HoldSubscription>().EndAsync(id, new HolderRequest(secret), CancellationToken.None);

    private static async Task RefusedAsync(string code, Func<Task> act) => Assert.Equal(code, (await Assert.ThrowsAsync<RefusalException>(act)).Code);

    private static Task<TestStore> OpenAsync(Engine engine) => TestStore.CreateAsync(engine, (services, configuration) => services.AddSingleton(OperatingMode.Live).AddDissemination(configuration));
}
