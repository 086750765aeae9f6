namespace Resilience.Risk.Impact;

/// <summary>What people who had to leave need, and where the figure stands.</summary>
/// <param name="What">The need.</param>
/// <param name="PerPerson">How much one person needs; a toilet for twenty is 0.05.</param>
/// <param name="Unit">The unit of both amounts.</param>
/// <param name="Amount">For all; things that come whole are rounded up.</param>
/// <param name="Source">The standard it is taken from.</param>
public sealed record Need(string What, double PerPerson, string Unit, double Amount, string Source);

/// <summary>
/// The minimum of the Sphere Handbook for people who had to leave their homes. For those displaced only: who stays at home affected needs
/// something else. Pure.
/// </summary>
public static class MinimumNeeds
{
    private const string Sphere = "The Sphere Handbook, 4th edition, 2018";

    // What, how many people share one (or how much each needs), unit, whole pieces, where.
    private static readonly (string What, double PerPerson, string Unit, bool Whole, string Where)[] Figures =
    [
        ("Water for drinking, cooking and washing", 15, "litres a day", false, "Water supply standard 2.1: access and water quantity"),
        ("Taps (7.5 litres a minute)", 1.0 / 250, "taps", true, "Water supply standard 2.1: access and water quantity"),
        ("Toilets (at first one for 50 will do)", 1.0 / 20, "toilets", true, "Excreta management standard 3.2: access to and use of toilets"),
        ("Food", 2100, "kilocalories a day", false, "Food security and nutrition, appendix 6: nutritional requirements"),
        ("Covered living space, without cooking and bathing", 3.5, "square metres", false, "Shelter and settlement standard 3: living space"),
        ("Ground of a planned camp, with paths, plots and services", 45, "square metres", false, "Shelter and settlement standard 2: location and settlement planning"),
        ("Soap for washing, each month", 0.25, "kilograms", false, "Hygiene promotion standard 1.2: hygiene items"),
    ];

    /// <summary>The needs of so many displaced people.</summary>
    public static IReadOnlyList<Need> Of(long people) =>
    [
        .. Figures.Select(figure => new Need(
            figure.What, figure.PerPerson, figure.Unit,
            figure.Whole ? Math.Ceiling(Math.Round(people * figure.PerPerson, 6)) : Math.Round(people * figure.PerPerson, 2), $"{Sphere}; {figure.Where}")),
    ];
}
