using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Core.Network;
using Resilience.Observations.Feeds.Formats;

namespace Resilience.Observations.Feeds.Administering;

/// <summary>Shows the beginning of a table, so that a coordinator can say which column is what. Asked as a feed is asked: the same hosts, limits and deadline.</summary>
internal sealed class SampleFeed(AllowedHosts allowed, FetchPayload fetch, OperatingMode mode)
{
    /// <summary>Some hundred rows: enough to see the columns, small enough for any browser.</summary>
    private const int Most = 64 * 1024;

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/feeds/sample", async (SampleRequest request, SampleFeed sample, CancellationToken token) => TypedResults.Ok(await sample.ReadAsync(request, token)))
            .WithSummary("The beginning of a document, to see how it is written; nothing is stored.");

    private async Task<FeedSample> ReadAsync(SampleRequest request, CancellationToken cancellationToken)
    {
        if (mode.IsReplay)
        {
            throw new RefusalException("observations.replay", "A replay reads its recordings and nothing else.", 409);
        }

        if (!Uri.TryCreate(request.Address?.Trim(), UriKind.Absolute, out var address))
        {
            throw new RefusalException("observations.feed-address", "Write the whole address, beginning with https:// or http://.");
        }

        if (allowed.FindFault(address) is { } wrong)
        {
            throw new RefusalException("observations.feed-address", $"{wrong}.");
        }

        var mapping = new TableMapping { Encoding = request.Encoding ?? "utf-8" };
        if (mapping.FindEncoding() is not { } encoding)
        {
            throw new RefusalException("observations.feed-mapping", $"Encoding '{request.Encoding}' is unknown.");
        }

        try
        {
            var payload = await fetch.FetchAsync(address, new Table(mapping, null), null, null, cancellationToken)
                ?? throw new FeedTrouble("not-modified", "The source says that nothing has changed, though it was asked for the first time.");
            using var reader = new StreamReader(payload.Open(), encoding);
            var text = new char[Most];
            var read = await reader.ReadBlockAsync(text, cancellationToken);
            return new FeedSample(new string(text, 0, read), payload.Bytes, payload.ContentType, payload.Complete && reader.Peek() < 0);
        }
        catch (FeedTrouble trouble)
        {
            throw new RefusalException("observations.feed-sample", trouble.Message, 422);
        }
    }

    internal sealed record SampleRequest(string Address, string? Encoding);

    /// <summary>The beginning of a document.</summary>
    /// <param name="Text">Its first characters, decoded.</param>
    /// <param name="Bytes">How long the document is.</param>
    /// <param name="ContentType">As received, or null.</param>
    /// <param name="Whole">False when there is more than the text shows.</param>
    internal sealed record FeedSample(string Text, long Bytes, string? ContentType, bool Whole);
}
