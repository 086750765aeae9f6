using System.Xml.Linq;

namespace Resilience.Core.Cap;

/// <summary>One element being read: its children by local name, in the root's own namespace whichever CAP version that is.</summary>
internal sealed class CapElement(XElement element, List<string> remarks, bool lenient)
{
    internal string Text => element.Value.Trim();

    internal string Get(string name) => Find(name) ?? throw new FormatException($"{element.Name.LocalName} has no {name}.");

    internal string GetKindly(string name, string otherwise) => Find(name) ?? (lenient ? Kindly($"{element.Name.LocalName} has no {name}", otherwise) : Get(name));

    internal string? Find(string name) => Children(name).FirstOrDefault()?.Value.Trim();

    internal IReadOnlyList<string> List(string name) => [.. Children(name).Select(child => child.Value.Trim())];

    internal IReadOnlyList<T> List<T>(string name, Func<CapElement, T> read) => [.. Children(name).Select(child => read(new CapElement(child, remarks, lenient)))];

    /// <summary>Like <see cref="List{T}"/>; one that cannot be read is left out with a remark when reading leniently.</summary>
    internal IReadOnlyList<T> ListReadable<T>(string name, Func<CapElement, T> read)
    {
        var readable = new List<T>();
        foreach (var child in Children(name).Where(child => !lenient || child.Value.Trim().Length > 0))
        {
            try
            {
                readable.Add(read(new CapElement(child, remarks, lenient)));
            }
            catch (FormatException exception) when (lenient)
            {
                Remark($"a {name} was left out: {exception.Message}");
            }
        }

        return readable;
    }

    internal T GetWord<T>(string name)
        where T : struct, Enum => Word<T>(name, Get(name));

    /// <summary>A word that may be missing or unknown when reading leniently: then <paramref name="otherwise"/>, with a remark.</summary>
    internal T GetWord<T>(string name, T otherwise)
        where T : struct, Enum
    {
        try
        {
            return GetWord<T>(name);
        }
        catch (FormatException exception) when (lenient)
        {
            return Kindly($"{exception.Message[..^1]}; read as {otherwise}", otherwise);
        }
    }

    internal T? FindWord<T>(string name)
        where T : struct, Enum => Find(name) is { } text ? Word<T>(name, text) : null;

    internal IReadOnlyList<T> ListWords<T>(string name)
        where T : struct, Enum => ListReadable(name, word => Word<T>(name, word.Text));

    internal CapTime? FindTime(string name)
    {
        if (Find(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (CapTime.Read(text, Remark) is { } time)
        {
            return time;
        }

        return lenient ? Kindly<CapTime?>($"{name} is not a time: {text}", null) : throw new FormatException($"{name} is not a time: {text}.");
    }

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
