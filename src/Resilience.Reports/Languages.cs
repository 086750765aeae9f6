namespace Resilience.Reports;

/// <summary>Language tags as reports carry them.</summary>
internal static class Languages
{
    /// <summary>Undetermined (ISO 639-2).</summary>
    internal const string Undetermined = "und";

    /// <summary>The primary subtag in lower case (<c>pt-BR</c> → <c>pt</c>); empty for none or nonsense.</summary>
    internal static string Normal(string? tag)
    {
        var primary = tag?.Split('-', '_')[0].Trim().ToLowerInvariant() ?? "";
        return primary.Length is 2 or 3 && primary.All(char.IsAsciiLetterLower) && primary != Undetermined ? primary : "";
    }
}
