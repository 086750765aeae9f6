using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Server;

namespace Resilience.Tests.Server;

/// <summary>The real server on a real port with its own empty embedded database.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly string _data;
    private readonly bool _ownsData;

    private ServerUnderTest(WebApplication app, string data, bool ownsData)
    {
        App = app;
        _data = data;
        _ownsData = ownsData;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    internal WebApplication App { get; }

    internal Uri Address { get; }

    internal HttpClient Client { get; }

    /// <summary>Starts a server; settings are configuration, for example <c>("Limits:Burst", "3")</c>.</summary>
    internal static async Task<ServerUnderTest> StartAsync(Action<IServiceCollection>? services = null, Action<WebApplication>? routes = null, string? data = null, params (string Key, string Value)[] settings)
    {
        var directory = data ?? Directory.CreateTempSubdirectory("resilience-server-").FullName;
        var app = await Host.BuildAsync(
            new HostOptions("http://127.0.0.1:0", directory)
            {
                Settings = settings.Append(("Logs:Level", "Error")).ToDictionary(pair => pair.Item1, pair => (string?)pair.Item2),
                After = services,
            },
            CancellationToken.None);
        routes?.Invoke(app);
        await app.StartAsync();
        return new ServerUnderTest(app, directory, data is null);
    }

    /// <summary>A connected map client that speaks JSON.</summary>
    internal async Task<HubConnection> ConnectAsync()
    {
        var connection = new HubConnectionBuilder().WithUrl(new Uri(Address, "/live")).Build();
        await connection.StartAsync();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        if (_ownsData)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(_data, recursive: true);
        }
    }
}
