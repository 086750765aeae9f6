using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>
/// Streams the elements of one array inside a JSON document (of the document itself when no path is given), one at a time, and checks that the document is whole to its last
/// byte. Memory is bounded by the largest single element, depth by <see cref="MaxDepth"/>. One value beside the array, such as a link
/// to the next page, is picked up on the way (<see cref="Beside"/>).
/// </summary>
internal sealed class JsonItems(Stream json, params string[] path)
{
    /// <summary>No feed we know nests deeper than a dozen; 64 is System.Text.Json's own default.</summary>
    internal const int MaxDepth = 64;

    /// <summary>Largest element: a year of one gauge's quarter-hours in the most verbose format is about 3 MB.</summary>
    internal const int MaxElementBytes = 8 * 1024 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Disallow };

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _start;
    private int _end;
    private bool _last;
    private JsonReaderState _state = new(Options);
    private int _matched;
    private Phase _phase = path.Length == 0 ? Phase.Matched : Phase.Seeking;
    private bool _insideParent;
    private bool _besideFollows;

    private enum Phase
    {
        Seeking,
        Matched,
        InArray,
        After,
        Done,
    }

    /// <summary>Name of a property whose text or number is wanted too.</summary>
    internal string? BesideName { get; init; }

    /// <summary>The object beside the array that holds it; null: the outermost.</summary>
    internal string? BesideParent { get; init; }

    /// <summary>That text or number as written, once all is read; null when it is not there or something else.</summary>
    internal string? Beside { get; private set; }

    /// <summary>True when the array was there.</summary>
    internal bool Found { get; private set; }

    /// <summary>
    /// The elements; each is valid until the next is asked for. Throws <see cref="JsonException"/> for a document that is broken
    /// anywhere, also after the array, and <see cref="FeedTrouble"/> for an element beyond the size limit.
    /// </summary>
    internal async IAsyncEnumerable<JsonElement> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            while (_phase != Phase.Done)
            {
                await FillAsync(cancellationToken);
                while (TryAdvance(out var element))
                {
                    using (element)
                    {
                        yield return element!.RootElement;
                    }
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MaxElementBytes)
            {
                throw new FeedTrouble("too-large", $"One item alone is larger than {MaxElementBytes / 1024 / 1024} MB.");
            }

            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            Buffer.BlockCopy(_buffer, 0, larger, 0, _end);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = await json.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _last = read == 0;
    }

    /// <summary>Goes on as far as the buffer reaches; true with an element, false when more bytes are needed or all is read.</summary>
    private bool TryAdvance(out JsonDocument? element)
    {
        element = null;
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _last, _state);
        while (true)
        {
            var before = reader;
            if (!reader.Read())
            {
                _phase = _last ? Phase.Done : _phase;
                Keep(reader);
                return false;
            }

            LookBeside(reader);

            switch (_phase)
            {
                case Phase.Seeking when reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == _matched + 1 && reader.ValueTextEquals(path[_matched]):
                    _matched++;
                    _phase = _matched == path.Length ? Phase.Matched : Phase.Seeking;
                    break;
                case Phase.Matched:
                    Found = reader.TokenType == JsonTokenType.StartArray;
                    _phase = Found ? Phase.InArray : Phase.After;
                    break;
                case Phase.InArray when reader.TokenType == JsonTokenType.EndArray:
                    _phase = Phase.After;
                    break;
                case Phase.InArray:
                    if (JsonDocument.TryParseValue(ref reader, out element))
                    {
                        Keep(reader);
                        return true;
                    }

                    Keep(before);
                    return false;
            }
        }
    }

    private void LookBeside(Utf8JsonReader reader)
    {
        if (_besideFollows)
        {
            (_besideFollows, Beside) = (false, reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                _ => null,
            });
        }
        else if (BesideName is not null && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.CurrentDepth == 1)
            {
                _insideParent = BesideParent is not null && reader.ValueTextEquals(BesideParent);
            }

            _besideFollows = reader.CurrentDepth == (BesideParent is null ? 1 : 2) && (BesideParent is null || _insideParent) && reader.ValueTextEquals(BesideName);
        }
    }

    private void Keep(Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }
}
