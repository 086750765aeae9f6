using Resilience.Risk.Exposing;
using Resilience.Risk.Serving.Tiles;

namespace Resilience.Risk.Serving.Basemap;

/// <summary>Names of places on the map: the great cities first, from zoom 6 whatever the gazetteer knows, most populous first.</summary>
internal sealed class PlaceNames(IReadOnlyList<RawFeature> cities, Exposure exposure)
{
    /// <summary>From here the gazetteer takes over from the cities of the basemap.</summary>
    private const int GazetteerFrom = 6;

    /// <summary>At most so many names a tile: more could not be read.</summary>
    private const int Most = 300;

    internal void WriteTo(VectorTile tile, TileAddress address)
    {
        var layer = tile.Layer("places");
        var bounds = address.Bounds;
        foreach (var shift in TileLayer.Worlds)
        {
            var box = WebMercator.Degrees(bounds.MinX - shift, bounds.MinY, bounds.MaxX - shift, bounds.MaxY);
            if (address.Z < GazetteerFrom)
            {
                foreach (var city in cities.Where(city => city.Number("rank", 10) <= address.Z + 2))
                {
                    var (longitude, latitude) = city.Parts[0][0][0];
                    if (box.Contains(longitude, latitude))
                    {
                        Write(layer, address, shift, longitude, latitude, city.Text("name") ?? "", (long)city.Number("population", 0), city.Text("class") == "capital");
                    }
                }
            }
            else
            {
                foreach (var place in exposure.PlacesIn(box)
                    .Where(place => place.Population >= Least(address.Z) || place.FeatureCode == "PPLC")
                    .OrderByDescending(place => place.Population).ThenBy(place => place.Id, StringComparer.Ordinal).Take(Most))
                {
                    Write(layer, address, shift, place.Longitude, place.Latitude, place.Name, place.Population, place.FeatureCode == "PPLC");
                }
            }
        }
    }

    private static long Least(int zoom) => zoom switch
    {
        6 => 50_000,
        7 => 15_000,
        8 => 3_000,
        _ => 0,
    };

    /// <summary>0 for capitals, then 1 (five million) to 8 (villages): the smaller, the larger the letters.</summary>
    private static int Rank(long population, bool capital) => capital ? 0 : population switch
    {
        >= 5_000_000 => 1,
        >= 1_000_000 => 2,
        >= 500_000 => 3,
        >= 100_000 => 4,
        >= 50_000 => 5,
        >= 20_000 => 6,
        >= 5_000 => 7,
        _ => 8,
    };

    private static void Write(VectorTile.LayerWriter layer, TileAddress address, int shift, double longitude, double latitude, string name, long population, bool capital)
    {
        var (x, y) = WebMercator.Project(longitude, latitude);
        double scale = 1 << address.Z;
        var at = new Vertex((((x + shift) * scale) - address.X) * TileAddress.Extent, ((y * scale) - address.Y) * TileAddress.Extent);
        var kind = capital ? "capital" : population switch
        {
            >= 100_000 => "city",
            >= 10_000 => "town",
            _ => "village",
        };
        layer.Add(ShapeKind.Point, [[at]], [("name", name), ("rank", Rank(population, capital)), ("population", population), ("class", kind)], 0);
    }
}
