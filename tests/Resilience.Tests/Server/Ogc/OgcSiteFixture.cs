namespace Resilience.Tests.Server.Ogc;

/// <summary>One server for all tests of a class: they only read.</summary>
public sealed class OgcSiteFixture : IAsyncLifetime
{
    internal OgcSite Site { get; private set; } = null!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Site = await OgcSite.StartAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
