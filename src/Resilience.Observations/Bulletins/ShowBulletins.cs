using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Resilience.Access;
using Resilience.Core;
using Resilience.Core.Cap;

namespace Resilience.Observations.Bulletins;

/// <summary>GET <c>/observations/bulletins</c>: what other authorities announced, and each message as it was received.</summary>
internal static class ShowBulletins
{
    private const int Most = 500;

    internal static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet("/bulletins", ListAsync).WithSummary("Warnings of other authorities, newest first, at most 500, with what of them stands now; outside=true lists those left out because they lie outside their feed's area of interest.");
        group.MapGet("/bulletins/{id:guid}", GetAsync).WithSummary("One warning of another authority in full.");
        group.MapGet("/bulletins/{id:guid}/raw", GetRawAsync).WithSummary("The message to the letter as it was received.").RequireAuthorization(Roles.Coordinator);
    }

    private static async Task<Ok<BulletinSummary[]>> ListAsync(string? feed, bool? outside, int? limit, BulletinQueries queries, TimeProvider clock, CancellationToken cancellationToken)
    {
        var bulletins = await queries.ListAsync(feed, outside ?? false, Math.Clamp(limit ?? 100, 1, Most), cancellationToken);
        var standing = new HashSet<Guid>();
        foreach (var thread in bulletins.Select(bulletin => bulletin.Thread).Distinct())
        {
            standing.UnionWith(JudgeThread.Standing(await queries.ListThreadAsync(thread, cancellationToken)).Where(one => one.StandsUntil > clock.GetUtcNow()).Select(one => one.Id));
        }

        return TypedResults.Ok(bulletins.Select(bulletin => BulletinSummary.Of(bulletin, standing.Contains(bulletin.Id))).ToArray());
    }

    private static async Task<Ok<BulletinDetail>> GetAsync(Guid id, BulletinQueries queries, TimeProvider clock, CancellationToken cancellationToken)
    {
        var bulletin = await FindAsync(id, queries, cancellationToken);
        var stands = JudgeThread.Standing(await queries.ListThreadAsync(bulletin.Thread, cancellationToken)).Any(one => one.Id == id && one.StandsUntil > clock.GetUtcNow());
        return TypedResults.Ok(new BulletinDetail(
            BulletinSummary.Of(bulletin, stands), bulletin.Sender, bulletin.Effective, bulletin.Onset, Read<BulletinText>(bulletin.Texts), Read<string>(bulletin.RefersTo), Read<string>(bulletin.Findings),
            bulletin.Magnitude, bulletin.DepthKm, bulletin.Area?.EnvelopeInternal is { IsNull: false } box ? [box.MinX, box.MinY, box.MaxX, box.MaxY] : null, bulletin.ReceivedAt, bulletin.LastListed, bulletin.RawSha256));
    }

    private static async Task<IResult> GetRawAsync(Guid id, BulletinQueries queries, HttpResponse response, CancellationToken cancellationToken)
    {
        var raw = await queries.FindRawAsync(await FindAsync(id, queries, cancellationToken), cancellationToken)
            ?? throw new RefusalException("observations.no-raw", "The message as received was not kept.", 404);

        // Somebody else's markup: shown as text or saved, never run on our pages.
        response.Headers.ContentDisposition = $"attachment; filename=\"{id}.{(raw.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{', ..] ? "json" : "xml")}\"";
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(raw, "application/octet-stream");
    }

    private static async Task<Bulletin> FindAsync(Guid id, BulletinQueries queries, CancellationToken cancellationToken) =>
        await queries.FindAsync(id, cancellationToken) ?? throw new RefusalException("observations.no-bulletin", $"There is no bulletin {id}.", 404);

    private static T[] Read<T>(string json) => JsonSerializer.Deserialize<T[]>(json, StoreBulletins.Json)!;

    /// <summary>One line of the list. <c>Stands</c>: neither updated nor withdrawn nor over.</summary>
    internal sealed record BulletinSummary(
        Guid Id, string Feed, string Authority, string Identifier, string MsgType, string Status, string Kind, string Event, string Headline, string Area, IReadOnlyList<string> UnknownCodes, string Urgency, string Severity,
        string Certainty, DateTimeOffset Sent, DateTimeOffset? Expires, DateTimeOffset StandsUntil, bool Stands, bool Located, bool Outside, bool Exercise, string? Web)
    {
        internal static BulletinSummary Of(Bulletin one, bool stands) => new(
            one.Id, one.FeedId, one.Authority, one.Identifier, one.MsgType.ToString(), one.Status.ToString(), one.Kind.ToString(), one.Event, Read<BulletinText>(one.Texts) is [var text, ..] ? text.Headline : "", one.AreaDesc,
            Read<string>(one.UnknownCodes), one.Urgency.ToString(), one.Severity.ToString(), one.Certainty.ToString(), one.Sent, one.Expires, one.StandsUntil, stands && one.Status == CapStatus.Actual, one.Area is not null, one.Outside, one.Exercise, one.Web);
    }

    /// <summary>One in full; <c>Box</c> is west, south, east, north.</summary>
    internal sealed record BulletinDetail(
        BulletinSummary Bulletin, string Sender, DateTimeOffset? Effective, DateTimeOffset? Onset, IReadOnlyList<BulletinText> Texts, IReadOnlyList<string> RefersTo, IReadOnlyList<string> Findings, double? Magnitude, double? DepthKm,
        double[]? Box, DateTimeOffset ReceivedAt, DateTimeOffset LastListed, string? RawSha256);
}
