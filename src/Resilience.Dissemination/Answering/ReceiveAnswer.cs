using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Core.Geography;
using Resilience.Dissemination.Geotargeting;
using Resilience.Storage;

namespace Resilience.Dissemination.Answering;

/// <summary>What a phone sends.</summary>
/// <param name="Key">Made by the phone, 16 to 64 characters; the same key is the same answer.</param>
/// <param name="Kind">Safe, or help needed.</param>
/// <param name="Need">What is needed; only with NeedHelp.</param>
/// <param name="Lon">Degrees.</param>
/// <param name="Lat">Degrees.</param>
/// <param name="PlaceName">At most 200 characters; may be empty.</param>
/// <param name="Text">At most 1,000 characters; may be empty.</param>
/// <param name="Alert">The alert it answers, if any.</param>
public sealed record AnswerRequest(string Key, AnswerKind Kind, Need? Need, double Lon, double Lat, string? PlaceName, string? Text, Guid? Alert);

/// <summary>Proof that the server has it; a phone says "received" only after this.</summary>
public sealed record AnswerReceipt(Guid Id, DateTimeOffset Received);

/// <summary>POST /dissemination/answers: stored and handed over to Relief in one transaction; sent twice it is one answer.</summary>
internal sealed class ReceiveAnswer(Store store, AnswerQueries answers, CallerBudget budget, OperatingMode mode)
{
    internal async Task<AnswerReceipt> HandleAsync(AnswerRequest request, HttpContext http, CancellationToken cancellationToken)
    {
        var answer = Decide(request, mode, store.Clock.GetUtcNow());
        if (await answers.FindAsync(answer.Id, cancellationToken) is { } known)
        {
            return new AnswerReceipt(known.Id, known.ReceivedAt);
        }

        // Only now: a phone that repeats itself because it heard nothing must always get its receipt.
        budget.Spend(http, answer.Kind.ToString(), isCallForHelp: answer.Kind == AnswerKind.NeedHelp);
        try
        {
            await StoreAsync(answer, cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // The same answer came twice at once, and the other was first.
            answer = await answers.FindAsync(answer.Id, cancellationToken) ?? throw new RefusalException("dissemination.try-again", "The answer could not be stored. Send it again.", 503);
        }

        return new AnswerReceipt(answer.Id, answer.ReceivedAt);
    }

    private async Task StoreAsync(CitizenAnswer answer, CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<DisseminationDb>(cancellationToken);
        step.Db.Answers.Add(answer);
        step.HandOver(DisseminationTopics.Answered, answer.Id.ToString());
        await step.CommitAsync(cancellationToken);
        Telemetry.Answered(answer.Kind);
    }

    /// <summary>Checks the request and decides what is kept. Pure.</summary>
    internal static CitizenAnswer Decide(AnswerRequest request, OperatingMode mode, DateTimeOffset now)
    {
        if (request.Key is not { Length: >= 16 and <= 64 } || request.Key.Any(char.IsControl))
        {
            throw new RefusalException("dissemination.no-key", "key must have 16 to 64 characters, made by the phone.");
        }

        if (!Wgs84.IsPosition(request.Lon, request.Lat))
        {
            throw new RefusalException("dissemination.no-position", "lon and lat must be degrees within ±180 and ±90.");
        }

        // JSON may carry any number for an enum, and a null character that PostgreSQL cannot store.
        if (!Enum.IsDefined(request.Kind) || request.Need is { } named && !Enum.IsDefined(named))
        {
            throw new RefusalException("dissemination.bad-kind", "kind and need must be among the names the server knows.");
        }

        if (request.PlaceName is { Length: > 200 } || request.Text is { Length: > 1000 } || $"{request.PlaceName}{request.Text}".Contains('\0', StringComparison.Ordinal))
        {
            throw new RefusalException("dissemination.bad-words", "placeName may have 200 characters, text 1,000, none of them null.");
        }

        if (request.Kind == AnswerKind.NeedHelp != request.Need.HasValue)
        {
            throw new RefusalException("dissemination.need", "Say what is needed when help is needed, and only then.");
        }

        var (longitude, latitude) = request.Kind == AnswerKind.NeedHelp ? (request.Lon, request.Lat) : Cell.Of(request.Lon, request.Lat).Centre;
        return new CitizenAnswer
        {
            Id = StableId.From("dissemination.answer", request.Key),
            Key = request.Key,
            Kind = request.Kind,
            Need = request.Need,
            Longitude = longitude,
            Latitude = latitude,
            PlaceName = request.PlaceName?.Trim() ?? "",
            Text = request.Text?.Trim() ?? "",
            AlertId = request.Alert,
            ReceivedAt = now,
            Exercise = mode.IsReplay,
        };
    }
}
