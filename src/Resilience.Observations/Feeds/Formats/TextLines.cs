using System.Buffers;
using System.Text;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>Reads a text line by line, holding one line at a time and none longer than <see cref="Longest"/> characters.</summary>
internal sealed class TextLines(Stream text, Encoding? encoding = null) : IDisposable
{
    /// <summary>No table we know has lines beyond a few thousand characters.</summary>
    internal const int Longest = 64 * 1024;

    private readonly StreamReader _reader = new(text, encoding ?? new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, 32 * 1024, leaveOpen: true);
    private readonly char[] _buffer = ArrayPool<char>.Shared.Rent(Longest);
    private int _start;
    private int _end;

    /// <summary>The number of the line last given, from 1.</summary>
    internal int Number { get; private set; }

    /// <summary>True when the line last given had an end; the last of a document that breaks off has none.</summary>
    internal bool Ended { get; private set; }

    /// <summary>The next line without its end, or null after the last. Valid until the next is asked for.</summary>
    internal ReadOnlyMemory<char>? Read()
    {
        var searched = _start;
        while (true)
        {
            var at = _buffer.AsSpan(searched, _end - searched).IndexOf('\n');
            if (at >= 0)
            {
                return Give(searched + at, ended: true);
            }

            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            searched = _end;
            if (_end == _buffer.Length)
            {
                throw new FeedTrouble("too-large", $"Line {Number + 1} is longer than {Longest:N0} characters.");
            }

            var read = _reader.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                // Not "null" beside Give: a memory made of a null array would be taken, and the lines never end.
                return _end == _start ? default(ReadOnlyMemory<char>?) : Give(_end, ended: false);
            }

            _end += read;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(_buffer);
        _reader.Dispose();
    }

    private ReadOnlyMemory<char> Give(int end, bool ended)
    {
        var line = _buffer.AsMemory(_start, end - _start).TrimEnd('\r');
        (_start, Ended) = (ended ? end + 1 : end, ended);
        Number++;
        return line;
    }
}
