using System.Diagnostics;
using System.Globalization;

namespace Resilience.Server.LiveMap;

/// <summary>
/// One connected map and its writer loop. Only this loop writes to the client, so a client that stops reading stops only it; after
/// <see cref="LongestSend"/> it is disconnected.
/// </summary>
/// <remarks>The loop is paced by real time: a browser repaints in seconds of this world, also in a replay.</remarks>
internal sealed class MapConnection(IMapClient client, LiveClock clock, Action abort) : IDisposable
{
    /// <summary>Between two deliveries of map changes; a browser does not draw points faster than this.</summary>
    /// <value>100 ms (10 Hz).</value>
    internal static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>One message may take this long before the client counts as gone.</summary>
    /// <value>10 s: 64 KiB through a 60 kbit/s link.</value>
    internal static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ClockEvery = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of features in one message; larger snapshots go in parts so that alerts get in between.</summary>
    private const int PartBytes = 64 * 1024;

    private readonly CancellationTokenSource _stop = new();

    /// <summary>What waits for the client.</summary>
    internal Mailbox Mailbox { get; } = new();

    /// <summary>Ends the loop.</summary>
    public void Dispose()
    {
        if (!_stop.IsCancellationRequested)
        {
            _stop.Cancel();
            _stop.Dispose();
        }
    }

    /// <summary>Starts delivering; ends with <see cref="Dispose"/>.</summary>
    internal void Start()
    {
        var stop = _stop.Token;
        _ = Task.Run(() => RunAsync(stop), CancellationToken.None);
    }

    private async Task RunAsync(CancellationToken stop)
    {
        var clockSent = 0L;
        var flushed = 0L;
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (clockSent == 0 || Stopwatch.GetElapsedTime(clockSent) >= ClockEvery)
                {
                    await SendAsync(client.Clock(clock.Now.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), clock.Speed), stop);
                    clockSent = Stopwatch.GetTimestamp();
                }

                await SendAlertsAsync(stop);
                if (flushed == 0 || Stopwatch.GetElapsedTime(flushed) >= Pace)
                {
                    foreach (var parcel in Mailbox.TakeLayers())
                    {
                        await SendInPartsAsync(parcel, stop);
                    }

                    flushed = Stopwatch.GetTimestamp();
                    await Mailbox.WaitAsync(ClockEvery - Stopwatch.GetElapsedTime(clockSent) is { Ticks: > 0 } left ? left : TimeSpan.Zero, stop);
                }

                if (!Mailbox.HasAlert && Stopwatch.GetElapsedTime(flushed) is var elapsed && elapsed < Pace)
                {
                    await Mailbox.WaitAsync(Pace - elapsed, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The connection ended.
        }
#pragma warning disable CA1031 // Whatever keeps this client from being written to, it ends this client and no other.
        catch
#pragma warning restore CA1031
        {
            abort();
        }
    }

    private async Task SendAlertsAsync(CancellationToken stop)
    {
        while (Mailbox.TakeAlert() is { } alert)
        {
            await SendAsync(client.Layer(alert.Layer, new LayerChange(alert.From, alert.Version, [.. alert.Upsert.Select(feature => new Utf8Text(feature.Json))], alert.Remove)), stop);
        }
    }

    private async Task SendInPartsAsync(Parcel parcel, CancellationToken stop)
    {
        var part = new List<Utf8Text>();
        var (bytes, from, number, remove) = (0, parcel.From, 0, parcel.Remove);
        foreach (var feature in parcel.Upsert)
        {
            if (bytes > 0 && bytes + feature.Json.Length > PartBytes)
            {
                number--;
                await SendAsync(client.Layer(parcel.Layer, new LayerChange(from, number, part, remove)), stop);
                await SendAlertsAsync(stop);
                (part, bytes, from, remove) = ([], 0, number, []);
            }

            part.Add(new Utf8Text(feature.Json));
            bytes += feature.Json.Length;
        }

        await SendAsync(client.Layer(parcel.Layer, new LayerChange(from, parcel.Version, part, remove)), stop);
    }

    private static Task SendAsync(Task sending, CancellationToken stop) =>
        sending.IsCompletedSuccessfully ? Task.CompletedTask : sending.WaitAsync(LongestSend, TimeProvider.System, stop);
}
