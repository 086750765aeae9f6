using System.Diagnostics.Metrics;
using System.Text.Json;
using Resilience.Core.Chain;

namespace Resilience.Server.LiveMap;

/// <summary>How fresh the map is: seconds from when something was true at a gauge until it is on its way to the connected maps.</summary>
internal sealed class MapMetrics(LiveClock clock)
{
    private const string StationsLayer = "observations.stations";

    private static readonly Meter Meter = new("Resilience.Server");
    private static readonly Histogram<double> Age = Meter.CreateHistogram<double>("resilience.server.map.phenomenon_to_map", "s", "From PhenomenonTime to the live map, by the chain's clock.");
    private static readonly UpDownCounter<int> Connected = Meter.CreateUpDownCounter<int>("resilience.server.map.connections", "{connection}", "Connected maps.");

    /// <summary>A map connected (+1) or left (-1).</summary>
    internal static void Connections(int change) => Connected.Add(change);

    /// <summary>Notes how old the values are that were just read for the map. Costs nothing while nobody collects.</summary>
    internal void Read(string layer, IReadOnlyList<MapFeature> changes)
    {
        if (!Age.Enabled || layer != StationsLayer)
        {
            return;
        }

        foreach (var change in changes.Where(change => !change.Removed))
        {
            if (FindTime(change.Json.Span) is { } time)
            {
                Age.Record((clock.Now - time).TotalSeconds);
            }
        }
    }

    /// <summary>The property <c>time</c>, read without building a document.</summary>
    internal static DateTimeOffset? FindTime(ReadOnlySpan<byte> feature)
    {
        var json = new Utf8JsonReader(feature);
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("time"u8))
            {
                return json.Read() && json.TokenType == JsonTokenType.String && json.TryGetDateTimeOffset(out var time) ? time : null;
            }
        }

        return null;
    }
}
