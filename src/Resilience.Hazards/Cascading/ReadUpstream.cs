using Microsoft.Extensions.Configuration;

namespace Resilience.Hazards.Cascading;

/// <summary>
/// Configuration <c>Hazards:Upstream</c>: which station lies above which, on rivers not drawn here. A list of
/// <c>{ "Upstream": "usgs:02488500", "Downstream": "usgs:02489500" }</c>.
/// </summary>
/// <value>Empty.</value>
internal static class ReadUpstream
{
    internal static IReadOnlyList<(string Upstream, string Downstream)> From(IConfiguration configuration) =>
        [.. configuration.GetSection("Hazards:Upstream").GetChildren().Select(pair => pair["Upstream"] is { Length: > 0 } upstream && pair["Downstream"] is { Length: > 0 } downstream
            ? (upstream, downstream)
            : throw new InvalidOperationException($"{pair.Path} must name an Upstream and a Downstream station."))];
}
