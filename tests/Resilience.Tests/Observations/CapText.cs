namespace Resilience.Tests.Observations;

/// <summary>CAP messages made for tests.</summary>
internal static class CapText
{
    /// <summary>Around Bogalusa on the Pearl River.</summary>
    internal const string Bogalusa = "<polygon>30.70,-89.95 30.70,-89.75 30.85,-89.75 30.85,-89.95 30.70,-89.95</polygon>";

    internal static string Info(string language, string what, string severity, string expires, string where = Bogalusa, string certainty = "Likely") =>
        $"<info><language>{language}</language><category>Met</category><event>{what}</event><urgency>Expected</urgency><severity>{severity}</severity><certainty>{certainty}</certainty>"
        + $"{(expires.Length > 0 ? $"<expires>{expires}</expires>" : "")}<senderName>National Office</senderName><headline>{what} near the river</headline><description>Water rises.</description><instruction>Move up.</instruction><area><areaDesc>Pearl valley</areaDesc>{where}</area></info>";

    internal static string Message(string identifier, string sent, string status = "Actual", string msgType = "Alert", string references = "", params string[] infos) =>
        $"<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>{identifier}</identifier><sender>office@example.org</sender><sent>{sent}</sent><status>{status}</status><msgType>{msgType}</msgType><scope>Public</scope>"
        + $"{(references.Length > 0 ? $"<references>{references}</references>" : "")}{string.Concat(infos)}</alert>";
}
