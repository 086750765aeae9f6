using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Resilience.Access.Auditing;
using Resilience.Access.People;
using Resilience.Access.Sessions;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Access.FirstStart;

/// <summary>An account to be.</summary>
internal sealed record NewPerson(string Name, string Password);

/// <summary>The one-time token and the first two people. Two at once, because one alone could send nothing.</summary>
internal sealed record SetUpRequest(string Token, IReadOnlyList<NewPerson> People);

/// <summary>Creates the first two accounts, once, for whoever holds the link printed at the server's first start.</summary>
internal sealed class SetUp(Store store, OperatingMode mode)
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/setup", async (SetUpRequest request, SetUp setUp, HttpContext http, CancellationToken cancellationToken) =>
        {
            var first = await setUp.CreateAsync(request, cancellationToken);
            await SessionCookie.StartAsync(http, first, Roles.Coordinator);
            return TypedResults.Ok(await ShowSession.OfAsync(http));
        }).WithName("SetUp").WithSummary("Creates the first two coordinators; needs the one-time token");

    /// <summary>Creates both people and signs the first one in.</summary>
    internal async Task<Caller> CreateAsync(SetUpRequest request, CancellationToken cancellationToken)
    {
        if (mode.IsReplay)
        {
            throw new RefusalException("access.replay", "A replay has its two demo people and makes no accounts.", 403);
        }

        // First without a lock: whoever guesses a link must not make the server hash passwords, which is slow on purpose.
        var tokenHash = HashOf(request.Token);
        await using (var db = store.Read<AccessDb>())
        {
            await GetTokenAsync(db, tokenHash, store.Clock.GetUtcNow(), cancellationToken);
        }

        RefuseUnfit(request.People);
        var hashes = new[] { await Passwords.HashAsync(request.People[0].Password, cancellationToken), await Passwords.HashAsync(request.People[1].Password, cancellationToken) };
        await using var step = await store.BeginAsync<AccessDb>(cancellationToken);
        await Audit.TakeTurnAsync(step, cancellationToken);
        var now = step.Now;
        var token = await GetTokenAsync(step.Db, tokenHash, now, cancellationToken);
        token.UsedAt = now;
        var people = request.People.Select((person, i) => new Person
        {
            Id = StableId.From("access.person", tokenHash, Person.KeyOf(person.Name)),
            Name = person.Name.Trim(),
            NameKey = Person.KeyOf(person.Name),
            Role = Roles.Coordinator,
            PasswordHash = hashes[i],
            CreatedAt = now,
        }).ToArray();
        step.Db.People.AddRange(people);
        foreach (var person in people)
        {
            await Audit.AppendAsync(step, new AuditEntry(null, "setup link", "access.account-created", $"person:{person.Id}"), cancellationToken);
        }

        await step.CommitAsync(cancellationToken);
        return new Caller(people[0].Id, people[0].Name);
    }

    private static async Task<SetupToken> GetTokenAsync(AccessDb db, string tokenHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var token = await db.SetupTokens.SingleOrDefaultAsync(t => t.TokenHash == tokenHash, cancellationToken);
        return token is null || token.UsedAt is not null || token.ExpiresAt <= now || await db.People.AnyAsync(cancellationToken)
            ? throw new RefusalException("access.setup-token", "This link is not valid, was used, or is older than 24 hours. Restart the server for a new one if there is no account yet.", 403)
            : token;
    }

    internal static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static void RefuseUnfit(IReadOnlyList<NewPerson> people)
    {
        if (people is not [var one, var other])
        {
            throw new RefusalException("access.two-people", "Two people are needed: one writes an alert, the other approves it.");
        }

        foreach (var person in people)
        {
            if (person?.Name is null || person.Password is null)
            {
                throw new RefusalException("access.two-people", "Each of the two people needs a name and a password.");
            }

            if (person.Name.Trim().Length is < 1 or > 80)
            {
                throw new RefusalException("access.name-length", "A name needs 1 to 80 characters.");
            }

            // Others act on the name they read, and it stands in the logs: nothing in it may be invisible or break a line.
            if (person.Name.Trim().Any(letter => char.IsControl(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format))
            {
                throw new RefusalException("access.name-plain", "A name may hold no invisible characters.");
            }

            Passwords.RefuseUnfit(person.Password);
        }

        if (Person.KeyOf(one.Name) == Person.KeyOf(other.Name))
        {
            throw new RefusalException("access.same-name", "The two people need different names.");
        }

        if (one.Password == other.Password)
        {
            throw new RefusalException("access.same-password", "The two people need different passwords, each known to one of them only.");
        }
    }
}
