namespace Resilience.Server;

/// <summary>What this process is and does; configuration root keys <c>Site</c> and <c>Roles</c>.</summary>
internal sealed class ServerOptions(IConfiguration configuration)
{
    private readonly HashSet<string> _roles = [.. ReadRoles(configuration["Roles"])];

    /// <summary>The agency or place this server warns for, shown by the faces.</summary>
    /// <value><c>Resilience</c>.</value>
    internal string Site { get; } = configuration["Site"] is { Length: > 0 } site ? site : "Resilience";

    /// <summary>True when this process answers people: faces, API, live map.</summary>
    internal bool Web => _roles.Contains("web");

    /// <summary>True when this process works: links, recurring jobs.</summary>
    internal bool Worker => _roles.Contains("worker");

    /// <summary>Which build answers, for bug reports.</summary>
    internal string Version { get; } = typeof(ServerOptions).Assembly.GetName().Version?.ToString(3) ?? "0";

    private static string[] ReadRoles(string? configured)
    {
        string[] roles = configured?.ToLowerInvariant().Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) ?? [];
        var unknown = roles.FirstOrDefault(role => role is not ("web" or "worker"));
        return unknown is not null
            ? throw new InvalidOperationException($"Roles names {unknown}; it may name web, worker or both (the default).")
            : roles.Length == 0 ? ["web", "worker"] : roles;
    }
}
