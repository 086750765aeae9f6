using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Resilience.Reports.Classifying;

/// <summary>A trained stage: the learner, and how its input is scaled slot by slot.</summary>
internal sealed record Stage(ITransformer Learner, float[] Scale);

/// <summary>The linear learners of ML.NET as this model uses them, over vectors of a <see cref="Vocabulary"/>.</summary>
internal static class Stages
{
    /// <summary>A post as ML.NET sees it.</summary>
    internal sealed class Row
    {
        public VBuffer<float> Features { get; set; }

        public bool Label { get; set; }

        /// <summary>Place of the class in <see cref="TrainClassifier.Classes"/>.</summary>
        public uint Class { get; set; }

        public float Weight { get; set; } = 1;
    }

    internal static IDataView View(MLContext ml, IEnumerable<Row> rows, int size)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, size);
        schema[nameof(Row.Class)].ColumnType = new KeyDataViewType(typeof(uint), TrainClassifier.Classes.Count);
        return ml.Data.LoadFromEnumerable(rows, schema);
    }

    /// <summary>Yes or no: logistic regression by L-BFGS. One thread, so that the same data give the same model.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="rows">What to learn from.</param>
    /// <param name="size">Slots of a vector.</param>
    /// <param name="l2">Pull towards zero; more of it means less trust in any single word, which pays off on unseen events.</param>
    internal static ITransformer FitBinary(MLContext ml, IReadOnlyList<Row> rows, int size, float l2) =>
        ml.BinaryClassification.Trainers.LbfgsLogisticRegression(Binary(l2)).Fit(View(ml, rows, size));

    /// <summary>Which of the classes: one logistic regression per class, their probabilities made to add up to one.</summary>
    internal static ITransformer FitClasses(MLContext ml, IReadOnlyList<Row> rows, int size, float l2)
    {
        var one = Binary(l2);
        one.OptimizationTolerance = 1e-3f;
        one.LabelColumnName = nameof(Row.Class);
        return ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.LbfgsLogisticRegression(one), nameof(Row.Class)).Fit(View(ml, rows, size));
    }

    /// <summary>
    /// How much each slot tells yes from no by itself (the size of its log-count ratio): what makes a naive-Bayes-weighted
    /// linear model (Wang and Manning 2012) better than either alone on short texts.
    /// </summary>
    internal static float[] LogCountRatios(IReadOnlyList<(int[] Slots, bool Yes)> posts, int size)
    {
        var (yes, no) = (new double[size], new double[size]);
        foreach (var post in posts)
        {
            var counts = post.Yes ? yes : no;
            foreach (var slot in post.Slots)
            {
                counts[slot]++;
            }
        }

        double allYes = posts.Count(post => post.Yes) + 2, allNo = posts.Count(post => !post.Yes) + 2;
        var ratios = new float[size];
        for (var slot = 0; slot < size; slot++)
        {
            // Rounded to what the model file keeps, so that a loaded model scores as the trained one did.
            ratios[slot] = (float)(Half)Math.Abs(Math.Log((yes[slot] + 1) / allYes) - Math.Log((no[slot] + 1) / allNo));
        }

        return ratios;
    }

    internal static float[] Scores(MLContext ml, Stage stage, Vocabulary vocabulary, IEnumerable<int[]> posts) =>
        [.. Transform(ml, stage, vocabulary, posts).GetColumn<float>("Score")];

    internal static float[][] ClassScores(MLContext ml, Stage stage, Vocabulary vocabulary, IEnumerable<int[]> posts) =>
        [.. Transform(ml, stage, vocabulary, posts).GetColumn<float[]>("Score")];

    private static IDataView Transform(MLContext ml, Stage stage, Vocabulary vocabulary, IEnumerable<int[]> posts) =>
        stage.Learner.Transform(View(ml, posts.Select(slots => new Row { Features = vocabulary.Features(slots, stage.Scale) }), vocabulary.Size));

    private static LbfgsLogisticRegressionBinaryTrainer.Options Binary(float l2) => new()
    {
        ExampleWeightColumnName = nameof(Row.Weight),
        L1Regularization = 0,
        L2Regularization = l2,
        OptimizationTolerance = 1e-4f,
        HistorySize = 10,
        NumberOfThreads = 1,
    };
}
