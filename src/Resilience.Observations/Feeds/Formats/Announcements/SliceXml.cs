using System.Xml;

namespace Resilience.Observations.Feeds.Formats.Announcements;

/// <summary>Cuts elements out of a document's text to the letter: a message is kept as received, not as it would be written anew.</summary>
internal sealed class SliceXml(string text)
{
    private readonly List<int> _lines = Lines(text);

    /// <summary>Where the start tag the reader stands on begins.</summary>
    internal int Start(XmlReader reader) => At(reader, back: 1);

    /// <summary>From a start tag to the end of the end tag the reader stands on.</summary>
    internal string Cut(int start, XmlReader reader)
    {
        var end = text.IndexOf('>', Math.Min(At(reader, back: 0), text.Length));
        return end < start ? "" : text[start..(end + 1)];
    }

    private int At(XmlReader reader, int back)
    {
        var at = (IXmlLineInfo)reader;
        return at.LineNumber - 1 < _lines.Count ? Math.Max(0, _lines[at.LineNumber - 1] + at.LinePosition - 1 - back) : text.Length;
    }

    // Lines as XmlReader counts them: \n, \r\n and a lone \r each end one.
    private static List<int> Lines(string text)
    {
        var lines = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                lines.Add(i + 1);
            }
        }

        return lines;
    }
}
