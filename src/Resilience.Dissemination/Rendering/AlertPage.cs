using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Dissemination.Channels;
using Resilience.Warnings;

namespace Resilience.Dissemination.Rendering;

/// <summary>
/// The alert as a page that reads without scripts, map or account: who says so, what is coming, where, what to do, until when.
/// At most 30 KB with its style sheet, so that it opens on a bad line.
/// </summary>
internal static class AlertPage
{
    /// <summary>Where the style sheet is served.</summary>
    internal const string StyleSheet = "/alerts/alert.css";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly Dictionary<string, string> LanguageNames = new()
    {
        ["en"] = "English",
        ["dz"] = "རྫོང་ཁ",
        ["ne"] = "नेपाली",
        ["hi"] = "हिन्दी",
        ["bn"] = "বাংলা",
        ["de"] = "Deutsch",
        ["fr"] = "Français",
        ["es"] = "Español",
        ["ar"] = "العربية",
        ["zh"] = "中文",
        ["ja"] = "日本語",
    };

    private static readonly string[] RightToLeft = ["ar", "fa", "he", "ur", "ps", "sd", "dv"];

    /// <summary>Renders. Pure: the same alert at the same moment gives the same page.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="thread">All messages of its thread, first to last.</param>
    /// <param name="language">BCP 47 language wanted.</param>
    /// <param name="now">The chain's time.</param>
    /// <param name="zone">The time zone people there live by.</param>
    internal static string Render(Alert alert, IReadOnlyList<Alert> thread, string language, DateTimeOffset now, TimeZoneInfo zone)
    {
        var text = alert.TextFor(language);

        // A Cancel is born ended; it is what it says that counts, so it is not struck through.
        var over = alert.MsgType != CapMsgType.Cancel && !alert.IsInForce(now);
        var exercise = alert.Status != CapStatus.Actual;
        var direction = RightToLeft.Contains(text.Language.Split('-')[0]) ? "rtl" : "ltr";
        var page = new StringBuilder(8192);
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="{E(text.Language)}" dir="{direction}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noarchive">
            <title>{E(exercise && !text.Headline.StartsWith("EXERCISE", StringComparison.Ordinal) ? $"EXERCISE – {text.Headline}" : text.Headline)}</title>
            <link rel="stylesheet" href="{StyleSheet}">
            <link rel="alternate" type="application/cap+xml" href="/warnings/alerts/{alert.Id}/cap.xml">
            </head>
            <body class="{alert.Severity.ToString().ToLowerInvariant()}{(exercise ? " exercise" : "")}{(over ? " over" : "")}">

            """);
        AppendExercise(page, exercise);
        page.Append("<main>\n");
        AppendOutcome(page, alert, thread, now, zone);
        page.Append(CultureInfo.InvariantCulture, $"""
            <header>
            <p class="badge"><span class="mark" aria-hidden="true">{Mark(alert.Severity)}</span> {E(SeverityWords(alert))}</p>
            <h1>{E(text.Headline)}</h1>
            <p class="source">{E(alert.Sender)} · <time datetime="{alert.Sent:yyyy-MM-ddTHH:mm:ssZ}">{PlaceTime.Say(alert.Sent, zone)}</time></p>
            </header>
            <section><h2>What</h2><p>{Lines(text.Description)}</p></section>
            <section><h2>Where</h2><p>{E(alert.AreaDesc)}</p></section>
            <section class="act"><h2>Do now</h2>{Steps(text.Instruction)}</section>
            <section><h2>Until</h2><p><time datetime="{alert.Expires:yyyy-MM-ddTHH:mm:ssZ}">{PlaceTime.Say(alert.Expires, zone)}</time></p></section>

            """);
        AppendLanguages(page, alert, text);
        page.Append(CultureInfo.InvariantCulture, $"""
            <nav><a href="/citizen/#/alert/{alert.Id}">I am safe · I need help</a> <a href="/warnings/alerts/{alert.Id}/cap.xml">CAP</a></nav>
            </main>

            """);
        AppendExercise(page, exercise);
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void AppendExercise(StringBuilder page, bool exercise)
    {
        if (exercise)
        {
            page.Append("<p class=\"hatch\" role=\"note\"><strong>EXERCISE – this is not a real warning</strong></p>\n");
        }
    }

    private static void AppendOutcome(StringBuilder page, Alert alert, IReadOnlyList<Alert> thread, DateTimeOffset now, TimeZoneInfo zone)
    {
        var next = thread.LastOrDefault(message => message.Sent >= alert.Sent && message.Id != alert.Id && message.MsgType != CapMsgType.Alert);
        var words = alert.MsgType == CapMsgType.Cancel ? "This message takes an earlier warning back."
            : alert.State == AlertState.Cancelled ? $"Retracted {PlaceTime.Say(alert.EndedAt ?? now, zone)}. {Why(alert)}"
            : alert.State == AlertState.Superseded ? $"Replaced {PlaceTime.Say(alert.EndedAt ?? now, zone)}."
            : alert.IsInForce(now) ? null
            : $"Over since {PlaceTime.Say(alert.Expires, zone)}.";
        if (words is null)
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"<p class=\"outcome\" role=\"status\"><strong>{E(words.Trim())}</strong>");
        if (next is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $" <a href=\"/alerts/{next.Id}\">Read the latest message</a>");
        }

        page.Append("</p>\n");
    }

    private static string Why(Alert alert) => alert.EndReason switch
    {
        nameof(CancelReason.SentInError) => "It was sent in error.",
        nameof(CancelReason.DangerOver) => "The danger is over.",
        nameof(CancelReason.Replaced) => "Another message takes its place.",
        _ => "",
    };

    private static void AppendLanguages(StringBuilder page, Alert alert, AlertText shown)
    {
        var others = alert.Texts.Where(text => !text.IsMissing && text.Language != shown.Language).ToList();
        if (others.Count > 0)
        {
            page.Append("<nav class=\"languages\">");
            page.AppendJoin(' ', others.Select(text =>
                $"<a hreflang=\"{E(text.Language)}\" lang=\"{E(text.Language)}\" dir=\"auto\" href=\"?lang={Uri.EscapeDataString(text.Language)}\">{E(LanguageNames.GetValueOrDefault(text.Language.Split('-')[0], text.Language))}</a>"));
            page.Append("</nav>\n");
        }
    }

    private static string SeverityWords(Alert alert) => alert.MsgType == CapMsgType.Cancel ? "Cancelled" : alert.Severity switch
    {
        CapSeverity.Extreme => "Danger to life – act now",
        CapSeverity.Severe => "Act now",
        CapSeverity.Moderate => "Get ready",
        CapSeverity.Minor => "Be aware",
        _ => "Unknown severity",
    };

    private static string Mark(CapSeverity severity) => severity switch
    {
        CapSeverity.Extreme => "!!",
        CapSeverity.Severe => "!",
        CapSeverity.Moderate => "▲",
        CapSeverity.Minor => "i",
        _ => "?",
    };

    // Each sentence of the instruction is one thing to do. The word EXERCISE around it stands above and below the page already.
    private static string Steps(string instruction)
    {
        var steps = ListSentences(instruction.Replace("EXERCISE – ", "", StringComparison.Ordinal).Replace(" – EXERCISE", "", StringComparison.Ordinal)).ToList();
        return steps.Count == 0 ? "<p>Follow what the authorities say.</p>" : $"<ol>{string.Concat(steps.Select(step => $"<li>{E(step)}</li>"))}</ol>";
    }

    /// <summary>Splits at line ends and after full stops of any script, but not inside "3.5 m".</summary>
    internal static IEnumerable<string> ListSentences(string text)
    {
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var last = i + 1 == text.Length;
            if (last || text[i] is '\n' or '。' or '།' or '।' or '؟' || (text[i] is '.' or '!' or '?' && char.IsWhiteSpace(text[i + 1])))
            {
                var sentence = text[from..(i + 1)].Trim();
                from = i + 1;
                if (sentence.Any(char.IsLetterOrDigit))
                {
                    yield return sentence;
                }
            }
        }
    }

    private static string Lines(string text) => E(text).Replace("\n", "<br>", StringComparison.Ordinal);

    private static string E(string text) => Encoder.Encode(text);
}
