using System.Xml.Linq;

namespace Resilience.Warnings.Cap;

/// <summary>One element being read: its children by local name, in the root's own namespace whichever CAP version that is.</summary>
internal sealed class CapElement(XElement element, List<string> remarks)
{
    internal string Text => element.Value.Trim();

    internal string Get(string name) => Find(name) ?? throw new FormatException($"{element.Name.LocalName} has no {name}.");

    internal string? Find(string name) => Children(name).FirstOrDefault()?.Value.Trim();

    internal IReadOnlyList<string> List(string name) => [.. Children(name).Select(child => child.Value.Trim())];

    internal IReadOnlyList<T> List<T>(string name, Func<CapElement, T> read) => [.. Children(name).Select(child => read(new CapElement(child, remarks)))];

    internal T GetWord<T>(string name)
        where T : struct, Enum => Word<T>(name, Get(name));

    internal T? FindWord<T>(string name)
        where T : struct, Enum => Find(name) is { } text ? Word<T>(name, text) : null;

    internal IReadOnlyList<T> ListWords<T>(string name)
        where T : struct, Enum => [.. List(name).Select(text => Word<T>(name, text))];

    internal CapTime? FindTime(string name) => Find(name) is { Length: > 0 } text
        ? CapTime.Read(text, Remark) ?? throw new FormatException($"{name} is not a time: {text}.")
        : null;

    internal void Remark(string text) => remarks.Add(text);

    internal T Kindly<T>(string remark, T value)
    {
        Remark(remark);
        return value;
    }

    private T Word<T>(string name, string text)
        where T : struct, Enum
    {
        if (Enum.TryParse<T>(text, ignoreCase: false, out var exact) && exact.ToString() == text)
        {
            return exact;
        }

        if (Enum.TryParse<T>(text, ignoreCase: true, out var word) && string.Equals(word.ToString(), text, StringComparison.OrdinalIgnoreCase))
        {
            return Kindly($"{name} {text} is written {word}", word);
        }

        throw new FormatException($"{name} may not be {text}.");
    }

    private IEnumerable<XElement> Children(string name) => element.Elements(element.Name.Namespace + name);
}
