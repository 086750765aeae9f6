using Microsoft.EntityFrameworkCore.Storage;
using Resilience.Core.Chain;

namespace Resilience.Storage.HandingOver;

/// <summary>
/// One transaction of one module: its results, what it hands over, and (for a link) the mark that its input was handled, all or
/// nothing. After the commit, and only then, the next links and the map are nudged.
/// </summary>
/// <remarks>Dispose without <see cref="CommitAsync"/> rolls everything back. Not thread-safe.</remarks>
public sealed class Step<TDb> : IAsyncDisposable
    where TDb : ModuleDb
{
    private readonly Store _store;
    private readonly IDbContextTransaction _transaction;
    private readonly IDisposable? _writeTurn;
    private readonly HashSet<string> _nudges = [];
    private readonly List<Action> _afterCommit = [];

    internal Step(Store store, TDb db, IDbContextTransaction transaction, IDisposable? writeTurn)
    {
        _store = store;
        _transaction = transaction;
        _writeTurn = writeTurn;
        Db = db;
    }

    /// <summary>The module's tables, inside this transaction. Tracks changes.</summary>
    public TDb Db { get; }

    /// <summary>The chain's time now.</summary>
    public DateTimeOffset Now => _store.Clock.GetUtcNow();

    /// <summary>Hands a key over to every link that takes the topic; visible to them after the commit.</summary>
    public void HandOver(Topic topic, string key)
    {
        foreach (var link in _store.Routes.ListLinks(topic))
        {
            Db.HandedOver.Add(new HandedOver { Link = link, Key = key, HandedOverAt = Now, NotBefore = Now });
            _nudges.Add(link);
        }
    }

    /// <summary>Raises a map layer's version inside this transaction and has the live map look at the layer after the commit.</summary>
    public async Task<long> NextLayerVersionAsync(string layer, CancellationToken cancellationToken)
    {
        _nudges.Add(Nudges.ForMap(layer));
        return await Db.NextLayerVersionAsync(layer, cancellationToken);
    }

    /// <summary>Wakes whoever waits for the name, in any process, after the commit.</summary>
    public void Nudge(string name) => _nudges.Add(name);

    /// <summary>Has something done once all is on disk, and not at all when it is rolled back: for what a process remembers of the database. Must not fail.</summary>
    public void AfterCommit(Action remember) => _afterCommit.Add(remember);

    /// <summary>Saves and commits, then nudges.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await Db.SaveChangesAsync(cancellationToken);
        await _store.AnnounceInTransactionAsync(Db, _nudges, cancellationToken);
        await _transaction.CommitAsync(cancellationToken);
        _afterCommit.ForEach(remember => remember());
        _writeTurn?.Dispose();
        foreach (var name in _nudges)
        {
            _store.Nudges.Nudge(name);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Db.DisposeAsync();
        _writeTurn?.Dispose();
    }
}
