using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Access.Auditing;
using Resilience.Core;
using Resilience.Storage;

namespace Resilience.Observations.Feeds.Administering;

/// <summary>
/// A coordinator removes a feed: it is asked no more and its stations leave the map. What it brought stays, and setting it up again under
/// the same id brings everything back. An alarm its stations raised is not ended by this: they fall silent, and silence is no all-clear.
/// </summary>
internal sealed class RemoveFeed(Store store, SetUpFeed setUp)
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapDelete("/feeds/{id}", async (string id, RemoveFeed remove, ClaimsPrincipal user, CancellationToken token) =>
        {
            await remove.RemoveAsync(id, Caller.From(user), token);
            return TypedResults.NoContent();
        }).WithSummary("Removes a paused feed and its stations from the map; nothing it brought is lost.");

    private async Task RemoveAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        setUp.RefuseUnlessOurs(id);
        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        var feed = await step.Db.Feeds.AsTracking().SingleOrDefaultAsync(row => row.Id == id && row.RemovedAt == null, cancellationToken)
            ?? throw new RefusalException("observations.no-feed", $"There is no feed '{id}'.", 404);
        if (!feed.Paused)
        {
            throw new RefusalException("observations.feed-running", "Pause the feed first, and see what the map looks like without it.", 409);
        }

        feed.RemovedAt = step.Now;
        feed.Version = await step.NextLayerVersionAsync(FeedLayers.Feeds, cancellationToken);
        await RegisterFeed.TouchMapAsync(step, id, cancellationToken);
        await Audit.AppendAsync(step, AuditEntry.By(caller, "observations.feed-removed", $"feed:{id}"), cancellationToken);
        await step.CommitAsync(cancellationToken);
    }
}
