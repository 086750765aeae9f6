using System.Text.Json;

namespace Resilience.Reports.Density;

/// <summary>What the crowds of a window add up to, by cell. Pure.</summary>
internal static class SumCrowds
{
    internal static List<ShownCell> ByCell(IEnumerable<Crowd> crowds, long version) =>
        [.. crowds.GroupBy(crowd => IdOf(crowd.Cell, crowd.Exercise)).OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => Sum(cell.Key, [.. cell], version))];

    internal static string Write(IReadOnlyDictionary<string, int> parts) =>
        JsonSerializer.Serialize(new SortedDictionary<string, int>(parts.ToDictionary(), StringComparer.Ordinal));

    internal static SortedDictionary<string, int> Read(string parts) => JsonSerializer.Deserialize<SortedDictionary<string, int>>(parts)!;

    private static string IdOf(GridCell cell, bool exercise) => exercise ? $"{cell.Id}-exercise" : cell.Id;

    private static ShownCell Sum(string id, IReadOnlyList<Crowd> crowds, long version) => new()
    {
        Id = id,
        Level = crowds[0].Level,
        X = crowds[0].X,
        Y = crowds[0].Y,
        Exercise = crowds[0].Exercise,
        Origins = crowds.Sum(crowd => crowd.Origins),
        Parts = Write(crowds.SelectMany(crowd => Read(crowd.Parts)).GroupBy(part => part.Key).ToDictionary(part => part.Key, part => part.Sum(one => one.Value))),
        Since = crowds.Min(crowd => crowd.PublishedAt),
        Until = crowds.Max(crowd => crowd.Until),
        LayerVersion = version,
    };
}
