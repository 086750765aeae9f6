using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Resilience.Observations.Storing;

/// <summary>Prepared statements, one execution per row: on an embedded engine a call costs microseconds, and a bigger statement would only cost its parsing.</summary>
internal sealed class SqliteRows(ObservationsDb db) : IObservationRows
{
    // One writer at a time already.
    public Task LockAsync(string source, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Dictionary<string, List<StoredValue>>> ReadAsync(IReadOnlyList<Stretch> stretches, CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            SELECT phenomenon_time, revision, result, flags FROM observations_observation
            WHERE datastream_id = $id AND phenomenon_time <= $to
              AND phenomenon_time >= coalesce((SELECT max(phenomenon_time) FROM observations_observation WHERE datastream_id = $id AND phenomenon_time <= $from), $from)
            ORDER BY phenomenon_time DESC, revision DESC LIMIT $limit
            """,
            "$id", "$from", "$to", "$limit");
        var found = new Dictionary<string, List<StoredValue>>(stretches.Count);
        foreach (var stretch in stretches)
        {
            Set(command, stretch.DatastreamId, stretch.From is { } from ? Micros(from) : long.MinValue, Micros(stretch.To), stretch.Limit);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<StoredValue>();
            while (reader.Read())
            {
                var time = Time(reader.GetInt64(0));
                if (rows.Count == 0 || rows[^1].Time != time)
                {
                    rows.Add(new StoredValue(time, reader.GetInt32(1), reader.GetDouble(2), (QualityFlags)reader.GetInt32(3)));
                }
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
