using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core.Chain;
using Resilience.Server.Commands;

namespace Resilience.Tests.Server;

/// <summary>A recorded flood shown as a real one is a false alert: what a replay wrote and who it let in stays with the replay.</summary>
public sealed class OneModeTest : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("resilience-mode-").FullName;

    [Fact]
    public async Task A_replay_does_not_start_on_the_real_servers_database()
    {
        await using (await ServerUnderTest.StartAsync(data: _data))
        {
        }

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Demo.BuildAsync("http://127.0.0.1:0", _data, 60, ["none"], CancellationToken.None));
        Assert.Contains("real server", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_real_server_does_not_start_on_a_replays_database()
    {
        await using (await Demo.BuildAsync("http://127.0.0.1:0", _data, 60, ["none"], CancellationToken.None))
        {
        }

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => ServerUnderTest.StartAsync(data: _data));
        Assert.Contains("replay", refusal.Message, StringComparison.Ordinal);
        await using (await Demo.BuildAsync("http://127.0.0.1:0", _data, 60, ["none"], CancellationToken.None))
        {
        }
    }

    [Fact]
    public async Task Who_signed_in_to_a_replay_is_nobody_on_the_real_server()
    {
        var cookies = new CookieContainer();
        var replayed = Path.Combine(_data, "replayed");
        await using (var replay = await ServerUnderTest.StartAsync(services => services.AddSingleton(OperatingMode.Replay), data: replayed))
        {
            using var visitor = Browser(replay, cookies);
            var people = (await visitor.GetFromJsonAsync<JsonElement>("/access/session")).GetProperty("demoPeople");
            using var entered = await visitor.PostAsync("/access/demo-sign-in", new StringContent($$"""{"personId":"{{people[0].GetProperty("id").GetString()}}"}""", Encoding.UTF8, "application/json"));
            Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
        }

        // The keys that sign sessions outlive the database: an operator copies a data directory and takes a fresh database.
        var real = Path.Combine(_data, "real");
        Directory.CreateDirectory(real);
        Directory.Move(Path.Combine(replayed, "keys"), Path.Combine(real, "keys"));
        await using var server = await ServerUnderTest.StartAsync(data: real);
        using var same = Browser(server, cookies);
        var session = await same.GetFromJsonAsync<JsonElement>("/access/session");
        Assert.Equal(JsonValueKind.Null, session.GetProperty("person").ValueKind);
        Assert.Equal(HttpStatusCode.Unauthorized, (await same.GetAsync("/warnings/drafts")).StatusCode);
    }

    [Fact]
    public async Task The_database_is_readable_by_the_servers_own_user_only()
    {
        await using var server = await ServerUnderTest.StartAsync(data: _data);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.EnumerateFiles(_data, "resilience.db*"))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }

    private static HttpClient Browser(ServerUnderTest server, CookieContainer cookies)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Resilience", "1");
        return client;
    }
}
