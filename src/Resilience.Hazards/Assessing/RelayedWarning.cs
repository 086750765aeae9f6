using Resilience.Core;
using Resilience.Core.Cap;

namespace Resilience.Hazards.Assessing;

/// <summary>Whose warning an assessment relays; stands in its evidence. Their words and scales, not ours.</summary>
/// <param name="Bulletin">The bulletin.</param>
/// <param name="Authority">Whose warning it is.</param>
/// <param name="Event">In their words.</param>
/// <param name="Headline">In their words; may be empty.</param>
/// <param name="Severity">Theirs; for an earthquake without one it follows from the shaking.</param>
/// <param name="Urgency">Theirs.</param>
/// <param name="Certainty">Theirs.</param>
/// <param name="Sent">When they sent it.</param>
/// <param name="Until">Until when it counts.</param>
/// <param name="AreaWords">Their words for the area, to follow "inside".</param>
/// <param name="Notes">What one must know before trusting the area.</param>
/// <param name="Web">Where they say more.</param>
public sealed record RelayedWarning(
    Guid Bulletin, string Authority, string Event, string Headline, CapSeverity Severity, CapUrgency Urgency, CapCertainty Certainty, DateTimeOffset Sent, DateTimeOffset Until, string AreaWords, IReadOnlyList<string> Notes, string? Web)
{
    /// <summary>What the id begins with under which a relayed warning is assessed, where a gauge has its station's id.</summary>
    public const string StationPrefix = "bulletin:";
}
