using Resilience.Observations.Quality;

namespace Resilience.Observations.Storing;

/// <summary>A value that is stored already, of the revision that holds.</summary>
internal readonly record struct StoredValue(DateTimeOffset Time, int Revision, double Result, QualityFlags Flags);

/// <summary>A value to be stored.</summary>
internal readonly record struct NewValue(string DatastreamId, DateTimeOffset Time, int Revision, double Result, DateTimeOffset? ResultTime, QualityFlags Flags, string? Qualifier);

/// <summary>A stored value whose flags follow differently now that its neighbours are known.</summary>
internal readonly record struct ChangedFlags(string DatastreamId, DateTimeOffset Time, int Revision, QualityFlags Flags);

/// <summary>Which stored values of a datastream are needed to take in new ones: of each time the revision that holds.</summary>
/// <param name="DatastreamId">The datastream.</param>
/// <param name="From">From this time, and <see cref="FlagSeries.Context"/> values before it; null: from wherever <paramref name="Limit"/> reaches.</param>
/// <param name="To">To this time, and, unless <paramref name="From"/> is null, <see cref="FlagSeries.Context"/> values after it.</param>
/// <param name="Limit">The newest so many values at most.</param>
internal readonly record struct Stretch(string DatastreamId, DateTimeOffset? From, DateTimeOffset To, int Limit);

/// <summary>What becomes of one datastream when new values come.</summary>
/// <param name="New">Values to be stored.</param>
/// <param name="Reflagged">Stored values whose flags change.</param>
/// <param name="Latest">The newest value then, with the history before; null when nothing changes.</param>
/// <param name="Tail">The newest values then, oldest first; null when they are not all at hand.</param>
/// <param name="IsShown">True when the newest value itself is another.</param>
internal sealed record MergedSeries(List<NewValue> New, List<ChangedFlags> Reflagged, LatestObservation? Latest, StoredValue[]? Tail, bool IsShown);

/// <summary>Takes new values into a datastream: what is new, what is a correction, which flags follow. Pure.</summary>
internal static class MergeSeries
{
    /// <summary>Values that suffice to judge what is appended at the end, unless a step is going on there.</summary>
    internal const int TailRows = Trend.Most;

    /// <summary>More than anyone sends late at once; the flags of what lies beyond stay as they are.</summary>
    private const int WideRows = 20_000;

    /// <summary>The stored values needed, or null when nothing can be new: the only values given are the newest ones stored.</summary>
    internal static Stretch? StretchFor(Datastream datastream, LatestObservation? latest, IReadOnlyList<ParsedObservation> incoming, QualityRules rules)
    {
        if (latest is null)
        {
            return null;
        }

        DateTimeOffset? first = null, last = null;
        foreach (var value in incoming)
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
    internal static Stretch? WidenFor(Stretch stretch, IReadOnlyList<StoredValue> stored, QualityRules rules) =>
        stretch.From is null && stored.Any(value => value.Flags.HasFlag(QualityFlags.Step)) ? Around(stretch.DatastreamId, stored[^1].Time, stretch.To, rules) : null;

    private static Stretch Around(string datastreamId, DateTimeOffset first, DateTimeOffset last, QualityRules rules) =>
        new(datastreamId, first - rules.Reach, last + rules.Reach, WideRows);

    /// <summary>Merges. <paramref name="stored"/> is what <see cref="StretchFor"/> asked for, oldest first.</summary>
    internal static MergedSeries Merge(
        Datastream datastream, LatestObservation? latest, Stretch? stretch, IReadOnlyList<StoredValue> stored, IReadOnlyList<ParsedObservation> incoming, DateTimeOffset now, PropertyLimits? limits, QualityRules rules)
    {
        var before = stored.ToDictionary(value => value.Time);
        var fresh = new SortedDictionary<DateTimeOffset, (ParsedObservation Value, int Revision)>();
        foreach (var value in incoming)
        {
            if (value.Time == latest?.PhenomenonTime && IsSame(latest.Result, latest.Flags, value))
            {
                continue;
            }

            if (!before.TryGetValue(value.Time, out var there))
            {
                fresh.TryAdd(value.Time, (value, 0));
            }
            else if (!IsSame(there.Result, there.Flags, value))
            {
                fresh.TryAdd(value.Time, (value, there.Revision + 1));
            }
        }

        if (fresh.Count == 0)
        {
            return new MergedSeries([], [], null, null, false);
        }

        var series = stored.Where(value => !fresh.ContainsKey(value.Time)).Select(value => new SeriesValue(value.Time, value.Result, value.Flags))
            .Concat(fresh.Select(pair => new SeriesValue(pair.Key, pair.Value.Value.Result, ReceiptFlags(pair.Value.Value, now))))
            .OrderBy(value => value.Time).ToArray();
        var firstFresh = Array.FindIndex(series, value => fresh.ContainsKey(value.Time));
        var appended = stretch is { From: null };
        var since = appended && latest!.UnchangedSince <= series[0].Time ? latest.UnchangedSince : (DateTimeOffset?)null;
        var (flags, unchangedSince) = FlagSeries.Judge(
            series, Math.Max(0, firstFresh - FlagSeries.LooksAhead), limits, datastream.ExpectedEvery, rules, since, firstFresh);

        // Beyond the end of the stretch lie values that were not read: the last ones cannot be judged without them.
        var atEnd = latest is null || series[^1].Time >= latest.PhenomenonTime;
        var judged = atEnd ? series.Length : Math.Max(0, series.Length - FlagSeries.LooksAhead);
        var result = new MergedSeries([], [], latest, null, false);
        for (var i = 0; i < series.Length; i++)
        {
            series[i] = series[i] with { Flags = flags[i] };
            if (fresh.TryGetValue(series[i].Time, out var one))
            {
                result.New.Add(new NewValue(datastream.Id, series[i].Time, one.Revision, one.Value.Result, one.Value.ResultTime, flags[i], one.Value.Qualifier));
            }
            else if (i < judged && before[series[i].Time] is var was && was.Flags != flags[i])
            {
                result.Reflagged.Add(new ChangedFlags(datastream.Id, was.Time, was.Revision, flags[i]));
            }
        }

        if (!atEnd)
        {
            return result;
        }

        var newest = LatestOf(datastream, series, fresh, before, Later(unchangedSince, series[^1].Time - rules.Reach));
        newest.History = latest?.History ?? 0;
        return result with { Latest = newest, IsShown = true, Tail = appended || latest is null ? TailOf(series, fresh, before) : null };
    }

    private static StoredValue[] TailOf(SeriesValue[] series, SortedDictionary<DateTimeOffset, (ParsedObservation Value, int Revision)> fresh, Dictionary<DateTimeOffset, StoredValue> before) =>
        [.. series.TakeLast(TailRows).Select(value => new StoredValue(value.Time, fresh.TryGetValue(value.Time, out var one) ? one.Revision : before[value.Time].Revision, value.Result, value.Flags))];

    private static LatestObservation LatestOf(
        Datastream datastream, SeriesValue[] series, SortedDictionary<DateTimeOffset, (ParsedObservation Value, int Revision)> fresh, Dictionary<DateTimeOffset, StoredValue> before, DateTimeOffset unchangedSince) => new()
        {
            DatastreamId = datastream.Id,
            PhenomenonTime = series[^1].Time,
            Result = series[^1].Result,
            Revision = fresh.TryGetValue(series[^1].Time, out var one) ? one.Revision : before[series[^1].Time].Revision,
            Flags = series[^1].Flags,
            TrendPerHour = datastream.Property == ObservedProperty.Rainfall ? null : Trend.PerHour(series),
            UnchangedSince = unchangedSince,
        };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    // A change of review marks alone (provisional, approved) is no new value; a change of doubt is.
    private static bool IsSame(double result, QualityFlags flags, ParsedObservation value) =>
        result == value.Result && flags.HasFlag(QualityFlags.Qualifier) == value.Doubted;

    private static QualityFlags ReceiptFlags(ParsedObservation value, DateTimeOffset now) =>
        (value.Doubted ? QualityFlags.Qualifier : QualityFlags.None) | (value.Time > now ? QualityFlags.Future : QualityFlags.None);
}
