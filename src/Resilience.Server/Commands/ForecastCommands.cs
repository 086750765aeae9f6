using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Resilience.Core;
using Resilience.Hazards.Forecasting;

namespace Resilience.Server.Commands;

/// <summary>
/// <c>forecast evaluate</c>: how good the stage forecast would have been on a record, compared with "as it is now"; <c>forecast bands</c>: how
/// honest its uncertainty would have been. Exit codes: 0 done;
/// 1 the file cannot be used; 3 done, but some lines were no rows (each is named on standard error).
/// </summary>
internal static class ForecastCommands
{
    private const int SomeBadRows = 3;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal static void AddTo(RootCommand root)
    {
        var data = new Option<FileInfo>("--data") { Description = "Hourly record, .tsv or .tsv.gz, columns: kind (wl, rf) station ymdh value.", Required = true };
        var json = new Option<bool>("--json") { Description = "Print the scores as a JSON array." };
        var evaluate = new Command("evaluate", "Walks through a record without looking ahead and judges the stage forecasts at 1, 3, 6 and 12 hours.") { data, json };
        evaluate.SetAction(arguments => Evaluate(arguments.GetRequiredValue(data), arguments.GetValue(json), EvaluateForecast.Run, Print));
        var bands = new Command("bands", "Walks through a record and counts how often the outcome lay inside the forecast's band (8 of 10 are promised).") { data, json };
        bands.SetAction(arguments => Evaluate(arguments.GetRequiredValue(data), arguments.GetValue(json), EvaluateBands.Run, Print));
        root.Subcommands.Add(new Command("forecast", "The stage forecast.") { evaluate, bands });
    }

    private static int Evaluate<T>(FileInfo file, bool json, Func<HourlyRecord, IReadOnlyList<T>> judge, Action<IReadOnlyList<T>> print)
    {
        try
        {
            var bad = 0;
            var record = HourlyRecord.ReadFile(file.FullName, (number, line) =>
            {
                bad++;
                Console.Error.WriteLine($"{file.Name}:{number}: no row: {line[..Math.Min(80, line.Length)]}");
            });
            var scores = judge(record);
            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(scores, Json));
            }
            else
            {
                print(scores);
            }

            return bad == 0 ? 0 : SomeBadRows;
        }
        catch (Exception problem) when (problem is RefusalException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Console.Error.WriteLine(problem.Message);
            return 1;
        }
    }

    private static void Print(IReadOnlyList<ForecastScore> scores)
    {
        Console.WriteLine($"{"station",-20} {"lead",5} {"RMSE m",9} {"as now m",9} {"skill",7} {"n",8}");
        foreach (var score in scores)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{score.Station,-20} {score.LeadHours,3} h {score.Rmse,9:F4} {score.RmsePersistence,9:F4} {score.Skill,7:F3} {score.N,8}"));
        }
    }

    private static void Print(IReadOnlyList<BandScore> scores)
    {
        Console.WriteLine($"{"station",-20} {"lead",5} {"inside",7} {"moving",7} {"width m",8} {"n",8} {"moving n",9}");
        foreach (var score in scores)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{score.Station,-20} {score.LeadHours,3} h {score.Inside,7:F3} {score.InsideMoving,7:F3} {score.Width,8:F4} {score.N,8} {score.NMoving,9}"));
        }
    }
}
