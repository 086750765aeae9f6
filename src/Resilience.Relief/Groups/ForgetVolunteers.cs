using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Resilience.Core.Chain;
using Resilience.Dissemination;
using Resilience.Storage;

namespace Resilience.Relief.Groups;

/// <summary>Names of volunteers go when what they did is forgotten, after <see cref="DisseminationOptions.KeepAnswers"/>. Whoever still helps has joined anew long since.</summary>
public sealed class ForgetVolunteers(Store store, IOptions<DisseminationOptions> dissemination) : IRecurringWork
{
    /// <inheritdoc/>
    public string Name => "relief.forget-volunteers";

    /// <inheritdoc/>
    public TimeSpan Every => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var step = await store.BeginAsync<ReliefDb>(cancellationToken);
        var before = step.Now - dissemination.Value.KeepAnswers;
        await step.Db.Volunteers.Where(volunteer => volunteer.JoinedAt < before).ExecuteDeleteAsync(cancellationToken);
        await step.CommitAsync(cancellationToken);
    }
}
