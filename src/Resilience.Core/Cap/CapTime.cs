using System.Globalization;
using System.Text.RegularExpressions;

namespace Resilience.Core.Cap;

/// <summary>
/// A CAP time: the moment and the text it stood as. The text is kept because <c>references</c> must repeat the original
/// <c>sent</c> to the letter.
/// </summary>
/// <param name="Value">The moment.</param>
/// <param name="Text">As written, for example <c>2019-06-20T12:00:00-00:00</c>.</param>
public readonly partial record struct CapTime(DateTimeOffset Value, string Text)
{
    /// <summary>
    /// A time as we write it: whole seconds, and <c>-00:00</c> for UTC as the standard's note asks (it forbids <c>Z</c>; .NET's
    /// <c>zzz</c> would give <c>+00:00</c>).
    /// </summary>
    public static CapTime From(DateTimeOffset time)
    {
        var whole = time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
        var zone = whole.Offset == TimeSpan.Zero ? "-00:00" : whole.ToString("zzz", CultureInfo.InvariantCulture);
        return new CapTime(whole, whole.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture) + zone);
    }

    /// <summary>Reads what feeds really send: any offset, Z, fractions, a missing zone (taken as UTC, with a remark).</summary>
    public static CapTime? Read(string text, Action<string> remark)
    {
        text = text.Trim();
        var match = Pattern().Match(text);
        if (!match.Success || !DateTime.TryParseExact(match.Groups["date"].Value, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || date.Year is < 1900 or > 2200)
        {
            return null;
        }

        var offset = TimeSpan.Zero;
        if (match.Groups["sign"].Success)
        {
            var (hours, minutes) = (int.Parse(match.Groups["hh"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["mm"].Value, CultureInfo.InvariantCulture));
            if (hours > 14 || minutes > 59 || (hours == 14 && minutes > 0))
            {
                return null;
            }

            offset = new TimeSpan(hours, minutes, 0) * (match.Groups["sign"].Value == "-" ? -1 : 1);
        }
        else if (!match.Groups["z"].Success)
        {
            remark($"time {text} has no zone; read as UTC");
        }

        if (match.Groups["fraction"].Success || match.Groups["z"].Success)
        {
            remark($"time {text} is not in CAP's form");
        }

        return new CapTime(new DateTimeOffset(date, offset), text);
    }

    [GeneratedRegex(@"^(?<date>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?<fraction>\.\d{1,9})?(?:(?<z>Z)|(?<sign>[+-])(?<hh>\d\d):(?<mm>\d\d))?$")]
    private static partial Regex Pattern();
}
