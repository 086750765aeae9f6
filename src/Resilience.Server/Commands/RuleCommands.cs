using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Forecasting;
using Resilience.Hazards.Rules;
using Resilience.Hazards.Thresholds;
using Resilience.Hazards.Verifying;

namespace Resilience.Server.Commands;

/// <summary>
/// <c>rules verify</c>: replays a record through the rule as the server runs it. Exit codes: 0 done; 1 the file cannot be used; 3 done, but
/// some lines were no rows (each is named on standard error).
/// </summary>
internal static class RuleCommands
{
    private const int SomeBadRows = 3;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() }, WriteIndented = true };

    internal static void AddTo(RootCommand root)
    {
        var data = new Option<FileInfo>("--data") { Description = "Hourly record, .tsv or .tsv.gz, columns: kind (wl, rf) station ymdh value.", Required = true };
        var rule = new Option<string>("--rule") { Description = "The rule: river-stage and glacial-lake on levels (wl), rain-accumulation and rain-intensity-duration on rain (rf).", DefaultValueFactory = _ => StageRule.Name };
        var at = new Option<string?>("--at") { Description = "For rain: where it was measured, longitude,latitude; the thresholds that stand in there are used." };
        var json = new Option<bool>("--json") { Description = "Print the verification as JSON." };
        var verify = new Command("verify", "Replays a record through a rule: hits, misses, false alarms, lead times. A running server verifies on its stored observations: POST /hazards/rules/NAME/verify.") { data, rule, at, json };
        verify.SetAction(arguments => Verify(arguments.GetRequiredValue(data), arguments.GetRequiredValue(rule), arguments.GetValue(at), arguments.GetValue(json)));
        root.Subcommands.Add(new Command("rules", "The rules that raise a level.") { verify });
    }

    private static int Verify(FileInfo file, string rule, string? at, bool json)
    {
        try
        {
            var bad = 0;
            var record = HourlyRecord.ReadFile(file.FullName, (number, line) =>
            {
                bad++;
                Console.Error.WriteLine($"{file.Name}:{number}: no row: {line[..Math.Min(80, line.Length)]}");
            });
            var verification = rule == LakeRule.Name ? VerifyRecord.RunLake(record, file.Name)
                : rule is RainRule.Name or SlopeRule.Name ? VerifyRecord.RunRain(rule, record, StandIns(rule, at), file.Name) : VerifyRecord.Run(rule, record, file.Name);
            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(verification, Json));
            }
            else
            {
                Print(verification);
            }

            return bad == 0 ? 0 : SomeBadRows;
        }
        catch (AggregateException problem) when (problem.InnerException is RefusalException refusal)
        {
            Console.Error.WriteLine(refusal.Message);
            return 1;
        }
        catch (Exception problem) when (problem is RefusalException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Console.Error.WriteLine(problem.Message);
            return 1;
        }
    }

    private static IReadOnlyList<StageThreshold> StandIns(string rule, string? at)
    {
        var place = (at ?? "").Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN).ToArray();
        if (place.Length != 2 || place.Any(double.IsNaN) || Math.Abs(place[0]) > 180 || Math.Abs(place[1]) > 90)
        {
            throw new RefusalException("hazards.no-place", "Say with --at where the rain was measured: longitude,latitude.");
        }

        var (geodata, point) = (GeodataDirectory.Find(null), Wgs84.Point(place[0], place[1]).Coordinate);
        return rule == SlopeRule.Name ? SlopeBook.Read(geodata).Find(point, "mm") : RainBook.Read(geodata).Find(point, "mm");
    }

    private static void Print(Verification verification)
    {
        Console.WriteLine($"{verification.Rule} version {verification.Version} on {verification.Data}, {verification.From:yyyy-MM-dd} to {verification.To:yyyy-MM-dd}\n{verification.Thresholds}\n{verification.Window}\n");
        if (verification.Raised is { } raised)
        {
            foreach (var (name, levels) in verification.Stations.Select(one => (one.Station, one.Raised!)).Append(("all", raised)))
            {
                Console.WriteLine($"{name,-16} {string.Join("  ", levels.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Level} {one.Times} times ({one.PerGaugeYear:0.00} a year, {one.ShareOfTime:0.0 %} of the time)")))}");
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{verification.GaugeYears:0.0} gauge-years"));
            return;
        }

        Console.WriteLine($"{"station",-16} {"action",7} {"event",7} {"hits",5} {"miss",5} {"false",5}  {"POD",-18} {"FAR",-18} {"CSI",-18} {"lead median h",13} {"10th %",7}");
        foreach (var station in verification.Stations)
        {
            Line(station.Station, station.Action, station.Event, station.Scores);
        }

        Line("all", null, null, verification.Scores);
    }

    private static void Line(string name, double? action, double? flood, Scores s) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-16} {action,7:F2} {flood,7:F2} {s.Hits,5} {s.Misses,5} {s.FalseAlarms,5}  {Share(s.Pod),-18} {Share(s.Far),-18} {Share(s.Csi),-18} {s.MedianLeadHours,13:F1} {s.TenthLeadHours,7:F1}"));

    private static string Share(Interval share) => share.Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:F2} ({share.Low:F2}-{share.High:F2})") : "none";
}
