using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Resilience.Core;
using Resilience.Core.Chain;

namespace Resilience.Server.LiveMap;

/// <summary>
/// GET <c>/map/at?time=</c>: the public layers of the map at another moment, each a FeatureCollection in the shape the live layer has. A past
/// moment is shown as it was known then; up to twelve hours ahead, what is known now and still holds then, with the gauges' forecasts.
/// </summary>
internal static class ShowMoment
{
    /// <summary>The longest lead time the gauges are forecast for.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(12);

    internal static RouteHandlerBuilder MapMoment(this WebApplication app) => app.MapGet("/map/at", AtAsync).WithTags("LiveMap").WithName("ShowMoment")
        .WithSummary("The public map as it was known at a past moment, or as it is expected up to twelve hours ahead.");

    private static async Task<IResult> AtAsync(string time, IEnumerable<IMapHistory> histories, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            throw new RefusalException("map.no-time", "The parameter 'time' must be a time such as 2026-03-01T12:00:00Z.");
        }

        var now = clock.GetUtcNow();
        if (at > now + Ahead)
        {
            throw new RefusalException("map.too-far-ahead", "Nothing is known more than twelve hours ahead.");
        }

        var layers = new List<(string Name, IReadOnlyList<MapFeature> Features)>();
        foreach (var history in histories.Where(history => history.Audience == Audience.Public))
        {
            layers.Add((history.Name, await history.ListAtAsync(at, now, cancellationToken)));
        }

        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", at.UtcDateTime);
            json.WriteString("now", now.UtcDateTime);
            json.WriteBoolean("ahead", at > now);
            json.WriteStartObject("layers");
            foreach (var (name, features) in layers)
            {
                json.WriteStartObject(name);
                json.WriteString("type", "FeatureCollection");
                json.WriteStartArray("features");
                foreach (var feature in features)
                {
                    json.WriteRawValue(feature.Json.Span, skipInputValidation: true);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Results.Bytes(buffer.WrittenMemory, "application/json");
    }
}
