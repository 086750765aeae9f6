using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Reports.Density;

/// <summary>
/// At each full hour joins the origins of the last <see cref="Window"/> that are not counted yet to crowds, and takes crowds older than that off
/// the map: a report waits at most that long for others, and is then counted as long. An hour the server slept through is not made up for: nobody saw it.
/// </summary>
/// <remarks>
/// A post deleted before the hour is not counted. One deleted after it stays counted: to take its author out of the crowd would tell of him.
/// </remarks>
public sealed class PublishDensity(Store store) : IRecurringWork
{
    /// <summary>How long a report may wait to be counted, and then counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(6);

    /// <summary>How often the map changes.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public string Name => "reports.publish-density";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using (var db = store.Read<ReportsDb>())
        {
            var due = Hour(store.Clock.GetUtcNow());
            if (await db.DensitySteps.AnyAsync(row => row.At >= due, cancellationToken))
            {
                return;
            }
        }

        await using var step = await store.BeginAsync<ReportsDb>(cancellationToken);
        var at = Hour(step.Now);
        if (await step.Db.DensitySteps.AnyAsync(row => row.At >= at, cancellationToken))
        {
            return;
        }

        await step.Db.DensitySteps.ExecuteDeleteAsync(cancellationToken);
        step.Db.DensitySteps.Add(new DensityStep { At = at });
        var crowds = FormCrowds.Form(await ListWaitingAsync(step.Db, at, cancellationToken)).Select(formed => (Formed: formed, Crowd: ToCrowd(formed, at))).ToList();
        step.Db.Crowds.AddRange(crowds.Select(one => one.Crowd));
        step.Db.CountedOrigins.AddRange(crowds.SelectMany(one => one.Formed.Origins).Select(origin => new CountedOrigin { OriginId = origin, Until = at + Window }));
        var standing = await step.Db.Crowds.AsNoTracking().Where(crowd => crowd.Until > at).ToListAsync(cancellationToken);
        await ShowAsync(step, [.. standing, .. crowds.Select(one => one.Crowd)], cancellationToken);
        await step.CommitAsync(cancellationToken);
    }

    /// <summary>Of several reports of an origin the one with the best known place counts, of equals the first.</summary>
    internal static IReadOnlyCollection<Witness> Choose(IEnumerable<(Witness Witness, DateTimeOffset At, Guid Id)> reports) =>
        [.. reports.GroupBy(one => one.Witness.OriginId).Select(own => own.OrderByDescending(one => one.Witness.Finest.Level).ThenBy(one => one.At).ThenBy(one => one.Id).First().Witness)];

    private static DateTimeOffset Hour(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % Step.Ticks), TimeSpan.Zero);

    private static async Task<IReadOnlyCollection<Witness>> ListWaitingAsync(ReportsDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await db.CountedOrigins.Where(origin => origin.Until <= at).ExecuteDeleteAsync(cancellationToken);
        var begin = at - Window;
        var rows = await db.Reports.AsNoTracking()
            .Where(report => report.Text != "" && report.CollectedAt > begin && report.CollectedAt <= at && report.PostedAt > begin)
            .Where(report => report.Informative && report.Location != null && report.OriginId != "" && !db.CountedOrigins.Any(origin => origin.OriginId == report.OriginId))
            .Select(report => new { report.Id, report.OriginId, report.Location, report.RadiusKm, report.Category, report.Exercise, report.CollectedAt })
            .ToListAsync(cancellationToken);
        return Choose(
            from row in rows
            let place = (Point)row.Location!
            let cell = GridCell.Around(place.X, place.Y, row.RadiusKm ?? 0)
            where cell is not null
            select (new Witness(row.OriginId, cell.Value, row.Category, row.Exercise), row.CollectedAt, row.Id));
    }

    private static Crowd ToCrowd(FormedCrowd formed, DateTimeOffset at) => new()
    {
        Id = StableId.From("reports.crowd", FormattableString.Invariant($"{formed.Cell.Id} {formed.Exercise} {at:O}")),
        Level = formed.Cell.Level,
        X = formed.Cell.X,
        Y = formed.Cell.Y,
        Exercise = formed.Exercise,
        PublishedAt = at,
        Until = at + Window,
        Origins = formed.Origins.Count,
        Parts = SumCrowds.Write(formed.Parts),
    };

    private static async Task ShowAsync(Step<ReportsDb> step, IReadOnlyList<Crowd> crowds, CancellationToken cancellationToken)
    {
        var shown = await step.Db.ShownCells.ToDictionaryAsync(cell => cell.Id, cancellationToken);
        var next = SumCrowds.ByCell(crowds, 0).ToDictionary(cell => cell.Id);
        var changed = next.Values.Where(cell => !shown.TryGetValue(cell.Id, out var was) || (was.Origins, was.Parts, was.Since, was.Until) != (cell.Origins, cell.Parts, cell.Since, cell.Until)).ToList();
        var gone = shown.Values.Where(cell => cell.Origins > 0 && !next.ContainsKey(cell.Id)).ToList();
        if (changed.Count + gone.Count == 0)
        {
            return;
        }

        var version = await step.NextLayerVersionAsync(ReportLayers.Density, cancellationToken);
        foreach (var cell in gone)
        {
            (cell.Origins, cell.LayerVersion) = (0, version);
        }

        foreach (var cell in changed)
        {
            cell.LayerVersion = version;
            if (shown.TryGetValue(cell.Id, out var row))
            {
                (row.Origins, row.Parts, row.Since, row.Until, row.LayerVersion) = (cell.Origins, cell.Parts, cell.Since, cell.Until, version);
            }
            else
            {
                step.Db.ShownCells.Add(cell);
            }
        }
    }
}
