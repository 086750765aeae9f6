using System.Text.Json;
using System.Text.Json.Serialization;
using Resilience.Warnings;
using Resilience.Warnings.Cap;

namespace Resilience.Dissemination.Channels.WebPush;

/// <summary>
/// What a push message carries (<c>PushPayload</c> in the faces' contract): enough for the phone to show the notice without
/// asking the server, in the declarative form that Safari shows even without our worker.
/// </summary>
public sealed record PushPayload(
    [property: JsonPropertyName("web_push")] int WebPush, PushNotification Notification, string Kind, string? Alert, string? Thread, string? Severity, string? Status)
{
    private const int LongestTitle = 120;
    private const int LongestBody = 900;

    /// <summary>The notice of an alert in the language wanted, or else English, or else its first.</summary>
    public static byte[] ForAlert(Alert alert, string language, Uri publicUrl)
    {
        var text = alert.TextFor(language);
        var title = alert.MsgType == CapMsgType.Cancel ? $"Cancelled: {text.Headline}" : text.Headline;
        if (alert.Status != CapStatus.Actual && !title.StartsWith("EXERCISE", StringComparison.Ordinal))
        {
            title = $"EXERCISE {title}";
        }

        var body = text.Instruction.Length > 0 ? $"{text.Description}\n{text.Instruction}" : text.Description;
        var thread = alert.ThreadId.ToString();
        return Serialize(new PushPayload(
            8030,
            new PushNotification(Shorten(title, LongestTitle), Shorten(body, LongestBody), new Uri(publicUrl, $"citizen/#/alert/{alert.Id}").ToString(), thread, text.Language, "auto"),
            "alert", alert.Id.ToString(), thread, alert.Severity.ToString(), alert.Status.ToString()));
    }

    /// <summary>The notice that shows a person that notices arrive.</summary>
    public static byte[] ForTest(string placeName, Uri publicUrl) => Serialize(new PushPayload(
        8030,
        new PushNotification("Test: notices arrive here", $"You will be told of alerts for {placeName}. Nothing is wrong.", new Uri(publicUrl, "citizen/").ToString(), "test", "en", "auto"),
        "test", null, null, null, null));

    private static byte[] Serialize(PushPayload payload) => JsonSerializer.SerializeToUtf8Bytes(payload, JsonSerializerOptions.Web);

    // Cut between words where possible and never inside a surrogate pair; the ellipsis says that there is more.
    private static string Shorten(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var cut = text.LastIndexOf(' ', longest - 1);
        cut = cut < longest / 2 ? longest - 1 : cut;
        return (char.IsHighSurrogate(text[cut - 1]) ? text[..(cut - 1)] : text[..cut]) + "…";
    }
}

/// <summary>The visible part of a push message.</summary>
/// <param name="Title">One line.</param>
/// <param name="Body">What is happening and what to do.</param>
/// <param name="Navigate">Absolute address that a tap opens.</param>
/// <param name="Tag">The thread: a later notice with the same tag takes the place of this one.</param>
/// <param name="Lang">Language of title and body.</param>
/// <param name="Dir">Writing direction.</param>
public sealed record PushNotification(string Title, string Body, string Navigate, string Tag, string Lang, string Dir);
