using System.CommandLine;

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
            await app.RunAsync(cancellationToken);
            return 0;
        });
    }
}
