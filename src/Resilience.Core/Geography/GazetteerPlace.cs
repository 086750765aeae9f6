namespace Resilience.Core.Geography;

/// <summary>A named place.</summary>
/// <param name="Id">Stable, with its source: <c>gn:</c> GeoNames, <c>ne:</c> Natural Earth, <c>hm:</c> HMAGLOFDB.</param>
/// <param name="Name">The name as its people write it in Latin letters, with accents.</param>
/// <param name="CountryCode">ISO 3166-1 alpha-2.</param>
/// <param name="Admin1">Name of the first-order division it lies in; empty when the source does not say.</param>
/// <param name="Longitude">Degrees, WGS 84.</param>
/// <param name="Latitude">Degrees, WGS 84.</param>
/// <param name="Population">People living in it; 0 when unknown, and for divisions.</param>
/// <param name="FeatureCode">GeoNames feature code: <c>PPL…</c> a populated place (<c>PPLX</c> a section of one), <c>ADM1</c> a first-order division at its label point.</param>
/// <param name="TimeZone">IANA name of the time zone its people live by; empty for divisions and when the source does not say.</param>
public sealed record GazetteerPlace(
    string Id, string Name, string CountryCode, string Admin1, double Longitude, double Latitude, long Population, string FeatureCode, string TimeZone = "")
{
    /// <summary>True for a place where people live, false for a division's label point.</summary>
    public bool IsPopulated => FeatureCode.StartsWith("PPL", StringComparison.Ordinal);

    /// <summary>True for a section of another place, whose people are counted there already.</summary>
    public bool IsSection => FeatureCode == "PPLX";
}
