using System.Text;
using Resilience.Core;
using Resilience.Core.Cap;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;

namespace Resilience.Tests.Observations.Feeds.Formats.Announcements;

/// <summary>Warnings of other authorities, as they are really sent: alone, in an index, in envelopes, and not quite as the standard has it.</summary>
public sealed class CapFeedTest
{
    private static readonly IFeedFormat Cap = FeedFormats.Find("cap")!;

    [Theory]
    [InlineData("v1dot0", "")]
    [InlineData("v1dot1", "")]
    [InlineData("v1dot2", "")]
    public async Task The_examples_of_every_version_of_the_standard_are_read(string version, string refused)
    {
        var kinds = new List<HazardKind>();
        for (var n = 1; n <= 4; n++)
        {
            var parsed = await Recording.ParseAsync("cap", $"cap-oasis-{version}-a{n}.xml");
            Assert.Equal(refused, string.Join(',', parsed.Refused.Keys));
            kinds.Add(Assert.Single(parsed.Bulletins).Parts[0].Kind);
        }

        // Homeland security, severe thunderstorm, earthquake, AMBER.
        Assert.Equal([HazardKind.Other, HazardKind.Storm, HazardKind.Earthquake, HazardKind.Other], kinds);
    }

    [Fact]
    public async Task A_real_signed_warning_keeps_its_words_times_area_and_bytes()
    {
        var bulletin = Assert.Single((await Recording.ParseAsync("cap", "cap-seychelles.xml")).Bulletins);
        var part = Assert.Single(bulletin.Parts);
        Assert.Equal(("urn:oid:2.49.0.0.690.0.2024.5.19.13.18.0", "Seychelles Meteorological Authority", CapStatus.Actual), (bulletin.Identifier, bulletin.Authority, bulletin.Status));
        Assert.Equal((HazardKind.Storm, "Strong Winds", CapSeverity.Moderate, CapUrgency.Immediate, CapCertainty.Observed), (part.Kind, part.Event, part.Severity, part.Urgency, part.Certainty));
        Assert.Equal(new DateTimeOffset(2024, 5, 19, 19, 30, 0, TimeSpan.Zero), part.Expires);
        Assert.Equal("Aldabra area", Assert.Single(part.Areas).Words);

        // Latitude comes first in CAP: Aldabra lies at 46 E, 9 S.
        var centre = part.Areas[0].Shape!.Centroid;
        Assert.InRange(centre.X, 46, 47);
        Assert.InRange(centre.Y, -10, -9);
        Assert.StartsWith("<alert", bulletin.Raw, StringComparison.Ordinal);
        Assert.EndsWith("</alert>", bulletin.Raw, StringComparison.Ordinal);
        Assert.Contains(bulletin.Raw!, Encoding.UTF8.GetString(Recording.Bytes("cap-seychelles.xml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_real_index_that_carries_the_main_fields_is_read_from_them_and_says_so()
    {
        var parsed = await Recording.ParseAsync("cap", "cap-nws-index.atom.gz");
        Assert.Empty(parsed.Refused);
        Assert.Empty(parsed.Links);
        Assert.InRange(parsed.Bulletins.Count, 150, 250);
        Assert.All(parsed.Bulletins, bulletin => Assert.Contains(bulletin.Findings, finding => finding.StartsWith("read from the index entry alone", StringComparison.Ordinal)));
        Assert.All(parsed.Bulletins, bulletin => Assert.NotNull(bulletin.Parts[0].Expires));
        var flood = parsed.Bulletins.First(bulletin => bulletin.Parts[0].Event == "Flood Warning");
        Assert.Equal(HazardKind.RiverFlood, flood.Parts[0].Kind);
        Assert.NotEmpty(flood.Parts[0].Areas[0].Codes);
    }

    [Fact]
    public async Task An_index_of_links_gives_links_and_prefers_the_one_that_is_cap()
    {
        var parsed = await ReadAsync("""
            <feed xmlns="http://www.w3.org/2005/Atom"><id>x</id>
            <entry><id>one</id><updated>2026-01-01T00:00:00Z</updated><link type="text/html" href="https://a.example/one.html"/><link type="application/cap+xml" href="https://a.example/one.xml"/></entry>
            <entry><id>two</id><updated>2026-01-01T00:00:01Z</updated><link href="two.cap"/></entry></feed>
            """);
        Assert.Equal(["https://a.example/one.xml", "two.cap"], parsed.Links.Select(link => link.Address.OriginalString));
        Assert.Equal(["one", "two"], parsed.Links.Select(link => link.Entry));

        var rss = await ReadAsync("<rss><channel><item><title>Storm</title><guid>7</guid><pubDate>Mon, 30 Dec 2019 01:35:11 GMT</pubDate><link>https://a.example/7.xml</link></item></channel></rss>");
        Assert.Equal(("7", "https://a.example/7.xml"), (rss.Links[0].Entry, rss.Links[0].Address.OriginalString));
    }

    [Fact]
    public async Task A_message_may_stand_inside_an_entry_as_xml_or_as_text()
    {
        var message = Message("m1");
        var escaped = System.Security.SecurityElement.Escape(message);
        foreach (var content in (string[])[$"<content type='text/xml'>{message}</content>", $"<content type='text'>{escaped}</content>"])
        {
            var parsed = await ReadAsync($"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>e</id>{content}</entry></feed>");
            Assert.Equal("m1", Assert.Single(parsed.Bulletins).Identifier);
        }

        // Text within text within text is not followed: the entry holds no message then.
        var inner = $"<entry xmlns='http://www.w3.org/2005/Atom'><content>{escaped}</content><!-- :cap:1.2 --></entry>";
        var nested = await ReadAsync($"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>e</id><content>{System.Security.SecurityElement.Escape(inner)}</content></entry></feed>");
        Assert.Empty(nested.Bulletins);
    }

    [Theory]
    [InlineData("<EDXLDistribution xmlns='urn:oasis:names:tc:emergency:EDXL:DE:1.0'><distributionStatus>{0}</distributionStatus><contentObject><xmlContent><embeddedXMLContent>{1}</embeddedXMLContent></xmlContent></contentObject></EDXLDistribution>")]
    [InlineData("<EDXLDistribution xmlns='urn:oasis:names:tc:emergency:EDXL:DE:2.0'><DistributionStatus><ValueListURI>x</ValueListURI><Value>{0}</Value></DistributionStatus><content><contentObject><contentXML><embeddedXMLContent>{1}</embeddedXMLContent></contentXML></contentObject></content></EDXLDistribution>")]
    public async Task An_envelope_that_says_exercise_makes_an_exercise_of_what_it_holds(string envelope)
    {
        async Task<ParsedBulletin> Read(string outer, string inner) =>
            Assert.Single((await ReadAsync(envelope.Replace("{0}", outer, StringComparison.Ordinal).Replace("{1}", Message("m1", status: inner), StringComparison.Ordinal))).Bulletins);
        Assert.Equal(CapStatus.Actual, (await Read("Actual", "Actual")).Status);
        Assert.Equal(CapStatus.Exercise, (await Read("Exercise", "Actual")).Status);
        Assert.Equal(CapStatus.Exercise, (await Read("Actual", "Exercise")).Status);
        Assert.Equal(CapStatus.Test, (await Read("Unheard-of", "Actual")).Status);
        Assert.StartsWith("<alert", (await Read("Actual", "Actual")).Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Translations_are_one_part_and_the_worse_of_them_counts()
    {
        var parsed = await ReadAsync(Message("m1", infos: [Info("en", "Flood", "Severe", 3), Info("dz", "Flood", "Extreme", 5), Info("en", "Landslide", "Minor", 9)]));
        var parts = Assert.Single(parsed.Bulletins).Parts;
        Assert.Equal([HazardKind.RiverFlood, HazardKind.Landslide], parts.Select(part => part.Kind));
        Assert.Equal((CapSeverity.Extreme, 5), (parts[0].Severity, parts[0].Expires!.Value.Hour));
        Assert.Equal(["en", "dz"], parts[0].Texts.Select(text => text.Language));
        Assert.Contains(parsed.Bulletins[0].Findings, finding => finding.Contains("the worse and the later counts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<scope>Private</scope>", "not-public")]
    [InlineData("<scope>Restricted</scope>", "not-public")]
    public async Task What_is_not_for_the_public_is_dropped_and_said(string scope, string reason)
    {
        var parsed = await ReadAsync(Message("m1").Replace("<scope>Public</scope>", scope, StringComparison.Ordinal));
        Assert.Empty(parsed.Bulletins);
        Assert.Equal([reason], parsed.Refused.Keys);
    }

    [Fact]
    public async Task An_acknowledgement_says_nothing_about_a_danger()
    {
        var parsed = await ReadAsync(Message("m1", msgType: "Ack"));
        Assert.Empty(parsed.Bulletins);
        Assert.Equal(["no-announcement"], parsed.Refused.Keys);
    }

    [Theory]
    [InlineData("<html><body>Please log in</body></html>", "not-this-format")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'b'>]><alert>&b;</alert>", "dtd")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id>", "truncated")]
    public async Task What_is_no_warning_is_trouble_never_silence(string document, string reason)
    {
        var (parsed, trouble) = await Fuzz.ReadAsync(Cap, document);
        Assert.Equal(reason, trouble?.Reason);
        Assert.Empty(parsed.Bulletins);
    }

    [Fact]
    public async Task What_was_put_right_is_counted_with_what_stood_there()
    {
        var parsed = await ReadAsync(Message("m1").Replace("2026-01-01T00:00:00-00:00", "2026-01-01T00:00:00", StringComparison.Ordinal));
        var repair = parsed.Repairs["not-as-standard"];
        Assert.Equal((1, "m1: time 2026-01-01T00:00:00 has no zone", "read as UTC"), (repair.Count, repair.Before, repair.After));
        Assert.Empty((await ReadAsync(Message("m1"))).Repairs);
    }

    [Fact]
    public async Task Areas_made_to_cost_time_are_drawn_roughly_and_said_to_be()
    {
        var random = new Random(1);
        string Ring(int corners) => string.Join(' ', Enumerable.Range(0, corners).Select(_ => FormattableString.Invariant($"{random.NextDouble():0.0000},{random.NextDouble():0.0000}")));
        string Area(string shape) => Message("m1", infos: [CapText.Info("en", "Flood", "Severe", "2026-01-01T03:00:00-00:00", shape)]);
        foreach (var (shape, finding) in new[]
        {
            ($"<polygon>{Ring(400)}</polygon>", "crosses itself"), ($"<polygon>{Ring(40_000)}</polygon>", "crosses itself"), ($"<polygon>{Ring(200_000)}</polygon>", "the box around it"),
            (string.Concat(Enumerable.Range(0, 20_000).Select(_ => $"<circle>{Ring(1)} 5</circle>")), "the box around it"),
        })
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            var bulletin = Assert.Single((await ReadAsync(Area(shape))).Bulletins);
            Assert.Contains(bulletin.Findings, found => found.Contains(finding, StringComparison.Ordinal));
            Assert.InRange(bulletin.Parts[0].Areas[0].Shape!.Area, 0.3, 1.5);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"{finding}: {clock.Elapsed}");
        }
    }

    [Theory]
    [InlineData("<a/>", 16)]
    [InlineData("<a>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</a>", 16)]
    public async Task One_element_of_many_megabytes_is_not_taken_into_memory(string part, int megabytes)
    {
        var document = $"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id>{string.Concat(Enumerable.Repeat(part, megabytes * 1_000_000 / part.Length))}</entry></feed>";
        Assert.Equal("invalid-xml", (await Fuzz.ReadAsync(Cap, document)).Trouble?.Reason);
    }

    [Fact]
    public async Task A_long_list_ends_in_time()
    {
        var entry = $"<entry><id>e</id><content type='text/xml'>{Message("m1")}</content></entry>";
        await Speed.AssertEndsInTimeAsync(Cap, $"<feed xmlns='http://www.w3.org/2005/Atom'>{string.Concat(Enumerable.Repeat(entry, 9_000))}</feed>");
    }

    [Fact]
    public async Task No_damaged_document_breaks_the_reader() => await Fuzz.NothingBreaksAsync(
        Cap, Recording.Bytes("cap-seychelles.xml"), Recording.Bytes("cap-oasis-v1dot0-a2.xml"), Recording.Bytes("cap-oasis-v1dot2-a4.xml"), Fuzz.First(Recording.Bytes("cap-nws-index.atom.gz"), 3, "</entry>", "</feed>"),
        Encoding.UTF8.GetBytes(Message("m1", infos: [Info("en", "Flood", "Severe", 3), Info("dz", "Flood", "Extreme", 5)])));

    [Fact]
    public async Task No_damaged_index_or_envelope_breaks_the_reader() => await Fuzz.NothingBreaksAsync(
        "cap in atom, rss, edxl",
        Cap,
        Encoding.UTF8.GetBytes($"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>e</id><updated>2026-01-01T00:00:00Z</updated><link type='application/cap+xml' href='one.xml'/></entry><entry><id>f</id><content type='text/xml'>{Message("m1")}</content></entry></feed>"),
        Encoding.UTF8.GetBytes($"<rss><channel><item><title>Storm</title><guid>7</guid><pubDate>Mon, 30 Dec 2019 01:35:11 GMT</pubDate><link>https://a.example/7.xml</link></item><item><guid>8</guid><description>{System.Security.SecurityElement.Escape(Message("m2"))}</description></item></channel></rss>"),
        Encoding.UTF8.GetBytes($"<EDXLDistribution xmlns='urn:oasis:names:tc:emergency:EDXL:DE:1.0'><distributionStatus>Actual</distributionStatus><contentObject><xmlContent><embeddedXMLContent>{Message("m3")}</embeddedXMLContent></xmlContent></contentObject></EDXLDistribution>"),
        Encoding.UTF8.GetBytes($"<EDXLDistribution xmlns='urn:oasis:names:tc:emergency:EDXL:DE:2.0'><DistributionStatus><ValueListURI>x</ValueListURI><Value>Actual</Value></DistributionStatus><content><contentObject><contentXML><embeddedXMLContent>{Message("m4")}</embeddedXMLContent></contentXML></contentObject></content></EDXLDistribution>"));

    private static async Task<ParsedPayload> ReadAsync(string document)
    {
        var (parsed, trouble) = await Fuzz.ReadAsync(Cap, document);
        Assert.Null(trouble);
        return parsed;
    }

    private static string Info(string language, string what, string severity, int untilHour) => CapText.Info(language, what, severity, $"2026-01-01T{untilHour:00}:00:00-00:00");

    private static string Message(string identifier, string status = "Actual", string msgType = "Alert", string[]? infos = null) =>
        CapText.Message(identifier, "2026-01-01T00:00:00-00:00", status, msgType, infos: infos ?? [Info("en", "Flood", "Severe", 3)]);
}
