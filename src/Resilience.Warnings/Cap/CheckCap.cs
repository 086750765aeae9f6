using Resilience.Core.Cap;

namespace Resilience.Warnings.Cap;

/// <summary>Judges a CAP message from anywhere: the schema first, then the standard's and this project's own rules.</summary>
public static class CheckCap
{
    /// <summary>
    /// Everything found, one sentence each, faults first; empty for a clean message. <c>Valid</c> is false when the schema or a rule
    /// that stops an alert is broken; questions a person may answer either way leave it true.
    /// </summary>
    public static (bool Valid, IReadOnlyList<string> Findings) Check(string xml)
    {
        var faults = CapSchema.ListFaults(xml);
        try
        {
            var reading = CapReader.Read(xml);
            var findings = CapRules.Check(reading.Message);
            return (
                faults.Count == 0 && findings.All(finding => finding.Weight != FindingWeight.Stop),
                [.. faults, .. findings.OrderByDescending(finding => finding.Weight == FindingWeight.Stop).Select(finding => $"{finding.Code} ({finding.Field}): {finding.Message}"), .. reading.Remarks]);
        }
        catch (FormatException exception)
        {
            return (false, [.. faults, exception.Message]);
        }
    }
}
