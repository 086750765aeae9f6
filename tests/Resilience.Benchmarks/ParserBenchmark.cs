using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using Resilience.Observations;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;

namespace Resilience.Benchmarks;

/// <summary>
/// <c>parsers</c>: each feed format reads one large synthetic document, beside a peer that only walks through the same bytes:
/// <see cref="JsonDocument"/>, <see cref="XmlReader"/>, or lines split at their delimiter. Both must see the same number of values.
/// </summary>
internal static class ParserBenchmark
{
    private static readonly Option<int> Megabytes = new("--megabytes") { Description = "Size of each document.", DefaultValueFactory = _ => 64 };

    internal static void AddTo(RootCommand root)
    {
        var command = new Command("parsers", "Every feed format on one large document, beside a bare walk through the same bytes.") { Megabytes };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            Console.WriteLine("format            MB      values    seconds   walk s   ratio   live MB after");
            foreach (var (format, begin, item, end, marker) in Documents())
            {
                await RunAsync(format, Compose(begin, item, end, arguments.GetValue(Megabytes) * 1_000_000), marker, cancellationToken);
            }

            return 0;
        });
        root.Subcommands.Add(command);
    }

    private static async Task RunAsync(IFeedFormat format, byte[] document, string marker, CancellationToken cancellationToken)
    {
        var walkers = 0;
        var values = 0;
        var (best, bestWalk) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        long live = 0;
        for (var round = 0; round < 3; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            var parsed = new ParsedPayload();
            await format.ReadObservationsAsync(new MemoryStream(document), "bench", parsed, cancellationToken);
            best = Min(best, Stopwatch.GetElapsedTime(begun));
            values = parsed.Observations.Count;
            live = GC.GetTotalMemory(forceFullCollection: true) - document.Length;
            begun = Stopwatch.GetTimestamp();
            walkers = Walk(format.Kind, document, marker);
            bestWalk = Min(bestWalk, Stopwatch.GetElapsedTime(begun));
            GC.KeepAlive(parsed);
        }

        if (values != walkers)
        {
            throw new InvalidOperationException($"{format.Name}: {values} values, but the walk met {walkers}.");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{format.Name,-14} {document.Length / 1e6,5:0.0}  {values,10:N0}  {best.TotalSeconds,9:0.00}{bestWalk.TotalSeconds,9:0.00}{best / bestWalk,8:0.00}{live / 1e6,16:0}"));
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static int Walk(PayloadKind kind, byte[] document, string marker)
    {
        var count = 0;
        switch (kind)
        {
            case PayloadKind.Json:
                using (var json = JsonDocument.Parse(document))
                {
                    count = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.GetArrayLength() : Deep(json.RootElement, marker.Split('/'));
                }

                break;
            case PayloadKind.Xml:
                using (var xml = XmlReader.Create(new MemoryStream(document)))
                {
                    while (xml.Read())
                    {
                        count += xml.NodeType == XmlNodeType.Element && xml.LocalName == marker ? 1 : 0;
                    }
                }

                break;
            default:
                using (var text = new StreamReader(new MemoryStream(document)))
                {
                    while (text.ReadLine() is { } line)
                    {
                        count += line.Split(marker == "tab" ? '\t' : ',').Length > 1 && char.IsAsciiDigit(line[^3]) && line[^1] != 's' ? 1 : 0;
                    }
                }

                break;
        }

        return count;
    }

    private static int Deep(JsonElement at, ReadOnlySpan<string> path)
    {
        foreach (var part in path)
        {
            at = at.ValueKind == JsonValueKind.Array ? at[0].GetProperty(part) : at.GetProperty(part);
        }

        return at.GetArrayLength();
    }

    private static byte[] Compose(string begin, Func<int, string> item, string end, int bytes)
    {
        var text = new StringBuilder(begin, bytes + 4096);
        for (var i = 0; text.Length < bytes; i++)
        {
            text.Append(item(i));
        }

        return Encoding.UTF8.GetBytes(text.Append(end).ToString());
    }

    private static string Minute(int i) => DateTimeOffset.UnixEpoch.AddMinutes(26_000_000 + (15 * i)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Comma(int i) => i == 0 ? "" : ",";

    private static IEnumerable<(IFeedFormat Format, string Begin, Func<int, string> Item, string End, string Marker)> Documents()
    {
        yield return (new UkEnvironmentAgency(), "{\"items\":[", i => $$"""{{Comma(i)}}{"@id":"http://x/id/measures/T{{i % 3000}}-level-stage-i-15_min-mASD","label":"A RIVER AT A PLACE - level-stage-i-15_min-mASD","latestReading":{"@id":"http://x/data/readings/T{{i}}","date":"2024-05-01","dateTime":"{{Minute(i)}}","measure":"http://x/id/measures/T","value":{{i % 500 / 100.0}}},"parameter":"level","parameterName":"Water Level","period":900,"qualifier":"Stage","stationReference":"T{{i % 3000}}","station":"http://x/id/stations/T{{i % 3000}}","unitName":"mASD"}""", "]}", "items");
        yield return (new UsgsOgcApi(), "{\"type\":\"FeatureCollection\",\"features\":[", i => $$"""{{Comma(i)}}{"type":"Feature","geometry":{"type":"Point","coordinates":[-92.686,40.234]},"id":"1f6dacef-9405-4e72-a755-{{i:000000000000}}","properties":{"approval_status":"Approved","last_modified":"2025-08-28T11:10:36.529563+00:00","monitoring_location_id":"USGS-{{i % 3000:00000000}}","parameter_code":"00065","qualifier":null,"statistic_id":"00011","time":"{{Minute(i)}}","time_series_id":"b36569a0067443ac9425e850a3ac7baa","unit_of_measure":"ft","value":"1.76"} }""", "]}", "features");
        yield return (new UsgsRdb(null), "# comment\nagency_cd\tsite_no\tdatetime\ttz_cd\t01_00065\t01_00065_cd\n5s\t15s\t20d\t6s\t14n\t10s\n", i => $"USGS\t{13200000 + (i % 900)}\t{DateTime.UnixEpoch.AddMinutes(26_000_000 + (15 * (i / 900))).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}\tUTC\t{10 + (i % 90)}.51\tP\n", "", "tab");
        yield return (new WaterMl2(null), Wml, i => $"<wml2:point><wml2:MeasurementTVP><wml2:time>{Minute(i)}</wml2:time><wml2:value>{i % 500 / 100.0}</wml2:value></wml2:MeasurementTVP></wml2:point>", "</wml2:MeasurementTimeseries></om:result></om:OM_Observation></wml2:observationMember></wml2:Collection>", "point");
        yield return (
            new Table(new TableMapping { Station = "id", Name = "name", Longitude = "x", Latitude = "y", Time = "t", Values = [new TableValue { Column = "level", Property = ObservedProperty.Stage, Unit = "m" }] }, null),
            "id,name,x,y,t,level\n", i => $"A{i % 900},Bridge,89.5,27.5,{Minute(i / 900)},{10 + (i % 500)}.555\n", "", ",");
    }

    internal const string Wml = """
        <wml2:Collection xmlns:wml2="http://www.opengis.net/waterml/2.0" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:om="http://www.opengis.net/om/2.0" xmlns:sams="http://www.opengis.net/samplingSpatial/2.0">
        <wml2:observationMember><om:OM_Observation gml:id="o1"><om:procedure xlink:href="http://example.org/p/radar"/><om:observedProperty xlink:href="http://example.org/def/1" xlink:title="Water level"/>
        <om:featureOfInterest><wml2:MonitoringPoint gml:id="mp1"><gml:identifier codeSpace="x">G-1</gml:identifier><gml:name>Bridge</gml:name><sams:shape><gml:Point srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>27.5 89.6</gml:pos></gml:Point></sams:shape></wml2:MonitoringPoint></om:featureOfInterest>
        <om:result><wml2:MeasurementTimeseries><wml2:defaultPointMetadata><wml2:DefaultTVPMeasurementMetadata><wml2:uom code="m"/></wml2:DefaultTVPMeasurementMetadata></wml2:defaultPointMetadata>
        """;
}
