namespace Resilience.Observations.Feeds.Formats;

/// <summary>The times tables are full of, read without the general parser, which costs more than all the rest of a line.</summary>
internal static class TextTimes
{
    /// <summary>Reads exactly <c>yyyy-MM-dd HH:mm</c>; anything else is left to the general parser.</summary>
    internal static bool TryMinute(ReadOnlySpan<char> text, out DateTime time)
    {
        time = default;
        return text.Length == 16 && text[10] == ' ' && TryMinuteAt(text, out time);
    }

    /// <summary>Reads exactly <c>yyyy-MM-ddTHH:mm:ssZ</c>.</summary>
    internal static bool TryUtcSecond(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length != 20 || text[10] != 'T' || text[16] != ':' || text[19] != 'Z' || !TryMinuteAt(text, out var minute) || !TryTwo(text, 17, out var second) || second > 59)
        {
            return false;
        }

        time = new DateTimeOffset(minute.AddSeconds(second), TimeSpan.Zero);
        return true;
    }

    /// <summary>Reads exactly <c>yyyy-MM-ddTHH:mm:ss+hh:mm</c> or, with thousandths, <c>yyyy-MM-ddTHH:mm:ss.fff+hh:mm</c>, within fourteen hours either way.</summary>
    internal static bool TryOffsetSecond(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length is not (25 or 29) || text[10] != 'T' || text[16] != ':' || !TryMinuteAt(text, out var minute) || minute.Year is < 2 or > 9998 || !TryTwo(text, 17, out var second) || second > 59)
        {
            return false;
        }

        var thousandths = 0;
        if (text.Length == 29 && (text[19] != '.' || !TryTwo(text, 20, out thousandths) || !char.IsAsciiDigit(text[22])))
        {
            return false;
        }

        thousandths = text.Length == 29 ? (thousandths * 10) + (text[22] - '0') : 0;
        var zone = text[^6..];
        if (zone[0] is not ('+' or '-') || zone[3] != ':' || !TryTwo(zone, 1, out var hours) || !TryTwo(zone, 4, out var minutes) || minutes > 59 || (hours * 60) + minutes > 14 * 60)
        {
            return false;
        }

        var offset = new TimeSpan(hours, minutes, 0);
        time = new DateTimeOffset(minute.AddSeconds(second).AddMilliseconds(thousandths) - (zone[0] == '-' ? -offset : offset), TimeSpan.Zero);
        return true;
    }

    private static bool TryMinuteAt(ReadOnlySpan<char> text, out DateTime time)
    {
        time = default;
        if (text[4] != '-' || text[7] != '-' || text[13] != ':'
            || !TryTwo(text, 0, out var century) || !TryTwo(text, 2, out var years) || !TryTwo(text, 5, out var month) || !TryTwo(text, 8, out var day)
            || !TryTwo(text, 11, out var hour) || !TryTwo(text, 14, out var minute))
        {
            return false;
        }

        var year = (century * 100) + years;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59)
        {
            return false;
        }

        time = new DateTime(year, month, day, hour, minute, 0);
        return true;
    }

    private static bool TryTwo(ReadOnlySpan<char> text, int at, out int number)
    {
        var (tens, ones) = (text[at] - '0', text[at + 1] - '0');
        number = (tens * 10) + ones;
        return (uint)tens <= 9 && (uint)ones <= 9;
    }
}
