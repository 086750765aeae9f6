using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Resilience.Access;
using Resilience.Access.Auditing;
using Resilience.Access.FirstStart;
using Resilience.Access.People;
using Resilience.Access.Sessions;
using Resilience.Core;
using Resilience.Core.Chain;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Access;

/// <summary>Who gets in, who does not, and what is written down about it.</summary>
public sealed class AccessTest
{
    private static readonly NewPerson Dechen = new("Dechen", "correct horse battery");
    private static readonly NewPerson Karma = new("Karma", "staple of mountains");

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_link_of_the_first_start_makes_two_people_once(Engine engine)
    {
        await using var test = await OpenAsync(engine);
        var token = await IssueAsync(test);
        await test.Get<SetUp>().CreateAsync(new SetUpRequest(token, [Dechen, Karma]), CancellationToken.None);

        Assert.Null(await test.Get<IssueSetupLink>().IssueAsync(CancellationToken.None));
        await RefusedAsync("access.setup-token", () => test.Get<SetUp>().CreateAsync(new SetUpRequest(token, [Dechen, Karma]), CancellationToken.None));
        var (caller, role) = await test.Get<SignIn>().CheckAsync(new SignInRequest(" dechen ", Dechen.Password), IPAddress.Loopback, CancellationToken.None);
        Assert.Equal(("Dechen", Roles.Coordinator), (caller.Name, role));
        await using var db = test.Store.Read<AccessDb>();
        Assert.DoesNotContain(token, await db.SetupTokens.Select(t => t.TokenHash).ToListAsync());
        Assert.Equal((3L, (long?)null), await VerifyAsync(test));
    }

    [Fact]
    public async Task A_link_older_than_a_day_is_refused()
    {
        await using var test = await OpenAsync(Engine.Sqlite);
        var token = await IssueAsync(test);
        test.Clock.Advance(TimeSpan.FromHours(24));
        await RefusedAsync("access.setup-token", () => test.Get<SetUp>().CreateAsync(new SetUpRequest(token, [Dechen, Karma]), CancellationToken.None));
    }

    public static TheoryData<string, string, string, string, string> Unfit => new()
    {
        { "Dechen", "correct horse battery", "dechen ", "staple of mountains", "access.same-name" },
        { "Dechen", "correct horse battery", "Karma", "correct horse battery", "access.same-password" },
        { "Dechen", "short", "Karma", "staple of mountains", "access.password-length" },
        { " ", "correct horse battery", "Karma", "staple of mountains", "access.name-length" },
        { "Karma\u200B", "correct horse battery", "Karma", "staple of mountains", "access.name-plain" },
        { "Dechen\n05:00 INF All is well", "correct horse battery", "Karma", "staple of mountains", "access.name-plain" },
    };

    [Theory, MemberData(nameof(Unfit))]
    public async Task Two_people_who_are_not_two_are_refused(string nameA, string passwordA, string nameB, string passwordB, string code)
    {
        await using var test = await OpenAsync(Engine.Sqlite);
        var token = await IssueAsync(test);
        await RefusedAsync(code, () => test.Get<SetUp>().CreateAsync(new SetUpRequest(token, [new(nameA, passwordA), new(nameB, passwordB)]), CancellationToken.None));
    }

    [Fact]
    public async Task Without_the_link_nobody_makes_the_server_work()
    {
        await using var test = await OpenAsync(Engine.Sqlite);
        await IssueAsync(test);

        // Hashing a password takes a processor for a good part of a second: the link is looked at before anything else.
        await RefusedAsync("access.setup-token", () => test.Get<SetUp>().CreateAsync(new SetUpRequest("guessed", [new("", ""), new("", "")]), CancellationToken.None));
    }

    [Fact]
    public void Guessing_elsewhere_does_not_keep_a_coordinator_from_their_desk()
    {
        var clock = new FakeTimeProvider(TestStore.Begin);
        var throttle = new SignInThrottle(clock);
        var desk = IPAddress.Parse("192.0.2.1");
        throttle.Enter("KARMA", desk);
        throttle.Clear("KARMA", desk);
        for (var i = 0; i < 40; i++)
        {
            clock.Advance(SignInThrottle.LongestForName);
            throttle.Enter("KARMA", IPAddress.Parse($"198.51.100.{i}"));
        }

        Assert.Throws<RefusalException>(() => throttle.Enter("KARMA", IPAddress.Parse("203.0.113.1")));
        throttle.Enter("KARMA", desk);
    }

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_sound_the_same()
    {
        await using var test = await OpenAsync(Engine.Sqlite);
        await test.Get<SetUp>().CreateAsync(new SetUpRequest(await IssueAsync(test), [Dechen, Karma]), CancellationToken.None);
        var unknown = await Assert.ThrowsAsync<RefusalException>(() => test.Get<SignIn>().CheckAsync(new SignInRequest("Nobody", "whatever it is"), null, CancellationToken.None));
        var wrong = await Assert.ThrowsAsync<RefusalException>(() => test.Get<SignIn>().CheckAsync(new SignInRequest("Karma", "whatever it is"), null, CancellationToken.None));
        Assert.Equal((unknown.Code, unknown.Message, unknown.Status), (wrong.Code, wrong.Message, wrong.Status));
    }

    [Fact]
    public void Guessing_gets_slower_and_a_name_is_never_locked_for_long()
    {
        var clock = new FakeTimeProvider(TestStore.Begin);
        var throttle = new SignInThrottle(clock);
        for (var i = 0; i < SignInThrottle.Free; i++)
        {
            throttle.Enter("KARMA", IPAddress.Parse("192.0.2.1"));
        }

        Assert.Equal(429, Assert.Throws<RefusalException>(() => throttle.Enter("KARMA", IPAddress.Parse("192.0.2.2"))).Status);
        Assert.Throws<RefusalException>(() => throttle.Enter("OTHER", IPAddress.Parse("192.0.2.1")));
        for (var i = 0; i < 20; i++)
        {
            clock.Advance(SignInThrottle.LongestForName);
            throttle.Enter("KARMA", IPAddress.Parse($"198.51.100.{i}"));
        }

        throttle.Clear("KARMA", null);
        throttle.Enter("KARMA", IPAddress.Parse("203.0.113.1"));
    }

    [Fact]
    public void Addresses_of_one_household_count_together()
    {
        var throttle = new SignInThrottle(new FakeTimeProvider(TestStore.Begin));
        for (var i = 0; i < SignInThrottle.Free; i++)
        {
            throttle.Enter($"N{i}", IPAddress.Parse($"2001:db8:0:1::{i + 1}"));
        }

        Assert.Throws<RefusalException>(() => throttle.Enter("LAST", IPAddress.Parse("2001:db8:0:1:ffff::1")));
        throttle.Enter("LAST", IPAddress.Parse("2001:db8:0:2::1"));
    }

    [Fact]
    public async Task Demo_people_exist_in_a_replay_only()
    {
        await using var live = await OpenAsync(Engine.Sqlite);
        Assert.Empty(live.Get<DemoPeople>().List());
        Assert.Equal("access.no-demo", Assert.Throws<RefusalException>(() => live.Get<DemoPeople>().Get(StableId.From("access.demo-person", "Dechen"))).Code);
        var replay = new DemoPeople(OperatingMode.Replay);
        Assert.Equal(["Dechen (drafts)", "Karma (approves)"], replay.List().Select(person => person.Name));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Appends_from_many_hands_make_one_unbroken_chain(Engine engine)
    {
        await using var test = await OpenAsync(engine);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => AppendAsync(test, $"n{i}"))));
        Assert.Equal((12L, (long?)null), await VerifyAsync(test));
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task The_trail_refuses_changes_and_names_the_first_broken_row(Engine engine)
    {
        await using var test = await OpenAsync(engine);
        foreach (var subject in new[] { "a", "b", "c" })
        {
            await AppendAsync(test, subject);
        }

        await using var db = test.Store.Read<AccessDb>();
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync("UPDATE access_audit SET subject = 'x' WHERE sequence = 2"));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync("DELETE FROM access_audit WHERE sequence = 3"));
        await db.Database.ExecuteSqlRawAsync(engine == Engine.Sqlite
            ? "DROP TRIGGER access_audit_is_never_changed; UPDATE access_audit SET subject = 'x' WHERE sequence = 2"
            : "ALTER TABLE access_audit DISABLE TRIGGER USER; UPDATE access_audit SET subject = 'x' WHERE sequence = 2");
        Assert.Equal((1L, 2L), await VerifyAsync(test));
    }

    [Fact]
    public void Session_keys_are_readable_by_the_server_alone()
    {
        var directory = Path.Combine(Path.GetTempPath(), "resilience-tests", "keys-" + Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6)));
        try
        {
            var keys = new KeyFiles(directory);
            keys.StoreElement(new System.Xml.Linq.XElement("key", "secret"), "key-1");
            Assert.Equal("secret", Assert.Single(keys.GetAllElements()).Value);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(directory, "key-1.xml")));
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Task<TestStore> OpenAsync(Engine engine) => TestStore.CreateAsync(engine, (services, configuration) => services.AddAccess(configuration));

    private static async Task<string> IssueAsync(TestStore test) => (await test.Get<IssueSetupLink>().IssueAsync(CancellationToken.None))!.Split('=', 2)[1];

    private static async Task AppendAsync(TestStore test, string subject)
    {
        await using var step = await test.Store.BeginAsync<AccessDb>(CancellationToken.None);
        await Audit.AppendAsync(step, new AuditEntry(null, "machine", "test.did", subject), CancellationToken.None);
        await step.CommitAsync(CancellationToken.None);
    }

    private static async Task<(long Rows, long? BrokenAt)> VerifyAsync(TestStore test)
    {
        var verdict = await test.Get<VerifyAudit>().VerifyAsync(CancellationToken.None);
        return (verdict.Rows, verdict.BrokenAt);
    }

    private static async Task RefusedAsync(string code, Func<Task> act) => Assert.Equal(code, (await Assert.ThrowsAsync<RefusalException>(act)).Code);
}
