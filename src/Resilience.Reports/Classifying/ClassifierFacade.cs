using System.Text.Json;

namespace Resilience.Reports.Classifying;

/// <summary>What the command line needs of the classifier.</summary>
public static class ClassifierFacade
{
    /// <summary>Loads a model; null: the carried one.</summary>
    public static PostClassifier Load(string? file) => PostClassifier.Load(file ?? ModelFile.Directory(ModelFile.Name));

    /// <summary>Trains on a directory of labelled files; see <see cref="TrainingReport"/>.</summary>
    public static (PostClassifier Model, TrainingReport Report) Train(string directory, IReadOnlyList<string> heldOut, string? splits, Action<string> say) =>
        new TrainClassifier(TimeProvider.System, say).Train(directory, heldOut, splits);

    /// <summary>Figures as JSON.</summary>
    public static string Json(Evaluation evaluation) => JsonSerializer.Serialize(evaluation, ModelJson.Default.Evaluation);

    /// <summary>Figures as JSON.</summary>
    public static string Json(TrainingReport report) => JsonSerializer.Serialize(report, ModelJson.Default.TrainingReport);

    /// <summary>The declared language, else the detected one, else <c>und</c>.</summary>
    public static string Language(string declared, string text) => Languages.Normal(declared) is { Length: > 0 } known ? known : DetectLanguage.Of(text);
}
