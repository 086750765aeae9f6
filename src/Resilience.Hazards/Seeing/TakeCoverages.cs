using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Resilience.Core;
using Resilience.Hazards.Assessing;
using Resilience.Observations;
using Resilience.Observations.Queries;
using Resilience.Storage;
using Resilience.Storage.HandingOver;

namespace Resilience.Hazards.Seeing;

/// <summary>
/// Makes hazards of what rasters show: one assessment per feed and level, and its end. What stands now counts, not the raster that woke it, so repeats and any
/// order come out the same.
/// </summary>
public sealed partial class TakeCoverages(Store store, CoverageQueries coverages, ILogger<TakeCoverages> logger) : Link<HazardsDb>(store, logger)
{
    /// <inheritdoc/>
    public override string Name => "Hazards.TakeCoverages";

    /// <inheritdoc/>
    protected override async Task HandleAsync(Step<HazardsDb> step, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Source.StartActivity("TakeCoverages");
        foreach (var feedId in keys.Distinct())
        {
            if (await coverages.ListSinceAsync(feedId, step.Now - JudgeCoverages.Longest, cancellationToken) is not var (feed, seen))
            {
                continue;
            }

            var root = $"{SeenFromAbove.StationPrefix}{feedId}:";
            var rows = (await step.Db.Memories.AsNoTracking().Where(row => row.StationId.StartsWith(root)).ToListAsync(cancellationToken)).Where(row => FeedOf(row.StationId) == feedId).ToDictionary(row => row.DatastreamId);
            var standing = new HashSet<string>();
            foreach (var one in seen.GroupBy(one => one.Coverage.Quantity))
            {
                foreach (var area in JudgeCoverages.KindOf(one.Key) is { } kind ? JudgeCoverages.Standing(one, step.Now).Select(area => (Kind: kind, Area: area)) : [])
                {
                    var id = $"{root}{area.Area.Level}:{area.Kind}";
                    standing.Add(id);
                    Write(step, feed, $"{root}{area.Area.Level}", id, area.Kind, area.Area, rows.GetValueOrDefault(id));
                }
            }

            foreach (var row in rows.Values.Where(row => !standing.Contains(row.DatastreamId) && StateOf(row).Level != HazardLevel.None))
            {
                await EndAsync(step, row, cancellationToken);
            }
        }
    }

    /// <summary>The feed of a station id of ours: all between the prefix and the level, for a feed's id may itself hold a colon.</summary>
    internal static string FeedOf(string stationId) => stationId[SeenFromAbove.StationPrefix.Length..stationId.LastIndexOf(':')];

    private void Write(Step<HazardsDb> step, Feed feed, string stationId, string id, HazardKind kind, StandingArea area, DatastreamMemory? row)
    {
        var newest = area.From[^1];
        var after = new SeenState(area.Level, area.Until, newest.Coverage.PhenomenonTime, [.. area.From.Select(one => one.Coverage.Id)], Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(area.Area.Normalized().AsBinary())));
        var before = row is null ? SeenState.None : StateOf(row);
        if (after.Is(before))
        {
            return;
        }

        var classes = area.From.SelectMany(one => one.Mapping.Classes.Where(each => each.Raises == area.Level)).Select(one => one.Name).Distinct().ToList();
        var (confidence, parts) = Trust(area, newest);
        var seen = new SeenFromAbove(
            after.Coverages, feed.Id, feed.Name, newest.Coverage.Quantity.ToString(), classes, area.From[0].Coverage.PhenomenonTime, newest.Coverage.PhenomenonTime, area.Until, newest.Coverage.SeenShare, Notes(kind, area, newest));
        Add(step, row, after, new HazardAssessment
        {
            Id = StableId.From("hazards.seen", id, row?.AssessmentId?.ToString() ?? "", after.Area, string.Join(' ', after.Coverages)),
            StationId = stationId,
            StationName = feed.Name,
            DatastreamId = id,
            Kind = kind,
            Level = area.Level,
            PreviousLevel = before.Level,
            Trend = Trend.Unknown,
            Onset = area.From[0].Coverage.PhenomenonTime,
            AssessedAt = step.Now,
            PhenomenonTime = newest.Coverage.PhenomenonTime,
            Confidence = confidence,
            Silent = false,
            Summary = Summary(kind, feed.Name, classes, area, newest, step.Now),
            RuleName = JudgeCoverages.Rule,
            RuleVersion = JudgeCoverages.Version,
            Evidence = new Evidence(id, newest.Coverage.Unit, JudgeCoverages.Text, [], ThresholdsOf(newest, feed), parts) { Seen = seen }.ToJson(),
            Exercise = feed.Exercise,
            Location = area.Area,
        });
    }

    private async Task EndAsync(Step<HazardsDb> step, DatastreamMemory row, CancellationToken cancellationToken)
    {
        var last = await step.Db.Assessments.AsNoTracking().SingleAsync(assessment => assessment.Id == row.AssessmentId, cancellationToken);
        var state = StateOf(row);
        Add(step, row, SeenState.None, last with
        {
            Id = StableId.From("hazards.seen-end", last.Id.ToString()),
            Level = HazardLevel.None,
            PreviousLevel = last.Level,
            AssessedAt = step.Now,
            Summary = state.Until <= step.Now
                ? $"What {last.StationName} showed at {Clock(state.Time, step.Now)} is too old to stand, and nothing newer has looked there: that is no all-clear."
                : $"A newer picture of {last.StationName} does not show it any more.",
        });
    }

    private static string Summary(HazardKind kind, string name, IReadOnlyList<string> classes, StandingArea area, SeenCoverage newest, DateTimeOffset now)
    {
        var what = kind == HazardKind.HeavyRain ? "Rain" : "Flood water";
        var old = area.From.Count > 1 ? $" Parts of it were last looked at {Clock(area.From[0].Coverage.PhenomenonTime, now)}." : "";
        var blind = newest.Coverage.SeenShare < JudgeCoverages.Clear ? string.Create(CultureInfo.InvariantCulture, $" {100 * (1 - newest.Coverage.SeenShare):0} % of the newest picture could not be seen.") : "";
        return $"{what} seen from above by {name} at {Clock(newest.Coverage.PhenomenonTime, now)}: {string.Join(", ", classes.Select(one => $"“{one}”"))}.{old}{blind}";
    }

    private static List<string> Notes(HazardKind kind, StandingArea area, SeenCoverage newest)
    {
        List<string> notes = [kind == HazardKind.HeavyRain ? "Rain estimated from above, not measured on the ground; where the water gathers is not modelled." : "Open water as seen from above. Under trees, between houses and under clouds it is not seen."];
        notes.Add("From which value on it raises this level, the operator of this server decided.");
        if (newest.Extents.Any(extent => extent.Coarsening > 1))
        {
            notes.Add("The area is drawn coarser than the pixels.");
        }

        if (area.From.Count > 1)
        {
            notes.Add("Parts that the newest picture did not look at, or not clearly, stand as they were seen before.");
        }

        return notes;
    }

    private static (double Value, IReadOnlyList<ConfidencePart> Parts) Trust(StandingArea area, SeenCoverage newest)
    {
        List<ConfidencePart> parts = [new("seen from above, not measured on the ground", 0.75)];
        if (newest.Coverage.SeenShare < JudgeCoverages.Clear)
        {
            parts.Add(new ConfidencePart("part of the newest picture could not be seen", -0.10));
        }

        if (area.From.Count > 1)
        {
            parts.Add(new ConfidencePart("part of it rests on older pictures", -0.10));
        }

        return (Math.Round(parts.Sum(part => part.Effect), 2), parts);
    }

    private static List<StageThreshold> ThresholdsOf(SeenCoverage seen, Feed feed) => [.. seen.Mapping.Classes.Where(one => one is { AtLeast: not null, Raises: not null })
        .Select(one => new StageThreshold(one.Raises!.Value, one.AtLeast!.Value, seen.Mapping.Unit, one.Name, $"set for the feed {feed.Name}", Assumed: false))];

    private void Add(Step<HazardsDb> step, DatastreamMemory? row, SeenState state, HazardAssessment assessment)
    {
        step.Db.Assessments.Add(assessment);
        var memory = new DatastreamMemory
        {
            DatastreamId = assessment.DatastreamId,
            Concern = assessment.Kind,
            StationId = assessment.StationId,
            AssessmentId = assessment.Id,
            State = JsonSerializer.Serialize(state),
            SilentAfter = null,
        };
        step.Db.Entry(memory).State = row is null ? EntityState.Added : EntityState.Modified;
        step.HandOver(HazardTopics.Assessed, assessment.Id.ToString());
        Telemetry.Assessments.Add(1, new KeyValuePair<string, object?>("level", assessment.Level.ToString()));
        LogSeen(logger, assessment.StationId, assessment.PreviousLevel, assessment.Level, assessment.Kind);
    }

    private static SeenState StateOf(DatastreamMemory row) => JsonSerializer.Deserialize<SeenState>(row.State)!;

    private static string Clock(DateTimeOffset time, DateTimeOffset now) =>
        time.UtcDateTime.ToString(time.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm 'UTC'" : "d MMMM HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>What was last said.</summary>
    internal sealed record SeenState(HazardLevel Level, DateTimeOffset Until, DateTimeOffset Time, IReadOnlyList<Guid> Coverages, string Area)
    {
        internal static SeenState None { get; } = new(HazardLevel.None, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, [], "");

        internal bool Is(SeenState other) => (Level, Until, Time, Area) == (other.Level, other.Until, other.Time, other.Area) && Coverages.SequenceEqual(other.Coverages);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Area}: {Before} → {Level} ({Kind}, seen from above)")]
    private static partial void LogSeen(ILogger logger, string area, HazardLevel before, HazardLevel level, HazardKind kind);
}
