using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Quality;
using Resilience.Storage;

namespace Resilience.Observations.Feeds;

/// <summary>Makes a feed known, or changes what is known of it. Its health and what it brought stay.</summary>
public sealed partial class RegisterFeed(Store store)
{
    /// <summary>Adds the feed (due at once) or updates its definition. Refuses one that cannot work.</summary>
    public async Task UpsertAsync(FeedDefinition definition, CancellationToken cancellationToken)
    {
        Check(definition);
        var mapping = definition.Mapping is { } table ? JsonSerializer.Serialize(table, TableMappingJson.Default.TableMapping) : null;
        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        var feed = await step.Db.Feeds.SingleOrDefaultAsync(row => row.Id == definition.Id, cancellationToken);
        if (feed is null)
        {
            feed = new Feed { Id = definition.Id, Name = "", Format = "", Readings = definition.Readings, Every = definition.Every, Credit = "", Licence = "", NextDue = step.Now };
            step.Db.Feeds.Add(feed);
        }
        else if (feed.Readings != definition.Readings || feed.Format != definition.Format || feed.Zone != definition.Zone || feed.Mapping != mapping || feed.TimeShift != definition.TimeShift)
        {
            // Another document: what was remembered of the old one says nothing about it.
            (feed.ETag, feed.LastModified, feed.LastSha256, feed.LastItems, feed.NextDue) = (null, null, null, 0, step.Now);
        }

        if (feed.Stations != definition.Stations)
        {
            (feed.StationsETag, feed.StationsLastModified, feed.StationsGood) = (null, null, null);
        }

        (feed.Name, feed.Format, feed.Readings, feed.Stations, feed.Every) = (definition.Name, definition.Format, definition.Readings, definition.Stations, definition.Every);
        (feed.Credit, feed.Licence, feed.TimeShift, feed.HoldBackFuture) = (definition.Credit, definition.Licence, definition.TimeShift, definition.HoldBackFuture);
        (feed.Exercise, feed.StationPrefix, feed.Snapshot, feed.Zone, feed.Mapping) = (definition.Exercise, definition.StationPrefix, definition.Snapshot, definition.Zone, mapping);
        var rules = QualityRules.Default;
        await step.Db.Database.ExecuteSqlAsync(
            $"INSERT INTO observations_quality_version (version, parameters) VALUES ({rules.Version}, {rules.ToJson()}) ON CONFLICT (version) DO NOTHING", cancellationToken);
        feed.Version = await step.NextLayerVersionAsync(FeedLayers.Feeds, cancellationToken);
        await step.CommitAsync(cancellationToken);
    }

    private static void Check(FeedDefinition definition)
    {
        if (!ShortName().IsMatch(definition.Id) || (definition.StationPrefix is { } prefix && !ShortName().IsMatch(prefix)))
        {
            throw new RefusalException("observations.feed-id", $"'{definition.Id}' is no feed id: use lower-case letters, digits and hyphens, at most 64.");
        }

        foreach (var address in new[] { definition.Readings, definition.Stations })
        {
            if (address is not null && (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)))
            {
                throw new RefusalException("observations.feed-address", $"Feed {definition.Id}: {address} is not an http or https address.");
            }
        }

        if (FeedFormats.Find(definition.Format) is null)
        {
            throw new RefusalException("observations.feed-format", $"Feed {definition.Id}: format '{definition.Format}' is unknown; known are {string.Join(", ", FeedFormats.Names)}.");
        }

        if ((definition.Format == "table" ? definition.Mapping is { } table ? table.FindFault() : "Mapping, which says how the table is to be read, is not given" : null) is { } fault)
        {
            throw new RefusalException("observations.feed-mapping", $"Feed {definition.Id}: {fault}.");
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
