using System.Reflection;
using System.Xml;
using System.Xml.Schema;

namespace Resilience.Warnings.Cap;

/// <summary>
/// The OASIS CAP 1.2 schema, built in. It checks order, required elements, enumerations and the shape of times, and nothing
/// else: <see cref="CapRules"/> holds the rest. Thread-safe.
/// </summary>
internal static class CapSchema
{
    private static readonly Lazy<XmlSchemaSet> Schemas = new(Load);

    /// <summary>What the schema finds wrong, in order; empty when the text is valid.</summary>
    internal static IReadOnlyList<string> ListFaults(string xml)
    {
        var faults = new List<string>();
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            ValidationType = ValidationType.Schema,
            Schemas = Schemas.Value,
            ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings,
        };
        settings.ValidationEventHandler += (_, fault) => faults.Add($"line {fault.Exception.LineNumber}: {fault.Message}");
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), settings);
            while (reader.Read())
            {
                // Reading is what validates.
            }
        }
        catch (XmlException exception)
        {
            faults.Add(exception.Message);
        }

        return faults;
    }

    private static XmlSchemaSet Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("CAP-v1.2.xsd")!;
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var schemas = new XmlSchemaSet { XmlResolver = null };
        schemas.Add(CapWriter.Namespace, reader);
        schemas.Compile();
        return schemas;
    }
}
