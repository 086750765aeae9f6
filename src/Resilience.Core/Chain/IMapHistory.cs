namespace Resilience.Core.Chain;

/// <summary>What a layer of the live map showed, or will show, at another moment than now.</summary>
public interface IMapHistory
{
    /// <summary>The layer's name, as in <see cref="IMapLayer.Name"/>.</summary>
    string Name { get; }

    /// <summary>Who may see it.</summary>
    Audience Audience { get; }

    /// <summary>
    /// The features as they were known at the moment, in the shape the live layer has: what was learnt later is not in them. For a moment
    /// ahead: what is known now and still holds then.
    /// </summary>
    /// <param name="at">The moment.</param>
    /// <param name="now">The chain's now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<MapFeature>> ListAtAsync(DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken);
}
