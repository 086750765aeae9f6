using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Access;
using Resilience.Core;
using Resilience.Storage;

namespace Resilience.Reports.Serving;

/// <summary>What coordinators may read: one report, and why lines were put aside.</summary>
internal static class ReadReports
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/reports").WithTags("Reports").RequireAuthorization(Roles.Coordinator);
        group.MapGet("/posts/{id:guid}", GetPostAsync).WithSummary("One classified post.");
        group.MapGet("/quarantine", ListQuarantineAsync).WithSummary("Why posts could not be read: the newest 100 of a source, or of all.");
    }

    private static async Task<Ok<PostProperties>> GetPostAsync(Guid id, Store store, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReportsDb>();
        var report = await db.Reports.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (report is null || report.Text.Length == 0)
        {
            throw new RefusalException("reports.not-found", "There is no such post; its author may have deleted it, or it is older than the server keeps texts.", 404);
        }

        var source = await db.Sources.Where(row => row.Id == report.SourceId).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken);
        return TypedResults.Ok(PostsLayer.Properties(report, source ?? report.SourceId));
    }

    private static async Task<Ok<QuarantinedView[]>> ListQuarantineAsync(string? source, Store store, CancellationToken cancellationToken)
    {
        await using var db = store.Read<ReportsDb>();
        var rows = db.Quarantine.Where(row => source == null || row.SourceId == source).OrderByDescending(row => row.Id).Take(100);
        return TypedResults.Ok(await rows.Select(row => new QuarantinedView(row.Id, row.SourceId, row.ReceivedAt, row.Reason, row.Detail, row.Bytes)).ToArrayAsync(cancellationToken));
    }
}
