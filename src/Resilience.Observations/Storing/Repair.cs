namespace Resilience.Observations.Storing;

/// <summary>
/// Something put right on reading, because what was meant is certain enough to use: a ring closed, swapped axes, a zone that a time did not name,
/// a unit turned into another. Never silent: it is counted by day, shown with an example, and lowers the feed's score. What is not
/// certain enough is refused instead (<see cref="ParsedPayload.Refuse"/>).
/// </summary>
/// <param name="Count">How many items.</param>
/// <param name="Before">The first of them as received.</param>
/// <param name="After">The same as understood.</param>
public sealed record Repair(int Count, string Before, string After);

/// <summary>The codes of what is put right. Few and fixed, which bounds what is kept of a day.</summary>
internal static class RepairKinds
{
    /// <summary>A time without an offset was read in the zone of its station, document or feed.</summary>
    internal const string ZoneAssumed = "time-zone-assumed";

    /// <summary>Latitude and longitude stood in each other's place: the latitude was none, the other way round both are.</summary>
    internal const string AxesSwapped = "axes-swapped";

    /// <summary>A ring whose last point is not its first was closed.</summary>
    internal const string RingClosed = "ring-closed";

    /// <summary>A value was turned into another unit before it was stored.</summary>
    internal const string UnitConverted = "unit-converted";

    /// <summary>A warning was not written as CAP has it, and what was meant was clear.</summary>
    internal const string NotAsStandard = "not-as-standard";
}
