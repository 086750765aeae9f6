using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>One row of a table, its columns by name.</summary>
internal interface ITableRow
{
    /// <summary>Where it stands, for people: <c>line 7</c>.</summary>
    string Where { get; }

    /// <summary>The text of a column; null when the row has none there.</summary>
    string? Text(string column);
}

/// <summary>Reads a CSV (RFC 4180, any delimiter) row by row. A quoted field may hold line ends; one that is never closed is trouble.</summary>
internal sealed class CsvRows(Stream document, TableMapping mapping) : ITableRow, IDisposable
{
    private const int MaxColumns = 1024;

    private readonly TextLines _lines = new(document, mapping.FindEncoding());
    private readonly char _delimiter = mapping.FindDelimiter() ?? ',';
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private List<string> _fields = [];
    private List<string> _before = [];
    private bool _headerRead = mapping.HeaderLine == 0;
    private int _width;

    /// <summary>Line on which the row begins.</summary>
    internal int Line { get; private set; }

    public string Where => $"line {Line}";

    /// <summary>Goes to the next row; false after the last.</summary>
    internal bool Read()
    {
        while (_lines.Read() is { } line)
        {
            Line = _lines.Number;
            if (Line < mapping.HeaderLine || (_headerRead && Line < mapping.FirstRow) || line.Span.IsWhiteSpace())
            {
                continue;
            }

            Split(line.Span);
            if (!_headerRead)
            {
                ReadHeader();
                continue;
            }

            // A row without its line end may have lost part of its last value as well.
            if (!_lines.Ended && _width > 0 && _fields.Count < _width)
            {
                throw new FeedTrouble("truncated", $"The answer ends in the middle of line {Line}.");
            }

            return true;
        }

        return false;
    }

    /// <summary>A document without even its header is trouble, not an empty table.</summary>
    internal void RequireHeader()
    {
        if (!_headerRead)
        {
            throw new FeedTrouble("wrong-mapping", $"The table ends before line {mapping.HeaderLine}, where the column names should stand (HeaderLine).");
        }
    }

    public string? Text(string column)
    {
        var at = mapping.HeaderLine == 0 ? (int.TryParse(column, CultureInfo.InvariantCulture, out var number) ? number - 1 : -1) : _columns.GetValueOrDefault(column, -1);
        return at >= 0 && at < _fields.Count ? _fields[at] : null;
    }

    public void Dispose() => _lines.Dispose();

    private void ReadHeader()
    {
        (_headerRead, _width) = (true, _fields.Count);
        for (var i = 0; i < _fields.Count; i++)
        {
            _columns.TryAdd(_fields[i].Trim(), i);
        }

        var wanted = new[] { mapping.Station, mapping.Name, mapping.Longitude, mapping.Latitude, mapping.River, mapping.Time, mapping.TimeOfDay }
            .Concat(mapping.Values.Select(value => value.Column)).Concat(mapping.Values.Select(value => value.When?[..Math.Max(0, value.When.IndexOf('=', StringComparison.Ordinal))]));
        if (wanted.FirstOrDefault(column => column is not null && !_columns.ContainsKey(column)) is { } absent)
        {
            var names = string.Join(", ", _columns.Keys);
            throw new FeedTrouble("wrong-mapping", $"Line {Line} has no column '{absent}'; it has {(names.Length > 300 ? names[..300] + "…" : names)}{(_columns.Count == 1 ? $". Is the delimiter really '{mapping.Delimiter}'?" : ".")}");
        }
    }

    private void Split(ReadOnlySpan<char> line)
    {
        (_fields, _before) = (_before, _fields);
        _fields.Clear();
        if (!line.Contains('"'))
        {
            foreach (var range in line.Split(_delimiter))
            {
                Add(line[range]);
            }

            return;
        }

        var field = new StringBuilder();
        var (quoted, begun) = (false, Line);
        while (true)
        {
            for (var i = 0; i < line.Length; i++)
            {
                var c = line[i];
                if (quoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else if (c == '"' && (quoted || field.Length == 0))
                {
                    quoted = !quoted;
                }
                else if (c == _delimiter && !quoted)
                {
                    Add(field.ToString());
                    field.Clear();
                }
                else
                {
                    field.Append(c);
                }
            }

            if (!quoted)
            {
                Add(field.ToString());
                return;
            }

            if (_lines.Number - begun > 100 || _lines.Read() is not { } next)
            {
                throw new FeedTrouble(_lines.Number - begun > 100 ? "invalid-csv" : "truncated", $"Line {begun}: a quotation mark is never closed.");
            }

            field.Append('\n');
            line = next.Span;
        }
    }

    private void Add(ReadOnlySpan<char> field)
    {
        if (_fields.Count == MaxColumns)
        {
            throw new FeedTrouble("invalid-csv", $"Line {Line} has more than {MaxColumns} columns.");
        }

        // Names, places and often the time stand as they stood in the row before: the same text is taken again.
        var same = _fields.Count < _before.Count && field.SequenceEqual(_before[_fields.Count]) ? _before[_fields.Count] : null;
        _fields.Add(same ?? (field.Contains('\0') ? field.ToString().Replace('\0', '\uFFFD') : field.ToString()));
    }
}

/// <summary>One element of a JSON array; columns are paths into it. A null is an empty text, what is not there is none.</summary>
internal sealed class JsonRow(JsonElement item, int number) : ITableRow
{
    public string Where => $"row {number}";

    public string? Text(string column)
    {
        var at = item;
        foreach (var part in column.Split('.'))
        {
            var bracket = part.IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? part : part[..bracket];
            if (name.Length > 0 && (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at)))
            {
                return null;
            }

            if (bracket >= 0)
            {
                if (!int.TryParse(part.AsSpan(bracket).Trim("[]"), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || at.ValueKind != JsonValueKind.Array || index >= at.GetArrayLength())
                {
                    return null;
                }

                at = at[index];
            }
        }

        return at.ValueKind switch
        {
            JsonValueKind.String => at.GetString()?.Replace('\0', '\uFFFD'),
            JsonValueKind.Number => at.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Null => "",
            _ => null,
        };
    }
}
