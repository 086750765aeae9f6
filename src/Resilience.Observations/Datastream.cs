namespace Resilience.Observations;

/// <summary>One observed property at one station.</summary>
public sealed class Datastream
{
    /// <summary>Station id and the source's code, for example <c>usgs:02489500:00065</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The station.</summary>
    public required string StationId { get; init; }

    /// <summary>What it observes.</summary>
    public required ObservedProperty Property { get; set; }

    /// <summary>The source's unit, for example <c>ft</c>, <c>mASD</c>, <c>ft3/s</c>; <c>---</c> where the source does not say.</summary>
    public required string Unit { get; set; }

    /// <summary>What the source calls it.</summary>
    public required string Name { get; set; }

    /// <summary>How often a value is expected; the feed's interval where the source does not say.</summary>
    public required TimeSpan ExpectedEvery { get; set; }

    /// <summary>The source's own id of the time series where one code can have several; null otherwise.</summary>
    public string? SourceSeries { get; set; }
}
