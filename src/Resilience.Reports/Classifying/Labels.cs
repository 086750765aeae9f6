using System.Collections.Frozen;

namespace Resilience.Reports.Classifying;

/// <summary>
/// What the labels of known data sets mean in our words. A coarse label of another set covers several of our classes; a
/// prediction is right when the label covers it.
/// </summary>
public static class Labels
{
    private static readonly FrozenDictionary<string, bool> InformativeByLabel = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase)
    {
        ["informative"] = true,
        ["not_informative"] = false,
        ["not_related"] = false,
        ["not_applicable"] = false, // CrisisLexT26
        ["on-topic"] = true,
        ["off-topic"] = false, // CrisisLexT6
        ["humanitarian"] = true,
        ["not_humanitarian"] = false, // IDRISI, HumAID
        ["disaster"] = true,
        ["not_disaster"] = false,
        ["relevant"] = true,
        ["not relevant"] = false,
        ["not_relevant"] = false, // DFE
        ["related"] = true,
        ["not related"] = false,
        ["unrelated"] = false, // Figure Eight messages
        ["true"] = true,
        ["false"] = false,
        ["yes"] = true,
        ["no"] = false,
        ["1"] = true,
        ["0"] = false,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string[]> ClassesByLabel = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
    {
        // CrisisLexT26
        ["Affected individuals"] = [Categories.InjuredOrDead, Categories.MissingOrFound, Categories.DisplacedPeople, Categories.AffectedPeople],
        ["Infrastructure and utilities"] = [Categories.InfrastructureDamage],
        ["Donations and volunteering"] = [Categories.RescueOrDonation, Categories.RequestsOrNeeds],
        ["Caution and advice"] = [Categories.CautionAndAdvice],
        ["Other Useful Information"] = [Categories.OtherRelevant],
        ["Sympathy and support"] = [Categories.NotHumanitarian],
        ["Not applicable"] = [Categories.NotHumanitarian],

        // IDRISI, Arabic
        ["affected_individuals_and_help"] = [Categories.AffectedPeople, Categories.InjuredOrDead, Categories.MissingOrFound, Categories.DisplacedPeople, Categories.RequestsOrNeeds, Categories.RescueOrDonation],
        ["caution_advice_and_crisis_updates"] = [Categories.CautionAndAdvice, Categories.OtherRelevant],
        ["infrastructure_and_utilities_damage"] = [Categories.InfrastructureDamage],

        // HumAID and CrisisBench beyond our own names
        ["sympathy_and_support"] = [Categories.NotHumanitarian],
        ["affected_individual"] = [Categories.AffectedPeople],
        ["displaced_and_evacuations"] = [Categories.DisplacedPeople],
        ["donation_and_volunteering"] = [Categories.RescueOrDonation],
        ["response_efforts"] = [Categories.RescueOrDonation],
        ["missing_and_found_people"] = [Categories.MissingOrFound],
        ["missing_trapped_or_found_people"] = [Categories.MissingOrFound],
        ["requests_or_needs"] = [Categories.RequestsOrNeeds],
    }.Concat(Categories.All.Select(name => KeyValuePair.Create(name, new[] { name }))).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>True or false for a label that says so, null for none, "can't decide" and the unknown.</summary>
    public static bool? Informative(string label) => InformativeByLabel.TryGetValue(label.Trim(), out var informative) ? informative : null;

    /// <summary>Our classes the label covers; empty for none, "Not labeled" and the unknown.</summary>
    public static IReadOnlyList<string> Classes(string label) => ClassesByLabel.TryGetValue(label.Trim(), out var classes) ? classes : [];
}
