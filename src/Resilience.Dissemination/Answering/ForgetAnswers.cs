using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Dissemination.Answering;

/// <summary>Deletes answers, and with them exact positions, after <see cref="DisseminationOptions.KeepAnswers"/>.</summary>
public sealed class ForgetAnswers(Store store, IOptions<DisseminationOptions> options) : IRecurringWork
{
    /// <inheritdoc/>
    public string Name => "dissemination.forget-answers";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<DisseminationDb>(cancellationToken);
        var before = step.Now - options.Value.KeepAnswers;
        await step.Db.Answers.Where(answer => answer.ReceivedAt < before).ExecuteDeleteAsync(cancellationToken);
        await step.CommitAsync(cancellationToken);
    }
}
