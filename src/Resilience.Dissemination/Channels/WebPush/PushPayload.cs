using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Resilience.Core.Cap;
using Resilience.Warnings;

namespace Resilience.Dissemination.Channels.WebPush;

/// <summary>
/// What a push message carries (<c>PushPayload</c> in the faces' contract): enough for the phone to show the notice without
/// asking the server, in the declarative form that Safari shows even without our worker.
/// </summary>
public sealed record PushPayload(
    [property: JsonPropertyName("web_push")] int WebPush, PushNotification Notification, string Kind, string? Alert, string? Thread, string? Severity, string? Status)
{
    private const string Exercise = "EXERCISE";
    private const int LongestTitle = 120;
    private const int LongestBody = 900;
    private const int LongestBriefTitle = 60;
    private const int LongestBriefBody = 100;

    // Tibetan and Devanagari as they are, three bytes a letter: escaped they would take six and not fit.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The notice of an alert in the language wanted, or else English, or else its first. Never longer than <see cref="PushMessage.PaddedTo"/>.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="language">BCP 47.</param>
    /// <param name="publicUrl">The address citizens reach this server under.</param>
    /// <param name="brief">For push services that refuse the usual size: at most <see cref="PushMessage.BriefPaddedTo"/> bytes.</param>
    public static byte[] ForAlert(Alert alert, string language, Uri publicUrl, bool brief = false)
    {
        var text = alert.TextFor(language);
        var body = text.Instruction.Length > 0 ? $"{text.Description}\n{text.Instruction}" : text.Description;
        var (longest, limit) = brief ? (LongestBriefBody, PushMessage.BriefPaddedTo) : (LongestBody, PushMessage.PaddedTo);
        var longestTitle = brief ? LongestBriefTitle : LongestTitle;
        while (true)
        {
            var payload = Compose(alert, text, Frame(alert, TitleOf(alert, text), longestTitle), Frame(alert, body, longest), publicUrl);
            if (payload.Length <= limit)
            {
                return payload;
            }

            // How many bytes a letter takes depends on the script: cut until it fits.
            (longest, longestTitle) = (longest * 3 / 4, longest < longestTitle ? longestTitle * 3 / 4 : longestTitle);
        }
    }

    /// <summary>The notice that shows a person that notices arrive.</summary>
    public static byte[] ForTest(string placeName, Uri publicUrl) => Serialize(new PushPayload(
        8030,
        new PushNotification("Test: notices arrive here", $"You will be told of alerts for {placeName}. Nothing is wrong.", new Uri(publicUrl, "citizen/").ToString(), "test", "en", "auto"),
        "test", null, null, null, null));

    private static string TitleOf(Alert alert, AlertText text) => alert.MsgType == CapMsgType.Cancel ? $"Cancelled: {Bare(text.Headline)}" : text.Headline;

    // The word stands first and last however much is cut, so that no lock screen shows an excerpt that reads as real.
    private static string Frame(Alert alert, string text, int longest) => alert.Status == CapStatus.Actual
        ? Shorten(text, longest)
        : $"{Exercise} – {Shorten(Bare(text), longest)} – {Exercise}";

    private static string Bare(string text)
    {
        const string first = $"{Exercise} – ", last = $" – {Exercise}";
        text = text.StartsWith(first, StringComparison.Ordinal) ? text[first.Length..] : text;
        return text.EndsWith(last, StringComparison.Ordinal) ? text[..^last.Length] : text;
    }

    private static byte[] Compose(Alert alert, AlertText text, string title, string body, Uri publicUrl)
    {
        var thread = alert.ThreadId.ToString();
        return Serialize(new PushPayload(
            8030,
            new PushNotification(title, body, new Uri(publicUrl, $"citizen/#/alert/{alert.Id}").ToString(), thread, text.Language, "auto"),
            "alert", alert.Id.ToString(), thread, alert.Severity.ToString(), alert.Status.ToString()));
    }

    private static byte[] Serialize(PushPayload payload) => JsonSerializer.SerializeToUtf8Bytes(payload, Json);

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
