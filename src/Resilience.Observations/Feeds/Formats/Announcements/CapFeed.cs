using System.Text;
using System.Xml;
using Resilience.Core.Cap;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats.Announcements;

/// <summary>
/// Warnings of other authorities in CAP 1.0, 1.1 or 1.2: a single message, an Atom or RSS index with the messages inside or behind links, or
/// either of them in EDXL-DE 1.0 or 2.0 envelopes.
/// </summary>
/// <remarks>
/// DTDs are refused; length, depth and the number of entries are bounded. The text of each message is kept as received. An index entry
/// that carries CAP's main fields itself (as the US Weather Service's did) is read from them. What links lead to is fetched by
/// <see cref="FollowIndex"/>, once per entry and update.
/// </remarks>
internal sealed class CapFeed : IFeedFormat
{
    /// <summary>The largest real index (Germany on a stormy day) holds some two thousand.</summary>
    internal const int MaxEntries = 10_000;

    private const int MaxCharacters = 64 * 1024 * 1024;

    public string Name => "cap";

    public string Title => "Warnings in CAP (Atom, RSS, EDXL)";

    public string? Prefix => null;

    public string Accept => "application/cap+xml, application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8";

    public PayloadKind Kind => PayloadKind.Xml;

    public bool Announces => true;

    public Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        // By characters: what is fetched was checked to be UTF-8, whatever the document's declaration claims.
        using var characters = new StreamReader(document, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 32 * 1024, leaveOpen: true);
        var text = characters.ReadToEnd();
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), BoundedXml.Settings(MaxCharacters));
            Read(reader, text, into, cancellationToken);
        }
        catch (XmlException exception)
        {
            throw WaterMl2.Explain(exception);
        }

        return Task.CompletedTask;
    }

    public Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken) =>
        throw new FeedTrouble("no-stations", "Warnings have no station list.");

    private static void Read(XmlReader reader, string text, ParsedPayload into, CancellationToken cancellationToken)
    {
        var slices = new SliceXml(text);
        var (entries, known) = (0, false);
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            var (name, space) = (reader.LocalName, reader.NamespaceURI);
            known |= reader.Depth == 0 && name is "feed" or "rss" or "RDF";
            if (name is "entry" or "item" || CapReader.IsAlert(name, space) || EdxlEnvelope.Is(name, space))
            {
                known = true;
                if (++entries > MaxEntries)
                {
                    throw new FeedTrouble("too-many", $"The answer lists more than {MaxEntries:N0} entries; the rest was not read.");
                }

                var start = slices.Start(reader);
                var element = BoundedXml.ReadElement(reader);
                ReadEntry.Take(element, slices.Cut(start, reader), into);
            }
        }

        if (!known)
        {
            throw new FeedTrouble("not-this-format", "The answer is XML but neither a CAP message nor an index (Atom, RSS) nor EDXL.");
        }
    }
}
