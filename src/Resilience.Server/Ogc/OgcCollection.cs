namespace Resilience.Server.Ogc;

/// <summary>A layer of the live map as a feature collection of OGC API – Features.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Layer">The layer; it must be public.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Description">What it holds.</param>
/// <param name="From">The properties that say when a feature begins, the first that has a value counts.</param>
/// <param name="Until">The property that says when it ends; null when it stands until it leaves the collection.</param>
/// <param name="Instant">The feature is of one moment.</param>
internal sealed record OgcCollection(string Id, string Layer, string Title, string Description, string[] From, string? Until = null, bool Instant = false)
{
    /// <summary>
    /// What everybody may see. People's posts are not among them: one of them with its place can tell who wrote it. How many there are is, by five and more.
    /// </summary>
    internal static IReadOnlyList<OgcCollection> All { get; } =
    [
        new("hazards", "hazards.assessments", "Hazards", "What the gauges' readings mean: the present assessment of each station with level, onset and confidence.", ["onset"]),
        new("risk-zones", "risk.zones", "Risk zones", "Where hazards meet people: footprint, severity, people and critical sites inside.", ["since"]),
        new("exposure-sites", "risk.sites", "Critical sites", "Hospitals, schools, shelters, bridges, airports and whatever else the agency's exposure files name.", []),
        new("exposure-roads", "risk.roads", "Roads", "Roads of the agency's exposure files.", []),
        new("stations", "observations.stations", "Stations", "Gauges and weather stations with their newest value.", ["time"], Instant: true),
        new("satellite-extents", "observations.extents", "Rasters' areas", "Where the newest satellite image or rain raster of each feed reaches its classes, and the outline of what it looked at.", ["time"], Instant: true),
        new("report-density", "reports.density", "Report density", "How many different people reported from each cell of a grid in the last hours, in steps and never fewer than five; a cell does not count again who is counted in a finer one inside it.", ["since"], "until"),
        new("alerts", "warnings.alerts", "Alerts in force", "The CAP alerts people are to act on now.", ["onset", "sent"], "expires"),
    ];
}
