using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Resilience.Reports.Collecting.Formats;

/// <summary>
/// Mastodon's <c>Status</c> entity (API v1): a timeline is an array of them. Content is HTML. A boost is read as the post it
/// boosts, so that a thousand boosts are one report.
/// </summary>
internal static class MastodonStatus
{
    /// <summary>Reads a timeline's answer.</summary>
    internal static (List<RawPost> Posts, List<Unreadable> Unreadable, List<string> Ids) ReadTimeline(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonReading.TryParse(utf8, out var why);
        if (document is null)
        {
            return ([], [why!], []);
        }

        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            return ([], [new Unreadable("not-json", "A timeline must be a JSON array of statuses.", utf8.Length)], []);
        }

        var (posts, unreadable, ids) = (new List<RawPost>(), new List<Unreadable>(), new List<string>());
        foreach (var status in document.RootElement.EnumerateArray())
        {
            if (status.Text("id") is { } id)
            {
                ids.Add(id);
            }

            if (Read(status, out var reason) is { } post)
            {
                posts.Add(post);
            }
            else
            {
                unreadable.Add(reason!);
            }
        }

        return (posts, unreadable, ids);
    }

    /// <summary>Reads one status, or says why not.</summary>
    internal static RawPost? Read(JsonElement status, out Unreadable? why)
    {
        status = status.Member("reblog") ?? status;
        var size = status.GetRawText().Length;
        if (status.Text("id") is not { Length: > 0 and <= 200 } id)
        {
            why = new Unreadable("no-id", "The status has no id.", size);
            return null;
        }

        var text = PlainText(status.Text("content") ?? "");
        if (status.Text("spoiler_text") is { Length: > 0 } warning)
        {
            text = $"{warning} {text}";
        }

        var author = status.Member("account") is { } account ? account.Text("acct", "id") : null;
        why = null;
        return new RawPost(id, JsonReading.Time(status.Text("created_at")), text, status.Text("language"), author);
    }

    /// <summary>Orders Mastodon's ids: decimal numbers too large for some readers, so by length, then by character.</summary>
    internal static int CompareIds(string a, string b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);

    /// <summary>What a reader would see of the HTML, in one line. Handles behind mention links keep their @ and are masked later.</summary>
    internal static string PlainText(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        foreach (var unseen in document.QuerySelectorAll("script,style,template").ToList())
        {
            unseen.Remove();
        }

        foreach (var breaking in document.QuerySelectorAll("br,p,li,div,blockquote").ToList())
        {
            breaking.InsertAfter(document.CreateTextNode(" "));
        }

        return document.Body?.TextContent.Trim() ?? "";
    }
}
