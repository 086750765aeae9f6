using System.Globalization;
using System.Text.RegularExpressions;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// FM 15 METAR and SPECI as text: bulletins (<c>METAR EGLL 171220Z … =</c>), or files of one report a line with or without the word METAR.
/// </summary>
/// <remarks>
/// Handled: AUTO; NIL (the station speaks, but says nothing); COR, which replaces the report it corrects; groups that say missing
/// (<c>/////KT</c>, <c>//</c>); KT, MPS and KMH; Q and A pressure; the North American remarks with tenths of degrees, sea-level pressure and
/// rain. What a trend announces (BECMG, TEMPO, NOSIG) has not happened and is not read. The day of the month is resolved against the time
/// of receipt.
/// </remarks>
internal sealed partial class Metar(DateTimeOffset? now) : IFeedFormat
{
    private const int LongestReport = 200;

    private static readonly string[] Ends = ["RMK", "BECMG", "TEMPO", "NOSIG", "INTER", "FM"];

    public string Name => "metar";

    public string Title => "METAR and SPECI (text)";

    public string? Prefix => "icao";

    public string Accept => "text/plain, */*;q=0.5";

    public PayloadKind Kind => PayloadKind.Text;

    public IFeedFormat At(DateTimeOffset now) => new Metar(now);

    public Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        var reports = new BulletinReports(into);
        var report = new List<string>();
        var (seen, corrected) = (false, false);
        foreach (var word in reports.Words(document, cancellationToken))
        {
            if (word is "METAR" or "SPECI" || (word.Length == 7 && IssueTime().IsMatch(word) && report.Count > 1 && StationCode().IsMatch(report[^1])))
            {
                // The station's code was taken for the end of the report before it.
                var next = word is "METAR" or "SPECI" ? null : report[^1];
                Read(next is null ? report : report[..^1], prefix, corrected, into, reports);
                report.Clear();
                corrected = false;
                if (next is not null)
                {
                    report.AddRange([next, word]);
                }

                seen = true;
            }
            else if (word is "=" || (word is "\n" && report.Contains("NIL")))
            {
                Read(report, prefix, corrected, into, reports);
                report.Clear();
                corrected = false;
            }
            else if (word is "COR" && report.Count < 4)
            {
                corrected = true;
            }
            else if (word is not "\n" && report.Count < LongestReport)
            {
                report.Add(word);
                seen |= report.Count > 1 && IssueTime().IsMatch(word);
            }
        }

        Read(report, prefix, corrected, into, reports);
        reports.Settle();
        return seen ? Task.CompletedTask : throw new FeedTrouble("not-this-format", "The answer is text, but holds no METAR.");
    }

    public Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        WeatherStations.Read(document, code => StationCode().IsMatch(code) ? $"{prefix}:{code}" : null, into, cancellationToken);
        return Task.CompletedTask;
    }

    private void Read(List<string> words, string prefix, bool corrected, ParsedPayload into, BulletinReports reports)
    {
        // Whatever stands before (a heading, a date line) is no part of it.
        var at = words.FindIndex(1 < words.Count ? 1 : 0, word => IssueTime().IsMatch(word)) - 1;
        if (at < 0 || !StationCode().IsMatch(words[at]))
        {
            return;
        }

        var (code, issued) = (words[at], words[at + 1]);
        if (now is not { } clock || ReportTime.Resolve(clock, Two(issued, 0), Two(issued, 2), Two(issued, 4)) is not { } time)
        {
            into.Refuse("no-time", $"{code} {issued}");
            return;
        }

        if (words.Contains("NIL"))
        {
            into.Missing++;
            return;
        }

        var start = into.Observations.Count;
        var station = WeatherStations.ByIcao(code);
        var report = new WeatherReport(into, $"{prefix}:{code}", station?.Name ?? code, station?.At, time);
        var end = words.FindIndex(at, word => Ends.Contains(word));
        ReadBody(words[(at + 2)..(end < 0 ? words.Count : end)], words.IndexOf("RMK") is >= 0 and var mark ? words[(mark + 1)..] : [], report, time);
        report.Finish();
        reports.Close($"{prefix}:{code}", time, start, corrected);
    }

    private static void ReadBody(List<string> body, List<string> remarks, WeatherReport report, DateTimeOffset time)
    {
        if (body.Select(word => Wind().Match(word)).FirstOrDefault(match => match.Success) is { } wind)
        {
            double? Speed(string text) => text.Length == 0 ? null : Number(text) is var speed && wind.Groups[4].Value is "KT" ? report.FromKnots(speed) : wind.Groups[4].Value is "KMH" ? report.Convert(speed, "km/h", Math.Round(speed / 3.6, 2), "m/s") : speed;
            var speed = Speed(wind.Groups[2].Value);
            report.Add(WeatherReport.WindSpeed, speed);
            report.Add(WeatherReport.WindDirection, speed > 0 && int.TryParse(wind.Groups[1].Value, CultureInfo.InvariantCulture, out var from) && from is >= 0 and <= 360 ? from : null);
            report.Add(WeatherReport.Gust, Speed(wind.Groups[3].Value));
        }

        var tenths = remarks.Select(word => Tenths().Match(word)).FirstOrDefault(match => match.Success);
        var whole = body.Select(word => Degrees().Match(word)).FirstOrDefault(match => match.Success);
        report.Add(WeatherReport.Temperature, tenths is null ? Signed(whole?.Groups[1].Value) : Tenth(tenths.Groups[1].Value, tenths.Groups[2].Value));
        report.Add(WeatherReport.DewPoint, tenths is null ? Signed(whole?.Groups[2].Value) : tenths.Groups[3].Length == 0 ? null : Tenth(tenths.Groups[3].Value, tenths.Groups[4].Value));
        report.Add(WeatherReport.SeaLevelPressure, Pressure(body, remarks, report));
        ReadRain(remarks, report, time);
    }

    private static double? Pressure(List<string> body, List<string> remarks, WeatherReport report)
    {
        // SLP132 is 1013.2 hPa, SLP985 is 998.5; without it QNH is the nearest thing to it.
        if (remarks.Select(word => SeaLevel().Match(word)).FirstOrDefault(match => match.Success) is { } slp && Number(slp.Groups[1].Value) is var tenth)
        {
            return Math.Round((tenth >= 500 ? 900 : 1000) + (tenth / 10), 1);
        }

        return body.Select(word => Setting().Match(word)).FirstOrDefault(match => match.Success) is { } qnh && Number(qnh.Groups[2].Value) is var figures
            ? (qnh.Groups[1].Value == "Q" ? figures : report.Convert(figures / 100, "inHg", Math.Round(figures / 100 * 33.8639, 1), "hPa")) is var pressure && pressure is > 800 and < 1200 ? pressure : null
            : null;
    }

    private static void ReadRain(List<string> remarks, WeatherReport report, DateTimeOffset time)
    {
        foreach (var match in remarks.Select(word => Rain().Match(word)).Where(match => match.Success).DistinctBy(match => match.Groups[1].Value))
        {
            // Hundredths of an inch. 6RRRR: over six hours at 00, 06, 12 and 18 UTC, over three at the hours between.
            var nominal = time.AddMinutes(30).Hour;
            var hours = match.Groups[1].Value switch { "P" => 1, "7" => 24, _ => nominal % 6 == 0 ? 6 : 3 };
            report.AddRain(hours, Number(match.Groups[2].Value) * 0.254);
        }
    }

    private static double? Signed(string? text) => string.IsNullOrEmpty(text) ? null : text[0] == 'M' ? -Number(text[1..]) : Number(text);

    private static double Tenth(string sign, string figures) => (sign == "1" ? -1 : 1) * Number(figures) / 10;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static int Two(string text, int at) => ((text[at] - '0') * 10) + text[at + 1] - '0';

    [GeneratedRegex("^[A-Z][A-Z0-9]{3}$")]
    private static partial Regex StationCode();

    [GeneratedRegex("^[0-9]{6}Z$")]
    private static partial Regex IssueTime();

    [GeneratedRegex("^([0-9]{3}|VRB|///)P?([0-9]{2,3})(?:GP?([0-9]{2,3}))?(KT|MPS|KMH)$")]
    private static partial Regex Wind();

    [GeneratedRegex("^(M?[0-9]{2})/(M?[0-9]{2})?(?://|XX)?$")]
    private static partial Regex Degrees();

    [GeneratedRegex("^([QA])([0-9]{4})$")]
    private static partial Regex Setting();

    [GeneratedRegex("^T([01])([0-9]{3})(?:([01])([0-9]{3}))?$")]
    private static partial Regex Tenths();

    [GeneratedRegex("^SLP([0-9]{3})$")]
    private static partial Regex SeaLevel();

    [GeneratedRegex("^(P|6|7)([0-9]{4})$")]
    private static partial Regex Rain();
}
