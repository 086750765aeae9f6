namespace Resilience.Reports.Classifying;

/// <summary>
/// Holds predictions against labels. A prediction is first put into the file's own words: where its label is coarser than our
/// classes, everything the label covers is right. Pure.
/// </summary>
public static class EvaluateClassifier
{
    private const int Bins = 10;

    /// <summary>Figures of all rows.</summary>
    public static Evaluation Of(IEnumerable<(LabelledPost Post, Classified Said)> rows, int badRows)
    {
        var all = rows.ToList();
        var translate = Translation(all.Select(row => row.Post.CategoryLabel));
        var whole = Group("", all, translate);
        return new Evaluation(
            all.Count, badRows, whole.Informative, whole.Category, whole.AmongHumanitarian,
            PerGroup(all, row => row.Post.Event, translate), PerGroup(all, row => row.Post.Lang, translate));
    }

    private static List<GroupFigures> PerGroup(List<(LabelledPost Post, Classified Said)> all, Func<(LabelledPost Post, Classified Said), string> name, Dictionary<string, string> translate)
    {
        var groups = all.GroupBy(name).Where(group => group.Key.Length > 0).OrderBy(group => group.Key, StringComparer.Ordinal);
        return [.. groups.Select(group => Group(group.Key, [.. group], translate).Headline)];
    }

    private static (TaskFigures? Informative, TaskFigures? Category, TaskFigures? AmongHumanitarian, GroupFigures Headline) Group(
        string name, List<(LabelledPost Post, Classified Said)> rows, Dictionary<string, string> translate)
    {
        var informative = rows.Select(row => (Gold: Labels.Informative(row.Post.InformativeLabel), row.Said)).Where(row => row.Gold is not null)
            .Select(row => new Judged(row.Gold!.Value ? "informative" : "not_informative", row.Said.Informative ? "informative" : "not_informative", row.Said.PInformative, row.Gold.Value)).ToList();
        var labelled = rows.Select(row => (Gold: ListLabels(row.Post.CategoryLabel), row.Said)).Where(row => row.Gold.Count > 0).ToList();
        var category = labelled.ConvertAll(row => Judge(row.Gold, row.Said.Category, row.Said.PCategory, translate));
        var among = labelled.Where(row => row.Gold.Exists(label => Labels.Classes(label).Any(one => one != Categories.NotHumanitarian)))
            .Select(row => Judge(row.Gold, row.Said.BestClass, row.Said.PCategory, translate)).ToList();
        var (a, b, c) = (Figures(informative), Figures(category), Figures(among));
        return (a, b, c, new GroupFigures(name, rows.Count, a?.WeightedF1, a?.MacroF1, b?.WeightedF1, b?.MacroF1));
    }

    /// <summary>Right when any of the row's labels covers the predicted class; a wrong prediction counts against the first of them.</summary>
    private static Judged Judge(List<string> gold, string said, double p, Dictionary<string, string> translate) =>
        gold.Find(label => Labels.Classes(label).Contains(said)) is { } right ? new Judged(right, right, p, true) : new Judged(gold[0], translate.GetValueOrDefault(said, said), p, false);

    private static List<string> ListLabels(string cell) =>
        [.. (Labels.Classes(cell).Count > 0 ? [cell] : cell.Split(',')).Select(label => label.Trim()).Where(label => Labels.Classes(label).Count > 0).Select(Bucket)];

    /// <summary>Labels that we do not tell apart count as one: sympathy and "not applicable" are both "not humanitarian".</summary>
    private static string Bucket(string label) => Labels.Classes(label) is [Categories.NotHumanitarian] ? Categories.NotHumanitarian : label;

    /// <summary>From each of our classes to the file's label that covers it; where two do, to the narrower one.</summary>
    private static Dictionary<string, string> Translation(IEnumerable<string> cells)
    {
        var translate = new Dictionary<string, string>();
        foreach (var label in cells.SelectMany(ListLabels).Distinct().OrderBy(label => Labels.Classes(label).Count).ThenBy(label => label, StringComparer.Ordinal))
        {
            foreach (var one in Labels.Classes(label))
            {
                translate.TryAdd(one, label);
            }
        }

        return translate;
    }

    private static TaskFigures? Figures(List<Judged> rows)
    {
        if (rows.Count == 0)
        {
            return null;
        }

        var classes = rows.Select(row => row.Gold).Distinct().Order(StringComparer.Ordinal).Select(label =>
        {
            double right = rows.Count(row => row.Gold == label && row.Said == label), said = rows.Count(row => row.Said == label), there = rows.Count(row => row.Gold == label);
            var (precision, recall) = (said == 0 ? 0 : right / said, right / there);
            return new ClassFigures(label, (int)there, Round(precision), Round(recall), Round(right == 0 ? 0 : 2 * precision * recall / (precision + recall)));
        }).ToList();
        double Weighted(Func<ClassFigures, double> of) => Round(classes.Sum(one => of(one) * one.Rows) / rows.Count);
        var bins = rows.GroupBy(row => Math.Min(Bins - 1, (int)(row.P * Bins))).OrderBy(bin => bin.Key).Select(bin =>
            new CalibrationBin(Round((double)bin.Key / Bins), Round((bin.Key + 1.0) / Bins), bin.Count(), Round(bin.Average(row => row.P)), Round(bin.Average(row => row.True ? 1.0 : 0)))).ToList();
        return new TaskFigures(
            rows.Count, Round(rows.Average(row => row.Gold == row.Said ? 1.0 : 0)), Weighted(one => one.Precision), Weighted(one => one.Recall), Weighted(one => one.F1),
            Round(classes.Average(one => one.F1)), Round(bins.Sum(bin => bin.Rows * Math.Abs(bin.MeanProbability - bin.ShareRight)) / rows.Count), classes, bins);
    }

    private static double Round(double value) => Math.Round(value, 4);

    /// <summary><paramref name="True"/>: what <paramref name="P"/> is the probability of came true.</summary>
    private readonly record struct Judged(string Gold, string Said, double P, bool True);
}
