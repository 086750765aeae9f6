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
        if (finding.Threshold is not { } threshold)
        {
            return !cold && felt.Celsius >= Weather.HeatIndex.Coolest && felt.Heat.Value is null
                ? $"{air} at {name}: how hot that feels cannot be said: {felt.Heat.Reason}."
                : $"{air} at {name}: no class of {(cold ? "cold" : "heat")} that harms is reached.";
        }

        var value = felt.Value(cold);
        var exact = (cold ? felt.Cold.Value : felt.Heat.Value) is not null;
        var feels = value is null ? $"{air} at {name}" : $"{air} at {name} feels like {(exact ? "" : cold ? "no more than " : "at least ")}{Number(value.Value)} °C";
        var limit = $"\"{threshold.Label}\" {(cold ? "at" : "from")} {Number(threshold.Value)} °C{(cold ? " and colder" : " on")} (an assumed threshold)";
        var why = !exact && reason is not null ? $" It cannot be reckoned exactly: {reason}." : "";
        return level == HazardLevel.None ? $"{feels}: {limit}.{why} No level yet: it takes two trustworthy readings in a row."
            : finding.Reached ? $"{feels}: {limit}.{why}"
            : $"{feels}, less than {limit}; the level holds until three hours of readings have stayed below.{why}";
    }

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture).Replace('-', '−');
}
