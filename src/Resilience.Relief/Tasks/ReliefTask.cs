using Resilience.Core;

namespace Resilience.Relief.Tasks;

/// <summary>What somebody must be able to do.</summary>
public enum Skill
{
    /// <summary>Anybody.</summary>
    Other,

    /// <summary>First aid or more.</summary>
    Medical,

    /// <summary>Ropes, boats, searching.</summary>
    Rescue,

    /// <summary>Carry or treat drinking water.</summary>
    Water,

    /// <summary>Carry or cook food.</summary>
    Food,

    /// <summary>Put up or open a dry, warm place.</summary>
    Shelter,
}

/// <summary>Where a task stands.</summary>
public enum TaskState
{
    /// <summary>Anybody with the skill may claim it.</summary>
    Open,

    /// <summary>One person has it, until a stated time.</summary>
    Claimed,

    /// <summary>The person who had it says it is done. Final.</summary>
    Done,

    /// <summary>A coordinator called it off. Final.</summary>
    Closed,
}

/// <summary>One unit of help. Only its claimer and coordinators see the exact position.</summary>
public sealed class ReliefTask
{
    /// <summary>How long a claim lasts, and by how much one extension prolongs it.</summary>
    public static readonly TimeSpan ClaimLasts = TimeSpan.FromHours(2);

    /// <summary>By how much one extension prolongs a claim.</summary>
    public static readonly TimeSpan Extension = TimeSpan.FromHours(1);

    /// <summary>Extensions of one claim.</summary>
    public const int MostExtensions = 2;

    /// <summary>After its time a claim is still the claimer's for this long: phones lose signal.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>Tasks one person may hold at once.</summary>
    public const int MostAtOnce = 2;

    /// <summary>Follows from the incident or the answer.</summary>
    public required Guid Id { get; init; }

    /// <summary>The incident it comes from; null when a citizen asked directly.</summary>
    public Guid? IncidentId { get; init; }

    /// <summary>The citizen's answer it comes from.</summary>
    public Guid? AnswerId { get; init; }

    /// <summary>What to do, verb first.</summary>
    public required string Title { get; set; }

    /// <summary>What is known. A citizen's own words are shown to whoever has claimed the task and to coordinators only.</summary>
    public required string Detail { get; set; }

    /// <summary>Where, in words.</summary>
    public required string Place { get; set; }

    /// <summary>Where exactly, degrees.</summary>
    public required double Longitude { get; set; }

    /// <summary>Where exactly, degrees.</summary>
    public required double Latitude { get; set; }

    /// <summary>What somebody must be able to do.</summary>
    public required Skill Skill { get; init; }

    /// <summary>How bad it is.</summary>
    public required CapSeverity Severity { get; set; }

    /// <summary>Where it stands.</summary>
    public TaskState State { get; set; }

    /// <summary>Who has it (or did it).</summary>
    public Guid? ClaimedById { get; set; }

    /// <summary>Their name.</summary>
    public string? ClaimedByName { get; set; }

    /// <summary>Since when they have it.</summary>
    public DateTimeOffset? ClaimedAt { get; set; }

    /// <summary>Until when it is theirs.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>How often this claim was extended.</summary>
    public int Extensions { get; set; }

    /// <summary>When it came up.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>What the claimer (done, given back) or coordinator (closed) said last.</summary>
    public string? Note { get; set; }

    /// <summary>Why its incident was rejected, while it is: such a task is nobody's to begin, and closes when who has it gives it back.</summary>
    public string? CalledOff { get; set; }

    /// <summary>When <see cref="ForgetTasks"/> took out where exactly and what was said; null before.</summary>
    public DateTimeOffset? ForgottenAt { get; set; }

    /// <summary>Title of the Severe or Extreme risk zone that covers it; null when none does. Blocks claiming.</summary>
    public string? Warning { get; set; }

    /// <summary>From a drill or recording.</summary>
    public required bool Exercise { get; init; }

    /// <summary>Raised by every change; of two changes at once one loses and looks again.</summary>
    public int Version { get; set; }

    /// <summary>False once <see cref="LeaveMap"/> took it off the live map.</summary>
    public bool OnMap { get; set; } = true;

    /// <summary>Version of layer <c>relief.tasks</c> at which it last changed.</summary>
    public long LayerVersion { get; set; }
}

/// <summary>One thing a person did to a task. Its key makes a repeated request the same request.</summary>
public sealed class TaskAct
{
    /// <summary>Made by the phone (or by us where it sends none).</summary>
    public required string Key { get; init; }

    /// <summary>The task.</summary>
    public required Guid TaskId { get; init; }

    /// <summary>Who.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>claim, extend, release, done, close or expire.</summary>
    public required string Act { get; init; }

    /// <summary>When, on the chain's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What they said with it.</summary>
    public string? Note { get; init; }
}
