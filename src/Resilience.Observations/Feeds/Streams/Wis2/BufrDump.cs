using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Resilience.Observations.Feeds.Streams.Wis2;

/// <summary>
/// Has BUFR turned into text by ECMWF's <c>bufr_dump</c>, a program of its own: bounded in time, memory and output, so that a message made
/// to break a decoder breaks that process and nothing here. Where the program is absent the data is said to be not decoded.
/// </summary>
internal sealed class BufrDump(IOptions<ObservationsOptions> options) : IDisposable
{
    /// <summary>A national bulletin of several hundred stations is 4 MB of text.</summary>
    private const int MaxOutput = 32 * 1024 * 1024;

    /// <summary>Decoded to text it is eighteen times as long: that bulletin is 220 kB of BUFR, and this takes three quarters of a second.</summary>
    internal const int MaxInput = 512 * 1024;

    private const int MaxMemoryKilobytes = 512 * 1024;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    // Two at most: decoding must not take the computer from the warnings.
    private readonly SemaphoreSlim _places = new(2);

    /// <summary>The text. Throws <see cref="FeedTrouble"/>.</summary>
    internal async Task<string> DumpAsync(byte[] bufr, CancellationToken cancellationToken)
    {
        if (Find(options.Value.BufrDump) is not { } program)
        {
            throw new FeedTrouble("not-decoded", $"BUFR is kept as it came: {options.Value.BufrDump} is not installed (Debian package libeccodes-tools)");
        }

        if (bufr.Length > MaxInput)
        {
            throw new FeedTrouble("too-large", $"BUFR of {bufr.Length:N0} bytes is kept as it came; up to {MaxInput:N0} are decoded");
        }

        await _places.WaitAsync(cancellationToken);
        var file = Path.Combine(Path.GetTempPath(), $"resilience-{Path.GetRandomFileName()}.bufr");
        try
        {
            await File.WriteAllBytesAsync(file, bufr, cancellationToken);
            return await RunAsync(program, file, cancellationToken);
        }
        finally
        {
            File.Delete(file);
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private static async Task<string> RunAsync(string program, string file, CancellationToken cancellationToken)
    {
        // The shell sets the bounds and then becomes the program; both paths are arguments, never part of a command.
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in new[] { "-c", $"ulimit -v {MaxMemoryKilobytes}; ulimit -t {Longest.TotalSeconds:0}; ulimit -c 0; exec \"$0\" -p \"$1\"", program, file })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new FeedTrouble("not-decoded", $"{program} could not be started");
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Longest, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var complaint = ReadAsync(process.StandardError, 64 * 1024, either.Token);
            var text = await ReadAsync(process.StandardOutput, MaxOutput, either.Token) ?? throw new FeedTrouble("too-large", $"decoded, it is more than {MaxOutput:N0} characters");
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0 ? text : throw new FeedTrouble("bufr", $"the decoder gave up: {First(await complaint)}");
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new FeedTrouble("bufr", $"decoding took more than {Longest.TotalSeconds:0} seconds");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task<string?> ReadAsync(StreamReader reader, int most, CancellationToken cancellationToken)
    {
        var text = new System.Text.StringBuilder();
        var buffer = new char[32 * 1024];
        while (await reader.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (text.Length + read > most)
            {
                return null;
            }

            text.Append(buffer, 0, read);
        }

        return text.ToString();
    }

    private static string First(string? complaint) => complaint?.Split('\n', 2)[0].Trim() is { Length: > 0 } line ? line[..Math.Min(line.Length, 200)] : "no reason given";

    private static string? Find(string program)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            return null;
        }

        return program.Contains('/', StringComparison.Ordinal) ? File.Exists(program) ? program : null
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }
}
