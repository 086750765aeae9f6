using System.Globalization;
using Resilience.Risk.Exposing;

namespace Resilience.Risk.Impact;

/// <summary>Who and what lies inside an area, in a sentence without its full stop.</summary>
internal static class SayExposed
{
    /// <summary>The sentence; <paramref name="where"/> follows "inside".</summary>
    internal static string Inside(ExposureCount exposed, string where)
    {
        var people = exposed.People > 0
            ? string.Create(CultureInfo.InvariantCulture, $"About {exposed.People:N0} people live in {Count(exposed.Places.Count, "known place")} inside {where}")
            : $"No place with a known population lies inside {where}";
        return exposed.Sites.Count > 0 ? $"{people}, with {Count(exposed.Sites.Count, "critical site")}" : people;
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}s");
}
