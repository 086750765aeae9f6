using System.Text.RegularExpressions;

namespace Resilience.Reports.Classifying;

/// <summary>
/// Which of our classes a training post with a coarse label gets. CrisisLexT26's "Affected individuals" and the Arabic
/// "affected individuals and help" do not say whether people died, are missed or had to leave; plain words do.
/// </summary>
internal static partial class SortCoarse
{
    internal static string Of(TrainingPost post)
    {
        var classes = post.Classes;
        if (classes.Count == 1)
        {
            return classes[0];
        }

        string? sorted = Dead().IsMatch(post.Normal) ? Categories.InjuredOrDead
            : Missing().IsMatch(post.Normal) ? Categories.MissingOrFound
            : Displaced().IsMatch(post.Normal) ? Categories.DisplacedPeople
            : null;
        return sorted is not null && classes.Contains(sorted) ? sorted
            : classes.Contains(Categories.AffectedPeople) ? Categories.AffectedPeople
            : classes[0];
    }

    [GeneratedRegex(@"\b(dead|deaths?|dies?|died|killed|kills|kill|toll|injur\w*|wound\w*|casualt\w*|bod(y|ies)|muert\w*|fallecid\w*|herid\w*|mort[ie]|vittim\w*|ferit\w*|morts?|bless[ée]s?|погиб\w*|patay|sugatan|استشهاد|شهيد|شهداء|قتل\w*|قتيل|وفاه|وفيات|ضحايا|اصابه|اصابات|جرح\w*|مصرع)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Dead();

    [GeneratedRegex(@"\b(missing|unaccounted|found alive|trapped|searching|desaparecid\w*|dispers[io]\w*|atrapad\w*|disparus?|مفقود\w*|فقدان|العثور)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Missing();

    [GeneratedRegex(@"\b(evacu\w*|displaced|homeless|sheltered|flee\w*|fled|damnificad\w*|desplazad\w*|sfollat\w*|نزوح|اجلاء|نازح\w*|مشرد\w*)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Displaced();
}
