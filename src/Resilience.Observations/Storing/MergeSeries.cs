using Resilience.Observations.Quality;

namespace Resilience.Observations.Storing;

/// <summary>A value that is stored already, of the revision that holds.</summary>
internal readonly record struct StoredValue(DateTimeOffset Time, int Revision, double Result, QualityFlags Flags);

/// <summary>A value of a datastream to be stored.</summary>
internal readonly record struct NewValue(DateTimeOffset Time, int Revision, double Result, DateTimeOffset? ResultTime, QualityFlags Flags, string? Qualifier);

/// <summary>A stored value whose flags follow differently now that its neighbours are known.</summary>
internal readonly record struct ChangedFlags(string DatastreamId, DateTimeOffset Time, int Revision, QualityFlags Flags);

/// <summary>Which stored values of a datastream are needed to take in new ones: of each time the revision that holds.</summary>
/// <param name="DatastreamId">The datastream.</param>
/// <param name="From">From this time, and <see cref="FlagSeries.Context"/> values before it; null: from wherever <paramref name="Limit"/> reaches.</param>
/// <param name="To">To this time, and, unless <paramref name="From"/> is null, <see cref="FlagSeries.Context"/> values after it.</param>
/// <param name="Limit">The newest so many values at most.</param>
internal readonly record struct Stretch(string DatastreamId, DateTimeOffset? From, DateTimeOffset To, int Limit);

/// <summary>What becomes of one datastream when new values come.</summary>
/// <param name="DatastreamId">The datastream.</param>
/// <param name="New">Values to be stored, oldest first.</param>
/// <param name="Reflagged">Stored values whose flags change.</param>
/// <param name="Latest">The newest value then, with the history before.</param>
/// <param name="Tail">The newest values then, oldest first; null when they are not all at hand.</param>
/// <param name="IsShown">True when the newest value itself is another.</param>
internal sealed record MergedSeries(string DatastreamId, List<NewValue> New, List<ChangedFlags> Reflagged, LatestObservation Latest, StoredValue[]? Tail, bool IsShown)
{
    /// <summary>How many of the new values correct one that was stored.</summary>
    internal int Revised { get; init; }

    /// <summary>How many of the new values are doubted.</summary>
    internal int Suspect { get; init; }
}

/// <summary>What a datastream's new values are merged with.</summary>
/// <param name="Incoming">What is given.</param>
/// <param name="Latest">The newest value so far; null when nothing is stored.</param>
/// <param name="Stretch">What was asked for; null when nothing can be new, or nothing is stored.</param>
/// <param name="Stored">What was found there, oldest first.</param>
/// <param name="Limits">Limits of the datastream, or null.</param>
internal sealed record SeriesToMerge(IncomingSeries Incoming, LatestObservation? Latest, Stretch? Stretch, StoredValue[] Stored, PropertyLimits? Limits);

/// <summary>Takes new values into a datastream: what is new, what is a correction, which flags follow. Pure.</summary>
internal static class MergeSeries
{
    /// <summary>Values that suffice to judge what is appended at the end, unless a step is going on there.</summary>
    internal const int TailRows = Trend.Most;

    /// <summary>More than anyone sends late at once; the flags of what lies beyond stay as they are.</summary>
    private const int WideRows = 20_000;

    /// <summary>The stored values needed, or null when nothing can be new: the only values given are the newest ones stored.</summary>
    internal static Stretch? StretchFor(Datastream datastream, LatestObservation? latest, ReadOnlySpan<ParsedObservation> incoming, QualityRules rules)
    {
        if (latest is null)
        {
            return null;
        }

        DateTimeOffset? first = null, last = null;
        foreach (ref readonly var value in incoming)
        {
            if (value.Time == latest.PhenomenonTime && IsSame(latest.Result, latest.Flags, value))
            {
                continue;
            }

            first = first is null || value.Time < first ? value.Time : first;
            last = last is null || value.Time > last ? value.Time : last;
        }

        if (first is null)
        {
            return null;
        }

        if (first > latest.PhenomenonTime)
        {
            return new Stretch(datastream.Id, null, last!.Value, TailRows);
        }

        return Around(datastream.Id, first.Value, last!.Value, rules);
    }

    /// <summary>The stretch needed after all, when what was found at the end lies in a step whose beginning was not; else null.</summary>
    internal static Stretch? WidenFor(Stretch stretch, StoredValue[] stored, QualityRules rules) =>
        stretch.From is null && Array.Exists(stored, value => value.Flags.HasFlag(QualityFlags.Step)) ? Around(stretch.DatastreamId, stored[^1].Time, stretch.To, rules) : null;

    private static Stretch Around(string datastreamId, DateTimeOffset first, DateTimeOffset last, QualityRules rules) =>
        new(datastreamId, first - rules.Reach, last + rules.Reach, WideRows);

    /// <summary>Merges; null when all that is given is stored already.</summary>
    internal static MergedSeries? Merge(SeriesToMerge one, DateTimeOffset now, QualityRules rules)
    {
        var (datastream, latest) = (one.Incoming.Datastream, one.Latest);
        var incoming = one.Incoming.Values;
        ReadOnlySpan<StoredValue> stored = one.Stored;
        var both = new Both(stored.Length + incoming.Length);
        for (var i = 0; i < incoming.Length; i++)
        {
            ref readonly var value = ref incoming[i];
            if (value.Time == latest?.PhenomenonTime && IsSame(latest.Result, latest.Flags, value))
            {
                continue;
            }

            while (stored.Length > 0 && stored[0].Time < value.Time)
            {
                both.Add(stored[0]);
                stored = stored[1..];
            }

            if (stored.Length == 0 || stored[0].Time > value.Time)
            {
                both.Add(value, i, 0, now);
            }
            else if (!IsSame(stored[0].Result, stored[0].Flags, value))
            {
                both.Add(value, i, stored[0].Revision + 1, now);
                stored = stored[1..];
            }
        }

        if (both.Fresh == 0)
        {
            return null;
        }

        foreach (ref readonly var value in stored)
        {
            both.Add(value);
        }

        var series = both.Series;
        var appended = one.Stretch is { From: null };
        var since = appended && latest!.UnchangedSince <= series[0].Time ? latest.UnchangedSince : (DateTimeOffset?)null;
        var (flags, unchangedSince) = FlagSeries.Judge(
            series, Math.Max(0, both.FirstFresh - FlagSeries.LooksAhead), one.Limits, datastream.ExpectedEvery, rules, since, both.FirstFresh);

        // Beyond the end of the stretch lie values that were not read: the last ones cannot be judged without them.
        var atEnd = latest is null || series[^1].Time >= latest.PhenomenonTime;
        var judged = atEnd ? series.Length : Math.Max(0, series.Length - FlagSeries.LooksAhead);
        var (revised, suspect) = (0, 0);
        var (found, reflagged) = (new List<NewValue>(both.Fresh), new List<ChangedFlags>());
        for (var i = 0; i < series.Length; i++)
        {
            var value = series[i];
            series[i] = value with { Flags = flags[i] };
            if (both.Given[i] is >= 0 and var given)
            {
                revised += both.Revisions[i] > 0 ? 1 : 0;
                suspect += (flags[i] & QualityFlags.Suspect) != 0 ? 1 : 0;
                found.Add(new NewValue(value.Time, both.Revisions[i], value.Result, incoming[given].ResultTime, flags[i], incoming[given].Qualifier));
            }
            else if (i < judged && value.Flags != flags[i])
            {
                reflagged.Add(new ChangedFlags(datastream.Id, value.Time, both.Revisions[i], flags[i]));
            }
        }

        if (!atEnd)
        {
            return new MergedSeries(datastream.Id, found, reflagged, latest!.Copy(), null, false) { Revised = revised, Suspect = suspect };
        }

        var newest = new LatestObservation
        {
            DatastreamId = datastream.Id,
            PhenomenonTime = series[^1].Time,
            Result = series[^1].Result,
            Revision = both.Revisions[series.Length - 1],
            Flags = series[^1].Flags,
            TrendPerHour = datastream.Property == ObservedProperty.Rainfall ? null : Trend.PerHour(series),
            UnchangedSince = Later(unchangedSince, series[^1].Time - rules.Reach),
            History = latest?.History ?? 0,
        };
        return new MergedSeries(datastream.Id, found, reflagged, newest, appended || latest is null ? both.Tail(TailRows) : null, true) { Revised = revised, Suspect = suspect };
    }

    /// <summary>What is stored and what is new, by time.</summary>
    private struct Both(int most)
    {
        private readonly SeriesValue[] _series = new SeriesValue[most];
        private int _count;

        internal int Fresh { get; private set; }

        internal int FirstFresh { get; private set; }

        internal readonly Span<SeriesValue> Series => _series.AsSpan(0, _count);

        internal int[] Revisions { get; } = new int[most];

        /// <summary>Which of the given values it is; −1 for one that is stored already.</summary>
        internal int[] Given { get; } = new int[most];

        internal void Add(in StoredValue value)
        {
            (Revisions[_count], Given[_count]) = (value.Revision, -1);
            _series[_count++] = new SeriesValue(value.Time, value.Result, value.Flags);
        }

        internal void Add(in ParsedObservation value, int given, int revision, DateTimeOffset now)
        {
            FirstFresh = Fresh++ == 0 ? _count : FirstFresh;
            (Revisions[_count], Given[_count]) = (revision, given);
            _series[_count++] = new SeriesValue(value.Time, value.Result, ReceiptFlags(value, now));
        }

        internal readonly StoredValue[] Tail(int most)
        {
            var tail = new StoredValue[Math.Min(most, _count)];
            for (int i = _count - tail.Length, k = 0; k < tail.Length; i++, k++)
            {
                tail[k] = new StoredValue(_series[i].Time, Revisions[i], _series[i].Result, _series[i].Flags);
            }

            return tail;
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    // A change of review marks alone (provisional, approved) is no new value; a change of doubt is.
    private static bool IsSame(double result, QualityFlags flags, in ParsedObservation value) =>
        result == value.Result && flags.HasFlag(QualityFlags.Qualifier) == value.Doubted;

    private static QualityFlags ReceiptFlags(in ParsedObservation value, DateTimeOffset now) =>
        (value.Doubted ? QualityFlags.Qualifier : QualityFlags.None) | (value.Time > now ? QualityFlags.Future : QualityFlags.None);
}
