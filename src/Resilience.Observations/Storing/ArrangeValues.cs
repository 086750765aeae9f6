using System.Runtime.InteropServices;

namespace Resilience.Observations.Storing;

/// <summary>What a payload gives for one datastream, oldest first, one value a time: a stretch of a list, most often of the payload's own.</summary>
/// <param name="Datastream">The datastream.</param>
/// <param name="List">The list.</param>
/// <param name="Begin">Where the stretch begins.</param>
/// <param name="Count">How long it is.</param>
/// <param name="IsOwn">The list is this series' own, and the stretch all of it.</param>
internal sealed record IncomingSeries(Datastream Datastream, List<ParsedObservation> List, int Begin, int Count, bool IsOwn)
{
    /// <summary>The values; their datastream is <see cref="Datastream"/> whatever the payload calls it.</summary>
    internal ReadOnlySpan<ParsedObservation> Values => CollectionsMarshal.AsSpan(List).Slice(Begin, Count);
}

/// <summary>Sorts a payload's values by datastream and time; what cannot be used is refused into the payload.</summary>
internal static class ArrangeValues
{
    /// <summary>The series by the id of their datastream, and how many values of a replay's future were left for a later poll.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="parsed">The payload.</param>
    /// <param name="datastreams">Its datastreams, by the id the payload uses.</param>
    /// <param name="now">The chain's time.</param>
    /// <param name="futureTolerance">Values further ahead of it are refused.</param>
    internal static (List<IncomingSeries> Series, int HeldBack) Arrange(Feed feed, ParsedPayload parsed, Dictionary<string, Datastream> datastreams, DateTimeOffset now, TimeSpan futureTolerance)
    {
        var heldBack = 0;
        var arranged = new Dictionary<string, IncomingSeries>();
        var values = CollectionsMarshal.AsSpan(parsed.Observations);
        for (int begin = 0, end; begin < values.Length; begin = end)
        {
            var id = values[begin].DatastreamId;
            end = begin + 1;
            while (end < values.Length && values[end].DatastreamId == id)
            {
                end++;
            }

            if (!datastreams.TryGetValue(id, out var datastream))
            {
                RefuseUnknown(parsed, id, end - begin);
            }
            else if (feed.TimeShift == TimeSpan.Zero && IsReady(values[begin..end], feed.HoldBackFuture ? now : now + futureTolerance) && arranged.TryAdd(datastream.Id, new IncomingSeries(datastream, parsed.Observations, begin, end - begin, IsOwn: false)))
            {
                // As it lies, nothing to be copied.
            }
            else
            {
                var list = OwnList(arranged, datastream);
                heldBack += AddRun(list, values[begin..end], feed, parsed, datastream, now, futureTolerance);
                arranged[datastream.Id] = new IncomingSeries(datastream, list, 0, list.Count, IsOwn: true);
            }
        }

        return ([.. arranged.Values.Select(series => Order(series, parsed)).Where(series => series.Count > 0).OrderBy(series => series.Datastream.Id, StringComparer.Ordinal)], heldBack);
    }

    // The station is unknown and stands in the quarantine already; a datastream nobody described is the same to us.
    private static void RefuseUnknown(ParsedPayload parsed, string id, int times)
    {
        for (var i = 0; i < times && !parsed.Datastreams.ContainsKey(id); i++)
        {
            parsed.Refuse("unknown-datastream", id);
        }
    }

    private static bool IsReady(ReadOnlySpan<ParsedObservation> run, DateTimeOffset last)
    {
        for (var i = 1; i < run.Length; i++)
        {
            if (run[i].Time <= run[i - 1].Time)
            {
                return false;
            }
        }

        return run[^1].Time <= last;
    }

    private static List<ParsedObservation> OwnList(Dictionary<string, IncomingSeries> arranged, Datastream datastream) =>
        !arranged.TryGetValue(datastream.Id, out var there) ? []
        : there.IsOwn ? there.List
        : [.. there.Values];

    private static int AddRun(List<ParsedObservation> list, ReadOnlySpan<ParsedObservation> run, Feed feed, ParsedPayload parsed, Datastream datastream, DateTimeOffset now, TimeSpan futureTolerance)
    {
        var heldBack = 0;
        foreach (ref readonly var raw in run)
        {
            var time = raw.Time + feed.TimeShift;
            if (feed.HoldBackFuture && time > now)
            {
                heldBack++;
            }
            else if (time > now + futureTolerance)
            {
                parsed.Refuse("future-time", $"{datastream.Id}: {time:O}");
            }
            else
            {
                list.Add(raw with { Time = time, ResultTime = raw.ResultTime + feed.TimeShift });
            }
        }

        return heldBack;
    }

    // Most sources tell the oldest first, each time once.
    private static IncomingSeries Order(IncomingSeries series, ParsedPayload parsed)
    {
        if (!series.IsOwn || series.Count == 0 || IsReady(series.Values, DateTimeOffset.MaxValue))
        {
            return series;
        }

        KeepFirstOfEachTime(series, parsed);
        series.List.Sort((one, other) => one.Time.CompareTo(other.Time));
        return series with { Count = series.List.Count };
    }

    // Two different values for one time in one answer: the first holds, so that the next same answer changes nothing.
    private static void KeepFirstOfEachTime(IncomingSeries series, ParsedPayload parsed)
    {
        var seen = new Dictionary<DateTimeOffset, double>(series.Count);
        series.List.RemoveAll(value =>
        {
            if (seen.TryAdd(value.Time, value.Result))
            {
                return false;
            }

            if (seen[value.Time] != value.Result)
            {
                parsed.Refuse("ambiguous-value", $"{series.Datastream.Id}: two values for {value.Time:O}");
            }

            return true;
        });
    }
}
