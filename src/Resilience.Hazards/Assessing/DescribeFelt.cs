using System.Globalization;
using Resilience.Core;

namespace Resilience.Hazards.Assessing;

/// <summary>Says in plain English what the air is felt as, from what that follows, and what cannot be said.</summary>
internal static class DescribeFelt
{
    internal static string Change(HazardLevel level, FeltFinding finding, string name)
    {
        var (felt, cold) = (finding.Felt, finding.Kind == HazardKind.ExtremeCold);
        var reason = cold ? felt.Cold.Reason : felt.Heat.Reason;
        var air = cold
            ? felt.Wind is { } wind ? $"{Number(felt.Celsius)} °C in a wind of {Number(wind)} m/s" : $"{Number(felt.Celsius)} °C"
            : felt.Humidity is { } humidity ? $"{Number(felt.Celsius)} °C at {Number(humidity)} % humidity" : $"{Number(felt.Celsius)} °C";
        if (level == HazardLevel.None || finding.Threshold is not { } threshold)
        {
            var unknown = !cold && felt.Celsius >= Weather.HeatIndex.Coolest && felt.Heat.Value is null ? $" How hot that feels cannot be said: {felt.Heat.Reason}." : "";
            return $"{air} at {name}: no class of {(cold ? "cold" : "heat")} that harms is reached.{unknown}";
        }

        var value = felt.Value(cold);
        var exact = (cold ? felt.Cold.Value : felt.Heat.Value) is not null;
        var feels = value is null ? $"{air} at {name}" : $"{air} at {name} feels like {(exact ? "" : cold ? "no more than " : "at least ")}{Number(value.Value)} °C";
        var limit = $"\"{threshold.Label}\" {(cold ? "at" : "from")} {Number(threshold.Value)} °C{(cold ? " and colder" : " on")} (an assumed threshold)";
        var why = !exact && reason is not null ? $" It cannot be reckoned exactly: {reason}." : "";
        return finding.Reached
            ? $"{feels}: {limit}.{why}"
            : $"{feels}, less than {limit}; the level holds until three hours of readings have stayed below.{why}";
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture).Replace('-', '−');
}
