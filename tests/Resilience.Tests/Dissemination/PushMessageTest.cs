using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Resilience.Dissemination.Channels.WebPush;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Dissemination;

/// <summary>What we encrypt is what the standard says and what others can read.</summary>
public sealed class PushMessageTest
{
    private static readonly string Oracle = Repository.Path("tests", "Resilience.Tests", "Dissemination", "Oracle");

    [Fact]
    public void The_vector_of_RFC_8291_appendix_A_comes_out_byte_for_byte()
    {
        using var sender = Key("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        var plaintext = Encoding.UTF8.GetBytes("When I grow up, I want to be a watermelon");

        var body = PushMessage.Encrypt(
            plaintext, Bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"), Bytes("BTBZMqHH6r4Tts7J_aSIgg"),
            sender, Bytes("DGv6ra1nlYgDCS1FRnbzlw"), plaintext.Length);

        Assert.Equal(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
            Base64Url.EncodeToString(body));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2999)]
    [InlineData(3000)]
    [InlineData(PushMessage.LongestPlaintext)]
    public void An_independent_reader_decrypts_what_we_encrypt(int length)
    {
        using var phone = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var parameters = phone.ExportParameters(includePrivateParameters: true);
        var authentication = RandomNumberGenerator.GetBytes(16);
        var plaintext = RandomNumberGenerator.GetBytes(length);

        var body = PushMessage.Encrypt(plaintext, [4, .. parameters.Q.X!, .. parameters.Q.Y!], authentication);
        var read = NodeOracle.Ask(Oracle, "decrypt.js", new { body = Base64Url.EncodeToString(body), privateKey = Base64Url.EncodeToString(parameters.D), auth = Base64Url.EncodeToString(authentication) });

        Assert.Equal(Base64Url.EncodeToString(plaintext), read.GetProperty("plain").GetString());
        Assert.True(body.Length <= 4096, $"{body.Length} bytes");
    }

    [Fact]
    public void A_flood_and_an_all_clear_have_the_same_length()
    {
        using var phone = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var q = phone.ExportParameters(false).Q;
        int Length(int plaintext) => PushMessage.Encrypt(new byte[plaintext], [4, .. q.X!, .. q.Y!], new byte[16]).Length;

        Assert.Equal(Length(200), Length(2400));
    }

    [Fact]
    public void A_point_off_the_curve_is_no_key()
    {
        var point = Bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        Assert.True(PushMessage.IsPointOnCurve(point));

        point[64] ^= 1;
        Assert.False(PushMessage.IsPointOnCurve(point));
        Assert.False(PushMessage.IsPointOnCurve(new byte[65]));
        Assert.False(PushMessage.IsPointOnCurve([]));
    }

    [Fact]
    public void A_VAPID_token_is_signed_for_the_push_service_and_lives_twelve_hours()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TestStore.Begin);
        using var keys = new VapidKeys(ECDsa.Create(ECCurve.NamedCurves.nistP256), "mailto:duty@example.org", clock);

        var read = NodeOracle.Ask(Oracle, "verify-vapid.js", new { authorization = keys.AuthorizationFor("https://push.example.net") });

        Assert.True(read.GetProperty("valid").GetBoolean());
        Assert.Equal("ES256", read.GetProperty("header").GetProperty("alg").GetString());
        Assert.Equal("https://push.example.net", read.GetProperty("claims").GetProperty("aud").GetString());
        Assert.Equal("mailto:duty@example.org", read.GetProperty("claims").GetProperty("sub").GetString());
        Assert.Equal(TestStore.Begin.AddHours(12).ToUnixTimeSeconds(), read.GetProperty("claims").GetProperty("exp").GetInt64());
    }

    private static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);

    private static ECDiffieHellman Key(string d, string q)
    {
        var point = Bytes(q);
        return ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Bytes(d), Q = new ECPoint { X = point[1..33], Y = point[33..] } });
    }
}
