using Resilience.Core.Chain;

namespace Resilience.Hazards;

/// <summary>What this module hands over.</summary>
public static class HazardTopics
{
    /// <summary>A station was assessed anew: level, silence or trend changed. Key: the assessment's id.</summary>
    public static readonly Topic Assessed = new("hazards.assessed");

    /// <summary>A datastream has been silent for too long; taken by this module's own link. Key: the datastream's id.</summary>
    public static readonly Topic SilenceDue = new("hazards.silence-due");

    /// <summary>What a raster showed has become too old to stand; taken by this module's own link. Key: the feed's id.</summary>
    public static readonly Topic CoverageDue = new("hazards.coverage-due");

    /// <summary>Time or a feed's silence changes what stands of a relayed warning; taken by this module's own link. Key: the thread's id.</summary>
    public static readonly Topic BulletinDue = new("hazards.bulletin-due");
}
