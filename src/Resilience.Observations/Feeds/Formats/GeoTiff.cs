using System.Globalization;
using System.Text.RegularExpressions;
using Resilience.Observations.Coverages;
using Resilience.Observations.Coverages.Reading;
using Resilience.Observations.Coverages.Tracing;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// Rasters as GeoTIFF (OGC 19-008r4): rain accumulations, flood extents of satellites. The feed's <see cref="CoverageMapping"/> says what the
/// values mean and from where on they become areas. The time stands in the address (<c>…/rain_{yyyyMMddHH}.tif</c>) or in the file's DateTime tag.
/// </summary>
internal sealed partial class GeoTiff(CoverageMapping? mapping, FeedZone? zone, DateTimeOffset? now, Uri? readings) : IFeedFormat
{
    internal const string FormatName = "geotiff";

    public string Name => FormatName;

    public string Title => "GeoTIFF raster (rain, flood extent)";

    public string? Prefix => null;

    public string Accept => "image/tiff, application/geotiff, */*;q=0.1";

    public PayloadKind Kind => PayloadKind.Binary;

    public IFeedFormat For(Feed feed) => new GeoTiff(CoverageMapping.FromJson(feed.Coverage), FeedZone.Find(feed.Zone), now, feed.Readings);

    public IFeedFormat At(DateTimeOffset now) => new GeoTiff(mapping, zone, now, readings);

    public Uri Ask(Uri address) => TimeOfAddress() is { } time && address == readings ? new Uri(Fill(address, time)) : address;

    public async Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        var read = mapping ?? throw new FeedTrouble("format", "The feed does not say how its raster is to be read.");
        using var file = new MemoryStream();
        await document.CopyToAsync(file, 64 * 1024, cancellationToken);
        try
        {
            var bytes = file.ToArray();
            var tags = TiffDirectory.Read(bytes);
            var place = GeoReference.Read(tags);
            var (grid, stamp) = ReadRaster.Read(bytes, tags, read, cancellationToken);
            var time = TimeOfAddress() ?? TimeOfTag(stamp);
            var extents = DrawExtents.Of(grid, place, read, cancellationToken);
            into.Coverages.Add(new ParsedCoverage(
                time, read, grid.Width, grid.Height, place.Crs, grid.SeenShare, DrawExtents.Frame(grid, place),
                [.. extents.Select(extent => new ParsedExtent(extent.Area, extent.SquareKilometres, extent.Coarsening))]));
        }
        catch (RasterFault fault)
        {
            throw new FeedTrouble(fault.Reason, fault.Message);
        }
    }

    public Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken) =>
        throw new FeedTrouble("no-stations", "A raster has no stations; leave the address of the station list empty.");

    /// <summary>What is wrong with a feed of this format, in a plain sentence; null when nothing is.</summary>
    internal static string? FindFault(FeedDefinition definition)
    {
        if (definition.Coverage is not { } read)
        {
            return "Coverage, which says what the raster's values mean, is not given";
        }

        var named = Placeholder().IsMatch(Unescaped(definition.Readings));
        return read.FindFault() switch
        {
            { } fault => fault,
            null when named != read.Step is not null => "an address with a time in braces, such as {yyyyMMddHH}, and the step in which such files appear belong together",
            null when named && !IsPattern(Unescaped(definition.Readings)) => "the time in the braces of the address is not written as .NET writes times (yyyy, MM, dd, HH, mm)",
            _ => null,
        };
    }

    // The newest file that should be there by now.
    private DateTimeOffset? TimeOfAddress() => mapping?.Step is { } step && now is { } at
        ? new DateTimeOffset((at - mapping.Latency).UtcTicks / step.Ticks * step.Ticks, TimeSpan.Zero)
        : null;

    private DateTimeOffset TimeOfTag(string? stamp)
    {
        if (stamp is null)
        {
            throw new FeedTrouble("no-time", "Nothing says when the raster was seen: it has no DateTime tag, and its address no time in braces.");
        }

        if (DateTimeOffset.TryParseExact(stamp, ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment.Year is >= 1700 and <= 2300)
        {
            return moment.ToUniversalTime();
        }

        return DateTime.TryParseExact(stamp, ["yyyy:MM:dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? (zone ?? throw new FeedTrouble("no-zone", $"The raster says '{stamp}' without a time zone; name the feed's zone, often UTC.")).At(local)
                ?? throw new FeedTrouble("no-time", $"The raster's time '{stamp}' has no single moment in the feed's zone.")
            : throw new FeedTrouble("no-time", $"The raster's DateTime tag '{(stamp.Length > 40 ? stamp[..40] : stamp)}' is no time.");
    }

    private static string Fill(Uri address, DateTimeOffset time) =>
        Placeholder().Replace(Unescaped(address), match => time.UtcDateTime.ToString(match.Groups[1].Value, CultureInfo.InvariantCulture));

    private static bool IsPattern(string address)
    {
        var (one, two) = (new DateTimeOffset(2001, 2, 3, 4, 5, 0, TimeSpan.Zero), new DateTimeOffset(2012, 11, 10, 9, 8, 0, TimeSpan.Zero));
        try
        {
            return Placeholder().Matches(address).All(match => match.Groups[1].Value.All(sign => "yMdHm-_T'".Contains(sign, StringComparison.Ordinal)))
                && Fill(new Uri(address), one) != Fill(new Uri(address), two);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // Braces in an address are escaped once it has been taken for one.
    private static string Unescaped(Uri address) => address.AbsoluteUri.Replace("%7B", "{", StringComparison.OrdinalIgnoreCase).Replace("%7D", "}", StringComparison.OrdinalIgnoreCase).Replace("%27", "'", StringComparison.Ordinal);

    [GeneratedRegex(@"\{([^{}]{1,40})\}")]
    private static partial Regex Placeholder();
}
