using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.VisualBasic.FileIO;
using Resilience.Core.Geography;

namespace Resilience.Observations.Quality;

/// <summary>What a place has ever had in one month.</summary>
/// <param name="Lowest">In the datastream's unit.</param>
/// <param name="Highest">In the datastream's unit.</param>
public readonly record struct MonthRange(double Lowest, double Highest);

/// <summary>
/// Monthly extremes that agencies keep, <c>geodata/climatology/*.csv</c> with the columns <c>station,property,unit,month,lowest,highest,source</c> (month 1 to 12,
/// UTC; property as <see cref="ObservedProperty"/> names it). A line that cannot be used is left out and logged. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// QARTOD calls what lies outside suspect. Here it is marked and believed: a disaster is beyond what a place ever had, and a doubted reading could not warn of it.
/// </remarks>
public sealed partial class ClimatologyBook
{
    private const long MostBytes = 64L * 1024 * 1024;
    private static readonly string[] Columns = ["station", "property", "unit", "month", "lowest", "highest", "source"];

    private readonly Dictionary<(string Station, ObservedProperty Property, string Unit), MonthRange?[]> _places = [];

    private ClimatologyBook()
    {
    }

    /// <summary>Without any.</summary>
    public static ClimatologyBook Empty { get; } = new();

    /// <summary>Reads the files; none when there is no such folder.</summary>
    public static ClimatologyBook Read(GeodataDirectory geodata, ILogger<ClimatologyBook> logger)
    {
        ArgumentNullException.ThrowIfNull(geodata);
        var book = new ClimatologyBook();
        var folder = geodata.File("climatology");
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            book.ReadFile(path, (line, reason) => LogLeftOut(logger, Path.GetFileName(path), line, reason));
        }

        return book;
    }

    /// <summary>The twelve months of a place from January on, null where nothing is known; null when nothing is known of any.</summary>
    public IReadOnlyList<MonthRange?>? Find(string stationId, ObservedProperty property, string unit) => _places.GetValueOrDefault((stationId, property, unit));

    private void ReadFile(string path, Action<long, string> leaveOut)
    {
        if (new FileInfo(path).Length > MostBytes)
        {
            leaveOut(0, $"The file is larger than {MostBytes / 1_048_576} MB.");
            return;
        }

        using var csv = new TextFieldParser(path) { TextFieldType = FieldType.Delimited, Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = true };
        if (!(Fields(csv) ?? []).SequenceEqual(Columns))
        {
            leaveOut(1, $"The first line must be {string.Join(',', Columns)}.");
            return;
        }

        while (!csv.EndOfData)
        {
            var line = csv.LineNumber;
            if (Problem(Fields(csv)) is { } reason)
            {
                leaveOut(line, reason);
            }
        }
    }

    /// <summary>Takes a line, or says why not.</summary>
    private string? Problem(string[]? fields)
    {
        if (fields is not [var station, var named, var unit, var monthText, var lowText, var highText, { Length: > 0 }])
        {
            return "It has not seven fields, or no source.";
        }

        if (!Enum.TryParse<ObservedProperty>(named, out var property) || !Enum.IsDefined(property))
        {
            return "Its property is none that is observed here.";
        }

        if (!int.TryParse(monthText, NumberStyles.None, CultureInfo.InvariantCulture, out var month) || month is < 1 or > 12)
        {
            return "Its month is not 1 to 12.";
        }

        if (!double.TryParse(lowText, NumberStyles.Float, CultureInfo.InvariantCulture, out var lowest) || !double.TryParse(highText, NumberStyles.Float, CultureInfo.InvariantCulture, out var highest) || !(lowest <= highest))
        {
            return "Its lowest and highest are no two numbers in this order.";
        }

        var key = (station, property, unit);
        var months = _places.TryGetValue(key, out var known) ? known : _places[key] = new MonthRange?[12];
        if (months[month - 1] is not null)
        {
            return "Its month was told before.";
        }

        months[month - 1] = new MonthRange(lowest, highest);
        return null;
    }

    private static string[]? Fields(TextFieldParser csv)
    {
        try
        {
            return csv.ReadFields();
        }
        catch (MalformedLineException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Line {Line} of the climatology {File} is left out: {Reason}")]
    private static partial void LogLeftOut(ILogger logger, string file, long line, string reason);
}
