using System.Text;
using Resilience.Observations;
using Resilience.Observations.Feeds.Formats;

namespace Resilience.Tests.Observations.Feeds.Formats;

/// <summary>An agency's own table is read by its mapping, and a mapping that does not fit says where.</summary>
public sealed class TableTest
{
    private static readonly TableMapping Gauges = new()
    {
        Delimiter = ";",
        DecimalComma = true,
        Station = "Pegel",
        Name = "Ort",
        Longitude = "Länge",
        Latitude = "Breite",
        Time = "Datum",
        TimeOfDay = "Uhrzeit",
        TimeFormat = "dd.MM.yyyy HH:mm",
        Missing = ["-", "NaN"],
        Values = [new TableValue { Column = "Wasserstand", Property = ObservedProperty.Stage, Unit = "cm" }, new TableValue { Column = "Regen", Property = ObservedProperty.Rainfall, Unit = "mm" }],
    };

    private static readonly TableMapping Logger = new()
    {
        HeaderLine = 2,
        FirstRow = 5,
        Station = "Station_ID",
        Name = "Station_Name",
        Longitude = "Longitude",
        Latitude = "Latitude",
        Time = "TIMESTAMP",
        Missing = ["NAN"],
        Values = [new TableValue { Column = "Rain_mm_Tot", Property = ObservedProperty.Rainfall, Unit = "mm" }, new TableValue { Column = "AirTempK", Unit = "K", Name = "Air temperature" }],
    };

    private const string Csv = "Pegel;Ort;Länge;Breite;Datum;Uhrzeit;Wasserstand;Regen\nA1;\"Brücke; \"\"alt\"\"\";89,5;27,5;01.05.2024;10:00;123,5;-\r\nA1;Brücke;89,5;27,5;01.05.2024;10:15;124;0,2\n\nB2;\"Am\nFluss\";89,6;27,6;32.05.2024;10:00;1;1\nC3;x;newhere;27;01.05.2024;10:00;hoch;1\n";

    [Fact]
    public async Task A_table_with_a_column_per_quantity_is_read_with_its_commas_quotes_and_gaps()
    {
        var (parsed, trouble) = await Fuzz.ReadAsync(new Table(Gauges, FeedZone.Find("+06:00")), Csv);

        Assert.Null(trouble);
        Assert.Equal(("Brücke; \"alt\"", 89.5, 27.5), (parsed.Stations["t:A1"].Name, parsed.Stations["t:A1"].Location.X, parsed.Stations["t:A1"].Location.Y));
        Assert.Equal([("t:A1:stage", 123.5), ("t:A1:stage", 124), ("t:A1:rainfall", 0.2), ("t:C3:rainfall", 1)], parsed.Observations.Select(value => (value.DatastreamId, value.Result)));
        Assert.Equal(new DateTimeOffset(2024, 5, 1, 4, 0, 0, TimeSpan.Zero), parsed.Observations[0].Time);
        Assert.Equal(1, parsed.Missing);
        Assert.Equal("line 5, column 'Datum': '32.05.2024 10:00' is not dd.MM.yyyy HH:mm", Assert.Single(parsed.Refused["no-time"].Samples));
        Assert.Equal("line 7, column 'Wasserstand': 'hoch'", Assert.Single(parsed.Refused["not-a-number"].Samples));
        Assert.Equal("line 7, columns 'Länge' and 'Breite': 'newhere', '27'", Assert.Single(parsed.Refused["no-position"].Samples));
    }

    [Fact]
    public async Task The_file_of_a_real_data_logger_is_read()
    {
        var (parsed, trouble) = await Fuzz.ReadAsync(new Table(Logger, FeedZone.Find("+02:00")), Recording.Bytes("table-malawi-aws.csv"));

        Assert.Null(trouble);
        Assert.Empty(parsed.Refused);
        var station = Assert.Single(parsed.Stations.Values);
        Assert.Equal(("t:0-454-2-AWSNAMITAMBO", "Namitambo", 35.27, -15.84), (station.Id, station.Name, station.Location.X, station.Location.Y));
        Assert.Equal(["t:0-454-2-AWSNAMITAMBO:rainfall", "t:0-454-2-AWSNAMITAMBO:AirTempK"], parsed.Datastreams.Keys);
        Assert.Equal(32, parsed.Observations.Count + parsed.Missing);
        Assert.Equal(new DateTimeOffset(2021, 7, 8, 5, 55, 0, TimeSpan.Zero), parsed.Observations[^1].Time);
    }

    [Fact]
    public async Task A_table_with_a_row_per_measurement_is_told_apart_by_a_column_and_another_encoding_is_read()
    {
        var mapping = Gauges with { Encoding = "windows-1252", TimeOfDay = null, TimeFormat = "unix", DecimalComma = false, Longitude = null, Latitude = null, Name = null, Stations = [new TableStation { Id = "Ä1", Longitude = 89, Latitude = 27 }], Values = [new TableValue { Column = "Wert", Property = ObservedProperty.Stage, Unit = "m", When = "Größe=W" }, new TableValue { Column = "Wert", Property = ObservedProperty.Discharge, Unit = "m3/s", When = "Größe=Q" }] };
        var format = new Table(mapping, null);
        var (parsed, _) = await Fuzz.ReadAsync(format, Encoding.Latin1.GetBytes("Pegel;Datum;Größe;Wert\nÄ1;1714557600;W;1.5\nÄ1;1714557600;Q;30\nÄ1;1714557600;X;9\n"));

        Assert.NotNull(((IFeedFormat)format).Encoding);
        Assert.Equal(["t:Ä1:stage", "t:Ä1:discharge"], parsed.Observations.Select(value => value.DatastreamId));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1714557600), parsed.Observations[0].Time);
        Assert.Equal(["unknown-property"], parsed.Refused.Keys);
    }

    [Fact]
    public async Task Json_is_read_by_paths()
    {
        var mapping = new TableMapping { Kind = "json", Rows = "data.rows", Station = "id", Longitude = "at.coordinates[0]", Latitude = "at.coordinates[1]", Time = "t", Values = [new TableValue { Column = "v.level", Property = ObservedProperty.LakeLevel, Unit = "m" }] };
        var (parsed, trouble) = await Fuzz.ReadAsync(new Table(mapping, null), """{"data":{"rows":[{"id":7,"at":{"coordinates":[89,27]},"t":"2024-05-01T10:00:00Z","v":{"level":4300.5}},{"id":7,"t":"2024-05-01 11:00","v":{"level":1}},{"id":7,"t":"2024-05-01T12:00:00Z","v":{"level":null}}]}}""");

        Assert.Null(trouble);
        Assert.Equal(4300.5, Assert.Single(parsed.Observations).Result);
        Assert.Equal((1, "no-zone"), (parsed.Missing, Assert.Single(parsed.Refused.Keys)));
    }

    [Theory]
    [InlineData("a;b\n1;2\n", "Line 1 has no column 'Pegel'; it has a, b.")]
    [InlineData("Pegel,Ort,Datum\n", "Line 1 has no column 'Pegel'; it has Pegel,Ort,Datum. Is the delimiter really ';'?")]
    [InlineData("\n", "The table ends before line 1")]
    public async Task A_mapping_that_does_not_fit_the_document_says_where(string document, string says) =>
        Assert.StartsWith(says, (await Fuzz.ReadAsync(new Table(Gauges, null), document)).Trouble!.Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_json_column_that_no_row_has_is_trouble_and_not_a_quiet_gauge()
    {
        var mapping = new TableMapping { Kind = "json", Station = "id", Longitude = "x", Latitude = "y", Time = "t", Values = [new TableValue { Column = "levle", Unit = "m" }] };
        var (_, trouble) = await Fuzz.ReadAsync(new Table(mapping, null), """[{"id":1,"x":1,"y":1,"t":"2024-05-01T10:00:00Z","level":1}]""");

        Assert.Equal("wrong-mapping", trouble!.Reason);
        Assert.Contains("'levle'", trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_that_cannot_work_is_refused_in_words()
    {
        Assert.Null(Gauges.FindFault());
        Assert.Contains("Kind", (Gauges with { Kind = "xls" }).FindFault(), StringComparison.Ordinal);
        Assert.Contains("Encoding", (Gauges with { Encoding = "klingon" }).FindFault(), StringComparison.Ordinal);
        Assert.Contains("Delimiter", (Gauges with { Delimiter = "ab" }).FindFault(), StringComparison.Ordinal);
        Assert.Contains("Time", (Gauges with { Time = null }).FindFault(), StringComparison.Ordinal);
        Assert.Contains("Values", (Gauges with { Values = [] }).FindFault(), StringComparison.Ordinal);
        Assert.Contains("Longitude", (Gauges with { Longitude = null }).FindFault(), StringComparison.Ordinal);
        Assert.Contains("two are called", (Gauges with { Values = [Gauges.Values[0], Gauges.Values[0]] }).FindFault(), StringComparison.Ordinal);
    }

    [Fact]
    public Task Damaged_documents_break_nothing() => Fuzz.NothingBreaksAsync(new Table(Gauges, FeedZone.Find("+06:00")), Encoding.UTF8.GetBytes(Csv));

    [Fact]
    public Task Damaged_tables_in_json_break_nothing() => Fuzz.NothingBreaksAsync(
        "table (json)",
        new Table(new TableMapping { Kind = "json", Rows = "data.rows", Station = "id", Longitude = "at.coordinates[0]", Latitude = "at.coordinates[1]", Time = "t", Values = [new TableValue { Column = "v.level", Property = ObservedProperty.LakeLevel, Unit = "m" }] }, null),
        """{"data":{"rows":[{"id":"L1","at":{"coordinates":[90.1,27.9]},"t":"2024-05-01T10:00:00Z","v":{"level":4.5}},{"id":2,"at":{"coordinates":[90.2,27.8]},"t":"2024-05-01T16:00:00+06:00","v":{"level":"4.75"}},{"id":"L3","at":{},"t":"yesterday","v":{"level":null}}]}}"""u8.ToArray());

    [Fact]
    public Task Damaged_logger_files_break_nothing() => Fuzz.NothingBreaksAsync("table (logger)", new Table(Logger, FeedZone.Find("+02:00")), Recording.Bytes("table-malawi-aws.csv"));

    [Fact]
    public async Task Many_values_are_read_in_a_moment()
    {
        var document = new StringBuilder("Pegel;Ort;Länge;Breite;Datum;Uhrzeit;Wasserstand;Regen\n");
        for (var i = 0; document.Length < 16_000_000; i++)
        {
            document.Append(System.Globalization.CultureInfo.InvariantCulture, $"A{i % 900};Brücke;89,5;27,5;01.05.2024;10:{i % 60:00};{i % 500},5;0,2\n");
        }

        await Speed.ReportAsync(new Table(Gauges, FeedZone.Find("+06:00")), document.ToString());
        await Speed.AssertEndsInTimeAsync(new Table(Gauges, FeedZone.Find("+06:00")), document.ToString());
    }
}
