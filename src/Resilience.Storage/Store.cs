using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Storage.HandingOver;

namespace Resilience.Storage;

/// <summary>
/// The database as modules use it: open a context to read, begin a <see cref="Step{TDb}"/> to write. Thread-safe.
/// </summary>
public sealed class Store(IServiceProvider services, StorageOptions options, ChainRoutes routes, Nudges nudges, TimeProvider clock) : IDisposable
{
    // SQLite lets one writer in and has the others poll; queueing here is fair and wakes the next at once.
    private readonly SemaphoreSlim _writeTurn = new(1, 1);

    /// <summary>The chain's clock: real time, or the replay's.</summary>
    public TimeProvider Clock => clock;

    /// <summary>The engine in use.</summary>
    public Engine Engine => options.Engine;

    internal ChainRoutes Routes => routes;

    internal Nudges Nudges => nudges;

    /// <summary>Opens a context for reading. Sees committed rows only. Dispose it.</summary>
    public TDb Read<TDb>()
        where TDb : ModuleDb => services.GetRequiredService<IDbContextFactory<TDb>>().CreateDbContext();

    /// <summary>
    /// Begins a write transaction. On SQLite only one is open at a time, so do not begin a second inside the first, and do no
    /// network calls in between.
    /// </summary>
    public async Task<Step<TDb>> BeginAsync<TDb>(CancellationToken cancellationToken)
        where TDb : ModuleDb
    {
        var turn = Engine == Engine.Sqlite ? await Turn.TakeAsync(_writeTurn, cancellationToken) : null;
        TDb? db = null;
        try
        {
            db = Read<TDb>();
            db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
            var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            return new Step<TDb>(this, db, transaction, turn);
        }
        catch
        {
            if (db is not null)
            {
                await db.DisposeAsync();
            }

            turn?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writeTurn.Dispose();

    /// <summary>One process at a time works on a link: a lock that ends with the transaction.</summary>
    internal async Task<bool> TryLockLinkAsync(ModuleDb db, string link, CancellationToken cancellationToken)
    {
        if (Engine == Engine.Sqlite)
        {
            return true;
        }

        var locked = await db.Database
            .SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtext('resilience.link'), hashtext({link})) AS \"Value\"")
            .ToListAsync(cancellationToken);
        return locked[0];
    }

    /// <summary>On PostgreSQL other processes hear of the commit through NOTIFY; on SQLite there are none.</summary>
    internal async Task AnnounceInTransactionAsync(ModuleDb db, IReadOnlyCollection<string> nudged, CancellationToken cancellationToken)
    {
        if (Engine == Engine.Postgres && nudged.Count > 0)
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_notify('resilience', name) FROM unnest({nudged.ToArray()}) AS name", cancellationToken);
        }
    }

    private sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        private SemaphoreSlim? _semaphore = semaphore;

        public static async Task<Turn> TakeAsync(SemaphoreSlim semaphore, CancellationToken cancellationToken)
        {
            await semaphore.WaitAsync(cancellationToken);
            return new Turn(semaphore);
        }

        public void Dispose() => Interlocked.Exchange(ref _semaphore, null)?.Release();
    }
}
