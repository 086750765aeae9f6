using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Resilience.Observations.Quality;

namespace Resilience.Observations.Storing;

/// <summary>Prepared statements, one execution per row: on an embedded engine a call costs microseconds, and a bigger statement would only cost its parsing.</summary>
internal sealed class SqliteRows(ObservationsDb db) : IObservationRows
{
    // One writer at a time already.
    public Task LockAsync(string source, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Dictionary<string, List<StoredValue>>> ReadAsync(IReadOnlyList<Stretch> stretches, CancellationToken cancellationToken)
    {
        // With max() the other columns of a group are those of its highest revision, as SQLite defines.
        const string Columns = "SELECT phenomenon_time, max(revision), result, flags FROM observations_observation WHERE datastream_id = $id";
        await using var tail = Command($"{Columns} AND phenomenon_time <= $to GROUP BY phenomenon_time ORDER BY phenomenon_time DESC LIMIT $limit", "$id", "$to", "$limit");
        await using var wide = Command(
            $"""
            {Columns}
              AND phenomenon_time <= coalesce((SELECT max(t) FROM (SELECT DISTINCT phenomenon_time AS t FROM observations_observation WHERE datastream_id = $id AND phenomenon_time > $to ORDER BY t LIMIT $context)), $to)
              AND phenomenon_time >= coalesce((SELECT min(t) FROM (SELECT DISTINCT phenomenon_time AS t FROM observations_observation WHERE datastream_id = $id AND phenomenon_time < $from ORDER BY t DESC LIMIT $context)), $from)
            GROUP BY phenomenon_time ORDER BY phenomenon_time DESC LIMIT $limit
            """,
            "$id", "$to", "$limit", "$from", "$context");
        var found = new Dictionary<string, List<StoredValue>>(stretches.Count);
        foreach (var stretch in stretches)
        {
            var command = stretch.From is null ? tail : wide;
            if (stretch.From is { } from)
            {
                Set(command, stretch.DatastreamId, Micros(stretch.To), stretch.Limit, Micros(from), FlagSeries.Context);
            }
            else
            {
                Set(command, stretch.DatastreamId, Micros(stretch.To), stretch.Limit);
            }

            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<StoredValue>();
            while (reader.Read())
            {
                rows.Add(new StoredValue(Time(reader.GetInt64(0)), reader.GetInt32(1), reader.GetDouble(2), (QualityFlags)reader.GetInt32(3)));
            }

            rows.Reverse();
            found[stretch.DatastreamId] = rows;
        }

        return found;
    }

    public async Task InsertAsync(IReadOnlyList<NewValue> values, Guid batchId, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            INSERT INTO observations_observation (datastream_id, phenomenon_time, revision, result, result_time, flags, qualifier, batch_id)
            VALUES ($id, $time, $revision, $result, $result_time, $flags, $qualifier, $batch)
            """,
            "$id", "$time", "$revision", "$result", "$result_time", "$flags", "$qualifier", "$batch");

        // EF Core keeps a GUID as upper-case text on SQLite.
        var batch = batchId.ToString().ToUpperInvariant();
        foreach (var value in values)
        {
            Set(command, value.DatastreamId, Micros(value.Time), value.Revision, value.Result, value.ResultTime is { } time ? Micros(time) : DBNull.Value, (int)value.Flags, value.Qualifier ?? (object)DBNull.Value, batch);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public async Task ReflagAsync(IReadOnlyList<ChangedFlags> flags, CancellationToken cancellationToken)
    {
        await using var command = Command(
            "UPDATE observations_observation SET flags = $flags WHERE datastream_id = $id AND phenomenon_time = $time AND revision = $revision",
            "$flags", "$id", "$time", "$revision");
        foreach (var changed in flags)
        {
            Set(command, (int)changed.Flags, changed.DatastreamId, Micros(changed.Time), changed.Revision);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public async Task SetLatestAsync(IReadOnlyList<LatestObservation> latest, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            INSERT INTO observations_latest (datastream_id, phenomenon_time, result, revision, flags, trend_per_hour, unchanged_since, history)
            VALUES ($id, $time, $result, $revision, $flags, $trend, $since, $history)
            ON CONFLICT (datastream_id) DO UPDATE SET phenomenon_time = excluded.phenomenon_time, result = excluded.result, revision = excluded.revision,
                flags = excluded.flags, trend_per_hour = excluded.trend_per_hour, unchanged_since = excluded.unchanged_since, history = excluded.history
            """,
            "$id", "$time", "$result", "$revision", "$flags", "$trend", "$since", "$history");
        foreach (var row in latest)
        {
            Set(command, row.DatastreamId, Micros(row.PhenomenonTime), row.Result, row.Revision, (int)row.Flags, row.TrendPerHour ?? (object)DBNull.Value, Micros(row.UnchangedSince), row.History);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private DbCommand Command(string sql, params string[] parameters)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
#pragma warning disable CA2100 // Constant text of this file; values travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static void Set(DbCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private static long Micros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
