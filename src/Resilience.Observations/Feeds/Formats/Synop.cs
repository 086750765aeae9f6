using System.Globalization;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// FM 12 SYNOP of land stations as text: bulletins with <c>AAXX YYGGi</c> and reports that end with an equals sign. Stations go by WMO
/// number, the same as in BUFR (<c>wigos:0-20000-0-15015</c>).
/// </summary>
/// <remarks>
/// Groups are told by their first figure and must ascend; one that is corrupt or out of order is left out, its neighbours are kept. NIL
/// says that the station speaks and has nothing. A heading with CCA to CCZ corrects. Geopotential heights of mountain stations
/// (<c>4a3hhh</c>) are no pressure. Section 5 is national and not read.
/// </remarks>
internal sealed class Synop(DateTimeOffset? now) : IFeedFormat
{
    private const int LongestReport = 200;

    // Table 4019: the period of 6RRRt in hours.
    private static readonly int[] Periods = [0, 6, 12, 18, 24, 1, 2, 3, 9, 15];

    public string Name => "synop";

    public string Title => "SYNOP (text)";

    public string? Prefix => "wigos";

    public string Accept => "text/plain, */*;q=0.5";

    public PayloadKind Kind => PayloadKind.Text;

    public IFeedFormat At(DateTimeOffset now) => new Synop(now);

    public Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        var reports = new BulletinReports(into);
        var report = new List<string>();
        var (time, seen, headFollows, correction) = ("", false, false, false);
        foreach (var word in reports.Words(document, cancellationToken))
        {
            if (word is "AAXX" or "BBXX" or "OOXX")
            {
                // What is left without an equals sign before a new heading is no whole report.
                (headFollows, time, seen) = (word == "AAXX", "", seen || word == "AAXX");
                correction = report.Exists(IsCorrection);
                report.Clear();
            }
            else if (word is "\n")
            {
                continue;
            }
            else if (headFollows)
            {
                (time, headFollows) = (word, false);
            }
            else if (word is "=")
            {
                if (time.Length > 0 && report.Count > 0)
                {
                    Read(report, time, prefix, correction, into, reports);
                }

                report.Clear();
            }
            else if (report.Count < LongestReport)
            {
                report.Add(word);
            }
        }

        reports.Settle();
        return seen ? Task.CompletedTask : throw new FeedTrouble("not-this-format", "The answer is text, but holds no SYNOP (no AAXX).");
    }

    public Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        WeatherStations.Read(document, number => IsNumber(number, 5) ? Station(prefix, number) : null, into, cancellationToken);
        return Task.CompletedTask;
    }

    private static bool IsCorrection(string word) => word.Length == 3 && word.StartsWith("CC", StringComparison.Ordinal) && char.IsAsciiLetterUpper(word[2]);

    private static string Station(string prefix, string number) => $"{prefix}:0-20000-0-{number}";

    private void Read(List<string> groups, string head, string prefix, bool correction, ParsedPayload into, BulletinReports reports)
    {
        var number = groups[0];
        if (!IsNumber(number, 5))
        {
            into.Refuse("no-station-id", string.Join(' ', groups.Take(3)));
        }
        else if (head.Length != 5 || !IsNumber(head[..4], 4) || now is not { } clock || ReportTime.Resolve(clock, int.Parse(head[..2], CultureInfo.InvariantCulture), int.Parse(head[2..4], CultureInfo.InvariantCulture), 0) is not { } time)
        {
            into.Refuse("no-time", $"{number}: AAXX {head}");
        }
        else if (groups.Contains("NIL"))
        {
            into.Missing++;
        }
        else
        {
            var start = into.Observations.Count;
            var station = WeatherStations.ByWmo(number);
            var report = new WeatherReport(into, Station(prefix, number), station?.Name ?? number, station?.At, time);
            new Groups(report, head[4]).Read(groups);
            report.Finish();
            reports.Close(Station(prefix, number), time, start, correction);
        }
    }

    private static bool IsNumber(string text, int length) => text.Length == length && text.All(char.IsAsciiDigit);

    private static int? Figures(string group, int at, int length)
    {
        var part = group.AsSpan(at, length);
        return part.IndexOfAnyExceptInRange('0', '9') < 0 ? int.Parse(part, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The groups of one report, from the second on.</summary>
    private sealed class Groups(WeatherReport report, char windUnit)
    {
        private readonly Dictionary<int, double> _rain = [];
        private double? _gust;

        internal void Read(List<string> groups)
        {
            var (section, last, windRead) = (1, 0, false);
            for (var i = 2; i < groups.Count; i++)
            {
                var group = groups[i];
                if (group is "333" or "444" or "555" || group.StartsWith("222", StringComparison.Ordinal))
                {
                    (section, last) = (group[0] - '0', 0);
                }
                else if (group.Length != 5 || !group.All(figure => char.IsAsciiDigit(figure) || figure == '/'))
                {
                    windRead = true; // a corrupt group still takes its place
                }
                else if (section == 1 && !windRead)
                {
                    windRead = true;
                    ReadWind(group, i + 1 < groups.Count ? groups[i + 1] : "");
                }
                else if (group[0] - '0' is >= 1 and <= 9 and var first && first >= last)
                {
                    last = first;
                    ReadGroup(section, first, group, i + 1 < groups.Count ? groups[i + 1] : "");
                }
            }

            report.Add(WeatherReport.Gust, _gust);
            foreach (var (hours, depth) in _rain.OrderBy(rain => rain.Key))
            {
                report.AddRain(hours, depth);
            }
        }

        private void ReadGroup(int section, int first, string group, string next)
        {
            switch (section, first)
            {
                case (1, 1):
                    report.Add(WeatherReport.Temperature, Signed(group));
                    break;
                case (1, 2) when group[1] == '9':
                    report.Add(WeatherReport.Humidity, Figures(group, 2, 3) is { } humidity and <= 100 ? humidity : null);
                    break;
                case (1, 2):
                    report.Add(WeatherReport.DewPoint, Signed(group));
                    break;
                case (1, 4) when group[1] is '0' or '9':
                    report.Add(WeatherReport.SeaLevelPressure, Figures(group, 1, 4) is { } tenths ? Math.Round((tenths < 5000 ? 1000 : 0) + (tenths / 10.0), 1) : null);
                    break;
                case (1 or 3, 6) when Figures(group, 1, 3) is { } depth && Figures(group, 4, 1) is > 0 and { } code:
                    // 990: a trace; 991 to 999: tenths of a millimetre.
                    _rain.TryAdd(Periods[code], depth >= 990 ? (depth - 990) / 10.0 : depth);
                    break;
                case (3, 7) when Figures(group, 1, 4) is { } day:
                    _rain.TryAdd(24, day == 9999 ? 0 : day / 10.0);
                    break;
                case (3, 9) when group.StartsWith("910", StringComparison.Ordinal) || group.StartsWith("911", StringComparison.Ordinal):
                    var gust = Speed(Figures(group, 3, 2), next);
                    _gust = gust is null ? _gust : Math.Max(_gust ?? 0, gust.Value);
                    break;
            }
        }

        // Nddff; 00fff follows when ff is 99, dd 00 is calm and 99 variable.
        private void ReadWind(string group, string next)
        {
            var speed = Speed(Figures(group, 3, 2), next);
            report.Add(WeatherReport.WindSpeed, speed);
            report.Add(WeatherReport.WindDirection, speed > 0 && Figures(group, 1, 2) is >= 1 and <= 36 and { } tens ? tens * 10 : null);
        }

        private double? Speed(int? figures, string next)
        {
            var speed = figures == 99 && next.Length == 5 && next.StartsWith("00", StringComparison.Ordinal) ? Figures(next, 2, 3) : figures;
            return speed is null ? null : windUnit switch { '0' or '1' => speed, '3' or '4' => report.FromKnots(speed.Value), _ => null };
        }

        private static double? Signed(string group) =>
            group[1] is '0' or '1' && Figures(group, 2, 3) is { } tenths ? (group[1] == '1' ? -1 : 1) * tenths / 10.0 : null;
    }
}
