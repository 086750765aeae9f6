using Microsoft.Extensions.Logging;
using Resilience.Core.Geography;

namespace Resilience.Hazards.Ratings;

/// <summary>
/// Ratings that agencies keep, one file a station: <c>geodata/ratings/*.rdb</c>. A file that cannot be read is left out and logged: it must not keep a
/// river from being judged by its stage. Immutable and thread-safe.
/// </summary>
public sealed partial class RatingBook
{
    private readonly IReadOnlyDictionary<string, RatingCurve> _stations;

    private RatingBook(IReadOnlyDictionary<string, RatingCurve> stations) => _stations = stations;

    /// <summary>Reads the files; none when there is no such folder.</summary>
    public static RatingBook Read(GeodataDirectory geodata, ILogger<RatingBook> logger)
    {
        ArgumentNullException.ThrowIfNull(geodata);
        var stations = new Dictionary<string, RatingCurve>();
        var folder = geodata.File("ratings");
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.rdb").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            try
            {
                var (station, rating) = ReadUsgsRating.From(File.ReadAllText(path));
                stations[station] = rating;
            }
            catch (InvalidDataException trouble)
            {
                LogLeftOut(logger, Path.GetFileName(path), trouble.Message);
            }
        }

        return new RatingBook(stations);
    }

    /// <summary>A station's rating, or null.</summary>
    public RatingCurve? Find(string stationId) => _stations.GetValueOrDefault(stationId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The rating of {File} is left out: {Reason}")]
    private static partial void LogLeftOut(ILogger logger, string file, string reason);
}
