using Microsoft.EntityFrameworkCore;
using Resilience.Core;
using Resilience.Storage;

namespace Resilience.Dissemination.Answering;

/// <summary>Reads citizens' answers. Thread-safe; sees committed rows only.</summary>
public sealed class AnswerQueries(Store store)
{
    /// <summary>One answer, or a refusal <c>dissemination.no-such-answer</c>.</summary>
    public async Task<CitizenAnswer> GetAsync(Guid id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) ?? throw new RefusalException("dissemination.no-such-answer", "There is no answer with this id.", 404);

    /// <summary>One answer, or null (it may have been deleted after its time).</summary>
    public async Task<CitizenAnswer?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = store.Read<DisseminationDb>();
        return await db.Answers.SingleOrDefaultAsync(answer => answer.Id == id, cancellationToken);
    }
}
