using Microsoft.ML.Data;

namespace Resilience.Reports.Classifying;

/// <summary>
/// The word and character n-grams a model knows, and how a post becomes a vector over them: words and pairs of words, and pieces
/// of three to five characters within a word; both parts of length one.
/// </summary>
/// <remarks>
/// Only what occurs in at least two events is kept. That one rule is worth more than any choice of learner when the next disaster
/// is not among the training events: names of towns, rivers and politicians go, words of water, wounds and roads stay.
/// Immutable and thread-safe.
/// </remarks>
public sealed class Vocabulary
{
    /// <summary>Fewest posts a gram must occur in.</summary>
    internal const int FewestPosts = 4;

    /// <summary>Fewest events a gram must occur in.</summary>
    internal const int FewestEvents = 2;

    private const int ShortestPiece = 3;
    private const int LongestPiece = 5;
    private const int LongestWord = 40;

    private readonly Dictionary<string, int> _slots;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int _words;

    /// <summary>A vocabulary of these grams: first the words and pairs, then the pieces, each part in ordinal order.</summary>
    internal Vocabulary(IReadOnlyList<string> words, IReadOnlyList<string> pieces)
    {
        _slots = new Dictionary<string, int>(words.Count + pieces.Count, StringComparer.Ordinal);
        foreach (var gram in words.Concat(pieces.Select(piece => PieceMark + piece)))
        {
            _slots.Add(gram, _slots.Count);
        }

        _lookup = _slots.GetAlternateLookup<ReadOnlySpan<char>>();
        _words = words.Count;
        (Words, Pieces) = (words, pieces);
    }

    /// <summary>Words and pairs of words.</summary>
    internal IReadOnlyList<string> Words { get; }

    /// <summary>Pieces of words; <c>&lt;</c> and <c>&gt;</c> mark a word's beginning and end.</summary>
    internal IReadOnlyList<string> Pieces { get; }

    /// <summary>Slots of a vector.</summary>
    public int Size => _slots.Count;

    // Sorts and hashes apart from any word; never occurs in a post, whose control characters are gone.
    private const string PieceMark = "\u0001";

    /// <summary>Learns the grams worth keeping from posts of several events.</summary>
    internal static Vocabulary Learn(IEnumerable<(string Text, string Event)> posts)
    {
        var counts = new Dictionary<string, Count>(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        var post = 0;
        foreach (var (text, happening) in posts)
        {
            post++;
            ForEachGram(text, gram =>
            {
                if (!lookup.TryGetValue(gram, out var count))
                {
                    lookup[gram] = count = new Count(happening);
                }

                count.Add(post, happening);
            });
        }

        var kept = counts.Where(pair => pair.Value.Posts >= FewestPosts && pair.Value.Events >= FewestEvents).Select(pair => pair.Key).Order(StringComparer.Ordinal).ToLookup(gram => gram[0] == PieceMark[0]);
        return new Vocabulary([.. kept[false]], [.. kept[true].Select(piece => piece[1..])]);
    }

    /// <summary>1 for every slot that enough of these posts and events show, 0 for the others: what is known from one set says nothing to a stage that never met it.</summary>
    internal float[] Known(IEnumerable<(int[] Slots, string Event)> posts)
    {
        var (counts, first, several) = (new int[Size], new string?[Size], new bool[Size]);
        foreach (var (slots, happening) in posts)
        {
            foreach (var slot in slots)
            {
                counts[slot]++;
                first[slot] ??= happening;
                several[slot] |= first[slot] != happening;
            }
        }

        return [.. counts.Select((count, slot) => count >= FewestPosts && several[slot] ? 1f : 0f)];
    }

    /// <summary>The slots of a post in <see cref="NormalText"/> form, rising.</summary>
    internal int[] Slots(string normal)
    {
        var slots = new HashSet<int>();
        ForEachGram(normal, gram =>
        {
            if (_lookup.TryGetValue(gram, out var slot))
            {
                slots.Add(slot);
            }
        });
        var rising = slots.ToArray();
        Array.Sort(rising);
        return rising;
    }

    /// <summary>The vector a stage sees: its known slots, words and pieces each of length one, then scaled slot by slot.</summary>
    internal VBuffer<float> Features(int[] slots, float[] scale)
    {
        var known = Array.FindAll(slots, slot => scale[slot] > 0);
        var words = Array.FindIndex(known, slot => slot >= _words) is var first && first < 0 ? known.Length : first;
        var (word, piece) = (1 / MathF.Sqrt(Math.Max(1, words)), 1 / MathF.Sqrt(Math.Max(1, known.Length - words)));
        var values = new float[known.Length];
        for (var i = 0; i < known.Length; i++)
        {
            values[i] = scale[known[i]] * (i < words ? word : piece);
        }

        return new VBuffer<float>(Size, known.Length, values, known);
    }

    private delegate void TakeGram(ReadOnlySpan<char> gram);

    private static void ForEachGram(string normal, TakeGram take)
    {
        Span<char> piece = stackalloc char[LongestWord + 3];
        piece[0] = PieceMark[0];
        var previous = -1;
        for (var start = 0; start < normal.Length;)
        {
            var end = normal.IndexOf(' ', start) is var space && space < 0 ? normal.Length : space;
            var word = normal.AsSpan(start, Math.Min(end - start, LongestWord));
            take(word);
            if (previous >= 0 && end - previous <= 2 * LongestWord)
            {
                take(normal.AsSpan(previous, end - previous));
            }

            if (word.Length > 2)
            {
                TakePieces(word, piece, take);
            }

            previous = start;
            start = end + 1;
        }
    }

    /// <summary>Every piece is made in place behind the mark, so that looking it up needs no string.</summary>
    private static void TakePieces(ReadOnlySpan<char> word, Span<char> buffer, TakeGram take)
    {
        Span<char> marked = stackalloc char[LongestWord + 2];
        marked[0] = '<';
        word.CopyTo(marked[1..]);
        marked[word.Length + 1] = '>';
        marked = marked[..(word.Length + 2)];
        for (var length = ShortestPiece; length <= LongestPiece; length++)
        {
            for (var start = 0; start + length <= marked.Length; start++)
            {
                marked.Slice(start, length).CopyTo(buffer[1..]);
                take(buffer[..(length + 1)]);
            }
        }
    }

    private sealed class Count(string first)
    {
        private HashSet<string>? _events;
        private int _lastPost;

        internal int Posts { get; private set; }

        internal int Events => _events?.Count ?? 1;

        internal void Add(int post, string happening)
        {
            if (post == _lastPost)
            {
                return;
            }

            (_lastPost, Posts) = (post, Posts + 1);
            if (_events is not null || happening != first)
            {
                (_events ??= [first]).Add(happening);
            }
        }
    }
}
