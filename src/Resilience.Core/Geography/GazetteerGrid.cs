using NetTopologySuite.Geometries;

namespace Resilience.Core.Geography;

/// <summary>Populated places by one-degree cell, for the nearest one. Correct across the antimeridian.</summary>
internal sealed class GazetteerGrid
{
    private readonly Dictionary<(int Column, int Row), List<GazetteerPlace>> _cells = [];

    internal GazetteerGrid(IEnumerable<GazetteerPlace> places)
    {
        foreach (var place in places.Where(place => place.IsPopulated))
        {
            var cell = (Column(place.Longitude), Row(place.Latitude));
            if (!_cells.TryGetValue(cell, out var list))
            {
                _cells[cell] = list = [];
            }

            list.Add(place);
        }
    }

    internal GazetteerPlace? Nearest(Coordinate from, double withinMetres)
    {
        var arc = withinMetres / Wgs84.EarthRadiusMetres * 180 / Math.PI;
        var widest = Math.Min(90, Math.Abs(from.Y) + arc) * Math.PI / 180;
        var columns = Math.Cos(widest) * 180 > arc ? (int)Math.Ceiling(arc / Math.Cos(widest)) : 180;
        GazetteerPlace? nearest = null;
        var best = withinMetres;
        for (var row = Row(from.Y - arc); row <= Row(from.Y + arc); row++)
        {
            for (var column = -columns; column <= columns; column++)
            {
                foreach (var place in _cells.GetValueOrDefault((Column(from.X + column), row)) ?? [])
                {
                    var distance = Wgs84.DistanceMetres(from, new Coordinate(place.Longitude, place.Latitude));
                    if (distance < best || (distance == best && nearest is null))
                    {
                        (nearest, best) = (place, distance);
                    }
                }
            }
        }

        return nearest;
    }

    private static int Column(double longitude) => (int)Math.Floor(longitude < -180 ? longitude + 360 : longitude >= 180 ? longitude - 360 : longitude);

    private static int Row(double latitude) => (int)Math.Floor(latitude);
}
