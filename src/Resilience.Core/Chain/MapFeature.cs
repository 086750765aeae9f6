namespace Resilience.Core.Chain;

/// <summary>Who may see a map layer. Each audience includes the ones before it.</summary>
public enum Audience
{
    /// <summary>Anybody, without an account.</summary>
    Public,

    /// <summary>Members of a volunteer group.</summary>
    Volunteer,

    /// <summary>Signed-in staff of the agency.</summary>
    Coordinator,
}

/// <summary>One thing on the live map, serialised once and shared by all connections.</summary>
/// <param name="Id">Unique within its layer and stable over its life.</param>
/// <param name="Version">The layer's version at which it last changed.</param>
/// <param name="Json">A GeoJSON Feature (RFC 7946) in UTF-8 with <c>id</c>, <c>geometry</c> (may be null) and <c>properties</c>; empty when removed.</param>
public sealed record MapFeature(string Id, long Version, ReadOnlyMemory<byte> Json)
{
    /// <summary>True when the thing has left the layer; clients drop it.</summary>
    public bool Removed => Json.IsEmpty;
}

/// <summary>
/// A layer of the live map, served as snapshot and deltas. The version is the layer's own counter, raised by its one writer
/// inside the transaction that changed the row, so reading everything above a version misses nothing.
/// </summary>
public interface IMapLayer
{
    /// <summary>The layer's name, <c>module.what</c>, for example <c>risk.zones</c>.</summary>
    string Name { get; }

    /// <summary>Who may see it.</summary>
    Audience Audience { get; }

    /// <summary>
    /// Lists what changed above <paramref name="version"/>, oldest change first. 0 lists all that is there now; removed
    /// features are listed only for a version above 0.
    /// </summary>
    Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken);
}
