using System.Text.Json;
using Resilience.Observations.Feeds.Formats;
using Resilience.Observations.Storing;

namespace Resilience.Observations.Feeds;

/// <summary>
/// Turns a received answer into the internal model, with trouble for a reason people understand where it cannot be read to its end.
/// What was whole before the trouble is kept: the last values before a line went dead are the ones a warning needs most.
/// </summary>
internal static class ParsePayload
{
    /// <summary>
    /// How long one document may take. 64 MB, the largest taken at all, are read within a second on two cores; ten leave room for a
    /// small or busy computer, and end a document made to cost time.
    /// </summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Parses; <paramref name="read"/> is one of the format's readers.</summary>
    internal static async Task<(ParsedPayload Parsed, FeedTrouble? Trouble)> ParseAsync(ReceivedPayload payload, string prefix, Func<Stream, string, ParsedPayload, CancellationToken, Task> read, CancellationToken cancellationToken, TimeSpan? longest = null)
    {
        var parsed = new ParsedPayload { Sha256 = payload.Sha256, Bytes = payload.Bytes };
        using var deadline = new CancellationTokenSource(longest ?? Longest, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await using var document = payload.Open();
            await read(document, prefix, parsed, either.Token);
            return (parsed, payload.Complete ? null : Cut(payload));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (parsed, new FeedTrouble("too-slow", $"Reading the answer took longer than {(longest ?? Longest).TotalSeconds:0} seconds; what came after was not read.") { Payload = payload });
        }
        catch (Exception exception) when (!payload.Complete && exception is (JsonException or FeedTrouble or InvalidOperationException))
        {
            return (parsed, Cut(payload));
        }
        catch (JsonException exception)
        {
            var (reason, message) = Explain(exception);
            return (parsed, new FeedTrouble(reason, message) { Payload = payload });
        }
        catch (FeedTrouble trouble) when (trouble.Payload is null)
        {
            return (parsed, new FeedTrouble(trouble.Reason, trouble.Message) { Payload = payload });
        }
        catch (InvalidOperationException exception)
        {
            return (parsed, new FeedTrouble("invalid-json", $"The answer holds text that cannot be read: {exception.Message}") { Payload = payload });
        }
    }

    private static FeedTrouble Cut(ReceivedPayload payload) => new("truncated", "The connection ended in the middle of the answer.") { Payload = payload };

    // System.Text.Json has one exception type; its message is all that tells the cases apart. A test pins each.
    private static (string Reason, string Message) Explain(JsonException exception)
    {
        var text = exception.Message;
        var at = $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}";
        if (text.Contains("depth", StringComparison.OrdinalIgnoreCase))
        {
            return ("too-deep", $"The answer nests deeper than {JsonItems.MaxDepth} levels ({at}).");
        }

        if (text.Contains("end of data", StringComparison.OrdinalIgnoreCase) || text.Contains("incomplete", StringComparison.OrdinalIgnoreCase) || text.Contains("reached the end", StringComparison.OrdinalIgnoreCase))
        {
            return ("truncated", $"The answer ends in the middle ({at}).");
        }

        if (text.StartsWith("'N'", StringComparison.Ordinal) || text.StartsWith("'I'", StringComparison.Ordinal) || text.Contains("'I' is", StringComparison.Ordinal))
        {
            return ("not-a-number", $"The answer holds NaN or Infinity, which JSON does not know ({at}).");
        }

        return ("invalid-json", $"The answer is not JSON ({at}): {text}");
    }
}
