using System.Globalization;
using Resilience.Risk.Exposing;

namespace Resilience.Risk.Impact;

/// <summary>Who and what lies inside an area, in a sentence without its full stop.</summary>
internal static class SayExposed
{
    /// <summary>The sentence; <paramref name="where"/> follows "inside".</summary>
    internal static string Inside(ExposureCount exposed, string where)
    {
        var people = exposed.People > 0 && exposed.Places.Count == 0
            ? string.Create(CultureInfo.InvariantCulture, $"About {Roughly(exposed.People):N0} people live inside {where}, in no known place")
            : exposed.People > 0 ? string.Create(CultureInfo.InvariantCulture, $"About {Roughly(exposed.People):N0} people live in {Count(exposed.Places.Count, "known place")} inside {where}")
            : $"No place with a known population lies inside {where}";
        return exposed.Sites.Count > 0 ? $"{people}, with {Count(exposed.Sites.Count, "critical site")}" : people;
    }

    /// <summary>Two digits: more would claim a knowledge nobody has.</summary>
    internal static long Roughly(long people)
    {
        var step = (long)Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, people))) - 1));
        return (people + (step / 2)) / step * step;
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}s");
}
