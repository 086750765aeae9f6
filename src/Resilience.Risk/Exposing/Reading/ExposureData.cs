using NetTopologySuite.Geometries;

namespace Resilience.Risk.Exposing.Reading;

/// <summary>What the exposure files hold.</summary>
/// <param name="Sites">Critical sites.</param>
/// <param name="Roads">Roads.</param>
/// <param name="Grids">Population grids; no two cover the same ground.</param>
/// <param name="Units">Shares of vulnerable people, one row a unit.</param>
/// <param name="Complete">Of what the lists say that they are complete, and where.</param>
/// <param name="Files">How each file was read.</param>
public sealed record ExposureData(
    IReadOnlyList<ExposedSite> Sites, IReadOnlyList<Road> Roads, IReadOnlyList<PopulationGrid> Grids, IReadOnlyList<UnitVulnerability> Units,
    IReadOnlyCollection<CompleteList> Complete, IReadOnlyList<ExposureFile> Files)
{
    /// <summary>Nothing at all.</summary>
    public static ExposureData None { get; } = new([], [], [], [], [], []);

    /// <summary>The sites everybody may see on a map.</summary>
    public IEnumerable<ExposedSite> OpenSites => Sites.Where(site => !site.Restricted);

    /// <summary>When the files or their folders last changed, in Unix seconds; 1 when there are none. It rises when a file is put in, changed or taken out.</summary>
    public long Version { get; init; } = 1;
}

/// <summary>A list that says it is complete: only there "none inside" is a fact.</summary>
/// <param name="Kind">A kind of site, or <see cref="Roads"/>.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Unit">The first-order division as the gazetteer names it; empty: the whole country.</param>
public sealed record CompleteList(string Kind, string Country, string Unit)
{
    /// <summary>What <see cref="Kind"/> is for a list of roads.</summary>
    public const string Roads = "Road";
}

/// <summary>A road of the exposure data.</summary>
/// <param name="Name">Its name or number; empty: it has none.</param>
/// <param name="Class">What the source calls it, for example <c>primary</c>; empty: not said.</param>
/// <param name="Line">Its line, longitude and latitude.</param>
public sealed record Road(string Name, string Class, LineString Line);

/// <summary>How one exposure file was read.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Kind">What it is: <c>sites</c> (a GeoJSON, of roads too), <c>population</c>, <c>vulnerability</c>.</param>
/// <param name="Used">Items used; for a population grid the people in it.</param>
/// <param name="Holds">What they are, with their numbers, in words: <c>12 Hospital, 40 School</c>.</param>
/// <param name="Refused">Items that could not be used, by reason.</param>
public sealed record ExposureFile(string Name, string Kind, long Used, string Holds, IReadOnlyList<RefusedExposure> Refused);

/// <summary>Items that could not be used for one reason.</summary>
/// <param name="Reason">Why, in a plain sentence.</param>
/// <param name="Count">How many.</param>
/// <param name="Where">The first of them.</param>
public sealed record RefusedExposure(string Reason, int Count, string Where);
