using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Resilience.Access.Auditing;
using Resilience.Core;
using Resilience.Core.Network;
using Resilience.Observations.Bulletins;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Feeds.Streams;
using Resilience.Observations.Quality;
using Resilience.Observations.Storing;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Observations.Feeds;

/// <summary>Makes a feed known, or changes what is known of it. Its health and what it brought stay.</summary>
public sealed partial class RegisterFeed(Store store, AllowedHosts allowed, AreaCodes codes)
{
    /// <summary>Adds the feed (due at once) or updates its definition. Refuses one that cannot work.</summary>
    public Task UpsertAsync(FeedDefinition definition, CancellationToken cancellationToken) => UpsertAsync(definition, by: null, cancellationToken);

    /// <summary>The same with a trace of who did it; null for the configuration or a replay.</summary>
    internal async Task UpsertAsync(FeedDefinition definition, AuditEntry? by, CancellationToken cancellationToken)
    {
        Check(definition);
        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        var feed = await step.Db.Feeds.AsTracking().SingleOrDefaultAsync(row => row.Id == definition.Id, cancellationToken);
        if (feed is null)
        {
            feed = new Feed { Id = definition.Id, Name = "", Format = "", Readings = definition.Readings, Every = definition.Every, Credit = "", Licence = "", NextDue = step.Now };
            step.Db.Feeds.Add(Describe(feed, definition));
            await step.Db.SaveChangesAsync(cancellationToken);
            await AdoptStationsAsync(step, feed, cancellationToken);
        }
        else if (feed.RemovedAt is not null)
        {
            Forget(feed, step.Now);
            (feed.RemovedAt, feed.Paused) = (null, false);
            await TouchMapAsync(step, feed.Id, cancellationToken);
        }
        else if (IsAnotherDocument(feed, definition))
        {
            Forget(feed, step.Now);
        }

        if (feed.Stations != definition.Stations)
        {
            (feed.StationsETag, feed.StationsLastModified, feed.StationsGood) = (null, null, null);
        }

        var area = feed.Area;
        Describe(feed, definition);
        if (feed.Area != area)
        {
            await LeaveOutside.JudgeAgainAsync(step, feed, codes, cancellationToken);
            await step.Db.SaveChangesAsync(cancellationToken);
            feed.OutsideArea = await LeaveOutside.CountAsync(step.Db, feed, step.Now, cancellationToken);
        }

        feed.State = FeedHealth.Judge(feed, step.Now);
        var rules = QualityRules.Default;
        await step.Db.Database.ExecuteSqlAsync(
            $"INSERT INTO observations_quality_version (version, parameters) VALUES ({rules.Version}, {rules.ToJson()}) ON CONFLICT (version) DO NOTHING", cancellationToken);
        feed.Version = await step.NextLayerVersionAsync(FeedLayers.Feeds, cancellationToken);
        if (by is not null)
        {
            await Audit.AppendAsync(step, by, cancellationToken);
        }

        await step.CommitAsync(cancellationToken);
    }

    /// <summary>Writes a definition into a feed's row.</summary>
    internal static Feed Describe(Feed feed, FeedDefinition definition)
    {
        (feed.Name, feed.Format, feed.Readings, feed.Stations, feed.Every) = (definition.Name, definition.Format, definition.Readings, definition.Stations, definition.Every);
        (feed.Credit, feed.Licence, feed.TimeShift, feed.HoldBackFuture) = (definition.Credit, definition.Licence, definition.TimeShift, definition.HoldBackFuture);
        (feed.Exercise, feed.StationPrefix, feed.Snapshot, feed.Zone) = (definition.Exercise, definition.StationPrefix, definition.Snapshot, definition.Zone);
        (feed.Mapping, feed.Coverage) = (MappingOf(definition), definition.Coverage?.ToJson());
        feed.Area = definition.Area?.ToJson();
        feed.Topics = StreamFormats.TopicsOf(definition);
        feed.ClientId = feed.Topics is null ? null : feed.ClientId ?? StreamFormats.NewClientId(feed.Id);
        return feed;
    }

    /// <summary>Lets the map look at everything of a feed anew.</summary>
    internal static async Task TouchMapAsync(Step<ObservationsDb> step, string feedId, CancellationToken cancellationToken)
    {
        await TouchStationsAsync(step, feedId, cancellationToken);
        await StoreCoverages.TouchAsync(step, feedId, cancellationToken);
    }

    private static async Task TouchStationsAsync(Step<ObservationsDb> step, string feedId, CancellationToken cancellationToken)
    {
        if (await step.Db.Stations.AnyAsync(station => station.FeedId == feedId, cancellationToken))
        {
            var version = await step.NextLayerVersionAsync(FeedLayers.Stations, cancellationToken);
            await step.Db.Stations.Where(station => station.FeedId == feedId).ExecuteUpdateAsync(set => set.SetProperty(station => station.Version, version), cancellationToken);
        }
    }

    /// <summary>Stations a removed feed left behind go on under a new feed that names its stations alike: they are the same gauges.</summary>
    private static async Task AdoptStationsAsync(Step<ObservationsDb> step, Feed feed, CancellationToken cancellationToken)
    {
        var prefix = PrefixOf(feed);
        foreach (var removed in (await step.Db.Feeds.AsNoTracking().Where(row => row.RemovedAt != null).ToListAsync(cancellationToken)).Where(row => PrefixOf(row) == prefix))
        {
            await step.Db.Database.ExecuteSqlAsync($"UPDATE observations_station SET feed_id = {feed.Id} WHERE feed_id = {removed.Id}", cancellationToken);
        }

        await TouchStationsAsync(step, feed.Id, cancellationToken);
    }

    private static string PrefixOf(Feed feed) => feed.StationPrefix ?? FeedFormats.Find(feed.Format)?.Prefix ?? StreamFormats.Find(feed.Format)?.Prefix ?? feed.Id;

    private static string? MappingOf(FeedDefinition definition) => definition.Mapping is { } table ? JsonSerializer.Serialize(table, TableMappingJson.Default.TableMapping) : null;

    private static bool IsAnotherDocument(Feed feed, FeedDefinition definition) =>
        feed.Readings != definition.Readings || feed.Format != definition.Format || feed.Zone != definition.Zone || feed.Mapping != MappingOf(definition) || feed.Coverage != definition.Coverage?.ToJson() || feed.TimeShift != definition.TimeShift || feed.Topics != StreamFormats.TopicsOf(definition);

    // What was remembered of another document says nothing about this one.
    private static void Forget(Feed feed, DateTimeOffset now) => (feed.ETag, feed.LastModified, feed.LastSha256, feed.LastItems, feed.NextDue, feed.ClientId) = (null, null, null, 0, now, null);

    /// <summary>Refuses a definition that cannot work.</summary>
    internal void Check(FeedDefinition definition)
    {
        if (!ShortName().IsMatch(definition.Id) || (definition.StationPrefix is { } prefix && !ShortName().IsMatch(prefix)))
        {
            throw new RefusalException("observations.feed-id", $"'{definition.Id}' is no feed id: use lower-case letters, digits and hyphens, at most 64.");
        }

        var pushes = StreamFormats.IsBroker(definition.Readings);
        foreach (var address in new[] { pushes ? StreamFormats.AsHttp(definition.Readings) : definition.Readings, definition.Stations })
        {
            if (address is not null && allowed.FindFault(address) is { } wrong)
            {
                throw new RefusalException("observations.feed-address", $"Feed {definition.Id}: {wrong}.");
            }
        }

        if (StreamFormats.FindFault(definition) is { } misfit)
        {
            throw new RefusalException("observations.feed-topics", $"Feed {definition.Id}: {misfit}.");
        }

        if (!pushes && FeedFormats.Find(definition.Format) is null)
        {
            throw new RefusalException("observations.feed-format", $"Feed {definition.Id}: format '{definition.Format}' is unknown; known are {string.Join(", ", FeedFormats.Names)}.");
        }

        if ((definition.Format == "table" ? definition.Mapping is { } table ? table.FindFault() : "Mapping, which says how the table is to be read, is not given" : null) is { } fault)
        {
            throw new RefusalException("observations.feed-mapping", $"Feed {definition.Id}: {fault}.");
        }

        if (definition.Format == GeoTiff.FormatName && GeoTiff.FindFault(definition) is { } unread)
        {
            throw new RefusalException("observations.feed-coverage", $"Feed {definition.Id}: {unread}.");
        }

        if (definition.Area is { } wanted && (FeedFormats.Find(definition.Format) is { Announces: true } ? wanted.Resolve(codes).Fault : "an area of interest belongs to a feed of warnings") is { } unresolved)
        {
            throw new RefusalException("observations.feed-area", $"Feed {definition.Id}: {unresolved}.");
        }

        if (definition.Zone is not null && FeedZone.Find(definition.Zone) is null)
        {
            throw new RefusalException("observations.feed-zone", $"Feed {definition.Id}: '{definition.Zone}' is no time zone; write an offset such as +06:00 or a name such as Asia/Thimphu.");
        }

        if (definition.Every < TimeSpan.FromSeconds(1) || definition.Every > TimeSpan.FromDays(7))
        {
            throw new RefusalException("observations.feed-interval", $"Feed {definition.Id}: an interval of {definition.Every} is not between one second and seven days.");
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}$")]
    private static partial Regex ShortName();
}
