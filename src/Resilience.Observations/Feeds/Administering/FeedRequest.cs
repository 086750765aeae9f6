using Resilience.Core;
using Resilience.Observations.Bulletins;
using Resilience.Observations.Coverages;
using Resilience.Observations.Feeds.Formats;

namespace Resilience.Observations.Feeds.Administering;

/// <summary>A feed as a coordinator describes it; bounds and defaults as in <see cref="FeedDefinition"/>.</summary>
internal sealed record FeedRequest(string Name, string Format, string Readings, string Credit, string Licence)
{
    private const int LongestText = 200;
    private const int LongestAddress = 2_000;

    public string? Stations { get; init; }

    public double EverySeconds { get; init; } = 900;

    public string? Zone { get; init; }

    public string? StationPrefix { get; init; }

    public bool Exercise { get; init; }

    public TableMapping? Mapping { get; init; }

    public CoverageMapping? Coverage { get; init; }

    public AreaOfInterest? Area { get; init; }

    public IReadOnlyList<string>? Topics { get; init; }

    /// <summary>The definition, or a refusal that names the field.</summary>
    internal FeedDefinition ToDefinition(string id)
    {
        foreach (var (field, text) in new[] { ("name", Name), ("credit", Credit), ("licence", Licence) })
        {
            if (string.IsNullOrWhiteSpace(text) || text.Length > LongestText)
            {
                throw new RefusalException($"observations.feed-{field}", $"The feed's {field} must have 1 to {LongestText} characters.");
            }
        }

        return new FeedDefinition
        {
            Id = id,
            Name = Name.Trim(),
            Format = Format,
            Readings = Address(Readings),
            Stations = string.IsNullOrWhiteSpace(Stations) ? null : Address(Stations),
            Every = double.IsFinite(EverySeconds) && EverySeconds is > 0 and < 1e9 ? TimeSpan.FromSeconds(EverySeconds) : TimeSpan.Zero,
            Credit = Credit.Trim(),
            Licence = Licence.Trim(),
            Zone = string.IsNullOrWhiteSpace(Zone) ? null : Zone.Trim(),
            StationPrefix = string.IsNullOrWhiteSpace(StationPrefix) ? null : StationPrefix.Trim(),
            Exercise = Exercise,
            Mapping = Mapping,
            Coverage = Coverage,
            Area = Area is { Box.Count: 0, Units.Count: 0, GeoJson: null or "" } ? null : Area,
            Topics = Topics ?? [],
        };
    }

    private static Uri Address(string text) => text.Length <= LongestAddress && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address)
        ? address
        : throw new RefusalException("observations.feed-address", "Write the whole address, beginning with https://, http://, mqtts:// or mqtt://.");
}

/// <summary>A feed's definition as it stands, to be looked at and changed.</summary>
internal sealed record FeedView(
    string Id, string Name, string Format, string Readings, string? Stations, double EverySeconds, string Credit, string Licence, string? Zone, string? StationPrefix, bool Exercise, TableMapping? Mapping, CoverageMapping? Coverage, AreaOfInterest? Area, IReadOnlyList<string> Topics, bool Configured);
