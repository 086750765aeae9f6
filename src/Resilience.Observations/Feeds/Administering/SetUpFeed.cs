using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Resilience.Access;
using Resilience.Access.Auditing;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Observations.Bulletins;
using Resilience.Observations.Coverages;
using Resilience.Observations.Feeds.Formats;
using Resilience.Storage;

namespace Resilience.Observations.Feeds.Administering;

/// <summary>A coordinator adds a feed, or changes one that was added here. What stands in the server's configuration is changed there.</summary>
internal sealed class SetUpFeed(Store store, RegisterFeed register, OperatingMode mode, IOptions<ObservationsOptions> options)
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/feeds/formats", () => TypedResults.Ok(FeedFormats.All.Select(format => new FormatView(format.Name, format.Title, format.Name == "table", format.Announces)).ToArray()))
            .WithSummary("The formats a feed can be in.");
        routes.MapGet("/feeds/{id}", (string id, SetUpFeed set, CancellationToken token) => set.GetAsync(id, token)).WithSummary("A feed's definition.");
        routes.MapPut("/feeds/{id}", async (string id, FeedRequest request, SetUpFeed set, ClaimsPrincipal user, CancellationToken token) =>
            TypedResults.Ok(await set.PutAsync(id, request, Caller.From(user), token))).WithSummary("Adds a feed or changes its definition; it is asked at once.");
    }

    /// <summary>Refuses what this server must not or need not be told.</summary>
    internal void RefuseUnlessOurs(string id)
    {
        if (mode.IsReplay)
        {
            throw new RefusalException("observations.replay", "A replay reads its recordings and nothing else.", 409);
        }

        if (IsConfigured(id))
        {
            throw new RefusalException("observations.feed-configured", $"Feed '{id}' stands in the server's configuration (Observations:Feeds) and would come back at the next start. Change it there, or pause it here.", 409);
        }
    }

    private bool IsConfigured(string id) => !mode.IsReplay && options.Value.Feeds.Any(feed => feed.Id == id);

    private async Task<FeedView> PutAsync(string id, FeedRequest request, Caller caller, CancellationToken cancellationToken)
    {
        RefuseUnlessOurs(id);
        var definition = request.ToDefinition(id);
        var trace = JsonSerializer.Serialize(new FeedTrace(definition.Format, definition.Readings.AbsoluteUri, definition.Stations?.AbsoluteUri), JsonSerializerOptions.Web);
        await register.UpsertAsync(definition, AuditEntry.By(caller, "observations.feed-set-up", $"feed:{id}", trace), cancellationToken);
        return (await GetAsync(id, cancellationToken)).Value!;
    }

    private async Task<Ok<FeedView>> GetAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ObservationsDb>();
        var feed = await db.Feeds.SingleOrDefaultAsync(row => row.Id == id && row.RemovedAt == null, cancellationToken)
            ?? throw new RefusalException("observations.no-feed", $"There is no feed '{id}'.", 404);
        return TypedResults.Ok(new FeedView(
            feed.Id, feed.Name, feed.Format, feed.Readings.AbsoluteUri, feed.Stations?.AbsoluteUri, feed.Every.TotalSeconds, feed.Credit, feed.Licence, feed.Zone, feed.StationPrefix, feed.Exercise,
            feed.Mapping is null ? null : JsonSerializer.Deserialize(feed.Mapping, TableMappingJson.Default.TableMapping), CoverageMapping.FromJson(feed.Coverage), AreaOfInterest.FromJson(feed.Area), feed.Topics?.Split('\n') ?? [], IsConfigured(id)));
    }

    private sealed record FeedTrace(string Format, string Readings, string? Stations);

    internal sealed record FormatView(string Name, string Title, bool NeedsMapping, bool Announces);
}
