using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Resilience.Observations.Quality;

namespace Resilience.Observations.Storing;

/// <summary>
/// Binary COPY straight into the table. A lock per source makes that safe: nobody else can insert the same keys, so there is nothing
/// to resolve row by row and no staging table to fill twice. The server takes rows in while the next are made.
/// </summary>
internal sealed class PostgresRows(ObservationsDb db) : IObservationRows
{
    private NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    public Task LockAsync(string source, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('observations.store'), hashtext({source}))", cancellationToken);

    public async Task<Dictionary<string, StoredValue[]>> ReadAsync(IReadOnlyList<Stretch> stretches, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT s.id, o.phenomenon_time, o.revision, o.result, o.flags
            FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::integer[], $5::boolean[]) AS s (id, starts, ends, row_limit, wide)
            CROSS JOIN LATERAL (
                SELECT DISTINCT ON (phenomenon_time) phenomenon_time, revision, result, flags FROM observations_observation
                WHERE datastream_id = s.id
                  AND phenomenon_time <= CASE WHEN s.wide THEN coalesce(
                      (SELECT max(t) FROM (SELECT DISTINCT phenomenon_time AS t FROM observations_observation WHERE datastream_id = s.id AND phenomenon_time > s.ends ORDER BY t LIMIT $6) AS after), s.ends) ELSE s.ends END
                  AND phenomenon_time >= CASE WHEN s.wide THEN coalesce(
                      (SELECT min(t) FROM (SELECT DISTINCT phenomenon_time AS t FROM observations_observation WHERE datastream_id = s.id AND phenomenon_time < s.starts ORDER BY t DESC LIMIT $6) AS before), s.starts) ELSE s.starts END
                ORDER BY phenomenon_time DESC, revision DESC LIMIT s.row_limit) o
            """,
            Connection);
        command.Parameters.Add(new NpgsqlParameter { Value = stretches.Select(s => s.DatastreamId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = stretches.Select(s => s.From?.UtcDateTime ?? DateTime.UnixEpoch.AddYears(-1_000)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter { Value = stretches.Select(s => s.To.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter { Value = stretches.Select(s => s.Limit).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = stretches.Select(s => s.From is not null).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = FlagSeries.Context });
        var found = stretches.ToDictionary(stretch => stretch.DatastreamId, _ => new List<StoredValue>());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found[reader.GetString(0)].Add(new StoredValue(reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt32(2), reader.GetDouble(3), (QualityFlags)reader.GetInt32(4)));
        }

        return found.ToDictionary(pair => pair.Key, pair => Enumerable.Reverse(pair.Value).ToArray());
    }

    public async Task InsertAsync(IEnumerable<MergedSeries> merged, Guid batchId, CancellationToken cancellationToken)
    {
        using var rows = new CopyRows(batchId);
        NpgsqlRawCopyStream? copy = null;
        try
        {
            foreach (var series in merged)
            {
                rows.Begin(series.DatastreamId);
                foreach (var value in series.New)
                {
                    rows.Add(value);
                    if (rows.Length >= CopyRows.Chunk)
                    {
                        copy ??= await Connection.BeginRawBinaryCopyAsync(CopyRows.Command, cancellationToken);
                        await copy.WriteAsync(rows.Take(), cancellationToken);
                    }
                }
            }

            if (copy is null && rows.IsEmpty)
            {
                return;
            }

            rows.End();
            copy ??= await Connection.BeginRawBinaryCopyAsync(CopyRows.Command, cancellationToken);
            await copy.WriteAsync(rows.Take(), cancellationToken);
        }
        catch when (copy is not null)
        {
            await copy.CancelAsync();
            throw;
        }

        await copy.DisposeAsync();
    }

    public async Task ReflagAsync(IReadOnlyList<ChangedFlags> flags, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE observations_observation o SET flags = c.flags
            FROM unnest($1::text[], $2::timestamptz[], $3::integer[], $4::integer[]) AS c (id, at, revision, flags)
            WHERE o.datastream_id = c.id AND o.phenomenon_time = c.at AND o.revision = c.revision
            """,
            Connection);
        command.Parameters.Add(new NpgsqlParameter { Value = flags.Select(f => f.DatastreamId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = flags.Select(f => f.Time.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter { Value = flags.Select(f => f.Revision).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = flags.Select(f => (int)f.Flags).ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task SetLatestAsync(IReadOnlyList<LatestObservation> latest, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE observations_latest l SET phenomenon_time = n.phenomenon_time, result = n.result, revision = n.revision, flags = n.flags,
                trend_per_hour = n.trend_per_hour, unchanged_since = n.unchanged_since, history = n.history, version = n.version
            FROM unnest($1::text[], $2::timestamptz[], $3::double precision[], $4::integer[], $5::integer[], $6::double precision[], $7::timestamptz[], $8::bigint[], $9::bigint[])
                AS n (datastream_id, phenomenon_time, result, revision, flags, trend_per_hour, unchanged_since, history, version)
            WHERE l.datastream_id = n.datastream_id
            """,
            Connection);
        command.Parameters.Add(new NpgsqlParameter { Value = latest.Select(l => l.DatastreamId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = latest.Select(l => l.PhenomenonTime.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter { Value = latest.Select(l => l.Result).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = latest.Select(l => l.Revision).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = latest.Select(l => (int)l.Flags).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = latest.Select(l => l.TrendPerHour).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = latest.Select(l => l.UnchangedSince.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new NpgsqlParameter { Value = latest.Select(l => l.History).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = latest.Select(l => l.Version).ToArray() });
        if (await command.ExecuteNonQueryAsync(cancellationToken) < latest.Count)
        {
            // Some had no value before. The lock of their source keeps others from adding them meanwhile.
            command.CommandText =
                """
                INSERT INTO observations_latest (datastream_id, phenomenon_time, result, revision, flags, trend_per_hour, unchanged_since, history, version)
                SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::double precision[], $4::integer[], $5::integer[], $6::double precision[], $7::timestamptz[], $8::bigint[], $9::bigint[])
                ON CONFLICT (datastream_id) DO NOTHING
                """;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
