using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Resilience.Access.Sessions;
using Resilience.Core;
using Resilience.Dissemination;
using Resilience.Storage;

namespace Resilience.Relief.Groups;

/// <summary>A volunteer joins.</summary>
/// <param name="Name">What others call them.</param>
/// <param name="Group">The group they help with.</param>
public sealed record JoinRequest(string Name, string Group);

/// <summary>POST /relief/groups/join. Without password or account, but with the group's code where <see cref="ReliefOptions.GroupCodes"/> are set; a coordinator can close any task.</summary>
internal sealed class JoinGroup(Store store, CallerBudget budget, IOptions<ReliefOptions> options)
{
    private const int Longest = 60;

    internal async Task<Session> HandleAsync(JoinRequest request, HttpContext http, CancellationToken cancellationToken)
    {
        budget.Spend(http, "join");
        var volunteer = Decide(request with { Group = GroupOf(request.Group) }, new Guid(RandomNumberGenerator.GetBytes(16)), store.Clock.GetUtcNow());
        await using var step = await store.BeginAsync<ReliefDb>(cancellationToken);
        step.Db.Volunteers.Add(volunteer);
        await step.CommitAsync(cancellationToken);
        await SignInVolunteer.SignInAsync(http, volunteer.Id, volunteer.Name);
        return new Session(new SessionPerson(volunteer.Id.ToString(), volunteer.Name, Access.Roles.Volunteer), [], NeedsSetup: false);
    }

    /// <summary>The group the code stands for; where no group has a code, the name as it was typed.</summary>
    private string GroupOf(string typed)
    {
        var codes = options.Value.GroupCodes;
        return codes.Count == 0
            ? typed
            : codes.FirstOrDefault(group => string.Equals(group.Key, typed.Trim(), StringComparison.OrdinalIgnoreCase)).Value
                ?? throw new RefusalException("relief.group-code", "Ask your group for its code and type that as the group.", 403);
    }

    /// <summary>Checks the words. Pure.</summary>
    internal static Volunteer Decide(JoinRequest request, Guid id, DateTimeOffset now)
    {
        var (name, group) = (request.Name?.Trim() ?? "", request.Group?.Trim() ?? "");
        if (name.Length is 0 or > Longest || group.Length is 0 or > Longest || !IsPlain(name) || !IsPlain(group))
        {
            throw new RefusalException("relief.bad-name", "Give a name and a group of 1 to 60 characters each.");
        }

        return new Volunteer { Id = id, Name = name, GroupName = group, JoinedAt = now };
    }

    // Others act on the name they read: nothing in it may be invisible or turn the writing round. Joiners are part of some scripts.
    private static bool IsPlain(string text) => !text.Any(letter => char.IsControl(letter) || (char.GetUnicodeCategory(letter) == UnicodeCategory.Format && letter is not ('\u200C' or '\u200D')));
}
