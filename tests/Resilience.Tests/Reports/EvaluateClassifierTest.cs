using Resilience.Reports.Classifying;

namespace Resilience.Tests.Reports;

/// <summary>The figures are what anybody would compute by hand, and no row is lost on the way.</summary>
public sealed class EvaluateClassifierTest
{
    [Fact]
    public void Figures_are_those_computed_by_hand()
    {
        var evaluation = EvaluateClassifier.Of(
            [
                Row("informative", "", true, 0.9), Row("informative", "", false, 0.4), Row("not_related", "", true, 0.6), Row("not_informative", "", false, 0.1), Row("can't decide", "", true, 1),
            ],
            badRows: 2);
        var figures = evaluation.Informative!;

        Assert.Equal((5, 2, 4), (evaluation.Rows, evaluation.BadRows, figures.Rows));
        Assert.Equal([("informative", 2, 0.5, 0.5, 0.5), ("not_informative", 2, 0.5, 0.5, 0.5)], figures.Classes.Select(one => (one.Label, one.Rows, one.Precision, one.Recall, one.F1)));
        Assert.Equal((0.5, 0.5, 0.5), (figures.Accuracy, figures.WeightedF1, figures.MacroF1));
        Assert.Equal((0.1 + 0.6 + 0.6 + 0.1) / 4, figures.CalibrationError, 3);
        Assert.Null(evaluation.Category);
    }

    [Fact]
    public void A_coarse_label_covers_several_of_our_classes()
    {
        var evaluation = EvaluateClassifier.Of(
            [
                Row("", "Affected individuals", true, 1, Categories.InjuredOrDead), Row("", "Affected individuals", true, 1, Categories.MissingOrFound), Row("", "Affected individuals", true, 1, Categories.CautionAndAdvice),
                Row("", "Caution and advice", true, 1, Categories.CautionAndAdvice), Row("", "Sympathy and support", false, 0, Categories.NotHumanitarian), Row("", "Not applicable", false, 0, Categories.NotHumanitarian), Row("", "Not labeled", false, 0, Categories.NotHumanitarian),
            ],
            badRows: 0);

        Assert.Equal((6, 0.8333), (evaluation.Category!.Rows, evaluation.Category.Accuracy));
        Assert.Equal(["Affected individuals", "Caution and advice", "not_humanitarian"], evaluation.Category.Classes.Select(one => one.Label));
        Assert.Equal(4, evaluation.CategoryAmongHumanitarian!.Rows);
    }

    [Fact]
    public void Of_several_labels_any_is_right()
    {
        var evaluation = EvaluateClassifier.Of([Row("humanitarian", "affected_individuals_and_help,infrastructure_and_utilities_damage", true, 1, Categories.InfrastructureDamage)], badRows: 0);
        Assert.Equal(1, evaluation.Category!.Accuracy);
    }

    [Fact]
    public void Every_line_comes_back_as_row_or_bad_row()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "id\tevent\tlang\ttext\tlabel_informative\tlabel_category\n1\te\ten\t\"quoted \u00e9\t\tx\n2\ttoo\tfew\n\n\te\ten\tno id\t\t\n5\te\t\t\t\t\n");
            var rows = ReadLabelled.Read(file).ToList();
            Assert.Equal(["1", null, null, null, "5"], rows.Select(row => row.Post?.Id));
            Assert.Equal([(3, "3 columns instead of 6"), (4, "empty line"), (5, "no id")], rows.Where(row => row.Bad is not null).Select(row => (row.Bad!.Line, row.Bad.Reason)));
            Assert.Equal("\"quoted é", rows[0].Post!.Text);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Calibration_is_undone_by_fitting_it()
    {
        var random = new Random(7);
        var rows = Enumerable.Range(0, 20_000).Select(_ =>
        {
            var (a, b) = ((float)((random.NextDouble() * 6) - 3), (float)((random.NextDouble() * 6) - 3));
            return (a, b, random.NextDouble() < new Calibration(0.7, 0.2, -0.3, 1, 0.5).Probability(a, b));
        }).ToList();
        var (informative, related, offset) = Calibration.Fit(rows);
        Assert.Equal(0.7, informative, 0.08);
        Assert.Equal(0.2, related, 0.08);
        Assert.Equal(-0.3, offset, 0.08);
    }

    private static (LabelledPost Post, Classified Said) Row(string informative, string category, bool said, double p, string saidCategory = Categories.OtherRelevant) =>
        (new LabelledPost(1, "1", "e", "en", "x", informative, category), new Classified(said, p, saidCategory, 0.9, saidCategory));
}
