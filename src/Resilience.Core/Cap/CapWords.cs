namespace Resilience.Core.Cap;

/// <summary>CAP 1.2 <c>status</c>. Only <see cref="Actual"/> may reach the public as true.</summary>
public enum CapStatus
{
    /// <summary>Real: act on it.</summary>
    Actual,

    /// <summary>A drill; everything about it must say so.</summary>
    Exercise,

    /// <summary>For the alert network's own use.</summary>
    System,

    /// <summary>A technical test; recipients disregard it.</summary>
    Test,

    /// <summary>Not yet a message.</summary>
    Draft,
}

/// <summary>CAP 1.2 <c>msgType</c>: how an alert changes. There is no edit and no delete.</summary>
public enum CapMsgType
{
    /// <summary>First of its thread.</summary>
    Alert,

    /// <summary>Supersedes the messages it references.</summary>
    Update,

    /// <summary>Ends the messages it references.</summary>
    Cancel,

    /// <summary>Acknowledges receipt.</summary>
    Ack,

    /// <summary>Rejects the messages it references.</summary>
    Error,
}

/// <summary>CAP 1.2 <c>scope</c>.</summary>
public enum CapScope
{
    /// <summary>Anybody.</summary>
    Public,

    /// <summary>Those the restriction names.</summary>
    Restricted,

    /// <summary>The listed addresses only.</summary>
    Private,
}

/// <summary>CAP 1.2 <c>category</c>.</summary>
public enum CapCategory
{
    /// <summary>Geophysical, landslides included.</summary>
    Geo,

    /// <summary>Meteorological, floods included.</summary>
    Met,

    /// <summary>General emergency and public safety.</summary>
    Safety,

    /// <summary>Law enforcement, military, homeland.</summary>
    Security,

    /// <summary>Rescue and recovery.</summary>
    Rescue,

    /// <summary>Fire.</summary>
    Fire,

    /// <summary>Medical and public health.</summary>
    Health,

    /// <summary>Pollution and other environmental.</summary>
    Env,

    /// <summary>Public and private transport.</summary>
    Transport,

    /// <summary>Utilities and other infrastructure.</summary>
    Infra,

    /// <summary>Chemical, biological, radiological, nuclear, explosive.</summary>
    CBRNE,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>CAP 1.2 <c>urgency</c>: how soon to act.</summary>
public enum CapUrgency
{
    /// <summary>Unknown.</summary>
    Unknown,

    /// <summary>No longer required.</summary>
    Past,

    /// <summary>In the near future.</summary>
    Future,

    /// <summary>Within the next hour.</summary>
    Expected,

    /// <summary>At once.</summary>
    Immediate,
}

/// <summary>CAP 1.2 <c>certainty</c>. CAP 1.0's "Very Likely" is read as <see cref="Likely"/>.</summary>
public enum CapCertainty
{
    /// <summary>Unknown.</summary>
    Unknown,

    /// <summary>Not expected to occur.</summary>
    Unlikely,

    /// <summary>Possible but not likely, 50 % or less.</summary>
    Possible,

    /// <summary>More than 50 %.</summary>
    Likely,

    /// <summary>Has occurred or is going on.</summary>
    Observed,
}

/// <summary>CAP 1.2 <c>responseType</c>: what to do.</summary>
public enum CapResponseType
{
    /// <summary>Take shelter in place.</summary>
    Shelter,

    /// <summary>Leave.</summary>
    Evacuate,

    /// <summary>Make ready.</summary>
    Prepare,

    /// <summary>Carry out the planned activity the instruction names.</summary>
    Execute,

    /// <summary>Keep away from the hazard.</summary>
    Avoid,

    /// <summary>Attend to information sources.</summary>
    Monitor,

    /// <summary>Evaluate (not for public alerts).</summary>
    Assess,

    /// <summary>The danger is over.</summary>
    AllClear,

    /// <summary>Nothing to do.</summary>
    None,
}
