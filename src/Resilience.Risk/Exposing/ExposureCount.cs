namespace Resilience.Risk.Exposing;

/// <summary>Who and what lies inside an area.</summary>
/// <param name="People">People inside: of a population grid where one is supplied, elsewhere those living in the gazetteer's places. A place counts whole or not at all.</param>
/// <param name="Places">The places inside, most populous first.</param>
/// <param name="Sites">The critical sites inside, by name.</param>
public sealed record ExposureCount(long People, IReadOnlyList<ExposedPlace> Places, IReadOnlyList<ExposedSite> Sites)
{
    /// <summary>The roads inside, longest first; null: none are supplied, or none lie inside and no list says that it is complete here.</summary>
    public IReadOnlyList<ExposedRoad>? Roads { get; init; }

    /// <summary>How easily those inside are harmed; null: nothing is known of it.</summary>
    public Vulnerability? Vulnerability { get; init; }
}

/// <summary>A populated place inside an area.</summary>
/// <param name="Id">Its gazetteer id.</param>
/// <param name="Name">Its name.</param>
/// <param name="People">People living there; 0 when unknown.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
public sealed record ExposedPlace(string Id, string Name, long People, double Longitude, double Latitude)
{
    /// <summary>Kilometres in a straight line to the nearest known road; null: no list of roads says that it is complete here.</summary>
    public double? KmToRoad { get; init; }
}

/// <summary>A critical site inside an area.</summary>
/// <param name="Id">Its id in the exposure data.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is, for example <c>Airport</c>; those that matter to the rules stand in <see cref="SiteKinds"/>.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
public sealed record ExposedSite(string Id, string Name, string Kind, double Longitude, double Latitude)
{
    /// <summary>Beds of a hospital, pupils of a school, people a shelter holds; null: not known.</summary>
    public long? Capacity { get; init; }

    /// <summary>Counted for everybody, but named and drawn for coordinators only: its source says that where it stands is nobody else's business.</summary>
    public bool Restricted { get; init; }
}

/// <summary>How much of a road lies inside an area.</summary>
/// <param name="Name">Its name or number; empty: it has none.</param>
/// <param name="Class">What the source calls it, for example <c>primary</c>; empty: not said.</param>
/// <param name="Km">Length inside, rounded to 0.1 km.</param>
public sealed record ExposedRoad(string Name, string Class, double Km);

/// <summary>The kinds of sites this house gives a meaning to. Any other word may be used and is shown as it is.</summary>
public static class SiteKinds
{
    /// <summary>A hospital: people inside cannot leave by themselves.</summary>
    public const string Hospital = "Hospital";

    /// <summary>A place prepared to take people in.</summary>
    public const string Shelter = "Shelter";

    /// <summary>A bridge: inside a flood it may be closed or gone.</summary>
    public const string Bridge = "Bridge";

    /// <summary>A school.</summary>
    public const string School = "School";

    /// <summary>A small health post.</summary>
    public const string Clinic = "Clinic";

    /// <summary>An airport.</summary>
    public const string Airport = "Airport";
}
