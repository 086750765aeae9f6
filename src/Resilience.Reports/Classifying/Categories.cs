namespace Resilience.Reports.Classifying;

/// <summary>
/// The humanitarian classes of HumAID and CrisisBench, the words agencies already sort posts by. A post that is not informative
/// is <see cref="NotHumanitarian"/>; the nine others are told apart only among informative posts.
/// </summary>
public static class Categories
{
    /// <summary>People hit by the disaster, neither said to be hurt, displaced nor missing.</summary>
    public const string AffectedPeople = "affected_people";

    /// <summary>Warnings, forecasts, advice.</summary>
    public const string CautionAndAdvice = "caution_and_advice";

    /// <summary>People who had to leave or were told to.</summary>
    public const string DisplacedPeople = "displaced_people_and_evacuations";

    /// <summary>Roads, bridges, houses, power, water.</summary>
    public const string InfrastructureDamage = "infrastructure_and_utility_damage";

    /// <summary>Casualties.</summary>
    public const string InjuredOrDead = "injured_or_dead_people";

    /// <summary>People sought or found.</summary>
    public const string MissingOrFound = "missing_or_found_people";

    /// <summary>Somebody asks for rescue, food, water, medicine, shelter.</summary>
    public const string RequestsOrNeeds = "requests_or_urgent_needs";

    /// <summary>Help given or offered.</summary>
    public const string RescueOrDonation = "rescue_volunteering_or_donation_effort";

    /// <summary>Informs about the disaster, but none of the above.</summary>
    public const string OtherRelevant = "other_relevant_information";

    /// <summary>Not about a disaster, or says nothing about it that helps.</summary>
    public const string NotHumanitarian = "not_humanitarian";

    /// <summary>All ten, in alphabetical order with <see cref="NotHumanitarian"/> last.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        AffectedPeople, CautionAndAdvice, DisplacedPeople, InfrastructureDamage, InjuredOrDead, MissingOrFound, OtherRelevant,
        RequestsOrNeeds, RescueOrDonation, NotHumanitarian,
    ];
}
