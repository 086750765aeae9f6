using System.CommandLine;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Resilience.Access.FirstStart;

namespace Resilience.Server.Commands;

/// <summary>No verb: the real server.</summary>
internal static class Serve
{
    internal static readonly Option<string?> Urls = new("--urls") { Description = "Where to listen (default: http://localhost:5080, this computer only).", Recursive = true };

    internal static readonly Option<DirectoryInfo?> Data = new("--data") { Description = "Directory for the embedded database and everything else the server writes (default: data).", Recursive = true };

    internal static void AddTo(RootCommand root)
    {
        root.Options.Add(Urls);
        root.Options.Add(Data);
        root.SetAction(async (arguments, cancellationToken) =>
        {
            var options = new HostOptions(arguments.GetValue(Urls), arguments.GetValue(Data)?.FullName);
            await using var app = await Host.BuildAsync(options, cancellationToken);
            await app.StartAsync(cancellationToken);
            await PrintSetupLinkAsync(app, cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        });
    }

    /// <summary>While nobody has an account, whoever can read the terminal may create the first two coordinators.</summary>
    private static async Task PrintSetupLinkAsync(WebApplication app, CancellationToken cancellationToken)
    {
        if (await app.Services.GetRequiredService<IssueSetupLink>().IssueAsync(cancellationToken) is { } path)
        {
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
            Console.WriteLine($"Nobody has an account yet. Create the first two coordinators here; the link works once, for 24 hours:\n  {address}{path}");
        }
    }
}
