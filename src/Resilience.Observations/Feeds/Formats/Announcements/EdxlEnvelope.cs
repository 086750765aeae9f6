using System.Xml.Linq;
using Resilience.Core.Cap;

namespace Resilience.Observations.Feeds.Formats.Announcements;

/// <summary>
/// An EDXL Distribution Element around messages. 1.0 has the status as text in <c>distributionStatus</c>; 2.0 in a value list under
/// <c>DistributionStatus</c> (the examples capitalise what the schema does not: both are read).
/// </summary>
internal static class EdxlEnvelope
{
    private const string Family = "urn:oasis:names:tc:emergency:EDXL:DE:";

    internal static bool Is(string localName, string namespaceName) =>
        localName.Equals("EDXLDistribution", StringComparison.OrdinalIgnoreCase) && namespaceName.StartsWith(Family, StringComparison.OrdinalIgnoreCase);

    /// <summary>The envelope's status; null where it has none or an unknown one (which is then not taken for Actual).</summary>
    internal static CapStatus? StatusOf(XElement envelope)
    {
        var status = envelope.Elements().FirstOrDefault(child => child.Name.LocalName.Equals("distributionStatus", StringComparison.OrdinalIgnoreCase));
        var word = envelope.Name.NamespaceName.EndsWith(":1.0", StringComparison.Ordinal)
            ? status?.Value
            : status?.Descendants().FirstOrDefault(child => child.Name.LocalName.Equals("Value", StringComparison.OrdinalIgnoreCase))?.Value ?? status?.Value;
        return Enum.TryParse<CapStatus>(word?.Trim(), ignoreCase: true, out var known) && Enum.IsDefined(known) && !int.TryParse(word, out _) ? known : null;
    }
}
