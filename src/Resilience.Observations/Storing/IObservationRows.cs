namespace Resilience.Observations.Storing;

/// <summary>The bulk path to the observation tables, one per engine, inside the current transaction.</summary>
internal interface IObservationRows
{
    /// <summary>Keeps other processes from storing the same stations until the transaction ends.</summary>
    Task LockAsync(string source, CancellationToken cancellationToken);

    /// <summary>Reads stretches of stored values, oldest first, highest revision of each time only.</summary>
    Task<Dictionary<string, StoredValue[]>> ReadAsync(IReadOnlyList<Stretch> stretches, CancellationToken cancellationToken);

    /// <summary>Inserts new values. The series are asked for one by one, so that one is made while others are written; making one must not touch the database.</summary>
    Task InsertAsync(IEnumerable<MergedSeries> merged, Guid batchId, CancellationToken cancellationToken);

    /// <summary>Changes flags of stored values.</summary>
    Task ReflagAsync(IReadOnlyList<ChangedFlags> flags, CancellationToken cancellationToken);

    /// <summary>Sets the newest value of datastreams.</summary>
    Task SetLatestAsync(IReadOnlyList<LatestObservation> latest, CancellationToken cancellationToken);

    /// <summary>The path of the engine in use.</summary>
    static IObservationRows For(ObservationsDb db) => db.IsSqlite ? new SqliteRows(db) : new PostgresRows(db);
}
