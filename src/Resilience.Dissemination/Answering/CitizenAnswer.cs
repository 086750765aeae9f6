namespace Resilience.Dissemination.Answering;

/// <summary>What a citizen says back.</summary>
public enum AnswerKind
{
    /// <summary>I am safe.</summary>
    Safe,

    /// <summary>I need help.</summary>
    NeedHelp,
}

/// <summary>What kind of help is needed.</summary>
public enum Need
{
    /// <summary>Cannot get out.</summary>
    Trapped,

    /// <summary>Injured or ill, or medicine has run out.</summary>
    Medical,

    /// <summary>Drinking water.</summary>
    Water,

    /// <summary>Food.</summary>
    Food,

    /// <summary>A dry, warm place.</summary>
    Shelter,

    /// <summary>Something else; the text says what.</summary>
    Other,
}

/// <summary>
/// A citizen's answer. A call for help keeps the exact position, because somebody must find them; "I am safe" keeps the
/// one-kilometre cell only. Both are deleted after <see cref="DisseminationOptions.KeepAnswers"/>.
/// </summary>
public sealed class CitizenAnswer
{
    /// <summary>Follows from <see cref="Key"/>.</summary>
    public required Guid Id { get; init; }

    /// <summary>Made by the phone, so that an answer sent twice is one answer.</summary>
    public required string Key { get; init; }

    /// <summary>Safe, or help needed.</summary>
    public required AnswerKind Kind { get; init; }

    /// <summary>What is needed; null when safe.</summary>
    public Need? Need { get; init; }

    /// <summary>Degrees, WGS 84.</summary>
    public required double Longitude { get; init; }

    /// <summary>Degrees, WGS 84.</summary>
    public required double Latitude { get; init; }

    /// <summary>The place in the citizen's words, at most 200 characters.</summary>
    public required string PlaceName { get; init; }

    /// <summary>What they wrote, at most 1,000 characters; may be empty.</summary>
    public required string Text { get; init; }

    /// <summary>The alert it answers; null when there was none.</summary>
    public Guid? AlertId { get; init; }

    /// <summary>When the server had it, on the chain's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>True during a replay or drill.</summary>
    public required bool Exercise { get; init; }
}
