using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Warnings.Drafting;

/// <summary>A draft as the map sees it.</summary>
internal sealed record DraftProperties(
    Guid Id, DraftState State, string Headline, CapSeverity Severity, string Author, long Version, bool Exercise, DateTimeOffset Expires, long People);

/// <summary>Open drafts on the coordinators' map.</summary>
internal sealed class DraftLayer(Store store) : IMapLayer
{
    /// <inheritdoc/>
    public string Name => DraftRows.Layer;

    /// <inheritdoc/>
    public Audience Audience => Audience.Coordinator;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MapFeature>> ListChangedSinceAsync(long version, CancellationToken cancellationToken)
    {
        await using var db = store.Read<WarningsDb>();
        var drafts = version > 0
            ? db.Drafts.Where(draft => draft.LayerVersion > version)
            : db.Drafts.Where(draft => draft.State == DraftState.Draft || draft.State == DraftState.Submitted || draft.State == DraftState.Returned);
        return [.. (await drafts.OrderBy(draft => draft.LayerVersion).ToListAsync(cancellationToken)).Select(Feature)];
    }

    private static MapFeature Feature(Draft draft) => draft.IsOpen
        ? new MapFeature(draft.Id.ToString(), draft.LayerVersion, Features.Write(
            draft.Id, draft.Area,
            new DraftProperties(draft.Id, draft.State, draft.Texts[0].Headline, draft.Severity, draft.AuthorName, draft.Version, draft.Exercise, draft.Expires, draft.People),
            WarningsJson.Default.DraftProperties))
        : new MapFeature(draft.Id.ToString(), draft.LayerVersion, default);
}
