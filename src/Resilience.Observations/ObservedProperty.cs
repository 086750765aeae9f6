namespace Resilience.Observations;

/// <summary>What a datastream observes.</summary>
public enum ObservedProperty
{
    /// <summary>Water level above the gauge's datum or an ordnance datum.</summary>
    Stage,

    /// <summary>Volume of water per time.</summary>
    Discharge,

    /// <summary>Depth of rain that fell in the interval before the phenomenon time.</summary>
    Rainfall,

    /// <summary>Level of a lake or reservoir.</summary>
    LakeLevel,

    /// <summary>Anything else; stored and shown, not judged.</summary>
    Other,
}
