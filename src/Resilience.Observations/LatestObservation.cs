namespace Resilience.Observations;

/// <summary>The newest value of a datastream, kept beside the observations so that the map and the next batch need not search for it.</summary>
public sealed class LatestObservation
{
    /// <summary>The datastream.</summary>
    public required string DatastreamId { get; init; }

    /// <summary>Time of the newest value.</summary>
    public required DateTimeOffset PhenomenonTime { get; set; }

    /// <summary>The newest value.</summary>
    public required double Result { get; set; }

    /// <summary>Its revision.</summary>
    public required int Revision { get; set; }

    /// <summary>Its flags.</summary>
    public required QualityFlags Flags { get; set; }

    /// <summary>Change per hour over the last two hours in the datastream's unit, or null when too few values say.</summary>
    public double? TrendPerHour { get; set; }

    /// <summary>Since when the value has been exactly this; looked back for six days at most.</summary>
    public required DateTimeOffset UnchangedSince { get; set; }

    /// <summary>Changes with every change of the datastream's values and follows from all of them in their order; 0 before the first.</summary>
    public long History { get; set; }

    /// <summary>The version of layer <c>observations.stations</c> at which the newest value last became another.</summary>
    public long Version { get; set; }

    /// <summary>The same again, to be changed without the other.</summary>
    internal LatestObservation Copy() => (LatestObservation)MemberwiseClone();
}
