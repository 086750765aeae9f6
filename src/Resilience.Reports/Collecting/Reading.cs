using System.Globalization;

namespace Resilience.Reports.Collecting;

/// <summary>
/// One connection's progress: the cursor, and whether something is missing between the last connection's end and this one's
/// beginning. Most streams do not say so themselves.
/// </summary>
internal sealed class Reading(PostSource source, DateTimeOffset opened)
{
    private string? _cursor;
    private string? _gap;
    private bool _begun;

    internal PostSource Source => source;

    /// <summary>The source would not go on from our cursor: begin anew and say that posts are missing.</summary>
    internal bool CursorRefused { get; set; }

    /// <summary>An event went by.</summary>
    internal void Passed(string? cursor, DateTimeOffset? at)
    {
        if (!_begun)
        {
            _begun = true;
            _gap = Gap(source, opened, cursor, at);
        }

        _cursor = cursor ?? _cursor;
    }

    /// <summary>
    /// What is missing before the first event of a connection, or null. A cursor of microseconds since 1970 (Jetstream) that
    /// jumps shows that the server no longer had our place, which it does not tell; without such a cursor a break longer than
    /// the source's usual silence may hide posts. Pure.
    /// </summary>
    internal static string? Gap(PostSource source, DateTimeOffset opened, string? cursor, DateTimeOffset? at)
    {
        if (source.Cursor is null || source.LastGood is not { } left)
        {
            return null;
        }

        var usual = TimeSpan.FromSeconds(Math.Max(60, source.EverySeconds * 3));
        if (Micros(source.Cursor) is { } before && Micros(cursor) is { } now)
        {
            return now - before > usual ? $"The stream went on {(now - before).TotalMinutes:0} min after the place where it broke off; posts between are missing." : null;
        }

        // The stream takes up where it was when its first event is not newer than the break.
        var resumed = at is { } time && time.AddSeconds(source.ShiftSeconds) <= left + usual;
        return !resumed && opened - left > usual ? $"The stream was away for {(opened - left).TotalMinutes:0} min; posts of that time may be missing." : null;
    }

    internal void NoteGood(PostSource row, DateTimeOffset now)
    {
        row.LastTried = now;
        row.LastGood = now;
        row.Failures = 0;
        row.Cursor = _cursor ?? row.Cursor;
        if (_gap is not null)
        {
            row.Gaps++;
            row.LastError = _gap;
            _gap = null;
        }
        else if (row.Gaps == source.Gaps)
        {
            row.LastError = null;
        }
    }

    internal void NoteFailure(PostSource row, string reason, DateTimeOffset now)
    {
        row.LastTried = now;
        row.Failures++;
        row.LastError = reason;
        row.Cursor = CursorRefused ? null : _cursor ?? row.Cursor;
        if (CursorRefused)
        {
            row.Gaps++;
            row.LastError = $"{reason} Our place in the stream is lost; posts since {row.LastGood:u} may be missing.";
        }
    }

    private static TimeSpan? Micros(string? cursor) =>
        cursor is { Length: 16 } && long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var micros) ? TimeSpan.FromTicks(micros * TimeSpan.TicksPerMicrosecond) : null;
}
