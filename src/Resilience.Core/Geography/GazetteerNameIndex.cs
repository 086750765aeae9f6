using System.Numerics;

namespace Resilience.Core.Geography;

/// <summary>
/// Folded names in one sorted table over one pool of characters: 700,000 names in about 20 MB, where as many strings would take
/// 50. A hash table beside it finds a whole name without searching.
/// </summary>
internal sealed class GazetteerNameIndex
{
    private readonly char[] _pool;
    private readonly Key[] _keys;

    /// <summary>For each name, at its hash or the next free slot, one more than its first key; 0 is free.</summary>
    private readonly int[] _slots;

    private GazetteerNameIndex(char[] pool, Key[] keys)
    {
        _pool = pool;
        _keys = keys;
        var names = new List<int>(keys.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].IsName && (i == 0 || !Text(keys[i - 1]).SequenceEqual(Text(keys[i]))))
            {
                names.Add(i);
            }
        }

        _slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, names.Count * 2))];
        foreach (var name in names)
        {
            var slot = Hash(Text(keys[name])) & (_slots.Length - 1);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = name + 1;
        }
    }

    /// <summary>Every name once, folded, in alphabetical order.</summary>
    internal IEnumerable<ReadOnlyMemory<char>> ListNames()
    {
        for (var i = 0; i < _keys.Length; i++)
        {
            if (_keys[i].IsName && (i == 0 || !Text(_keys[i - 1]).SequenceEqual(Text(_keys[i]))))
            {
                yield return _pool.AsMemory(_keys[i].Offset, _keys[i].Length);
            }
        }
    }

    /// <summary>The places that bear the name, the most populous first, each once; as many as there is room for. Returns how many.</summary>
    internal int Find(ReadOnlySpan<char> folded, Span<int> places)
    {
        for (var slot = Hash(folded) & (_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var at = _slots[slot] - 1;
            if (!Text(_keys[at]).SequenceEqual(folded))
            {
                continue;
            }

            var found = 0;
            for (; found < places.Length && at < _keys.Length && _keys[at].IsName && Text(_keys[at]).SequenceEqual(folded); at++)
            {
                if (found == 0 || places[found - 1] != _keys[at].Place)
                {
                    places[found++] = _keys[at].Place;
                }
            }

            return found;
        }

        return 0;
    }

    private static int Hash(ReadOnlySpan<char> text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
        {
            hash = unchecked((hash ^ letter) * 16777619u);
        }

        return (int)((hash ^ (hash >> 15)) & int.MaxValue);
    }

    /// <summary>Names that begin with the folded text; <c>Whole</c> when a whole name equals it. A place comes once per name.</summary>
    internal IEnumerable<(int Place, bool Whole)> ListByPrefix(string folded)
    {
        int low = 0, high = _keys.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Text(_keys[middle]).SequenceCompareTo(folded) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        for (; low < _keys.Length && Text(_keys[low]).StartsWith(folded); low++)
        {
            yield return (_keys[low].Place, _keys[low].IsName && _keys[low].Length == folded.Length);
        }
    }

    private ReadOnlySpan<char> Text(Key key) => _pool.AsSpan(key.Offset, key.Length);

    private readonly record struct Key(int Offset, int Place, short Length, bool IsName);

    internal sealed class Builder
    {
        private readonly List<Key> _keys = new(800_000);
        private char[] _pool = new char[1 << 20];
        private int _used;

        internal void Add(int place, string name, string alternates)
        {
            var main = GazetteerName.Fold(name);
            var offset = Add(place, main);
            for (var space = main.IndexOf(' '); space >= 0; space = main.IndexOf(' ', space + 1))
            {
                // A later word of the name finds it too: "delhi" finds New Delhi.
                _keys.Add(new Key(offset + space + 1, place, (short)(main.Length - space - 1), IsName: false));
            }

            foreach (var range in alternates.AsSpan().Split('|'))
            {
                var alternate = GazetteerName.Fold(alternates[range]);
                if (alternate.Length > 0 && alternate != main)
                {
                    Add(place, alternate);
                }
            }
        }

        /// <param name="places">The places, for the order of namesakes.</param>
        internal GazetteerNameIndex Build(IReadOnlyList<GazetteerPlace> places)
        {
            var pool = _pool.AsSpan(0, _used).ToArray();
            var keys = _keys.ToArray();
            Array.Sort(keys, (a, b) =>
            {
                var order = pool.AsSpan(a.Offset, a.Length).SequenceCompareTo(pool.AsSpan(b.Offset, b.Length));
                return order != 0 ? order
                    : a.IsName != b.IsName ? b.IsName.CompareTo(a.IsName)
                    : places[a.Place].Population != places[b.Place].Population ? places[b.Place].Population.CompareTo(places[a.Place].Population)
                    : a.Place.CompareTo(b.Place);
            });
            return new GazetteerNameIndex(pool, keys);
        }

        private int Add(int place, string folded)
        {
            if (_used + folded.Length > _pool.Length)
            {
                Array.Resize(ref _pool, _pool.Length * 2);
            }

            folded.CopyTo(_pool.AsSpan(_used));
            _keys.Add(new Key(_used, place, checked((short)folded.Length), IsName: true));
            _used += folded.Length;
            return _used - folded.Length;
        }
    }
}
