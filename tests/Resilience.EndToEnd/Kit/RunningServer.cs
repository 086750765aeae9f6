using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Resilience.EndToEnd.Kit;

/// <summary>The real server in its own process, with its own port and data, killed like a real one dies.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private RunningServer(Process process, Uri url)
    {
        _process = process;
        Url = url;
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Everything it has printed so far.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Bytes of memory it holds now.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The checkout's root.</summary>
    public static string Root { get; } = FindRoot();

    private static string Program => Path.Combine(Root, "artifacts", "bin", "Resilience.Server", "debug", "Resilience.Server");

    /// <summary>Starts it and waits until it answers; throws with its output when it does not within a minute.</summary>
    public static async Task<RunningServer> StartAsync(IEnumerable<string> arguments, IEnumerable<(string Key, string Value)>? environment = null, int? port = null)
    {
        var url = new Uri($"http://127.0.0.1:{port ?? FreePort()}");
        var process = Launch([.. arguments, "--urls", url.ToString().TrimEnd('/')], environment);
        var server = new RunningServer(process, url);
        process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await server.WaitUntilLiveAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command of the program to its end; returns its exit code and what it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, TimeSpan atMost, IEnumerable<(string Key, string Value)>? environment = null)
    {
        using var process = Launch([.. arguments], environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(atMost);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', arguments)} took longer than {atMost}:\n{await output}\n{await errors}");
        }

        return (process.ExitCode, await output + await errors);
    }

    /// <summary>Starts a command without waiting, so that a test can kill it at a moment of its choosing.</summary>
    public static Process Launch(string[] arguments, IEnumerable<(string Key, string Value)>? environment = null)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root };
        foreach (var (key, value) in environment ?? [])
        {
            start.Environment[key] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{Program} did not start.");
    }

    /// <summary>SIGKILL: no goodbye, no flush.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    /// <summary>A TCP port nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }

    private async Task WaitUntilLiveAsync()
    {
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.TrueAsync(
            async () =>
            {
                if (_process.HasExited)
                {
                    throw new InvalidOperationException($"The server ended with {_process.ExitCode}:\n{string.Join('\n', _output)}");
                }

                try
                {
                    using var answer = await http.GetAsync("/health/live");
                    return answer.IsSuccessStatusCode;
                }
                catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            },
            () => $"The server did not come up:\n{string.Join('\n', _output)}",
            TimeSpan.FromMinutes(1));
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var directory = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (!File.Exists(Path.Combine(directory.FullName, "Resilience.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("Resilience.sln not found above the tests.");
        }

        return directory.FullName;
    }
}
