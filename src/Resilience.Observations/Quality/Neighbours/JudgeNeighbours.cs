using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Resilience.Core.Chain;
using Resilience.Core.Quantities;
using Resilience.Storage;

namespace Resilience.Observations.Quality.Neighbours;

/// <summary>
/// Every half hour compares the last three days of temperature, pressure, humidity and rain with what neighbours said, and keeps what they contradict. Bounded: by
/// the days, by the number of datastreams, and in memory by the hour; what it finds follows from the values, not from when or how often it ran.
/// </summary>
internal sealed partial class JudgeNeighbours(Store store, ILogger<JudgeNeighbours> logger) : IRecurringWork
{
    /// <summary>More datastreams of one property than any country has; beyond, the last by id are not judged, and that is logged.</summary>
    private const int Most = 20_000;

    /// <summary>Datastreams whose values are read at once.</summary>
    private const int Chunk = 500;

    /// <summary>Findings nearer to the window's beginning than this are carried: hours before it that bore on them are out of sight.</summary>
    private const int EdgeHours = 24;

    private static readonly NeighbourRules Rules = NeighbourRules.Default;
    private static readonly string Version = Rules.Version;
    private static readonly ObservedProperty[] Judged = [ObservedProperty.AirTemperature, ObservedProperty.SeaLevelPressure, ObservedProperty.RelativeHumidity, ObservedProperty.Rainfall];

    /// <inheritdoc/>
    public string Name => "observations.judge-neighbours";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = store.Clock.GetUtcNow();
        var last = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        var first = last.AddHours(1 - Rules.Window);
        await using var db = store.Read<ObservationsDb>();
        foreach (var property in Judged)
        {
            var placed = await ListAsync(db, property, cancellationToken);
            // A drill's stations are shifted in time and made up: they and the real ones say nothing of each other.
            foreach (var world in placed.GroupBy(one => (one.Station.Exercise, one.Station.TimeShift)).Where(world => world.Count() > Rules.Fewest))
            {
                var series = await ReadHoursAsync(db, [.. world], property, first, cancellationToken);
                await KeepAsync(property, [.. world], series, first, now, cancellationToken);
            }
        }
    }

    private async Task<List<Placed>> ListAsync(ObservationsDb db, ObservedProperty property, CancellationToken cancellationToken)
    {
        var hour = TimeSpan.FromHours(1);
        var rows = await (
            from datastream in db.Datastreams
            join station in db.Stations on datastream.StationId equals station.Id
            join feed in db.Feeds on station.FeedId equals feed.Id
            where datastream.Property == property && feed.RemovedAt == null && (property != ObservedProperty.Rainfall || datastream.ExpectedEvery <= hour)
            orderby datastream.Id
            select new Placed(datastream, station)).Take(Most + 1).ToListAsync(cancellationToken);
        if (rows.Count > Most)
        {
            LogTooMany(logger, property, Most);
        }

        var unit = UnitOf(property);
        return [.. rows.Take(Most).Where(row => Units.TryToCanonical(1, row.Datastream.Unit, out _, out var canonical) && canonical == unit)];
    }

    private static async Task<List<NeighbourSeries>> ReadHoursAsync(ObservationsDb db, List<Placed> placed, ObservedProperty property, DateTimeOffset first, CancellationToken cancellationToken)
    {
        var series = new List<NeighbourSeries>(placed.Count);
        var (from, to) = (first.AddHours(-1), first.AddHours(Rules.Window));
        foreach (var chunk in placed.Chunk(Chunk))
        {
            var ids = chunk.Select(one => one.Datastream.Id).ToList();
            var values = (await db.Observations.Where(row => EF.Parameter(ids).Contains(row.DatastreamId) && row.PhenomenonTime > from && row.PhenomenonTime < to)
                .Select(row => new { row.DatastreamId, row.PhenomenonTime, row.Revision, row.Result, row.Flags }).ToListAsync(cancellationToken)).ToLookup(row => row.DatastreamId);
            foreach (var (datastream, station) in chunk)
            {
                var heard = values[datastream.Id].Select(row => new HeardValue(
                    row.PhenomenonTime, row.Revision, Units.TryToCanonical(row.Result, datastream.Unit, out var canonical, out _) ? canonical : double.NaN, row.Flags.HasFlag(QualityFlags.Suspect)));
                var hours = property == ObservedProperty.Rainfall ? ByHour.Sums(heard, datastream.ExpectedEvery, first, Rules.Window) : ByHour.Nearest(heard, first, Rules.Window, Rules);
                series.Add(new NeighbourSeries(datastream.Id, station.Id, station.Location.Coordinate, station.Elevation, hours));
            }
        }

        return series;
    }

    private async Task KeepAsync(ObservedProperty property, List<Placed> placed, List<NeighbourSeries> series, DateTimeOffset first, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = placed.ConvertAll(one => one.Datastream.Id);
        var kind = property == ObservedProperty.Rainfall ? FindingKind.Dry : FindingKind.Apart;
        await using var step = await store.BeginAsync<ObservationsDb>(cancellationToken);
        var there = (await step.Db.NeighbourFindings.AsTracking()
            .Where(row => EF.Parameter(ids).Contains(row.DatastreamId) && (row.Until == null || (row.Until > first && row.Until != row.Since))).ToListAsync(cancellationToken)).ToLookup(row => (row.DatastreamId, row.Kind));
        var edge = first.AddHours(EdgeHours);
        var carried = ids.Select(id => (Id: id, Row: there[(id, kind)].Where(row => row.Since < edge).MaxBy(row => row.Since))).Where(one => one.Row is not null).ToDictionary(one => one.Id, one => new OpenBefore(one.Row!.Since));
        var found = new List<FoundBeside>();
        if (property == ObservedProperty.Rainfall)
        {
            found.AddRange(JudgeNetwork.Dry(series, first, carried, Rules));
        }
        else
        {
            var (apart, days) = JudgeNetwork.Apart(series, first, property, UnitOf(property), carried, Rules);
            found.AddRange(apart);
            found.AddRange(await DriftsAsync(step.Db, property, ids, days, there, now, cancellationToken));
        }

        var writing = new WriteFindings(step, Version, Rules.ToJson());
        foreach (var one in placed)
        {
            writing.Add(one.Datastream, [.. found.Where(finding => finding.DatastreamId == one.Datastream.Id)], there, carried.GetValueOrDefault(one.Datastream.Id)?.Since, edge, kind);
        }

        await writing.FinishAsync(cancellationToken);
        await step.CommitAsync(cancellationToken);
    }

    private static async Task<List<FoundBeside>> DriftsAsync(
        ObservationsDb db, ObservedProperty property, List<string> ids, IReadOnlyList<DayDeparture> days, ILookup<(string, FindingKind), NeighbourFinding> there, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var since = JudgeNetwork.DayText(today.AddDays(-Rules.DriftDays - 1));
        var known = await db.DayDepartures.AsTracking().Where(row => EF.Parameter(ids).Contains(row.DatastreamId) && string.Compare(row.Day, since) >= 0).ToDictionaryAsync(row => (row.DatastreamId, row.Day), cancellationToken);
        foreach (var day in days)
        {
            if (!known.TryGetValue((day.DatastreamId, day.Day), out var row))
            {
                db.DayDepartures.Add(known[(day.DatastreamId, day.Day)] = day);
            }
            else if ((row.Difference, row.Hours) != (day.Difference, day.Hours))
            {
                (row.Difference, row.Hours) = (day.Difference, day.Hours);
            }
        }

        await db.DayDepartures.Where(row => string.Compare(row.Day, since) < 0).ExecuteDeleteAsync(cancellationToken);
        // Today is not over: its hours may all be of one night.
        return [.. known.Values.GroupBy(row => row.DatastreamId).Select(rows =>
        {
            var open = there[(rows.Key, FindingKind.Drift)].FirstOrDefault(row => row.Until == null);
            var figures = open is null ? null : NeighbourFigures.FromJson(open.Figures);
            return JudgeNetwork.Drift(rows.Key, [.. rows], today.AddDays(-1), Rules.LimitsFor(property)!, UnitOf(property), open is null ? null : new OpenBefore(open.Since, figures!.From ?? 0, figures.To ?? 0), Rules);
        }).OfType<FoundBeside>()];
    }

    private static string UnitOf(ObservedProperty property) => property switch
    {
        ObservedProperty.AirTemperature => "°C",
        ObservedProperty.SeaLevelPressure => "hPa",
        ObservedProperty.Rainfall => "mm",
        _ => "%",
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "More than {Most} datastreams of {Property}: the last of them are not compared with their neighbours.")]
    private static partial void LogTooMany(ILogger logger, ObservedProperty property, int most);

    internal sealed record Placed(Datastream Datastream, Station Station);
}
