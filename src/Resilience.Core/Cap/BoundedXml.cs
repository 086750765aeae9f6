using System.Xml;
using System.Xml.Linq;

namespace Resilience.Core.Cap;

/// <summary>XML from strangers: no DTD, no entities of their own, nothing fetched, bounded length and depth.</summary>
public static class BoundedXml
{
    /// <summary>CAP inside EDXL inside Atom nests some fifteen deep.</summary>
    public const int MaxDepth = 64;

    /// <summary>Further attributes of an element are not read: looking for twins among them costs more with each.</summary>
    private const int MaxAttributes = 64;

    /// <summary>Elements and texts of one element read into memory. A real message has some hundreds, one for all counties of a country some ten thousand.</summary>
    private const int MaxNodes = 200_000;

    /// <summary>Characters of text of one element read into memory: messages may carry sound and pictures.</summary>
    private const int MaxText = 8 * 1024 * 1024;

    private const string Declarations = "http://www.w3.org/2000/xmlns/";

    /// <summary>Settings for a reader of at most so many characters.</summary>
    public static XmlReaderSettings Settings(long maxCharacters) => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = maxCharacters,
        MaxCharactersFromEntities = 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = false,
    };

    /// <summary>The root element. Throws <see cref="XmlException"/>, also for what nests too deep or follows the root.</summary>
    public static XElement ReadRoot(XmlReader reader)
    {
        reader.MoveToContent();
        var root = ReadElement(reader);
        while (reader.Read())
        {
            // To the end, so that a broken one is noticed.
        }

        return root;
    }

    /// <summary>
    /// Reads the element the reader stands on, and stops at its end tag (or at itself when it is empty). Without recursion: depth costs
    /// no stack. Throws <see cref="XmlException"/>.
    /// </summary>
    public static XElement ReadElement(XmlReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var open = new Stack<XElement>();
        var (nodes, text) = (0, 0L);
        while (true)
        {
            if (++nodes > MaxNodes || text > MaxText)
            {
                throw new XmlException($"One element holds more than {MaxNodes:N0} parts or {MaxText:N0} characters.");
            }

            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (reader.Depth > MaxDepth)
                    {
                        throw new XmlException($"It nests deeper than {MaxDepth} levels.");
                    }

                    var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
                    var empty = reader.IsEmptyElement;
                    for (var i = 0; i < MaxAttributes && reader.MoveToNextAttribute(); i++)
                    {
                        // Names carry their namespaces already; what declares them is left out.
                        if (reader.NamespaceURI != Declarations)
                        {
                            element.SetAttributeValue(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value);
                        }
                    }

                    reader.MoveToElement();
                    if (open.TryPeek(out var parent))
                    {
                        parent.Add(element);
                    }

                    if (!empty)
                    {
                        open.Push(element);
                    }
                    else if (open.Count == 0)
                    {
                        return element;
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                    var characters = reader.Value;
                    text += characters.Length;
                    open.Peek().Add(new XText(characters));
                    break;
                case XmlNodeType.EndElement:
                    var closed = open.Pop();
                    if (open.Count == 0)
                    {
                        return closed;
                    }

                    break;
            }

            if (!reader.Read())
            {
                throw new XmlException("It ends in the middle of an element.");
            }
        }
    }
}
