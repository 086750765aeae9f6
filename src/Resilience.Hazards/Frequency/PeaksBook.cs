using Microsoft.Extensions.Logging;
using Resilience.Core.Geography;

namespace Resilience.Hazards.Frequency;

/// <summary>
/// Annual peaks that agencies keep, one file a station: <c>geodata/peaks/*.rdb</c>. A file that cannot be read is left out and logged: it must not keep
/// a river from being judged. Immutable and thread-safe.
/// </summary>
public sealed partial class PeaksBook
{
    private readonly Dictionary<string, AgencyPeaks> _stations;

    private PeaksBook(Dictionary<string, AgencyPeaks> stations) => _stations = stations;

    /// <summary>Reads the files; none when there is no such folder.</summary>
    public static PeaksBook Read(GeodataDirectory geodata, ILogger<PeaksBook> logger)
    {
        ArgumentNullException.ThrowIfNull(geodata);
        var stations = new Dictionary<string, AgencyPeaks>();
        var folder = geodata.File("peaks");
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.rdb").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            try
            {
                using var file = File.OpenText(path);
                var peaks = ReadUsgsPeaks.From(file);
                stations[peaks.Station] = peaks;
            }
            catch (InvalidDataException trouble)
            {
                LogLeftOut(logger, Path.GetFileName(path), trouble.Message);
            }
        }

        return new PeaksBook(stations);
    }

    /// <summary>A station's peaks, or null.</summary>
    public AgencyPeaks? Find(string stationId) => _stations.GetValueOrDefault(stationId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The annual peaks of {File} are left out: {Reason}")]
    private static partial void LogLeftOut(ILogger logger, string file, string reason);
}
