using System.Diagnostics.Metrics;
using Resilience.Dissemination.Channels.WebPush;
using Resilience.Warnings;

namespace Resilience.Dissemination;

/// <summary>Meter <c>Resilience.Dissemination</c>.</summary>
internal static class Telemetry
{
    private static readonly Meter Meter = new("Resilience.Dissemination");

    private static readonly Histogram<double> SecondsToPush = Meter.CreateHistogram<double>(
        "resilience.dissemination.seconds_to_push", "s", "From an alert's sent time to a push service taking it, on the chain's clock.");

    private static readonly Counter<long> Answers = Meter.CreateCounter<long>("resilience.dissemination.answers", description: "Answers from citizens.");

    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>("resilience.dissemination.attempts", description: "Messages handed to push services, by what became of them.");

    private static readonly Gauge<int> Queued = Meter.CreateGauge<int>("resilience.dissemination.queued", description: "Ledger lines that wait to be sent.");

    private static readonly Gauge<double> OldestQueued = Meter.CreateGauge<double>(
        "resilience.dissemination.oldest_queued_seconds", "s", "How long the oldest waiting line has waited, on the chain's clock.");

    internal static void Tried(Alert alert, PushVerdict verdict, DateTimeOffset now)
    {
        Attempts.Add(1, new KeyValuePair<string, object?>("verdict", verdict.ToString()));
        if (verdict == PushVerdict.Accepted)
        {
            SecondsToPush.Record((now - alert.Sent).TotalSeconds, new KeyValuePair<string, object?>("msg_type", alert.MsgType.ToString()));
        }
    }

    internal static void Backlog(int lines, TimeSpan oldest)
    {
        Queued.Record(lines);
        OldestQueued.Record(oldest.TotalSeconds);
    }

    internal static void Answered(Answering.AnswerKind kind) => Answers.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));
}
