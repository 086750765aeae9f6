using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Observations.Coverages;
using Resilience.Storage.HandingOver;

namespace Resilience.Observations.Storing;

/// <summary>
/// Stores rasters' areas. The same file for the same time is stored once; the map shows each feed's newest by phenomenon time, so one that
/// comes late is kept but does not turn the map back.
/// </summary>
internal static class StoreCoverages
{
    /// <summary>Stores what the payload holds. A raster from the future is taken out of <paramref name="parsed"/>, which then says why: the answer holds nothing usable.</summary>
    internal static async Task StoreAsync(Step<ObservationsDb> step, Feed feed, ParsedPayload parsed, CancellationToken cancellationToken)
    {
        foreach (var coverage in parsed.Coverages.ToList())
        {
            var time = coverage.Time + feed.TimeShift;
            if (time > step.Now + Quality.QualityRules.Default.FutureTolerance)
            {
                parsed.Coverages.Remove(coverage);
                if (feed.HoldBackFuture)
                {
                    continue;
                }

                parsed.Refuse("future", string.Create(CultureInfo.InvariantCulture, $"raster of {time:u}"));
                continue;
            }

            var mapping = coverage.Mapping.ToJson();
            var id = StableId.From("observations.coverage", feed.Id, time.UtcTicks.ToString(CultureInfo.InvariantCulture), parsed.Sha256 ?? "", mapping);
            if (await step.Db.Coverages.AnyAsync(row => row.Id == id, cancellationToken))
            {
                continue;
            }

            var newest = !await step.Db.Coverages.AnyAsync(row => row.FeedId == feed.Id && row.Newest && row.PhenomenonTime > time, cancellationToken);
            if (newest)
            {
                await step.Db.Coverages.Where(row => row.FeedId == feed.Id && row.Newest).ExecuteUpdateAsync(set => set.SetProperty(row => row.Newest, false), cancellationToken);
            }

            var version = newest ? await step.NextLayerVersionAsync(FeedLayers.Extents, cancellationToken) : 0;
            step.Db.Coverages.Add(new Coverage
            {
                Id = id,
                FeedId = feed.Id,
                Quantity = coverage.Mapping.Quantity,
                Unit = coverage.Mapping.Unit,
                PhenomenonTime = time,
                ReceivedAt = step.Now,
                PayloadSha256 = parsed.Sha256 ?? "",
                Width = coverage.Width,
                Height = coverage.Height,
                Crs = coverage.Crs,
                SeenShare = coverage.SeenShare,
                Frame = coverage.Frame,
                Mapping = mapping,
                Exercise = feed.Exercise,
                Newest = newest,
                Version = version,
            });
            step.Db.Extents.AddRange(coverage.Extents.Select((extent, index) => new CoverageExtent
            {
                CoverageId = id,
                ClassIndex = index,
                Name = coverage.Mapping.Classes[index].Name,
                Area = extent.Area,
                SquareKilometres = extent.SquareKilometres,
                Coarsening = extent.Coarsening,
            }));
            await step.Db.SaveChangesAsync(cancellationToken);
            step.HandOver(ObservationTopics.CoverageStored, feed.Id);
        }
    }

    /// <summary>Lets the map look at a feed's newest raster anew.</summary>
    internal static async Task TouchAsync(Step<ObservationsDb> step, string feedId, CancellationToken cancellationToken)
    {
        if (await step.Db.Coverages.AnyAsync(row => row.FeedId == feedId, cancellationToken))
        {
            var version = await step.NextLayerVersionAsync(FeedLayers.Extents, cancellationToken);
            await step.Db.Coverages.Where(row => row.FeedId == feedId && row.Newest).ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, version), cancellationToken);
        }
    }
}
