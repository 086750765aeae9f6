using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Resilience.Observations.Quality;

namespace Resilience.Observations.Storing;

/// <summary>Prepared statements, one execution per row: on an embedded engine a call costs a microsecond, and a bigger statement would only cost its parsing.</summary>
internal sealed class SqliteRows(ObservationsDb db) : IObservationRows
{
    // One writer at a time already.
    public Task LockAsync(string source, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Dictionary<string, StoredValue[]>> ReadAsync(IReadOnlyList<Stretch> stretches, CancellationToken cancellationToken)
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
        var found = new Dictionary<string, StoredValue[]>(stretches.Count);
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
            found[stretch.DatastreamId] = [.. rows];
        }

        return found;
    }

    public async Task InsertAsync(IEnumerable<MergedSeries> merged, Guid batchId, CancellationToken cancellationToken)
    {
        using var insert = Statement("INSERT INTO observations_observation (datastream_id, phenomenon_time, revision, result, result_time, flags, qualifier, batch_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");

        // EF Core keeps a GUID as upper-case text on SQLite.
        insert.Bind(8, batchId.ToString().ToUpperInvariant());
        await foreach (var series in MadeAhead(merged, cancellationToken))
        {
            insert.Bind(1, series.DatastreamId);
            foreach (var value in series.New)
            {
                insert.Bind(2, Micros(value.Time));
                insert.Bind(3, value.Revision);
                insert.Bind(4, value.Result);
                insert.Bind(5, value.ResultTime is { } time ? Micros(time) : (long?)null);
                insert.Bind(6, (int)value.Flags);
                insert.Bind(7, value.Qualifier);
                insert.Run();
            }
        }
    }

    public Task ReflagAsync(IReadOnlyList<ChangedFlags> flags, CancellationToken cancellationToken)
    {
        using var update = Statement("UPDATE observations_observation SET flags = ? WHERE datastream_id = ? AND phenomenon_time = ? AND revision = ?");
        foreach (var changed in flags)
        {
            update.Bind(1, (int)changed.Flags);
            update.Bind(2, changed.DatastreamId);
            update.Bind(3, Micros(changed.Time));
            update.Bind(4, changed.Revision);
            update.Run();
        }

        return Task.CompletedTask;
    }

    public Task SetLatestAsync(IReadOnlyList<LatestObservation> latest, CancellationToken cancellationToken)
    {
        using var upsert = Statement(
            """
            INSERT INTO observations_latest (datastream_id, phenomenon_time, result, revision, flags, trend_per_hour, unchanged_since, history, version)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (datastream_id) DO UPDATE SET phenomenon_time = excluded.phenomenon_time, result = excluded.result, revision = excluded.revision,
                flags = excluded.flags, trend_per_hour = excluded.trend_per_hour, unchanged_since = excluded.unchanged_since, history = excluded.history, version = excluded.version
            """);
        foreach (var row in latest)
        {
            upsert.Bind(1, row.DatastreamId);
            upsert.Bind(2, Micros(row.PhenomenonTime));
            upsert.Bind(3, row.Result);
            upsert.Bind(4, row.Revision);
            upsert.Bind(5, (int)row.Flags);
            upsert.Bind(6, row.TrendPerHour);
            upsert.Bind(7, Micros(row.UnchangedSince));
            upsert.Bind(8, row.History);
            upsert.Bind(9, row.Version);
            upsert.Run();
        }

        return Task.CompletedTask;
    }

    /// <summary>Makes the series on another core while this one writes.</summary>
    private static async IAsyncEnumerable<MergedSeries> MadeAhead(IEnumerable<MergedSeries> merged, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var made = Channel.CreateUnbounded<MergedSeries>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var making = Task.Run(
            () =>
            {
                try
                {
                    foreach (var series in merged)
                    {
                        made.Writer.TryWrite(series);
                    }

                    made.Writer.Complete();
                }
#pragma warning disable CA1031 // Whatever it is, it is thrown where the series are awaited.
                catch (Exception fault)
#pragma warning restore CA1031
                {
                    made.Writer.Complete(fault);
                }
            },
            CancellationToken.None);
        try
        {
            await foreach (var series in made.Reader.ReadAllAsync(cancellationToken))
            {
                yield return series;
            }
        }
        finally
        {
            await making;
        }
    }

    private SqliteStatement Statement(string sql) => new((SqliteConnection)db.Database.GetDbConnection(), sql);

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
