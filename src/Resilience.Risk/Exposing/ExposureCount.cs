namespace Resilience.Risk.Exposing;

/// <summary>Who and what lies inside an area.</summary>
/// <param name="People">People living in the places inside, as the gazetteer counts them. Scattered farms are not counted, and a place counts whole or not at all.</param>
/// <param name="Places">The places inside, most populous first.</param>
/// <param name="Sites">The critical sites inside, by name.</param>
public sealed record ExposureCount(long People, IReadOnlyList<ExposedPlace> Places, IReadOnlyList<ExposedSite> Sites);

/// <summary>A populated place inside an area.</summary>
/// <param name="Id">Its gazetteer id.</param>
/// <param name="Name">Its name.</param>
/// <param name="People">People living there; 0 when unknown.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
public sealed record ExposedPlace(string Id, string Name, long People, double Longitude, double Latitude);

/// <summary>A critical site inside an area.</summary>
/// <param name="Id">Its id in the exposure data.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is, for example <c>Airport</c>.</param>
/// <param name="Longitude">Degrees.</param>
/// <param name="Latitude">Degrees.</param>
public sealed record ExposedSite(string Id, string Name, string Kind, double Longitude, double Latitude);
