using System.Text.Json;
using Resilience.Hazards.Verifying;

namespace Resilience.Hazards.Rules;

/// <summary>How far a verification has come.</summary>
public enum RunState
{
    /// <summary>No worker has begun it.</summary>
    Waiting,

    /// <summary>Gauge by gauge is replayed.</summary>
    Running,

    /// <summary>Its result is kept with the rule's version.</summary>
    Done,

    /// <summary>Somebody ended it; nothing is kept.</summary>
    Cancelled,

    /// <summary>There was nothing to verify on.</summary>
    Failed,
}

/// <summary>A verification of a rule on all gauges it judges. The row is all there is of it: a worker that dies leaves it where it stands, and another goes on.</summary>
public sealed record VerificationRun
{
    /// <summary>Follows from rule and moment.</summary>
    public required Guid Id { get; init; }

    /// <summary>The rule.</summary>
    public required string Rule { get; init; }

    /// <summary>The version that is replayed; another release begins anew.</summary>
    public required string RuleVersion { get; init; }

    /// <summary>How far it has come.</summary>
    public required RunState State { get; init; }

    /// <summary>Who asked for it; <see cref="ByItself"/> when nobody did.</summary>
    public required string RequestedByName { get; init; }

    /// <summary>When, on the chain's clock.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gauges to look at; 0 while it waits.</summary>
    public required int Total { get; init; }

    /// <summary>Gauges looked at.</summary>
    public required int Done { get; init; }

    /// <summary>Those of them whose past said something.</summary>
    public required int Judged { get; init; }

    /// <summary>The last datastream looked at: it goes on with the next by id.</summary>
    public required string AtDatastream { get; init; }

    /// <summary>What came of it.</summary>
    public Guid? VerificationId { get; init; }

    /// <summary>What went wrong, in words; null when nothing did.</summary>
    public string? Problem { get; init; }

    /// <summary>Who asked for a verification that nobody asked for.</summary>
    public const string ByItself = "the server";

    /// <summary>Waiting or running.</summary>
    public bool IsOpen => State is RunState.Waiting or RunState.Running;
}

/// <summary>A gauge of a run that is not over.</summary>
internal sealed record RunGauge
{
    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>The gauge.</summary>
    public required string DatastreamId { get; init; }

    /// <summary>JSON of <see cref="JudgedGauge"/>.</summary>
    public required string Result { get; init; }

    internal static RunGauge Of(Guid run, string datastreamId, JudgedGauge judged) => new() { RunId = run, DatastreamId = datastreamId, Result = JsonSerializer.Serialize(judged, VerificationJson.Default.JudgedGauge) };

    internal JudgedGauge Read() => JsonSerializer.Deserialize(Result, VerificationJson.Default.JudgedGauge)!;
}
