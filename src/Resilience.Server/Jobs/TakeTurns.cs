using System.Collections.Concurrent;
using Npgsql;
using Resilience.Storage;

namespace Resilience.Server.Jobs;

/// <summary>
/// One turn of a job at a time, over all workers. On PostgreSQL a turn is an advisory lock of a connection of its own: it ends with the worker that
/// holds it. Hangfire's locks are rows that outlive a killed worker for minutes, in which no feed would be asked.
/// </summary>
internal sealed class TakeTurns(StorageOptions storage)
{
    private readonly ConcurrentDictionary<string, bool> _here = new(StringComparer.Ordinal);

    /// <summary>The turn, to be disposed at its end; null while another has it.</summary>
    internal async Task<IAsyncDisposable?> TryTakeAsync(string job, CancellationToken cancellationToken)
    {
        if (!_here.TryAdd(job, true))
        {
            return null;
        }

        NpgsqlConnection? connection = null;
        try
        {
            if (storage.Engine == Engine.Postgres)
            {
                connection = new NpgsqlConnection(storage.ConnectionString);
                await connection.OpenAsync(cancellationToken);
                await using var take = new NpgsqlCommand("SELECT pg_try_advisory_lock(hashtext('resilience.job'), hashtext($1))", connection) { Parameters = { new() { Value = job } } };
                if (await take.ExecuteScalarAsync(cancellationToken) is not true)
                {
                    await GiveBackAsync(job, connection, locked: false);
                    return null;
                }
            }

            return new Turn(this, job, connection);
        }
        catch
        {
            await GiveBackAsync(job, connection, locked: false);
            throw;
        }
    }

    private async ValueTask GiveBackAsync(string job, NpgsqlConnection? connection, bool locked)
    {
        try
        {
            if (connection is not null && locked && connection.FullState == System.Data.ConnectionState.Open)
            {
                // Pooled connections live on: the lock has to be given back by name.
                await using var give = new NpgsqlCommand("SELECT pg_advisory_unlock(hashtext('resilience.job'), hashtext($1))", connection) { Parameters = { new() { Value = job } } };
                await give.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
        catch (NpgsqlException)
        {
            // The connection broke: the lock has gone with it.
        }
        finally
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            _here.TryRemove(job, out _);
        }
    }

    private sealed class Turn(TakeTurns turns, string job, NpgsqlConnection? connection) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => turns.GiveBackAsync(job, connection, locked: true);
    }
}
