using System.Diagnostics.Metrics;
using Resilience.Warnings;

namespace Resilience.Dissemination;

/// <summary>Meter <c>Resilience.Dissemination</c>.</summary>
internal static class Telemetry
{
    private static readonly Meter Meter = new("Resilience.Dissemination");

    private static readonly Histogram<double> SecondsToPush = Meter.CreateHistogram<double>(
        "resilience.dissemination.seconds_to_push", "s", "From an alert's sent time to a push service taking it, on the chain's clock.");

    private static readonly Counter<long> Answers = Meter.CreateCounter<long>("resilience.dissemination.answers", description: "Answers from citizens.");

    internal static void Accepted(Alert alert, DateTimeOffset now) =>
        SecondsToPush.Record((now - alert.Sent).TotalSeconds, new KeyValuePair<string, object?>("msg_type", alert.MsgType.ToString()));

    internal static void Answered(Answering.AnswerKind kind) => Answers.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));
}
