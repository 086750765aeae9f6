using NetTopologySuite.Geometries;
using Resilience.Core.Geography;
using Resilience.Risk.Exposing;
using Resilience.Warnings.Cap;

namespace Resilience.Warnings.Drafting;

/// <summary>An area as it can be sent, with who is in it and what people call it.</summary>
/// <param name="Area">See <see cref="CapGeometry.ToSendable"/>.</param>
/// <param name="People">About how many people live there.</param>
/// <param name="Words">Its places in words, never empty.</param>
/// <param name="CountryCode">ISO 3166 code of the nearest place; null at sea or without a gazetteer.</param>
/// <param name="TimeZone">The time zone its people live by; UTC where none is known.</param>
internal sealed record DescribedArea(Geometry Area, long People, string Words, string? CountryCode, TimeZoneInfo TimeZone);

/// <summary>Counts and names what lies in an area.</summary>
internal sealed class DescribeArea(Exposure exposure, Gazetteer gazetteer)
{
    private const int NamedPlaces = 3;
    private const double NearKm = 60;

    internal DescribedArea Describe(Geometry area)
    {
        var sendable = CapGeometry.ToSendable(area);
        if (sendable.IsEmpty || !sendable.IsValid)
        {
            return new DescribedArea(sendable, 0, "", null, TimeZoneInfo.Utc);
        }

        var inside = exposure.PeopleWithin(sendable);
        var middle = sendable.InteriorPoint.Coordinate;
        var nearest = gazetteer.Nearest(middle, NearKm);
        return new DescribedArea(sendable, inside.People, Name([.. inside.Places.Select(place => place.Name).Distinct()], nearest?.Name), nearest?.CountryCode, gazetteer.TimeZoneAt(middle));
    }

    private static string Name(IReadOnlyList<string> places, string? nearest) => places.Count switch
    {
        0 => nearest is null ? "the marked area" : $"the area near {nearest}",
        1 => places[0],
        <= NamedPlaces => $"{string.Join(", ", places.SkipLast(1))} and {places[^1]}",
        _ => $"{string.Join(", ", places.Take(NamedPlaces))} and {places.Count - NamedPlaces} more places",
    };
}
