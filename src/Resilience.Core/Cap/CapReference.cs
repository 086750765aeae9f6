namespace Resilience.Core.Cap;

/// <summary>One entry of <c>references</c>. <paramref name="Sent"/> is the referenced message's own text, never formatted anew.</summary>
public sealed record CapReference(string Sender, string Identifier, string Sent)
{
    /// <summary>Reads the whitespace-separated list; null when an entry is not a triple.</summary>
    public static IReadOnlyList<CapReference>? ReadList(string text)
    {
        var entries = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split(',')).ToList();
        return entries.TrueForAll(parts => parts.Length == 3 && Array.TrueForAll(parts, part => part.Length > 0))
            ? [.. entries.Select(parts => new CapReference(parts[0], parts[1], parts[2]))]
            : null;
    }

    /// <summary>Writes the list.</summary>
    public static string WriteList(IEnumerable<CapReference> references) => string.Join(' ', references);

    /// <inheritdoc/>
    public override string ToString() => $"{Sender},{Identifier},{Sent}";
}
