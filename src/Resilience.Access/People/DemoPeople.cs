using Resilience.Core;
using Resilience.Core.Chain;

namespace Resilience.Access.People;

/// <summary>
/// Two coordinators anybody may be, in a replay and nowhere else: the two-person rule holds there too, so the demo needs two.
/// They have no row in the database and so no password that could leak into a real server.
/// </summary>
internal sealed class DemoPeople(OperatingMode mode)
{
    private static readonly Caller[] Both =
    [
        new(StableId.From("access.demo-person", "Dechen"), "Dechen (drafts)"),
        new(StableId.From("access.demo-person", "Karma"), "Karma (approves)"),
    ];

    /// <summary>The two, or nobody on a real server.</summary>
    internal IReadOnlyList<Caller> List() => mode.IsReplay ? Both : [];

    /// <summary>One of them, or a refusal.</summary>
    internal Caller Get(Guid id)
    {
        if (!mode.IsReplay)
        {
            throw new RefusalException("access.no-demo", "This is not a demo: sign in with your own account.", 403);
        }

        return Both.SingleOrDefault(person => person.Id == id) ?? throw new RefusalException("access.no-such-person", "The demo has no such person.", 404);
    }
}
