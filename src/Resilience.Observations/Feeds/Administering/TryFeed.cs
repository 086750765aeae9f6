using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Observations.Bulletins;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.LiveMap;
using Resilience.Observations.Storing;
using Resilience.Storage;

namespace Resilience.Observations.Feeds.Administering;

/// <summary>
/// Asks a feed once and shows what would be stored. It goes the whole way of a real poll, quality flags included, inside a transaction that is
/// never committed: what is shown is what will be, and nothing stays.
/// </summary>
internal sealed class TryFeed(Store store, RegisterFeed register, FetchPayload fetch, StoreObservations observations, OperatingMode mode, FollowIndex follow, AreaCodes codes)
{
    /// <summary>Enough to see whether names, places, units and times are right.</summary>
    private const int Samples = 50;

    /// <summary>Of the warnings an index links to, so many are enough to see what they are.</summary>
    private const int Followed = 5;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/feeds/try", async (FeedRequest request, string? id, TryFeed trial, CancellationToken token) => TypedResults.Ok(await trial.TryAsync(id ?? "trial", request, token)))
            .WithSummary("Asks a feed once and shows what would be stored; nothing is stored.");

    private async Task<FeedTrial> TryAsync(string id, FeedRequest request, CancellationToken cancellationToken)
    {
        if (mode.IsReplay)
        {
            throw new RefusalException("observations.replay", "A replay reads its recordings and nothing else.", 409);
        }

        var definition = request.ToDefinition(id);
        register.Check(definition);
        if (definition.Topics.Count > 0)
        {
            throw new RefusalException("observations.feed-pushes", "A feed that pushes cannot be asked for a sample: add it, and see in the list of feeds what comes.", 409);
        }

        var feed = RegisterFeed.Describe(new Feed { Id = id, Name = "", Format = "", Readings = definition.Readings, Every = definition.Every, Credit = "", Licence = "" }, definition);
        var format = FeedFormats.Find(feed.Format)!.For(feed).At(store.Clock.GetUtcNow() - feed.TimeShift);
        var prefix = feed.StationPrefix ?? format.Prefix ?? feed.Id;
        var fetched = new List<TrialFetch>();
        var documents = new List<ParsedPayload>();
        if (feed.Stations is { } stations)
        {
            await FetchAsync(stations, format, prefix, format.ReadStationsAsync, fetched, documents, cancellationToken);
            documents.ForEach(document => document.Observations.Clear());
        }

        var index = format.Ask(feed.Readings);
        if (await FetchAsync(index, format, prefix, format.ReadObservationsAsync, fetched, documents, cancellationToken) is { Links.Count: > 0 } linking)
        {
            var followed = await follow.FollowAsync(feed, index, format, linking, Followed, cancellationToken);
            documents.AddRange(followed.Fetched.Select(one => one.Parsed));
        }

        return await StoreNothingAsync(feed, fetched, documents, cancellationToken);
    }

    private async Task<ParsedPayload?> FetchAsync(
        Uri address, IFeedFormat format, string prefix, Func<Stream, string, ParsedPayload, CancellationToken, Task> read, List<TrialFetch> fetched, List<ParsedPayload> documents, CancellationToken cancellationToken)
    {
        try
        {
            var payload = await fetch.FetchAsync(address, format, null, null, cancellationToken) ?? throw new FeedTrouble("not-modified", "The source says that nothing has changed, though it was asked for the first time.");
            var (parsed, trouble) = await ParsePayload.ParseAsync(payload, prefix, read, cancellationToken);
            fetched.Add(new TrialFetch(address.AbsoluteUri, payload.Bytes, payload.ContentType, trouble?.Reason, trouble?.Message, format.Next(address, parsed) is not null));
            documents.Add(parsed);
            return parsed;
        }
        catch (FeedTrouble trouble)
        {
            fetched.Add(new TrialFetch(address.AbsoluteUri, trouble.Payload?.Bytes ?? 0, trouble.Payload?.ContentType, trouble.Reason, trouble.Message, false));
            return null;
        }
    }

    private async Task<FeedTrial> StoreNothingAsync(Feed feed, List<TrialFetch> fetched, List<ParsedPayload> documents, CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        if (!await step.Db.Feeds.AnyAsync(row => row.Id == feed.Id, cancellationToken))
        {
            step.Db.Feeds.Add(feed);
            await step.Db.SaveChangesAsync(cancellationToken);
        }

        var (isNew, usable) = (0, 0);
        foreach (var document in documents)
        {
            var stored = await observations.StoreAsync(step, feed, document, cancellationToken);
            await StoreCoverages.StoreAsync(step, feed, document, cancellationToken);
            (isNew, usable) = (isNew + stored.Added, usable + stored.Added + stored.Revised + stored.Known + document.Coverages.Count + document.Bulletins.Count);
            step.Db.ChangeTracker.Clear(); // one context, several documents: the next looks at the rows, not at what was tracked
        }

        var times = documents.SelectMany(document => document.Observations).Select(value => value.Time + feed.TimeShift).ToList();
        var ids = documents.SelectMany(document => document.Observations).Select(value => value.DatastreamId).Distinct().Take(Samples).ToList();
        var samples = await (
            from latest in step.Db.Latest
            join datastream in step.Db.Datastreams on latest.DatastreamId equals datastream.Id
            join station in step.Db.Stations on datastream.StationId equals station.Id
            where ids.Contains(latest.DatastreamId)
            orderby station.Name, datastream.Id
            select new { station, datastream, latest }).ToListAsync(cancellationToken);
        var outside = LeaveOutside.Of(feed, codes);
        var shown = documents.SelectMany(document => document.Bulletins).Select(bulletin => Show(bulletin, feed, outside)).ToList();
        return new FeedTrial(
            fetched,
            documents.SelectMany(document => document.Stations.Keys).Distinct().Count(),
            documents.SelectMany(document => document.Datastreams.Keys).Distinct().Count(),
            times.Count, usable, isNew, documents.Sum(document => document.Missing), documents.Sum(document => document.Bulletins.Count), documents.Sum(document => document.Links.Count),
            times.Count == 0 ? null : times.Min(), times.Count == 0 ? null : times.Max(),
            [.. samples.Select(row => new TrialSample(
                row.station.Id, row.station.Name, row.station.Location.Coordinate.X, row.station.Location.Coordinate.Y, row.datastream.Id, row.datastream.Property.ToString(), row.datastream.Name, row.datastream.Unit,
                row.latest.Result, row.latest.PhenomenonTime, FeatureJson.Names(row.latest.Flags)))],
            [.. documents.SelectMany(document => document.Refused).GroupBy(reason => reason.Key).Select(group => new TrialRefusal(group.Key, group.Sum(one => one.Value.Count), [.. group.SelectMany(one => one.Value.Samples).Take(5)]))],
            [.. documents.SelectMany(document => document.Coverages).Select(coverage => new TrialCoverage(
                coverage.Time + feed.TimeShift, coverage.Width, coverage.Height, coverage.Crs, Math.Round(coverage.SeenShare, 4), GeometryJson.Of(coverage.Frame)!.Value,
                [.. coverage.Extents.Select((extent, index) => new TrialExtent(coverage.Mapping.Classes[index].Name, Math.Round(extent.SquareKilometres, 3), GeometryJson.Of(extent.Area)))]))],
            [.. shown.OrderBy(bulletin => bulletin.Outside).Take(Samples)],
            shown.Count(bulletin => bulletin.Outside),
            [.. documents.SelectMany(document => document.Repairs).GroupBy(repair => repair.Key).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => new TrialRepair(kind.Key, kind.Sum(one => one.Value.Count), kind.First().Value.Before, kind.First().Value.After))]);
    }

    private TrialBulletin Show(ParsedBulletin bulletin, Feed feed, LeaveOutside outside)
    {
        var areas = bulletin.Parts.Select(part => StoreBulletins.AreaOf(part, codes)).ToList();
        var part = bulletin.Parts.MaxBy(one => one.Severity)!;
        return new TrialBulletin(
            bulletin.Authority, part.Event, part.Texts is [var text, ..] ? text.Headline : "", part.Kind.ToString(), part.Severity.ToString(), bulletin.Status.ToString(), bulletin.MsgType.ToString(), bulletin.Sent + feed.TimeShift, part.Expires + feed.TimeShift,
            string.Join("; ", bulletin.Parts.SelectMany(one => one.Areas).Select(area => area.Words).Where(words => words.Length > 0).Distinct().Take(10)),
            areas.Exists(area => area.Area is not null), bulletin.Parts.Zip(areas).All(one => outside.IsOutside(one.Second.Area, one.Second.Unknown.Count > 0, one.First.Magnitude, one.First.DepthKm)), [.. areas.SelectMany(area => area.Unknown).Distinct().Take(20)], [.. bulletin.Findings.Take(10)]);
    }

    /// <summary>What came of it.</summary>
    /// <param name="Fetched">Each document asked for.</param>
    /// <param name="Stations">Stations described.</param>
    /// <param name="Datastreams">Datastreams described.</param>
    /// <param name="Observations">Values that could be read.</param>
    /// <param name="Usable">Of them, those that would be kept: their station is known and their time is not in the future.</param>
    /// <param name="New">Of those, those not stored before.</param>
    /// <param name="Missing">Items that say "no value now".</param>
    /// <param name="Bulletins">Warnings of other authorities that were read.</param>
    /// <param name="Links">Warnings that lie behind links; the first few of them were fetched and are among <paramref name="Bulletins"/>.</param>
    /// <param name="From">Oldest phenomenon time, or null.</param>
    /// <param name="To">Newest phenomenon time, or null.</param>
    /// <param name="Samples">The newest value of the first datastreams, as it would stand on the map.</param>
    /// <param name="Refused">What would be set aside, by reason.</param>
    /// <param name="Coverages">Rasters, with the areas they would give.</param>
    /// <param name="Announced">The first of the warnings, those that would be left out last.</param>
    /// <param name="Outside">Warnings that would be left out because all of each lies outside the feed's area of interest.</param>
    /// <param name="Repairs">What was put right on reading.</param>
    internal sealed record FeedTrial(
        IReadOnlyList<TrialFetch> Fetched, int Stations, int Datastreams, int Observations, int Usable, int New, int Missing, int Bulletins, int Links, DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<TrialSample> Samples, IReadOnlyList<TrialRefusal> Refused, IReadOnlyList<TrialCoverage> Coverages, IReadOnlyList<TrialBulletin> Announced, int Outside, IReadOnlyList<TrialRepair> Repairs);

    /// <summary>One kind of repair: how many items, and the first of them before and after.</summary>
    internal sealed record TrialRepair(string Kind, int Times, string Before, string After);

    /// <summary>A warning of another authority; <c>Located</c>: it has an area on our map; <c>Outside</c>: all of it lies outside the feed's area of interest.</summary>
    internal sealed record TrialBulletin(
        string Authority, string Event, string Headline, string Kind, string Severity, string Status, string MsgType, DateTimeOffset Sent, DateTimeOffset? Expires, string Area, bool Located, bool Outside, IReadOnlyList<string> UnknownCodes, IReadOnlyList<string> Findings);

    /// <summary>One document: its size, and what was wrong with it (nulls when nothing). Only the first page is asked for.</summary>
    internal sealed record TrialFetch(string Address, long Bytes, string? ContentType, string? Reason, string? Trouble, bool MorePages);

    /// <summary>One value.</summary>
    internal sealed record TrialSample(
        string Station, string StationName, double Lon, double Lat, string Datastream, string Property, string Name, string Unit, double Value, DateTimeOffset Time, string[] Quality);

    /// <summary>A raster; its outline and areas as GeoJSON geometries.</summary>
    internal sealed record TrialCoverage(DateTimeOffset Time, int Width, int Height, string Crs, double SeenShare, JsonElement Frame, IReadOnlyList<TrialExtent> Extents);

    /// <summary>One class's area; null where no pixel reaches it.</summary>
    internal sealed record TrialExtent(string Name, double SquareKilometres, JsonElement? Area);

    /// <summary>Items set aside for one reason, with a few examples.</summary>
    internal sealed record TrialRefusal(string Reason, int Count, IReadOnlyList<string> Examples);
}
