using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Resilience.Observations;
using Resilience.Observations.Coverages;
using Resilience.Observations.Feeds;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Feeds.Formats.Announcements;

namespace Resilience.Benchmarks;

/// <summary>
/// <c>parser-limits</c>: each format meets a document of 64 MB on the way a poll takes it (unpacked while it is read): it is read, or refused with its reason, within
/// a second. Documents are as the format's sources write them; those no source would send are made to cost time.
/// </summary>
internal static class ParserLimits
{
    private static readonly Option<int> Megabytes = new("--megabytes") { Description = "Size of each document.", DefaultValueFactory = _ => 64 };
    private static readonly Option<string> Only = new("--only") { Description = "Documents whose name contains this.", DefaultValueFactory = _ => "" };

    internal static void AddTo(RootCommand root)
    {
        var command = new Command("parser-limits", "Every feed format on one document of 64 MB, as a poll reads it.") { Megabytes, Only };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Console.WriteLine("| document | MB | usable | seconds | outcome | allocated MB | live MB after |");
            Console.WriteLine("|---|---|---|---|---|---|---|");
            foreach (var (name, format, document) in Documents(arguments.GetValue(Megabytes) * 1_000_000).Where(one => one.Name.Contains(arguments.GetValue(Only)!, StringComparison.Ordinal)))
            {
                await RunAsync(name, format, document(), cancellationToken);
            }

            return 0;
        });
        root.Subcommands.Add(command);
    }

    private static async Task RunAsync(string name, IFeedFormat format, byte[] document, CancellationToken cancellationToken)
    {
        var payload = ReceivedPayload.Of(document, null);
        var best = TimeSpan.MaxValue;
        var line = "";
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var round = 0; round < 3; round++)
        {
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var begun = Stopwatch.GetTimestamp();
            var (parsed, trouble) = await ParsePayload.ParseAsync(payload, "bench", format.ReadObservationsAsync, cancellationToken, TimeSpan.FromMinutes(2));
            var took = Stopwatch.GetElapsedTime(begun);
            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            var live = GC.GetTotalMemory(forceFullCollection: true) - before;
            if (took < best)
            {
                best = took;
                line = string.Create(CultureInfo.InvariantCulture, $"| {name} | {document.Length / 1e6:0.0} | {parsed.Usable:N0} | {took.TotalSeconds:0.00} | {trouble?.Reason ?? "read"} | {allocated / 1e6:0} | {live / 1e6:0} |");
            }

            GC.KeepAlive(parsed);
        }

        Console.WriteLine(line);
    }

    private static byte[] Compose(int bytes, string begin, Func<int, string> item, string end)
    {
        var text = new StringBuilder(begin, bytes + 65_536);
        for (var i = 0; text.Length < bytes - end.Length; i++)
        {
            text.Append(item(i));
        }

        return Encoding.UTF8.GetBytes(text.Append(end).ToString());
    }

    private static string Comma(int i) => i == 0 ? "" : ",";

    private static string Time(int i) => DateTimeOffset.UnixEpoch.AddMinutes(26_000_000 + (15.0 * i)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Cap(int i) => $"""
        <alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>urn:oid:2.49.0.1.64.0.2026.1.1.{i}</identifier><sender>office@example.org</sender><sent>2026-01-01T00:00:00-00:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
        <info><language>en-GB</language><category>Met</category><event>Flood</event><urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty><onset>2026-01-01T03:00:00-00:00</onset><expires>2026-01-02T00:00:00-00:00</expires><senderName>National Office</senderName><headline>Flood near the river {i}</headline><description>{new string('w', 800)}</description><instruction>Move up.</instruction>
        <area><areaDesc>Valley {i}</areaDesc><polygon>{string.Join(' ', Enumerable.Range(0, 41).Select(at => FormattableString.Invariant($"{27.5 + (0.1 * Math.Sin(at * Math.PI / 20)):0.0000},{90 + (0.1 * Math.Cos(at * Math.PI / 20)):0.0000}")))}</polygon><geocode><valueName>ISO3166-2</valueName><value>BT-15</value></geocode></area></info></alert>
        """;

    private static string Quake(int i) => $$"""{{Comma(i)}}{"type":"Feature","properties":{"mag":2.1,"place":"4km W of Castaic, CA","time":1517966773840,"updated":1517966996303,"tz":-480,"url":"https://earthquake.usgs.gov/earthquakes/eventpage/ci{{i}}","felt":null,"cdi":null,"mmi":null,"alert":null,"status":"automatic","tsunami":0,"sig":62,"net":"ci","code":"{{i}}","ids":",ci{{i}},","sources":",ci,","types":",geoserve,nearby-cities,origin,phase-data,scitech-link,","nst":7,"dmin":0.04214,"rms":0.35,"gap":174,"magType":"ml","type":"earthquake","title":"M 2.1 - 4km W of Castaic, CA"},"geometry":{"type":"Point","coordinates":[-118.6,34.5,10.2]},"id":"ci{{i}}"}""";

    private static string GdacsItem(int i) => $"""
        <item><title>Green alert for flood {i}</title><description>{new string('d', 300)}</description><link>https://www.gdacs.org/report.aspx?eventid={i}</link><pubDate>Sun, 29 Dec 2019 12:00:00 GMT</pubDate><gdacs:iscurrent>true</gdacs:iscurrent><gdacs:fromdate>Sun, 29 Dec 2019 12:00:00 GMT</gdacs:fromdate><gdacs:todate>Sun, 29 Dec 2019 12:00:00 GMT</gdacs:todate><guid isPermaLink="false">FL{i}</guid><georss:point>-19.4 59.8</georss:point><gdacs:eventtype>FL</gdacs:eventtype><gdacs:alertlevel>Green</gdacs:alertlevel><gdacs:episodealertlevel>Green</gdacs:episodealertlevel><gdacs:eventid>{i}</gdacs:eventid><gdacs:episodeid>1</gdacs:episodeid><gdacs:severity unit="x" value="0">Magnitude 0</gdacs:severity><gdacs:country>Bhutan</gdacs:country><gdacs:resources>{new string('r', 4_000)}</gdacs:resources></item>
        """;

    private static IEnumerable<(string Name, IFeedFormat Format, Func<byte[]> Document)> Documents(int size)
    {
        var now = new DateTimeOffset(2026, 1, 17, 13, 0, 0, TimeSpan.Zero);
        yield return ("uk-ea", new UkEnvironmentAgency(), () => Compose(size, "{\"items\":[", i => $$"""{{Comma(i)}}{"@id":"http://x/id/measures/T{{i % 3000}}-level-stage-i-15_min-mASD","label":"A RIVER AT A PLACE - level-stage-i-15_min-mASD","latestReading":{"@id":"http://x/data/readings/T{{i}}","date":"2024-05-01","dateTime":"{{Time(i)}}Z","measure":"http://x/id/measures/T","value":{{i % 500 / 100.0}}},"parameter":"level","parameterName":"Water Level","period":900,"qualifier":"Stage","stationReference":"T{{i % 3000}}","station":"http://x/id/stations/T{{i % 3000}}","unitName":"mASD"}""", "]}"));
        yield return ("usgs-ogc", new UsgsOgcApi(), () => Compose(size, "{\"type\":\"FeatureCollection\",\"features\":[", i => $$"""{{Comma(i)}}{"type":"Feature","geometry":{"type":"Point","coordinates":[-92.686,40.234]},"id":"1f6dacef-9405-4e72-a755-{{i:000000000000}}","properties":{"approval_status":"Approved","last_modified":"2025-08-28T11:10:36.529563+00:00","monitoring_location_id":"USGS-{{i % 3000:00000000}}","parameter_code":"00065","qualifier":null,"statistic_id":"00011","time":"{{Time(i)}}Z","time_series_id":"b36569a0067443ac9425e850a3ac7baa","unit_of_measure":"ft","value":"1.76"} }""", "]}"));
        yield return ("usgs-iv", new UsgsInstantaneousValues(), () => Compose(size, "{\"value\":{\"timeSeries\":[", i => $$"""{{Comma(i)}}{"name":"USGS:{{i:00000000}}:00065:00000","sourceInfo":{"siteName":"A RIVER","siteCode":[{"value":"{{i:00000000}}"}],"timeZoneInfo":{"defaultTimeZone":{"zoneOffset":"-06:00"} },"geoLocation":{"geogLocation":{"latitude":40.1,"longitude":-92.6} } },"variable":{"variableCode":[{"value":"00065"}],"variableDescription":"Gage height, feet","unit":{"unitCode":"ft"},"noDataValue":-999999.0},"values":[{"value":[{{string.Join(',', Enumerable.Range(0, 96).Select(at => $$"""{"value":"1.{{at}}","qualifiers":["P"],"dateTime":"{{Time(at)}}.000-06:00"}"""))}}],"method":[{"methodID":1}]}]}""", "]}}"));
        yield return ("sensorthings", FeedFormats.Find("sensorthings")!, () => Compose(size, "{\"value\":[", i => $$"""{{Comma(i)}}{"@iot.id":{{i}},"name":"Water level","unitOfMeasurement":{"symbol":"m"},"ObservedProperty":{"name":"Water level"},"Thing":{"@iot.id":{{i}},"name":"Gauge {{i}}","Locations":[{"encodingType":"application/geo+json","location":{"type":"Point","coordinates":[89.6,27.5]} }]},"Observations":[{"phenomenonTime":"{{Time(1)}}Z","resultTime":null,"result":1.25},{"phenomenonTime":"{{Time(2)}}Z","resultTime":null,"result":1.5}]}""", "]}"));
        yield return ("usgs-rdb", new UsgsRdb(null), () => Compose(size, "# comment\nagency_cd\tsite_no\tdatetime\ttz_cd\t01_00065\t01_00065_cd\n5s\t15s\t20d\t6s\t14n\t10s\n", i => $"USGS\t{13200000 + (i % 900)}\t{DateTime.UnixEpoch.AddMinutes(26_000_000 + (15 * (i / 900))).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}\tUTC\t{10 + (i % 90)}.51\tP\n", ""));
        yield return ("waterml2", new WaterMl2(null), () => Compose(size, ParserBenchmark.Wml, i => $"<wml2:point><wml2:MeasurementTVP><wml2:time>{Time(i)}Z</wml2:time><wml2:value>{i % 500 / 100.0}</wml2:value></wml2:MeasurementTVP></wml2:point>", "</wml2:MeasurementTimeseries></om:result></om:OM_Observation></wml2:observationMember></wml2:Collection>"));
        yield return ("metar", new Metar(now), () => Compose(size, "", i => $"METAR {(i % 3) switch { 0 => "VQPR", 1 => "EGLL", _ => "KMOB" }} {1 + (i / 24 % 16):00}{i % 24:00}50Z 24008KT 9999 FEW020 SCT040 12/08 Q1013 NOSIG=\n", ""));
        yield return ("synop", new Synop(now), () => Compose(size, "", i => i % 50 == 0 ? $"AAXX {1 + (i / 1200 % 16):00}{i / 50 % 24:00}1\n" : $"{15000 + (i % 50 * 4)} 11582 80504 10151 20093 30021 40148 52012 69912 71022=\n", ""));
        yield return ("table (csv)", new Table(Levels("csv"), null), () => Compose(size, "id,name,x,y,t,level\n", i => $"A{i % 900},Bridge,89.5,27.5,{Time(i / 900)}Z,{10 + (i % 500)}.555\n", ""));
        yield return ("table (json)", new Table(Levels("json"), null), () => Compose(size, "[", i => $$"""{{Comma(i)}}{"id":"A{{i % 900}}","name":"Bridge","x":89.5,"y":27.5,"t":"{{Time(i / 900)}}Z","level":{{10 + (i % 500)}}.555}""", "]"));
        yield return ("cap, Atom with messages", new CapFeed(), () => Compose(size, "<feed xmlns=\"http://www.w3.org/2005/Atom\">", i => $"<entry><id>e{i}</id><updated>2026-01-01T00:00:00Z</updated><content type=\"text/xml\">{Cap(i)}</content></entry>", "</feed>"));
        yield return ("cap, Atom of links", new CapFeed(), () => Compose(size, "<feed xmlns=\"http://www.w3.org/2005/Atom\">", i => $"<entry><id>e{i}</id><updated>2026-01-01T00:00:00Z</updated><title>A flood</title><link type=\"application/cap+xml\" href=\"https://warnings.example.org/{i}.xml\"/></entry>", "</feed>"));
        yield return ("cap, RSS with messages as text", new CapFeed(), () => Compose(size, "<rss><channel>", i => $"<item><guid>{i}</guid><description>{System.Security.SecurityElement.Escape(Cap(i))}</description></item>", "</channel></rss>"));
        yield return ("cap, EDXL-DE", new CapFeed(), () => Compose(size, "<list>", i => $"<EDXLDistribution xmlns=\"urn:oasis:names:tc:emergency:EDXL:DE:1.0\"><distributionStatus>Actual</distributionStatus><contentObject><xmlContent><embeddedXMLContent>{Cap(i)}</embeddedXMLContent></xmlContent></contentObject></EDXLDistribution>", "</list>"));
        yield return ("cap, one message", new CapFeed(), () => Compose(size, Cap(1)[..^"</alert>".Length], i => Cap(i)[Cap(i).IndexOf("<info>", StringComparison.Ordinal)..^"</alert>".Length], "</alert>"));
        yield return ("cap, small entries", new CapFeed(), () => Compose(size, "<feed xmlns=\"http://www.w3.org/2005/Atom\">", _ => "<entry/>", "</feed>"));
        yield return ("cap, nothing but other elements", new CapFeed(), () => Compose(size, "<feed xmlns=\"http://www.w3.org/2005/Atom\">", _ => "<a/>", "</feed>"));
        yield return ("cap, empty lines", new CapFeed(), () => Compose(size, "<feed xmlns=\"http://www.w3.org/2005/Atom\">", _ => "\n", "</feed>"));
        yield return ("gdacs (rss)", FeedFormats.Find("gdacs")!, () => Compose(size, "<rss xmlns:gdacs=\"http://www.gdacs.org\" xmlns:georss=\"http://www.georss.org/georss\"><channel>", GdacsItem, "</channel></rss>"));
        yield return ("gdacs (json)", FeedFormats.Find("gdacs")!, () => Compose(size, "{\"features\":[", i => $$"""{{Comma(i)}}{"type":"Feature","geometry":{"type":"Point","coordinates":[90.4,27.5]},"properties":{"eventtype":"FL","eventid":{{i}},"episodeid":2,"name":"Flood","description":"Flood","alertlevel":"Red","fromdate":"2026-01-01T00:00:00","todate":"2026-01-03T00:00:00","datemodified":"2026-01-02T10:00:00","iscurrent":"true","country":"Bhutan","url":{"report":"https://a.example/r"},"severitydata":{"severity":0,"severitytext":"Magnitude 0","severityunit":""} } }""", "]}"));
        yield return ("usgs-quakes", FeedFormats.Find("usgs-quakes")!, () => Compose(size, "{\"type\":\"FeatureCollection\",\"features\":[", Quake, "]}"));
        yield return ("geotiff, a smooth field", Raster(), () => Tiff(size, (x, y) => (float)(50 + (40 * Math.Sin(x / 300.0) * Math.Cos(y / 300.0)))));
        yield return ("geotiff, static", Raster(), () => Tiff(size, (x, y) => (float)((uint)((x * 73_856_093) ^ (y * 19_349_663)) % 100)));
        yield return ("geotiff, static, smallest patch 1 km²", Raster(1), () => Tiff(size, (x, y) => (float)((uint)((x * 73_856_093) ^ (y * 19_349_663)) % 100)));
    }

    private static TableMapping Levels(string kind) => new() { Kind = kind, Station = "id", Name = "name", Longitude = "x", Latitude = "y", Time = "t", Values = [new TableValue { Column = "level", Property = ObservedProperty.Stage, Unit = "m" }] };

    private static GeoTiff Raster(double least = 0) => new(new CoverageMapping { Unit = "mm", Classes = [new() { Name = "much", AtLeast = 50 }, new() { Name = "most", AtLeast = 80 }], LeastSquareKilometres = least }, FeedZone.Find("UTC"), null, null);

    /// <summary>An uncompressed raster of 32-bit numbers around Bhutan, as many rows of 4,000 as fit.</summary>
    private static byte[] Tiff(int size, Func<int, int, float> value)
    {
        const int width = 4_000;
        var height = Math.Min(4_096, size / (4 * width));
        using var file = new MemoryStream();
        using var write = new BinaryWriter(file);
        write.Write("II*\0"u8);
        write.Write(8);
        var (tags, extra) = (new List<(ushort Tag, ushort Type, int Count, int Value)>(), new MemoryStream());
        const int entries = 14;
        var extraAt = 8 + 2 + (entries * 12) + 4;
        int Extra(Action<BinaryWriter> add)
        {
            var at = extraAt + (int)extra.Length;
            using var into = new BinaryWriter(extra, Encoding.UTF8, leaveOpen: true);
            add(into);
            return at;
        }

        tags.Add((256, 4, 1, width));
        tags.Add((257, 4, 1, height));
        tags.Add((258, 3, 1, 32));
        tags.Add((259, 3, 1, 1));
        tags.Add((262, 3, 1, 1));
        tags.Add((273, 4, height, Extra(into => Enumerable.Range(0, height).ToList().ForEach(row => into.Write(1_000_000 + (row * width * 4))))));
        tags.Add((277, 3, 1, 1));
        tags.Add((278, 4, 1, 1));
        tags.Add((279, 4, height, Extra(into => Enumerable.Range(0, height).ToList().ForEach(_ => into.Write(width * 4)))));
        tags.Add((306, 2, 20, Extra(into => into.Write("2026:01:01 00:00:00\0"u8))));
        tags.Add((339, 3, 1, 3));
        tags.Add((33550, 12, 3, Extra(into => Array.ForEach([0.001, 0.001, 0.0], into.Write))));
        tags.Add((33922, 12, 6, Extra(into => Array.ForEach([0, 0, 0, 88.0, 29.0, 0], into.Write))));
        var keys = Extra(into => Array.ForEach<ushort>([1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326], into.Write));
        write.Write((ushort)(tags.Count + 1));
        foreach (var (tag, type, count, at) in tags.Append(((ushort)34735, (ushort)3, 16, keys)))
        {
            write.Write(tag);
            write.Write(type);
            write.Write(count);
            write.Write(at);
        }

        write.Write(0);
        write.Flush();
        file.Write(extra.ToArray());
        file.SetLength(1_000_000);
        file.Position = 1_000_000;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                write.Write(value(x, y));
            }
        }

        write.Flush();
        return file.ToArray();
    }
}
