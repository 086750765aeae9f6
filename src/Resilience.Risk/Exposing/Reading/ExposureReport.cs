using System.Globalization;

namespace Resilience.Risk.Exposing.Reading;

/// <summary>Keeps count while a file is read; memory stays bounded however much of it is bad.</summary>
internal sealed class ExposureReport(string name, string kind)
{
    private const int MostReasons = 20;
    private const int MostKinds = 30;

    private readonly Dictionary<string, long> _used = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Count, string Where)> _refused = new(StringComparer.Ordinal);

    internal void Use(string what, long count = 1)
    {
        var key = _used.ContainsKey(what) || _used.Count < MostKinds ? what : "others";
        _used[key] = _used.GetValueOrDefault(key) + count;
    }

    internal void Refuse(string reason, string where)
    {
        var key = _refused.ContainsKey(reason) || _refused.Count < MostReasons ? reason : "Other reasons.";
        _refused[key] = _refused.TryGetValue(key, out var there) ? (there.Count + 1, there.Where) : (1, where.Length > 120 ? where[..120] : where);
    }

    internal ExposureFile Done() => new(
        name, kind, _used.Values.Sum(),
        string.Join(", ", _used.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value:N0} {pair.Key}"))),
        [.. _refused.Select(pair => new RefusedExposure(pair.Key, pair.Value.Count, pair.Value.Where))]);
}
