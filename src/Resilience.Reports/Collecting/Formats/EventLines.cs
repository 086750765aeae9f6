using System.Buffers;
using System.Text;

namespace Resilience.Reports.Collecting.Formats;

/// <summary>One event as it came: its name (server-sent events only), its data, its id.</summary>
internal readonly record struct StreamEvent(string Name, ReadOnlyMemory<byte> Data, string? Id, bool TooLong);

/// <summary>
/// Cuts a stream of bytes into events: server-sent events (WHATWG) or one JSON text a line. Bounded: an event longer than
/// <see cref="LongestEvent"/> is dropped and reported, whatever its length.
/// </summary>
internal sealed class EventLines(bool serverSent)
{
    /// <summary>Longest event in bytes. A Bluesky or Mastodon post with all its metadata stays below 64 KiB.</summary>
    internal const int LongestEvent = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _data = new();
    private string _name = "";
    private string? _id;
    private bool _skipping;
    private bool _hasData;
    private bool _tooLong;

    /// <summary>Takes the next bytes and adds the events they complete. Comments and heartbeats complete none.</summary>
    internal void Take(ReadOnlySequence<byte> bytes, List<StreamEvent> events)
    {
        foreach (var segment in bytes)
        {
            var rest = segment.Span;
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOf((byte)'\n');
                Append(end < 0 ? rest : rest[..end]);
                if (end < 0)
                {
                    break;
                }

                rest = rest[(end + 1)..];
                EndLine(events);
            }
        }
    }

    /// <summary>The stream has ended: a last line without a newline counts for JSON lines; an unfinished server-sent event does not.</summary>
    internal void End(List<StreamEvent> events)
    {
        if (!serverSent && (_line.WrittenCount > 0 || _skipping))
        {
            EndLine(events);
        }
    }

    private void Append(ReadOnlySpan<byte> part)
    {
        if (_skipping || _line.WrittenCount + _data.WrittenCount + part.Length > LongestEvent)
        {
            _skipping = true;
            _line.ResetWrittenCount();
            return;
        }

        _line.Write(part);
    }

    private void EndLine(List<StreamEvent> events)
    {
        var line = _line.WrittenSpan is [.. var head, (byte)'\r'] ? head : _line.WrittenSpan;
        if (!serverSent)
        {
            if (_skipping)
            {
                events.Add(new StreamEvent("", default, null, TooLong: true));
            }
            else if (line.ContainsAnyExcept((byte)' ', (byte)'\t'))
            {
                events.Add(new StreamEvent("", line.ToArray(), null, TooLong: false));
            }

            _skipping = false;
        }
        else if (_skipping)
        {
            (_hasData, _tooLong, _skipping) = (true, true, false);
        }
        else if (line.IsEmpty)
        {
            Dispatch(events);
        }
        else
        {
            Field(line);
        }

        _line.ResetWrittenCount();
    }

    private void Dispatch(List<StreamEvent> events)
    {
        if (_hasData)
        {
            events.Add(new StreamEvent(_name, _tooLong ? default(ReadOnlyMemory<byte>) : _data.WrittenSpan.ToArray(), _id, _tooLong));
        }

        _data.ResetWrittenCount();
        (_name, _hasData, _tooLong) = ("", false, false);
    }

    private void Field(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var field = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? default : line[(colon + 1)..];
        value = value is [(byte)' ', .. var rest] ? rest : value;
        if (field.SequenceEqual("data"u8))
        {
            if (_hasData)
            {
                _data.Write("\n"u8);
            }

            _data.Write(value);
            _hasData = true;
        }
        else if (field.SequenceEqual("event"u8))
        {
            _name = Encoding.UTF8.GetString(value);
        }
        else if (field.SequenceEqual("id"u8) && value.Length <= 200 && !value.Contains((byte)0))
        {
            _id = Encoding.UTF8.GetString(value);
        }
    }
}
