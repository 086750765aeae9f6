using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;
using NetTopologySuite.Operation.Union;
using Resilience.Core.Geography;
using Resilience.Observations.Coverages;
using Resilience.Observations.Feeds;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;
using Resilience.Tests.Kit;
using Resilience.Tests.Observations.Feeds.Formats;

namespace Resilience.Tests.Observations.Coverages;

/// <summary>Rasters written by GDAL in every common encoding come out where GDAL itself places and polygonises them. All values are made up.</summary>
public sealed class GeoTiffTest : IDisposable
{
    private static readonly CoverageMapping Rain = new()
    {
        Quantity = CoverageQuantity.RainAccumulation,
        Unit = "mm",
        Classes = [new() { Name = "50 mm and more", AtLeast = 50 }, new() { Name = "100 mm and more", AtLeast = 100 }],
    };

    private static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory() } };

    private readonly string _folder = Directory.CreateTempSubdirectory("resilience-raster").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string, string> Encodings => new()
    {
        { "plain strips", "-ot Float32" },
        { "deflate with prediction", "-ot Float32 -co COMPRESS=DEFLATE -co PREDICTOR=3" },
        { "LZW tiles", "-ot Int16 -co COMPRESS=LZW -co TILED=YES -co BLOCKXSIZE=16 -co BLOCKYSIZE=16 -co PREDICTOR=2" },
        { "bytes in PackBits", "-ot Byte -co COMPRESS=PACKBITS" },
        { "doubles, big-endian", "-ot Float64 -co ENDIANNESS=BIG" },
        { "unsigned shorts, big-endian, deflate", "-ot UInt16 -co ENDIANNESS=BIG -co COMPRESS=DEFLATE -co PREDICTOR=2" },
        { "long whole numbers", "-ot Int32 -co COMPRESS=DEFLATE" },
    };

    public static TheoryData<string, string> Places => new()
    {
        { "degrees", "-a_srs EPSG:4326 -a_ullr 89.9 27.9 90.3 27.6" },
        { "degrees, values of points", "-a_srs EPSG:4326 -a_ullr 89.9 27.9 90.3 27.6 -mo AREA_OR_POINT=Point" },
        { "UTM 46 north", "-a_srs EPSG:32646 -a_ullr 200000 3090000 240000 3060000" },
        { "UTM 22 south", "-a_srs EPSG:32722 -a_ullr 480000 6670000 520000 6640000" },
        { "ETRS89 UTM 33", "-a_srs EPSG:25833 -a_ullr 480000 5350000 520000 5320000" },
        { "Web Mercator", "-a_srs EPSG:3857 -a_ullr 10000000 3240000 10040000 3210000" },
    };

    [Theory, MemberData(nameof(Encodings))]
    public async Task Every_common_encoding_is_read(string name, string options)
    {
        Assert.NotEmpty(name);
        var values = Bumps(40, 30, seed: 7);
        await AgreesWithGdalAsync(values, [.. options.Split(' '), "-a_srs", "EPSG:4326", "-a_ullr", "89.9", "27.9", "90.3", "27.6"]);
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Every_known_system_is_placed(string name, string options)
    {
        Assert.NotEmpty(name);
        await AgreesWithGdalAsync(Bumps(40, 30, seed: 3), [.. options.Split(' '), "-ot", "Float32"]);
    }

    [Fact]
    public async Task Any_band_of_several_is_read_whether_they_lie_together_or_apart()
    {
        var (low, high) = (Path.Combine(_folder, "low.tif"), Path.Combine(_folder, "high.tif"));
        File.WriteAllBytes(low, Tiff(Bumps(40, 30, seed: 1), "-ot", "Int16"));
        File.WriteAllBytes(high, Tiff(Bumps(40, 30, seed: 2), "-ot", "Int16"));
        var stack = Path.Combine(_folder, "stack.vrt");
        Gdal.Run("gdalbuildvrt", "-q", "-separate", stack, low, high);
        var expected = Assert.Single((await ReadAsync(File.ReadAllBytes(high), Rain)).Parsed.Coverages).Extents[0];
        foreach (var interleave in new[] { "PIXEL", "BAND" })
        {
            var tiff = Path.Combine(_folder, $"{interleave}.tif");
            Gdal.Run("gdal_translate", "-q", "-co", $"INTERLEAVE={interleave}", "-co", "COMPRESS=LZW", "-mo", "TIFFTAG_DATETIME=2026:06:01 12:00:00", stack, tiff);
            var coverage = Assert.Single((await ReadAsync(File.ReadAllBytes(tiff), Rain with { Band = 2 })).Parsed.Coverages);
            Assert.True(expected.Area!.EqualsExact(coverage.Extents[0].Area));
            Assert.Equal("no-band", (await ReadAsync(File.ReadAllBytes(tiff), Rain with { Band = 3 })).Trouble?.Reason);
        }
    }

    [Fact]
    public async Task A_grid_from_0_to_360_is_drawn_on_both_sides_of_the_antimeridian()
    {
        var values = new double[4, 8];
        for (var column = 2; column < 6; column++)
        {
            values[1, column] = values[2, column] = 120;
        }

        var coverage = Assert.Single((await ReadAsync(Tiff(values, "-a_srs", "EPSG:4326", "-a_ullr", "176", "10", "184", "6"), Rain)).Parsed.Coverages);
        var expected = Wgs84.Factory.CreateMultiPolygon([Box(178, 7, 180, 9), Box(-180, 7, -178, 9)]);
        Assert.True(expected.EqualsTopologically(coverage.Extents[1].Area!), coverage.Extents[1].Area!.AsText());
        Assert.True(Wgs84.Factory.CreateMultiPolygon([Box(176, 6, 180, 10), Box(-180, 6, -176, 10)]).EqualsTopologically(coverage.Frame));
    }

    [Fact]
    public async Task What_was_not_seen_is_neither_dry_nor_wet()
    {
        var values = new double[2, 4] { { -1, 1, 0, 9 }, { -1, 1, 0, 0 } };
        var flood = new CoverageMapping { Classes = [new() { Name = "Water", Values = [1] }], NotSeen = [9] };
        var coverage = Assert.Single((await ReadAsync(Tiff(values, "-a_srs", "EPSG:4326", "-a_ullr", "10", "48", "14", "46", "-a_nodata", "-1", "-ot", "Int16"), flood)).Parsed.Coverages);
        Assert.Equal(1 - (3.0 / 8), coverage.SeenShare);
        Assert.True(Box(11, 46, 12, 48).EqualsTopologically(coverage.Extents[0].Area!));

        // One degree by two at 47° north on the sphere of equal area.
        Assert.InRange(coverage.Extents[0].SquareKilometres, 16_800, 16_900);
    }

    [Fact]
    public async Task Scale_and_offset_of_the_file_are_applied()
    {
        var tiff = Tiff(new double[1, 2] { { 5, 11 } }, "-ot", "Int16", "-a_srs", "EPSG:4326", "-a_ullr", "10", "48", "12", "47", "-a_scale", "10", "-a_offset", "-8");
        var coverage = Assert.Single((await ReadAsync(tiff, Rain)).Parsed.Coverages);
        Assert.Null((await ReadAsync(tiff, Rain)).Trouble);
        Assert.True(Box(11, 47, 12, 48).EqualsTopologically(coverage.Extents[0].Area!));
        Assert.True(Box(11, 47, 12, 48).EqualsTopologically(coverage.Extents[1].Area!));
    }

    [Fact]
    public async Task Patches_below_the_smallest_size_are_left_out_of_area_and_size()
    {
        var values = new double[3, 5] { { 100, 100, 0, 0, 0 }, { 100, 100, 0, 0, 0 }, { 0, 0, 0, 0, 100 } };
        var tiff = Tiff(values, "-a_srs", "EPSG:32633", "-a_ullr", "480000", "5350000", "485000", "5347000");
        Assert.Equal(5, Assert.Single((await ReadAsync(tiff, Rain)).Parsed.Coverages).Extents[0].SquareKilometres);
        var coverage = Assert.Single((await ReadAsync(tiff, Rain with { LeastSquareKilometres = 2 })).Parsed.Coverages);
        Assert.Equal(4, coverage.Extents[0].SquareKilometres);
        Assert.Equal(1, coverage.Extents[0].Area!.NumGeometries);
    }

    [Fact]
    public async Task A_speckled_raster_is_coarsened_until_it_can_be_drawn_and_says_so()
    {
        var values = new double[200, 200];
        for (var row = 0; row < 200; row++)
        {
            for (var column = 0; column < 200; column++)
            {
                values[row, column] = (row + column) % 2 == 0 || row < 100 ? 100 : 0;
            }
        }

        var extent = Assert.Single((await ReadAsync(Tiff(values), Rain)).Parsed.Coverages).Extents[0];
        Assert.Equal(2, extent.Coarsening);
        Assert.InRange(extent.Area!.NumPoints, 5, 20_000);
        Assert.True(extent.Area.IsValid);
    }

    [Theory]
    [InlineData("-a_srs EPSG:28992 -a_ullr 100000 450000 140000 420000", "unknown-crs")]
    [InlineData("-a_ullr 1 2 3 1", "no-georeference")]
    [InlineData("-a_srs EPSG:4326", "outside-earth")]
    [InlineData("-a_srs EPSG:4326 -a_ullr 10 99 14 97", "outside-earth")]
    [InlineData("-a_srs EPSG:32646 -a_ullr 300000 9e150 700000 3000000", "outside-earth")]
    [InlineData("-a_srs EPSG:32646 -a_ullr 89.9 27.9 90.2 -5.5e18", "outside-earth")] // the projection's inverse does not converge
    [InlineData("-a_srs EPSG:4326 -a_ullr 10 48 14 46 -co BIGTIFF=YES", "bigtiff")]
    [InlineData("-a_srs EPSG:4326 -a_ullr 10 48 14 46 -ot CFloat32", "unknown-samples")]
    [InlineData("-a_srs EPSG:4326 -a_ullr 10 48 14 46 -mo TIFFTAG_DATETIME=yesterday", "no-time")]
    public async Task What_cannot_be_read_for_sure_is_refused_by_its_name(string options, string reason)
    {
        var large = new double[200, 600];
        Assert.Equal(reason, (await ReadAsync(Raw(options.Contains("ullr", StringComparison.Ordinal) ? new double[4, 4] : large, [.. options.Contains("DATETIME", StringComparison.Ordinal) ? Array.Empty<string>() : Stamp, .. options.Split(' ')]), Rain)).Trouble?.Reason);
    }

    [Fact]
    public async Task A_raster_without_time_or_without_a_zone_is_refused()
    {
        var bare = Raw(new double[4, 4], ["-a_srs", "EPSG:4326", "-a_ullr", "10", "48", "14", "46"]);
        Assert.Equal("no-time", (await ReadAsync(bare, Rain)).Trouble?.Reason);
        Assert.Equal("no-zone", (await Fuzz.ReadAsync(new GeoTiff(Rain, null, null, null), Tiff(new double[4, 4]))).Trouble?.Reason);
        Assert.Equal(new DateTimeOffset(2026, 6, 1, 6, 0, 0, TimeSpan.Zero), Assert.Single((await Fuzz.ReadAsync(new GeoTiff(Rain, FeedZone.Find("+06:00"), null, null), Tiff(new double[4, 4]))).Parsed.Coverages).Time);
    }

    [Fact]
    public async Task A_file_cut_off_anywhere_gives_nothing_and_says_so()
    {
        foreach (var options in new[] { "-ot Float32 -co COMPRESS=DEFLATE", "-ot Int16", "-ot Int16 -co COMPRESS=LZW -co TILED=YES -co BLOCKXSIZE=16 -co BLOCKYSIZE=16" })
        {
            var whole = Tiff(Bumps(40, 30, seed: 5), options.Split(' '));
            var random = new Random(3);
            for (var n = 0; n < 60; n++)
            {
                var (parsed, trouble) = await ReadAsync(whole[..random.Next(0, whole.Length - 1)], Rain);
                Assert.NotNull(trouble);
                Assert.Empty(parsed.Coverages);
            }
        }
    }

    [Fact]
    public async Task A_small_file_that_claims_millions_of_pixels_is_refused_before_any_is_decoded()
    {
        var small = Tiff(new double[9, 12], "-ot", "Byte", "-co", "ENDIANNESS=LITTLE");
        var tag = Enumerable.Range(0, small.Length - 12).First(at => small.AsSpan(at, 8).SequenceEqual<byte>([0x01, 0x01, 3, 0, 1, 0, 0, 0])); // ImageLength, a SHORT
        BitConverter.GetBytes((ushort)60_000).CopyTo(small, tag + 8);
        var (parsed, trouble) = await ReadAsync(small, Rain);
        Assert.Equal("truncated", trouble?.Reason);
        Assert.Contains("fewer strips or tiles", trouble?.Message, StringComparison.Ordinal);
        Assert.Empty(parsed.Coverages);
    }

    [Fact]
    public async Task Damaged_rasters_break_nothing()
    {
        byte[][] seeds =
        [
            Tiff(Bumps(40, 30, seed: 5), "-ot", "Float32", "-co", "COMPRESS=DEFLATE", "-co", "PREDICTOR=3"), Tiff(Bumps(40, 30, seed: 5), "-ot", "Int16", "-co", "COMPRESS=LZW", "-co", "TILED=YES", "-co", "BLOCKXSIZE=16", "-co", "BLOCKYSIZE=16"),
            Tiff(Bumps(40, 30, seed: 5), "-ot", "Byte", "-co", "COMPRESS=PACKBITS", "-a_scale", "2"), Tiff(Bumps(12, 9, seed: 5), "-ot", "Float64", "-co", "ENDIANNESS=BIG", "-a_srs", "EPSG:32646"),
        ];
        var format = new GeoTiff(Rain, FeedZone.Find("UTC"), null, null);
        await Fuzz.NothingBreaksAsync(format, seeds);
        var count = await FuzzRun.RunAsync(
            "geotiff tags",
            n =>
            {
                var random = new Random(n);
                var bytes = seeds[n % seeds.Length].ToArray();
                for (var flips = random.Next(1, 6); flips > 0; flips--)
                {
                    // The tags stand at the beginning or the end; damage there goes furthest.
                    var at = random.Next(3) switch { 0 => random.Next(Math.Min(400, bytes.Length)), 1 => random.Next(bytes.Length), _ => bytes.Length - 1 - random.Next(Math.Min(400, bytes.Length)) };
                    bytes[at] = random.Next(3) == 0 ? (byte)255 : (byte)random.Next(256);
                }

                return bytes;
            },
            (_, document, parsed) => format.ReadObservationsAsync(new MemoryStream(document), "t", parsed, CancellationToken.None));
        Assert.InRange(count.Whole, 1, FuzzRun.Inputs - 1);
    }

    [Theory]
    [InlineData("https://data.example.org/rain_{yyyyMMddHH}.tif", "01:00:00", "00:20:00", "2026-06-01T12:10:00Z", "https://data.example.org/rain_2026060111.tif")]
    [InlineData("https://data.example.org/{yyyy}/{MM}/{dd}/flood.tif", "1.00:00:00", "06:00:00", "2026-06-01T05:59:00Z", "https://data.example.org/2026/05/31/flood.tif")]
    public void A_time_in_the_address_is_that_of_the_newest_file_there_should_be(string address, string step, string latency, string now, string asked)
    {
        var mapping = Rain with { Step = TimeSpan.Parse(step, CultureInfo.InvariantCulture), Latency = TimeSpan.Parse(latency, CultureInfo.InvariantCulture) };
        var format = new GeoTiff(mapping, null, DateTimeOffset.Parse(now, CultureInfo.InvariantCulture), new Uri(address));
        Assert.Equal(asked, ((IFeedFormat)format).Ask(new Uri(address)).AbsoluteUri);
        Assert.Null(GeoTiff.FindFault(Definition(address, mapping)));
    }

    [Theory]
    [InlineData("https://data.example.org/rain_{yyyyMMddHH}.tif", null)]
    [InlineData("https://data.example.org/rain.tif", "01:00:00")]
    [InlineData("https://data.example.org/rain_{latest}.tif", "01:00:00")]
    [InlineData("https://data.example.org/rain_{yyyyMMddHH}.tif", "00:00:10")]
    public void An_address_and_a_step_that_do_not_fit_are_refused(string address, string? step) =>
        Assert.NotNull(GeoTiff.FindFault(Definition(address, Rain with { Step = step is null ? null : TimeSpan.Parse(step, CultureInfo.InvariantCulture) })));

    private static FeedDefinition Definition(string address, CoverageMapping mapping) => new()
    {
        Id = "rain",
        Name = "Rain",
        Format = "geotiff",
        Readings = new Uri(address),
        Credit = "Nobody",
        Licence = "made up",
        Coverage = mapping,
    };

    private async Task AgreesWithGdalAsync(double[,] values, string[] options)
    {
        var tiff = Tiff(values, options);
        var (parsed, trouble) = await ReadAsync(tiff, Rain);
        Assert.Null(trouble);
        var coverage = Assert.Single(parsed.Coverages);
        for (var index = 0; index < 2; index++)
        {
            var (drawn, expected) = (coverage.Extents[index].Area!, OfGdal(values, Rain.Classes[index].AtLeast!.Value, options));
            Assert.True(drawn.IsValid);
            Assert.True(expected.Area > 0);
            Assert.InRange(drawn.SymmetricDifference(expected).Area / expected.Area, 0, 1e-5);
        }
    }

    // What GDAL makes of the same raster, thresholded before it is written: its own georeferencing, polygons and projection.
    private Geometry OfGdal(double[,] values, double atLeast, string[] options)
    {
        var mask = new double[values.GetLength(0), values.GetLength(1)];
        for (var row = 0; row < mask.GetLength(0); row++)
        {
            for (var column = 0; column < mask.GetLength(1); column++)
            {
                mask[row, column] = values[row, column] >= atLeast ? 1 : 0;
            }
        }

        Raw(mask, [.. Stamp, "-a_srs", "EPSG:4326", "-a_ullr", "89.9", "27.9", "90.3", "27.6", "-ot", "Byte", .. PlaceOnly(options)]);
        var (polygons, degrees) = (Path.Combine(_folder, "gdal.gpkg"), Path.Combine(_folder, "gdal.geojson"));
        File.Delete(polygons);
        File.Delete(degrees);
        Gdal.Run("gdal_polygonize.py", "-q", Path.Combine(_folder, "grid.tif"), "-f", "GPKG", polygons, "areas", "value");
        Gdal.Run("ogr2ogr", "-f", "GeoJSON", "-where", "value = 1", "-t_srs", "EPSG:4326", "-lco", "COORDINATE_PRECISION=10", degrees, polygons);
        return UnaryUnionOp.Union(JsonSerializer.Deserialize<FeatureCollection>(File.ReadAllText(degrees), GeoJson)!.Select(feature => feature.Geometry));
    }

    private static IEnumerable<string> PlaceOnly(string[] options)
    {
        for (var at = 0; at < options.Length; at++)
        {
            if (options[at] is "-a_srs" or "-mo")
            {
                yield return options[at];
                yield return options[++at];
            }
            else if (options[at] == "-a_ullr")
            {
                foreach (var part in options[at..(at + 5)])
                {
                    yield return part;
                }

                at += 4;
            }
        }
    }

    private static readonly string[] Stamp = ["-mo", "TIFFTAG_DATETIME=2026:06:01 12:00:00"];

    private byte[] Tiff(double[,] values, params string[] options) => Raw(values, [.. Stamp, "-a_srs", "EPSG:4326", "-a_ullr", "89.9", "27.9", "90.3", "27.6", .. options]);

    private byte[] Raw(double[,] values, string[] options) => Gdal.WriteTiff(_folder, values, options);

    private static Task<(ParsedPayload Parsed, FeedTrouble? Trouble)> ReadAsync(byte[] tiff, CoverageMapping mapping) => Fuzz.ReadAsync(new GeoTiff(mapping, FeedZone.Find("UTC"), null, null), tiff);

    private static Polygon Box(double west, double south, double east, double north) => (Polygon)Wgs84.Factory.ToGeometry(new Envelope(west, east, south, north));

    private static double[,] Bumps(int columns, int rows, int seed)
    {
        var random = new Random(seed);
        var centres = Enumerable.Range(0, 6).Select(_ => (X: random.Next(columns), Y: random.Next(rows), Height: random.Next(40, 160), Width: random.Next(2, 8))).ToArray();
        var values = new double[rows, columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                values[row, column] = Math.Min(250, Math.Round(centres.Sum(one => one.Height * Math.Exp(-(Math.Pow(column - one.X, 2) + Math.Pow(row - one.Y, 2)) / (2.0 * one.Width * one.Width))) + random.Next(0, 12)));
            }
        }

        return values;
    }
}
