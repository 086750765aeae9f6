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

    /// <summary>Air temperature in the shade, at about 2 m.</summary>
    AirTemperature,

    /// <summary>Relative humidity of the air.</summary>
    RelativeHumidity,

    /// <summary>Mean wind speed, at about 10 m.</summary>
    WindSpeed,

    /// <summary>Highest gust in the interval before the phenomenon time.</summary>
    WindGust,

    /// <summary>Where the wind comes from, degrees from true north.</summary>
    WindDirection,

    /// <summary>Air pressure reduced to mean sea level.</summary>
    SeaLevelPressure,
}
