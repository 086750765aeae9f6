using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds.Formats;

/// <summary>Cuts a bulletin into words, and lets a correction later in the same document replace the report it corrects.</summary>
internal sealed class BulletinReports(ParsedPayload into)
{
    /// <summary>All reports of the world for an hour are some 1.5 MB; sixty-four would cost seconds.</summary>
    internal const int MostCharacters = 8 * 1024 * 1024;

    private readonly Dictionary<(string Station, DateTimeOffset Time), (int Start, int End)> _reports = [];
    private readonly List<(int Start, int End)> _corrected = [];
    private long _read;

    /// <summary>The words in order: groups, and <c>=</c> where a report ends. Nothing after the last white space of a document that breaks off.</summary>
    internal IEnumerable<string> Words(Stream document, CancellationToken cancellationToken)
    {
        using var lines = new TextLines(document);
        while (lines.Read() is { } line)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((_read += line.Length + 1) > MostCharacters)
            {
                yield break; // Settle says so
            }

            var text = line.ToString();
            if (!lines.Ended)
            {
                // The last group may be half of one: only what an equals sign closes is whole.
                text = text[..(text.LastIndexOf('=') + 1)];
            }

            foreach (var part in text.Split([' ', '\t', '\r', '\u0001', '\u0003'], StringSplitOptions.RemoveEmptyEntries))
            {
                for (var (from, at) = (0, 0); from < part.Length; from = at + 1)
                {
                    at = part.IndexOf('=', from) is >= 0 and var found ? found : part.Length;
                    if (at > from)
                    {
                        yield return part[from..at];
                    }

                    if (at < part.Length)
                    {
                        yield return "=";
                    }
                }
            }

            yield return "\n";
        }
    }

    /// <summary>Takes what was added since <paramref name="start"/> as one report.</summary>
    internal void Close(string station, DateTimeOffset time, int start, bool correction)
    {
        var key = (station, time);
        if (correction && _reports.TryGetValue(key, out var before))
        {
            _corrected.Add(before);
        }

        _reports[key] = (start, into.Observations.Count);
    }

    /// <summary>Leaves out what was corrected; at the end, once. Throws <see cref="FeedTrouble"/> when there was more than is read.</summary>
    internal void Settle()
    {
        LeaveOutCorrected();
        if (_read > MostCharacters)
        {
            throw new FeedTrouble("too-large", $"The answer has more than {MostCharacters / 1024 / 1024} MB of reports; what came after was not read.");
        }
    }

    private void LeaveOutCorrected()
    {
        if (_corrected.Count == 0)
        {
            return;
        }

        var dead = new bool[into.Observations.Count];
        foreach (var (start, end) in _corrected)
        {
            Array.Fill(dead, true, start, end - start);
        }

        var at = 0;
        into.Observations.RemoveAll(_ => dead[at++]);
    }
}
