using System.Globalization;
using System.Text.RegularExpressions;
using Resilience.Core.Geography;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// USGS RDB, tab-separated text with a comment header: the services <c>iv</c>, <c>dv</c> and <c>site</c>. Names the same stations and
/// datastreams as the two JSON formats of USGS.
/// </summary>
/// <remarks>
/// Times carry a zone by code (<c>tz_cd</c>); an unknown code is set aside, never guessed. Daily values carry none at all: they are
/// read in the feed's <see cref="FeedDefinition.Zone"/>, and set aside when it names none. A value column may hold a word
/// (<c>Ice</c>, <c>Eqp</c>) or nothing instead of a number. Several sites follow each other as tables of their own.
/// </remarks>
internal sealed partial class UsgsRdb(FeedZone? zone) : IFeedFormat
{
    public string Name => "usgs-rdb";

    public string Title => "USGS RDB (tab-separated)";

    public string? Prefix => "usgs";

    public string Accept => "text/plain, */*;q=0.5";

    public PayloadKind Kind => PayloadKind.Text;

    public IFeedFormat For(Feed feed) => new UsgsRdb(FeedZone.Find(feed.Zone));

    public Task ReadObservationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken)
    {
        new Reading(prefix, zone, into).Read(document, cancellationToken);
        return Task.CompletedTask;
    }

    public Task ReadStationsAsync(Stream document, string prefix, ParsedPayload into, CancellationToken cancellationToken) =>
        ReadObservationsAsync(document, prefix, into, cancellationToken);

    /// <summary>One value column and what the comment header says about it.</summary>
    private sealed record Column(int At, int MarksAt, string Series, string Code, string Statistic, string Key, string Description);

    /// <summary>The state of one document being read.</summary>
    private sealed partial class Reading(string prefix, FeedZone? zone, ParsedPayload into)
    {
        /// <summary>Longest agency or site number; real ones have 5 and 15 characters.</summary>
        private const int LongestCode = 20;

        // Words NWIS prints where it withholds a number. "Ice" and the like are also qualifiers beside a number.
        private static readonly string[] Words = ["Ice", "Eqp", "Bkw", "Ssn", "Rat", "Dis", "Mnt", "Fld", "Dry", "ZFL", "Tst", "Pmp", "Par", "Fouled", "Rvs", "***", "--", "-", "**"];

        // Neither doubts a value: 91, 92, 93 say that a daily value was verified against it, 1 and 2 protect it from being overwritten.
        private static readonly string[] Harmless = ["91", "92", "93", "1", "2"];

        private static readonly Dictionary<string, double> Zones = new(StringComparer.Ordinal)
        {
            ["UTC"] = 0,
            ["GMT"] = 0,
            ["AST"] = -4,
            ["ADT"] = -3,
            ["EST"] = -5,
            ["EDT"] = -4,
            ["CST"] = -6,
            ["CDT"] = -5,
            ["MST"] = -7,
            ["MDT"] = -6,
            ["PST"] = -8,
            ["PDT"] = -7,
            ["AKST"] = -9,
            ["AKDT"] = -8,
            ["HST"] = -10,
            ["HDT"] = -9,
            ["SST"] = -11,
            ["ChST"] = 10,
            ["GST"] = 10,
            ["NST"] = -3.5,
            ["NDT"] = -2.5,
        };

        private readonly Dictionary<string, string> _descriptions = [];
        private readonly Dictionary<string, int> _columns = [];
        // Ids by "agency<tab>site": a table names the same few sites on every line.
        private readonly Dictionary<string, (string Station, string?[] Streams)> _sites = new(StringComparer.Ordinal);
        private readonly Range[] _ranges = new Range[512];
        private List<Column> _values = [];
        private int _width;
        private bool _formatLineDue;

        internal void Read(Stream document, CancellationToken cancellationToken)
        {
            using var lines = new TextLines(document);
            string? lastComment = null;
            while (lines.Read() is { } line)
            {
                if (lines.Number % 1024 == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                var text = line.Span;
                if (!lines.Ended)
                {
                    throw new FeedTrouble("truncated", $"The answer ends in the middle of line {lines.Number}.");
                }

                if (text.IsWhiteSpace())
                {
                    continue;
                }

                if (text[0] == '#')
                {
                    var comment = text.TrimStart('#').Trim();
                    lastComment = comment.IsEmpty ? lastComment : comment.ToString();
                    ReadComment(text);
                    continue;
                }

                ReadLine(text, lines.Number);
            }

            if (_width == 0 || _formatLineDue)
            {
                throw new FeedTrouble(_width == 0 && lastComment is not null ? "nothing-usable" : "not-this-format", $"The answer holds no table{(lastComment is null ? "" : $"; its last remark: {(lastComment.Length > 200 ? lastComment[..200] : lastComment)}")}.");
            }
        }

        private void ReadLine(ReadOnlySpan<char> text, int number)
        {
            var count = text.Split(_ranges, '\t');
            if (_width == 0 || text.StartsWith("agency_cd\t"))
            {
                ReadHeader(text, count);
            }
            else if (_formatLineDue)
            {
                foreach (var range in _ranges.AsSpan(0, count))
                {
                    if (!FormatOfColumn().IsMatch(text[range].Trim()))
                    {
                        throw new FeedTrouble("not-this-format", $"Line {number} should give the widths of the columns (5s, 15s…) as RDB does, and does not.");
                    }
                }

                _formatLineDue = false;
            }
            else if (count != _width)
            {
                into.Refuse("wrong-columns", $"line {number} has {count} of {_width} columns");
            }
            else
            {
                ReadRow(text, number);
            }
        }

        private void ReadHeader(ReadOnlySpan<char> text, int count)
        {
            _columns.Clear();
            var names = new string[count];
            for (var i = 0; i < count; i++)
            {
                names[i] = text[_ranges[i]].Trim().ToString();
                _columns.TryAdd(names[i], i);
            }

            if (!_columns.ContainsKey("site_no") || !(_columns.ContainsKey("datetime") || _columns.ContainsKey("dec_lat_va")))
            {
                throw new FeedTrouble("not-this-format", "The table has no columns site_no and datetime (values), or site_no and dec_lat_va (sites); it is not RDB of the services iv, dv or site.");
            }

            (_width, _formatLineDue, _values) = (count, true, []);
            _sites.Clear();
            var keys = new HashSet<string>();
            for (var i = 0; i < count; i++)
            {
                if (ValueColumn().Match(names[i]) is not { Success: true } match)
                {
                    continue;
                }

                var (series, code, statistic) = (match.Groups["series"].Value, match.Groups["code"].Value, match.Groups["statistic"].Value);
                var description = _descriptions.GetValueOrDefault($"{series}_{code}{(statistic.Length > 0 ? "_" + statistic : "")}", "");
                var key = $"{code}{(statistic is "" or "00000" or "00011" ? "" : ":" + statistic)}";

                // A described one ("Gage height, feet, [Upstream]") is a further gauge at the same site, as in the JSON of the same service.
                key = (description.Contains('[', StringComparison.Ordinal) || keys.Contains(key)) && series.Length > 0 ? $"{key}:{series}" : key;
                if (keys.Add(key))
                {
                    _values.Add(new Column(i, _columns.GetValueOrDefault(names[i] + "_cd", -1), series, code, statistic, key, description));
                }
            }
        }

        private void ReadRow(ReadOnlySpan<char> text, int number)
        {
            var site = Field(text, "site_no").Trim();
            var agency = Field(text, "agency_cd").Trim();
            if (site.IsEmpty || site.Length > LongestCode || agency.Length > LongestCode || site.ContainsAny(":\0") || agency.ContainsAny(":\0"))
            {
                into.Refuse("not-understood", $"line {number} names no site");
                return;
            }

            var (stationId, streams) = Site(agency, site);
            if (_columns.ContainsKey("dec_lat_va"))
            {
                ReadStation(text, stationId, site.ToString());
            }

            if (!_columns.ContainsKey("datetime"))
            {
                return;
            }

            var at = Field(text, "datetime").Trim();
            var (time, reason) = Time(at, Field(text, "tz_cd").Trim());
            if (time is not { } moment)
            {
                into.Refuse(reason, $"line {number}: {at} {Field(text, "tz_cd")}");
                return;
            }

            for (var i = 0; i < _values.Count; i++)
            {
                ReadValue(text, _values[i], streams[i] ??= AddDatastream(_values[i], stationId, at.Length == 10), moment);
            }
        }

        private (string Station, string?[] Streams) Site(ReadOnlySpan<char> agency, ReadOnlySpan<char> site)
        {
            Span<char> key = stackalloc char[(2 * LongestCode) + 1];
            agency.CopyTo(key);
            key[agency.Length] = '\t';
            site.CopyTo(key[(agency.Length + 1)..]);
            key = key[..(agency.Length + 1 + site.Length)];
            var sites = _sites.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!sites.TryGetValue(key, out var known))
            {
                known = (agency.IsEmpty || agency is "USGS" ? $"{prefix}:{site}" : $"{prefix}:{agency}-{site}", new string?[_values.Count]);
                sites[key] = known;
            }

            return known;
        }

        private string AddDatastream(Column column, string stationId, bool daily)
        {
            var id = $"{stationId}:{column.Key}";
            into.Datastreams.TryAdd(id, new ParsedDatastream(id, stationId, UsgsCodes.Property(column.Code), Unit(column), column.Description.Length > 0 ? column.Description : $"Parameter {column.Code}", daily ? TimeSpan.FromDays(1) : null));
            return id;
        }

        private void ReadStation(ReadOnlySpan<char> text, string id, string site)
        {
            if (!double.TryParse(Field(text, "dec_lat_va"), CultureInfo.InvariantCulture, out var latitude) || !double.TryParse(Field(text, "dec_long_va"), CultureInfo.InvariantCulture, out var longitude) || !Wgs84.IsPosition(longitude, latitude))
            {
                into.Refuse("no-position", id);
                return;
            }

            var name = Field(text, "station_nm").Trim() is { IsEmpty: false } given ? Storable(given) : site;
            into.Stations[id] = new ParsedStation(id, name, Wgs84.Point(longitude, latitude)) { River = UsgsCodes.River(name) };
        }

        private void ReadValue(ReadOnlySpan<char> text, Column column, string id, DateTimeOffset time)
        {
            var raw = text[_ranges[column.At]].Trim();
            var marks = column.MarksAt < 0 ? "" : Marks(text[_ranges[column.MarksAt]].Trim());
            if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            {
                // "Ice" alone, or a number with the word behind it ("12.1_Ice").
                if (raw.IsEmpty || IsWord(raw))
                {
                    into.Missing++;
                }
                else
                {
                    into.Refuse("not-a-number", $"{id}: {raw}");
                }
            }
            else if (UsgsCodes.IsMissing(number, noDataValue: null))
            {
                into.Missing++;
            }
            else
            {
                into.Observations.Add(new ParsedObservation(id, time, number, marks.Length == 0 ? null : marks, marks is not ("" or "A" or "P") && UsgsCodes.Doubted(marks.Split([':', ' ', '[', ']', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Except(Harmless))));
            }
        }

        private (DateTimeOffset? Time, string Reason) Time(ReadOnlySpan<char> text, ReadOnlySpan<char> code)
        {
            if (text.Length == 10 && code.IsEmpty)
            {
                return !DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? (null, "no-time") : (zone?.At(day), "no-zone");
            }

            if (!TextTimes.TryMinute(text, out var local) && !DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out local))
            {
                return (null, "no-time");
            }

            return local.Year is < 1700 or > 2300 ? (null, "no-time")
                : Zones.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(code, out var hours) ? (new DateTimeOffset(local, TimeSpan.FromHours(hours)).ToUniversalTime(), "")
                : (null, "unknown-zone");
        }

        private void ReadComment(ReadOnlySpan<char> text)
        {
            if (text.Length > 300)
            {
                return;
            }

            var line = text.ToString();
            if (SeriesComment().Match(line) is { Success: true } series)
            {
                var statistic = series.Groups["statistic"].Value;
                _descriptions[$"{series.Groups["series"].Value}_{series.Groups["code"].Value}{(statistic.Length > 0 ? "_" + statistic : "")}"] = Storable(series.Groups["description"].Value.Trim());
            }
        }

        private ReadOnlySpan<char> Field(ReadOnlySpan<char> text, string name) => _columns.TryGetValue(name, out var at) ? text[_ranges[at]] : [];

        private static bool IsWord(ReadOnlySpan<char> text)
        {
            var word = text[(text.LastIndexOf('_') + 1)..];
            foreach (var known in Words)
            {
                if (word.Equals(known, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            return false;
        }

        private static string Unit(Column column) => column.Code switch
        {
            "00065" or "63160" or "62614" or "62615" or "00062" or "72275" => "ft",
            "00060" => "ft3/s",
            "00045" => "in",
            "00010" or "00020" => "degC",
            _ when column.Description.Contains("cubic feet per second", StringComparison.OrdinalIgnoreCase) => "ft3/s",
            _ when column.Description.Contains(", feet", StringComparison.OrdinalIgnoreCase) => "ft",
            _ when column.Description.Contains(", inches", StringComparison.OrdinalIgnoreCase) => "in",
            _ when column.Description.Contains(", meters", StringComparison.OrdinalIgnoreCase) => "m",
            _ => "---",
        };

        private static string Marks(ReadOnlySpan<char> text) => text switch { "" => "", "A" => "A", "P" => "P", _ => Storable(text) };

        private static string Storable(ReadOnlySpan<char> text) => text.ToString().Replace('\0', '\uFFFD');

        [GeneratedRegex(@"^(?:(?<series>[0-9A-Za-z]{1,20})_)?(?<code>\d{5})(?:_(?<statistic>\d{5}))?$")]
        private static partial Regex ValueColumn();

        [GeneratedRegex(@"^\d{1,4}[sdnSDN]$")]
        private static partial Regex FormatOfColumn();

        [GeneratedRegex(@"^#\s+(?<series>\d{1,20})\s+(?<code>\d{5})(?:\s+(?<statistic>\d{5}))?\s+(?<description>\S.*)$")]
        private static partial Regex SeriesComment();
    }
}
