namespace Resilience.Reports.Classifying;

/// <summary>How predictions stand against labels.</summary>
/// <param name="Rows">Rows read and classified.</param>
/// <param name="BadRows">Lines that were no rows.</param>
/// <param name="Informative">Informative or not; null when no row has such a label.</param>
/// <param name="Category">Category as predicted, "not humanitarian" included, in the file's own labels; null when no row has one.</param>
/// <param name="CategoryAmongHumanitarian">The class stage alone: rows labelled with a humanitarian class, judged on the most probable of the nine.</param>
/// <param name="ByEvent">The same per event.</param>
/// <param name="ByLanguage">The same per language.</param>
public sealed record Evaluation(
    int Rows, int BadRows, TaskFigures? Informative, TaskFigures? Category, TaskFigures? CategoryAmongHumanitarian, IReadOnlyList<GroupFigures> ByEvent, IReadOnlyList<GroupFigures> ByLanguage);

/// <summary>Figures of one labelling task.</summary>
/// <param name="Rows">Rows with a label.</param>
/// <param name="Accuracy">Share that is right.</param>
/// <param name="WeightedPrecision">Mean over classes, weighted by their rows.</param>
/// <param name="WeightedRecall">Likewise.</param>
/// <param name="WeightedF1">Likewise.</param>
/// <param name="MacroF1">Mean over the labelled classes, each worth the same.</param>
/// <param name="CalibrationError">Expected calibration error over ten bins: how far, on average, the stated probability is from the share that is right.</param>
/// <param name="Classes">Per class, in ordinal order.</param>
/// <param name="Bins">The calibration curve.</param>
public sealed record TaskFigures(
    int Rows, double Accuracy, double WeightedPrecision, double WeightedRecall, double WeightedF1, double MacroF1, double CalibrationError, IReadOnlyList<ClassFigures> Classes, IReadOnlyList<CalibrationBin> Bins);

/// <summary>Figures of one class; all 0 where nothing was predicted or labelled so.</summary>
public sealed record ClassFigures(string Label, int Rows, double Precision, double Recall, double F1);

/// <summary>Predictions whose probability fell between the bounds: what was said, and how often it was so.</summary>
public sealed record CalibrationBin(double From, double To, int Rows, double MeanProbability, double ShareRight);

/// <summary>Headline figures of one event or language; null where it has no such labels.</summary>
public sealed record GroupFigures(string Name, int Rows, double? InformativeWeightedF1, double? InformativeMacroF1, double? CategoryWeightedF1, double? CategoryMacroF1);

/// <summary>What training reports: figures per data set, all on events the judged model did not see.</summary>
/// <param name="Model">The model that was kept.</param>
/// <param name="LeftOutByGroups">Its training events, each judged by a model trained without them.</param>
/// <param name="HeldOut">Events kept from the model itself, judged by the model itself.</param>
public sealed record TrainingReport(ModelFacts Model, IReadOnlyDictionary<string, Evaluation> LeftOutByGroups, IReadOnlyDictionary<string, Evaluation> HeldOut);
