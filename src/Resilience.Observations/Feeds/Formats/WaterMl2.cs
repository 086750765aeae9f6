using System.Text;
using System.Xml;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// OGC WaterML 2.0 Part 1 (time series as XML), alone, in a Collection or in a SOS answer. Not the older WaterML 1.1, which some
/// services also call "waterml".
/// </summary>
/// <remarks>
/// Handled: nil points (told as missing); metadata for all points with exceptions at single points (quality, qualifier, unit,
/// interpolation); what a value stands for: a rain sum is one only as a total of the preceding interval, and means or totals of the
/// following interval are kept as Other, because their time is not when they were measured; axis order by the position's CRS; days
/// and times without offset (read in the point's own zone, else in the feed's <see cref="FeedDefinition.Zone"/>, else set aside).
/// DTDs are refused, depth and size are bounded.
/// </remarks>
internal sealed class WaterMl2(FeedZone? zone) : IFeedFormat
{
    /// <summary>Real documents nest some fifteen deep.</summary>
    internal const int MaxDepth = 64;

    /// <summary>Times, numbers, names: nothing that is used is longer.</summary>
    private const int LongestText = 4096;

    private const int MaxCharacters = 64 * 1024 * 1024;

    public string Name => "waterml2";

    public string Title => "OGC WaterML 2.0 (XML)";

    public string? Prefix => null;

    public string Accept => "application/waterml+xml, application/xml;q=0.9, text/xml;q=0.8";

    public PayloadKind Kind => PayloadKind.Xml;

    public IFeedFormat For(Feed feed) => new WaterMl2(FeedZone.Find(feed.Zone));

    public Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            MaxCharactersFromEntities = 1024,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            CloseInput = false,
        };
        try
        {
            // By characters: what is fetched was checked to be UTF-8, whatever the document's declaration claims.
            using var characters = new StreamReader(document, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 32 * 1024, leaveOpen: true);
            using var reader = XmlReader.Create(characters, settings);
            Read(reader, new WaterMl2Series(prefix, zone, into), cancellationToken);
        }
        catch (XmlException exception)
        {
            throw Explain(exception);
        }

        return Task.CompletedTask;
    }

    public Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken) =>
        ReadObservationsAsync(document, prefix, into, cancellationToken);

    private static void Read(XmlReader reader, WaterMl2Series series, CancellationToken cancellationToken)
    {
        var path = new List<string>();
        var text = new StringBuilder();
        var (nodes, found) = (0, false);
        while (reader.Read())
        {
            if (++nodes % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (reader.Depth >= MaxDepth)
                    {
                        throw new FeedTrouble("too-deep", $"The answer nests deeper than {MaxDepth} levels.");
                    }

                    CheckRoot(reader, path);
                    found |= reader.LocalName == "OM_Observation";
                    text.Clear();
                    series.Begin(path, reader);
                    if (reader.IsEmptyElement)
                    {
                        series.End(path, reader.LocalName, "");
                    }
                    else
                    {
                        path.Add(reader.LocalName);
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    if (text.Length < LongestText)
                    {
                        text.Append(reader.Value);
                    }

                    break;
                case XmlNodeType.EndElement:
                    path.RemoveAt(path.Count - 1);
                    series.End(path, reader.LocalName, text.ToString().Trim());
                    text.Clear();
                    break;
            }
        }

        if (!found)
        {
            throw new FeedTrouble(series.SourceError is null ? "not-this-format" : "source-error", series.SourceError is { } error ? $"The source answers with an error: {(error.Length > 200 ? error[..200] : error)}" : "The answer is XML but holds no observation (om:OM_Observation); it is not WaterML 2.0.");
        }
    }

    private static void CheckRoot(XmlReader reader, List<string> path)
    {
        if (path.Count == 0 && (reader.LocalName == "timeSeriesResponse" || reader.NamespaceURI.Contains("/waterML/1.", StringComparison.OrdinalIgnoreCase)))
        {
            throw new FeedTrouble("not-this-format", "The answer is WaterML 1.1; this format reads WaterML 2.0.");
        }
    }

    // XmlReader has one exception type; its message is all that tells the cases apart. A test pins each.
    internal static FeedTrouble Explain(XmlException exception)
    {
        var at = $"line {exception.LineNumber}, column {exception.LinePosition}";
        return exception.Message switch
        {
            var text when text.Contains("DTD", StringComparison.Ordinal) => new FeedTrouble("dtd", $"The answer declares a document type ({at}); such documents are not read."),
            var text when text.Contains("limit", StringComparison.OrdinalIgnoreCase) => new FeedTrouble("too-large", "The answer is longer than is read."),
            var text when text.Contains("Unexpected end of file", StringComparison.Ordinal) || text.Contains("not closed", StringComparison.Ordinal) || text.Contains("Root element is missing", StringComparison.Ordinal) => new FeedTrouble("truncated", $"The answer ends in the middle ({at})."),
            var text => new FeedTrouble("invalid-xml", $"The answer is not well-formed XML ({at}): {text}"),
        };
    }
}
