using Resilience.Core.Geography;
using Resilience.Reports;
using Resilience.Storage;

namespace Resilience.Tests.Reports.Density;

/// <summary>Reports as they are once classified.</summary>
internal static class DensityKit
{
    /// <summary>Kathmandu, known to 12 km.</summary>
    internal static readonly (double Longitude, double Latitude, double RadiusKm) Here = (85.32, 27.71, 12);

    internal static async Task ReportAsync(Store store, DateTimeOffset at, IEnumerable<string> origins, string category = "requests_or_urgent_needs", Action<Report>? but = null, (double Longitude, double Latitude, double RadiusKm)? where = null)
    {
        var (longitude, latitude, radius) = where ?? Here;
        await using var step = await store.BeginAsync<ReportsDb>(CancellationToken.None);
        foreach (var origin in origins)
        {
            var report = new Report
            {
                Id = new Guid(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)),
                SourceId = "s",
                OriginId = origin,
                Text = "Water in the street",
                Lang = "en",
                PostedAt = at,
                CollectedAt = at,
                Informative = true,
                PInformative = 0.9,
                Category = category,
                PCategory = 0.9,
                ModelVersion = "m",
                PlaceName = "Kathmandu",
                Location = Wgs84.Point(longitude, latitude),
                RadiusKm = radius,
                PlaceConfidence = 0.9,
                Exercise = false,
                ShiftSeconds = 0,
                OnMap = true,
                LayerVersion = 0,
            };
            but?.Invoke(report);
            step.Db.Reports.Add(report);
        }

        await step.CommitAsync(CancellationToken.None);
    }
}
