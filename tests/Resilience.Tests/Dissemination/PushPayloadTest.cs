using System.Text;
using System.Text.Json;
using CsCheck;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Core.Geography;
using Resilience.Dissemination.Channels.WebPush;
using Resilience.Tests.Kit;
using Resilience.Warnings;

namespace Resilience.Tests.Dissemination;

/// <summary>A notice fits into one push message in every script, and a drill's never reads as real.</summary>
public sealed class PushPayloadTest
{
    private static readonly Uri Public = new("https://alerts.example.bt/");

    // One letter of each width in UTF-8, with what JSON escapes among them.
    private static readonly string[] Letters = ["a", "é", "ཀ", "क", "漢", "😀", " ", "\"", "\n", "<"];
    private static readonly Gen<string> Words = Gen.Int[0, Letters.Length - 1].Array[0, 3000].Select(letters => string.Concat(letters.Select(i => Letters[i])));

    [Fact]
    public void A_notice_fits_in_every_script() => Gen.Select(Words, Words, Words, Gen.Enum<CapStatus>()).Sample(
        (headline, description, instruction, status) =>
        {
            var alert = NewAlert(new AlertText("dz", headline, description, instruction)) with { Status = status };
            var full = PushPayload.ForAlert(alert, "dz", Public);
            var brief = PushPayload.ForAlert(alert, "dz", Public, brief: true);

            Assert.InRange(full.Length, 1, PushMessage.PaddedTo);
            Assert.InRange(brief.Length, 1, PushMessage.BriefPaddedTo);
            Assert.All([full, brief], payload =>
            {
                var notification = JsonDocument.Parse(payload).RootElement.GetProperty("notification");
                Assert.DoesNotContain('\uFFFD', notification.GetProperty("body").GetString()!);
                Assert.Equal(status != CapStatus.Actual, notification.GetProperty("title").GetString()!.StartsWith("EXERCISE", StringComparison.Ordinal));
                Assert.Equal(status != CapStatus.Actual, notification.GetProperty("body").GetString()!.EndsWith("EXERCISE", StringComparison.Ordinal));
            });
        },
        iter: 300);

    [Fact]
    public void A_short_alert_is_carried_whole_in_its_own_letters()
    {
        var payload = Encoding.UTF8.GetString(PushPayload.ForAlert(NewAlert(new AlertText("dz", "ཆུ་རུད།", "ཆུ་འཕར་དེས།", "ཡར་སོང་།")), "dz", Public));

        Assert.Contains("ཆུ་འཕར་དེས།\\nཡར་སོང་།", payload);
        Assert.DoesNotContain("\\u0F", payload);
    }

    [Theory]
    [InlineData("en-GB", "en")]
    [InlineData("dz-BT", "dz")]
    [InlineData("fr", "en")]
    public void A_phone_gets_its_own_language_or_else_English(string wanted, string gets)
    {
        var alert = NewAlert(new AlertText("en", "Flood", "d", "i")) with { Texts = [new AlertText("dz", "ཆུ", "d", "i"), new AlertText("en", "Flood", "d", "i")] };
        Assert.Equal(gets, JsonDocument.Parse(PushPayload.ForAlert(alert, wanted, Public)).RootElement.GetProperty("notification").GetProperty("lang").GetString());
    }

    [Fact]
    public void A_notice_opens_the_alert()
    {
        var alert = NewAlert(new AlertText("en", "Flood", "d", "i"));
        Assert.Equal(
            $"https://alerts.example.bt/citizen/#/alert/{alert.Id}",
            JsonDocument.Parse(PushPayload.ForAlert(alert, "en", Public)).RootElement.GetProperty("notification").GetProperty("navigate").GetString());
    }

    private static Alert NewAlert(AlertText text) => new()
    {
        Id = StableId.From("a"),
        Identifier = "2.25.1",
        Sender = "s",
        Sent = TestStore.Begin,
        Status = CapStatus.Actual,
        MsgType = CapMsgType.Alert,
        Scope = CapScope.Public,
        Event = "Flood",
        Kind = HazardKind.RiverFlood,
        Category = CapCategory.Met,
        Urgency = CapUrgency.Immediate,
        Severity = CapSeverity.Severe,
        Certainty = CapCertainty.Observed,
        ResponseType = CapResponseType.Evacuate,
        Expires = TestStore.Begin.AddHours(6),
        AreaDesc = "",
        Area = Wgs84.Factory.CreatePolygon(),
        Texts = [text],
        People = 0,
        AuthorId = default,
        AuthorName = "",
        ThreadId = StableId.From("t"),
        CapXml = "",
        State = AlertState.InForce,
    };
}
