using System.Text.Json;
using Resilience.Core.Cap;

namespace Resilience.Observations.Bulletins;

/// <summary>What of a thread stands. Pure, and a function of the set of messages: order and repetition of arrival change nothing.</summary>
public static class JudgeThread
{
    /// <summary>
    /// The parts of the messages that are neither updated nor cancelled, by message and part, each with its latest edition; expired ones
    /// are still among them, the caller compares <see cref="Bulletin.StandsUntil"/>.
    /// </summary>
    /// <remarks>
    /// A message counts only against earlier ones (by edition, time sent, then identifier): two that refer to one another cannot
    /// both vanish. A Cancel needs no area, may come before its alert and may be repeated. An exercise never ends what is real, nor the
    /// other way round. References are matched by identifier alone: senders write themselves differently there.
    /// </remarks>
    public static IReadOnlyList<Bulletin> Standing(IEnumerable<Bulletin> thread)
    {
        var messages = thread.GroupBy(row => row.Identifier)
            .Select(rows => rows.GroupBy(row => (row.Edition, row.Revised, row.ContentHash))
                .OrderByDescending(edition => edition.Key.Edition).ThenByDescending(edition => edition.Key.Revised)
                .ThenByDescending(edition => edition.First().LastListed).ThenByDescending(edition => edition.Key.ContentHash, StringComparer.Ordinal).First()
                .OrderBy(row => row.Part).ToList())
            .OrderBy(rows => rows[0].Edition).ThenBy(rows => rows[0].Revised).ThenBy(rows => rows[0].Identifier, StringComparer.Ordinal).ToList();
        var ended = new HashSet<string>();
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            var by = messages[i][0];
            if (by.MsgType is CapMsgType.Ack or CapMsgType.Error or CapMsgType.Alert && !by.ReplacesThread)
            {
                continue;
            }

            var refersTo = JsonSerializer.Deserialize<string[]>(by.RefersTo)!.ToHashSet();
            ended.UnionWith(messages.Take(i).Select(rows => rows[0])
                .Where(earlier => (by.ReplacesThread || refersTo.Contains(earlier.Identifier)) && (by.Status == CapStatus.Actual) == (earlier.Status == CapStatus.Actual))
                .Select(earlier => earlier.Identifier));
        }

        return [.. messages.Where(rows => rows[0].MsgType is CapMsgType.Alert or CapMsgType.Update && !ended.Contains(rows[0].Identifier)).SelectMany(rows => rows)];
    }
}
