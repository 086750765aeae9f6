using System.Diagnostics;

namespace Resilience.Benchmarks;

/// <summary>
/// When each station's value was committed. A value is a running number, so a client knows from the value alone which commit it
/// waits for; a value that was conflated away is not counted, the newer one that replaced it is.
/// </summary>
internal sealed class StoredTimes(int stations)
{
    // Minutes at any rate these cores can do.
    private readonly int _kept = Math.Max(64, 4_096_000 / stations);
    private readonly int[] _values = new int[stations];
    private readonly long[,] _times = new long[stations, Math.Max(64, 4_096_000 / stations)];
    private int _next;

    /// <summary>Each station in turn.</summary>
    internal int NextStation() => _next++ % stations;

    /// <summary>The station's next value.</summary>
    internal int Next(int station) => ++_values[station];

    /// <summary>These stations' newest values were committed now.</summary>
    internal void Committed(IEnumerable<int> indices)
    {
        var now = Stopwatch.GetTimestamp();
        foreach (var index in indices)
        {
            Volatile.Write(ref _times[index, _values[index] % _kept], now);
        }
    }

    /// <summary>Milliseconds since a value was committed; 0 when the client was faster than the note of it.</summary>
    internal double SinceMilliseconds(int station, int value) =>
        Volatile.Read(ref _times[station, value % _kept]) is var time and not 0 ? Stopwatch.GetElapsedTime(time).TotalMilliseconds : 0;
}
