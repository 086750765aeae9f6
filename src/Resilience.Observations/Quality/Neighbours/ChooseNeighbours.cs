using Resilience.Core.Geography;

namespace Resilience.Observations.Quality.Neighbours;

/// <summary>Another datastream of the same property nearby.</summary>
/// <param name="Index">Its place in the list of all.</param>
/// <param name="Kilometres">How far away.</param>
internal readonly record struct Neighbour(int Index, double Kilometres);

/// <summary>Who stands near whom. Pure.</summary>
internal static class ChooseNeighbours
{
    /// <summary>For each series the others within the distance and the band of heights, nearest first, one for a station.</summary>
    internal static Neighbour[][] Of(IReadOnlyList<NeighbourSeries> all, double kilometres, double height, int most)
    {
        // Cells of one radius: whoever is near stands in the same cell or in one beside it. East and west a degree shrinks towards the poles.
        var degrees = kilometres / 111.0;
        var cells = new Dictionary<(int, int), List<int>>();
        for (var i = 0; i < all.Count; i++)
        {
            var key = CellOf(all[i].At.X, all[i].At.Y, degrees);
            (cells.TryGetValue(key, out var there) ? there : cells[key] = []).Add(i);
        }

        return [.. Enumerable.Range(0, all.Count).Select(i => Near(i).OrderBy(one => one.Kilometres).ThenBy(one => all[one.Index].DatastreamId, StringComparer.Ordinal)
            .DistinctBy(one => all[one.Index].StationId).Take(most).ToArray())];

        IEnumerable<Neighbour> Near(int i)
        {
            var wide = degrees / Math.Max(0.01, Math.Cos(Math.Min(89, Math.Abs(all[i].At.Y) + degrees) * Math.PI / 180));
            var seen = new HashSet<(int, int)>();
            for (var latitude = all[i].At.Y - degrees; latitude <= all[i].At.Y + (1.5 * degrees); latitude += degrees)
            {
                for (var longitude = all[i].At.X - wide; longitude <= all[i].At.X + wide + degrees; longitude += degrees)
                {
                    // Across the date line the neighbour's longitude is 360° away.
                    var key = CellOf(longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude, latitude, degrees);
                    if (!seen.Add(key) || !cells.TryGetValue(key, out var there))
                    {
                        continue;
                    }

                    foreach (var other in there)
                    {
                        var far = Wgs84.DistanceMetres(all[i].At, all[other].At) / 1000;
                        if (all[other].StationId != all[i].StationId && far <= kilometres && !(Math.Abs(all[i].Elevation - all[other].Elevation ?? 0) > height))
                        {
                            yield return new Neighbour(other, far);
                        }
                    }
                }
            }
        }
    }

    private static (int, int) CellOf(double longitude, double latitude, double degrees) => ((int)Math.Floor(longitude / degrees), (int)Math.Floor(latitude / degrees));
}
