using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Resilience.Core.Chain;
using Resilience.Storage;
using Resilience.Warnings.Cap;

namespace Resilience.Warnings.Issuing;

/// <summary>
/// The Atom feed (RFC 4287) that other agencies and aggregators poll. An entry is never edited or taken back: ended messages stay
/// for 48 h, so that whoever polls rarely still learns of the Cancel. A matching <c>If-None-Match</c> gets 304.
/// </summary>
internal sealed class ShowFeed(Store store, WarningsOptions options, OperatingMode mode)
{
    /// <summary>48 h: longer than any poller's pause we know of.</summary>
    internal static readonly TimeSpan Keep = TimeSpan.FromHours(48);

    private const string Atom = "http://www.w3.org/2005/Atom";
    private const int MostEntries = 500;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/feed.atom", async (HttpContext http, ShowFeed feed, CancellationToken cancellationToken) =>
        {
            var bytes = await feed.WriteAsync($"{http.Request.Scheme}://{http.Request.Host}", cancellationToken);
            http.Response.Headers.CacheControl = "public, no-cache";
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
            return TypedResults.Bytes(bytes, "application/atom+xml; charset=utf-8", entityTag: tag);
        }).WithName("ShowFeed").WithSummary("Atom feed of CAP alerts: in force, and ended within 48 h");

    internal async Task<byte[]> WriteAsync(string root, CancellationToken cancellationToken)
    {
        var since = store.Clock.GetUtcNow() - Keep;
        await using var db = store.Read<WarningsDb>();
        var alerts = await db.Alerts.Where(alert => alert.State == AlertState.InForce || alert.EndedAt > since)
            .OrderByDescending(alert => alert.Sent).ThenByDescending(alert => alert.LayerVersion).Take(MostEntries).ToListAsync(cancellationToken);
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("feed", Atom);
            Element(xml, "id", $"{root}/warnings/feed.atom");
            Element(xml, "title", $"{(mode.IsReplay ? "EXERCISE – " : "")}Warnings of {options.SenderName}");
            Element(xml, "updated", Time(alerts.Select(Changed).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max()));
            xml.WriteStartElement("author", Atom);
            Element(xml, "name", options.SenderName);
            xml.WriteEndElement();
            Link(xml, "self", $"{root}/warnings/feed.atom", "application/atom+xml");
            foreach (var alert in alerts)
            {
                Entry(xml, alert, root);
            }

            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void Entry(XmlWriter xml, Alert alert, string root)
    {
        xml.WriteStartElement("entry", Atom);
        Element(xml, "id", alert.Identifier);
        Element(xml, "title", alert.Texts[0].Headline);
        Element(xml, "updated", Time(Changed(alert)));
        Element(xml, "published", Time(alert.Sent));
        Element(xml, "summary", alert.Texts[0].Description);
        Category(xml, "status", alert.Status.ToString());
        Category(xml, "msgType", alert.MsgType.ToString());
        Category(xml, "severity", alert.Severity.ToString());
        Category(xml, "state", alert.State.ToString());
        Link(xml, "alternate", $"{root}/warnings/alerts/{alert.Id}/cap.xml", ShowAlerts.CapType);
        xml.WriteEndElement();
    }

    private static DateTimeOffset Changed(Alert alert) => alert.EndedAt is { } ended && ended > alert.Sent ? ended : alert.Sent;

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static void Element(XmlWriter xml, string name, string value) => xml.WriteElementString(name, Atom, value);

    private static void Category(XmlWriter xml, string scheme, string term)
    {
        xml.WriteStartElement("category", Atom);
        xml.WriteAttributeString("term", term);
        xml.WriteAttributeString("scheme", $"{CapWriter.Namespace}:{scheme}");
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string rel, string href, string type)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("href", href);
        xml.WriteAttributeString("type", type);
        xml.WriteEndElement();
    }
}
