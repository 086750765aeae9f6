using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Storage.HandingOver;

namespace Resilience.Observations.Quality.Neighbours;

/// <summary>Brings the stored findings to what was found, and the map to what changed. A finding is never deleted: a value may have been doubted for it.</summary>
internal sealed class WriteFindings(Step<ObservationsDb> step, string version, string parameters)
{
    private readonly HashSet<string> _changed = [];

    /// <summary>Takes over what was found of one datastream.</summary>
    /// <param name="datastream">The datastream.</param>
    /// <param name="found">What was found of it.</param>
    /// <param name="there">What is stored and reaches into the window.</param>
    /// <param name="carriedSince">Beginning of the one that was carried into the window.</param>
    /// <param name="edge">What begins earlier is no longer found anew: it stays unless it was carried.</param>
    /// <param name="kind">The kind that was looked for in the window's hours.</param>
    internal void Add(Datastream datastream, IReadOnlyList<FoundBeside> found, ILookup<(string, FindingKind), NeighbourFinding> there, DateTimeOffset? carriedSince, DateTimeOffset edge, FindingKind kind)
    {
        foreach (var one in found)
        {
            var row = there[(datastream.Id, one.Kind)].FirstOrDefault(row => row.Since == one.Since);
            if (row is null)
            {
                step.Db.NeighbourFindings.Add(new NeighbourFinding
                {
                    Id = StableId.From("observations.neighbour-finding", datastream.Id, one.Kind.ToString(), Text(one.Since), Text(step.Now)),
                    DatastreamId = datastream.Id,
                    StationId = datastream.StationId,
                    Kind = one.Kind,
                    Since = one.Since,
                    Until = one.Until,
                    FoundAt = step.Now,
                    EndedAt = one.Until is null ? null : step.Now,
                    Figures = one.Figures!.ToJson(),
                    RulesVersion = version,
                });
                _changed.Add(datastream.StationId);
                continue;
            }

            if (row.Until != one.Until)
            {
                (row.Until, row.EndedAt) = (one.Until, one.Until is null ? null : step.Now);
                _changed.Add(datastream.StationId);
            }

            if (one.Figures?.ToJson() is { } figures && figures != row.Figures)
            {
                (row.Figures, row.RulesVersion) = (figures, version);
            }
        }

        // What late values refute was found, and stands as refuted.
        foreach (var row in there[(datastream.Id, kind)].Where(row => (row.Since >= edge || row.Since == carriedSince) && !found.Any(one => one.Kind == kind && one.Since == row.Since)))
        {
            (row.Until, row.EndedAt) = (row.Since, step.Now);
            _changed.Add(datastream.StationId);
        }
    }

    /// <summary>Keeps the rules' parameters and stamps the stations that changed.</summary>
    internal async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_changed.Count == 0)
        {
            return;
        }

        await step.Db.SaveChangesAsync(cancellationToken);
        await step.Db.Database.ExecuteSqlAsync($"INSERT INTO observations_quality_version (version, parameters) VALUES ({version}, {parameters}) ON CONFLICT (version) DO NOTHING", cancellationToken);
        var ids = _changed.ToList();
        var layer = await step.NextLayerVersionAsync(FeedLayers.Stations, cancellationToken);
        await step.Db.Stations.Where(station => EF.Parameter(ids).Contains(station.Id)).ExecuteUpdateAsync(set => set.SetProperty(station => station.Version, layer), cancellationToken);
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
