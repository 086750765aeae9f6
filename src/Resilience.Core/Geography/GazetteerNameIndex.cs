namespace Resilience.Core.Geography;

/// <summary>
/// Folded names in one sorted table over one pool of characters: 700,000 names in about 20 MB, where as many strings would take
/// 50.
/// </summary>
internal sealed class GazetteerNameIndex
{
    private readonly char[] _pool;
    private readonly Key[] _keys;

    private GazetteerNameIndex(char[] pool, Key[] keys)
    {
        _pool = pool;
        _keys = keys;
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

        internal GazetteerNameIndex Build()
        {
            var pool = _pool.AsSpan(0, _used).ToArray();
            var keys = _keys.ToArray();
            Array.Sort(keys, (a, b) =>
            {
                var order = pool.AsSpan(a.Offset, a.Length).SequenceCompareTo(pool.AsSpan(b.Offset, b.Length));
                return order != 0 ? order : a.Place.CompareTo(b.Place);
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
