using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Core.Network;
using Resilience.Storage;

namespace Resilience.Reports.Collecting;

/// <summary>Makes a source known, or changes its definition; its cursor and health stay as they are.</summary>
public sealed class RegisterSource(Store store, AllowedHosts allowed)
{
    /// <summary>Polled JSON array of Mastodon statuses.</summary>
    public const string MastodonTimeline = "mastodon-timeline";

    /// <summary>Server-sent events or newline-delimited JSON over an open response.</summary>
    public const string JsonLinesStream = "json-lines-stream";

    /// <summary>Stores the definition; a new source is due at once.</summary>
    public async Task UpsertAsync(SourceDefinition definition, CancellationToken cancellationToken)
    {
        Check(definition);
        await using var step = await store.BeginAsync<ReportsDb>(cancellationToken);
        var source = await step.Db.Sources.SingleOrDefaultAsync(row => row.Id == definition.Id, cancellationToken);
        if (source is null)
        {
            source = new PostSource
            {
                Id = definition.Id,
                Name = "",
                Format = "",
                Uri = "",
                EverySeconds = 0,
                Credit = "",
                Licence = "",
                Countries = "",
                ShiftSeconds = 0,
                Exercise = false,
                NextAt = step.Now,
            };
            step.Db.Sources.Add(source);
        }

        source.Name = definition.Name;
        source.Format = definition.Format;
        source.Uri = definition.Uri.AbsoluteUri;
        source.EverySeconds = (int)definition.Every.TotalSeconds;
        source.Credit = definition.Credit;
        source.Licence = definition.Licence;
        source.Countries = definition.Countries;
        source.ShiftSeconds = (long)definition.TimeShift.TotalSeconds;
        source.Exercise = definition.Exercise;
        source.LayerVersion = await step.NextLayerVersionAsync(ReportLayers.Feeds, cancellationToken);
        await step.CommitAsync(cancellationToken);
    }

    private void Check(SourceDefinition definition)
    {
        if (definition.Format is not (MastodonTimeline or JsonLinesStream))
        {
            throw new RefusalException("reports.unknown-format", $"Format {definition.Format} is not known; use {MastodonTimeline} or {JsonLinesStream}.");
        }

        if (allowed.FindFault(definition.Uri) is { } wrong)
        {
            throw new RefusalException("reports.bad-uri", $"Source {definition.Id}: {wrong}.");
        }

        if (definition.Every < TimeSpan.FromSeconds(1))
        {
            throw new RefusalException("reports.too-often", "A source is asked once a second at most.");
        }
    }
}
