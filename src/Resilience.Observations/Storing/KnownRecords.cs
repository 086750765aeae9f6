using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Resilience.Observations.Quality;

namespace Resilience.Observations.Storing;

/// <summary>
/// The highest stage each station's source says it ever had, and each month's extremes where an agency keeps them. Descriptions change by the month and a flag of climatology casts no doubt, so what was
/// read is used for an hour instead of asking with every batch. Thread-safe.
/// </summary>
internal sealed class KnownRecords(ClimatologyBook climatology)
{
    /// <summary>A few megabytes; beyond it all are forgotten and read anew.</summary>
    private const int Most = 100_000;

    private static readonly TimeSpan UsedFor = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Read, string? Unit, double? Low, double? Record)> _records = new(StringComparer.Ordinal);

    /// <summary>The limits a datastream is judged by: those of its property and unit, and its station's record where that is given in the same unit.</summary>
    internal PropertyLimits? LimitsOf(Datastream datastream, QualityRules rules)
    {
        var limits = rules.LimitsFor(datastream.Property, datastream.Unit);
        if (limits is not null && climatology.Find(datastream.StationId, datastream.Property, datastream.Unit) is { } months)
        {
            limits = limits with { Months = months };
        }

        return limits is not null && datastream.Property == ObservedProperty.Stage && _records.TryGetValue(datastream.StationId, out var known) && known.Record is { } record && known.Unit == datastream.Unit
            ? limits with { Record = record + (rules.RecordMargin * Math.Max(0, record - (known.Low ?? 0))) }
            : limits;
    }

    /// <summary>Reads what is not known, or not lately, of the stations of these datastreams.</summary>
    internal async Task ReadAsync(ObservationsDb db, IEnumerable<Datastream> datastreams, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = datastreams.Where(datastream => datastream.Property == ObservedProperty.Stage && !(_records.TryGetValue(datastream.StationId, out var known) && (now - known.Read).Duration() < UsedFor))
            .Select(datastream => datastream.StationId).Distinct().ToList();
        if (ids.Count == 0)
        {
            return;
        }

        if (_records.Count > Most)
        {
            _records.Clear();
        }

        foreach (var station in await db.Stations.Where(station => EF.Parameter(ids).Contains(station.Id)).Select(station => new { station.Id, station.ReferenceUnit, station.ReferenceLow, station.ReferenceRecord }).ToListAsync(cancellationToken))
        {
            _records[station.Id] = (now, station.ReferenceUnit, station.ReferenceLow, station.ReferenceRecord);
        }
    }
}
