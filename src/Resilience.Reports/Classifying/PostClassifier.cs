using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;

namespace Resilience.Reports.Classifying;

/// <summary>What the model says of one post.</summary>
/// <param name="Informative">It informs about a disaster: <paramref name="PInformative"/> is at least one half.</param>
/// <param name="PInformative">Calibrated probability.</param>
/// <param name="Category">One of <see cref="Categories"/>.</param>
/// <param name="PCategory">Calibrated probability of the category among informative posts; for <see cref="Categories.NotHumanitarian"/>, of not being informative.</param>
/// <param name="BestClass">The most probable class leaving out "not humanitarian".</param>
public sealed record Classified(bool Informative, double PInformative, string Category, double PCategory, string BestClass);

/// <summary>
/// The trained model: three linear ML.NET stages over one vocabulary (about a disaster? does it inform? in what way?) and their
/// calibration, in one zip. Immutable and thread-safe.
/// </summary>
public sealed class PostClassifier
{
    /// <summary>
    /// Below this probability of informing, a post is <see cref="Categories.NotHumanitarian"/>. Lower than one half on purpose:
    /// a doubtful cry for help must still show what it asks for.
    /// </summary>
    public const double HumanitarianFrom = 0.3;

    private const string RelatedName = "related";
    private const string InformativeName = "informative";
    private const string ClassesName = "classes";

    private readonly MLContext _ml = new(seed: 1);
    private readonly Vocabulary _vocabulary;
    private readonly Stage _related;
    private readonly Stage _informative;
    private readonly Stage _classes;

    internal PostClassifier(ModelFacts facts, Vocabulary vocabulary, Stage related, Stage informative, Stage classes)
    {
        (Facts, _vocabulary, _related, _informative, _classes) = (facts, vocabulary, related, informative, classes);
    }

    /// <summary>The version written on every report.</summary>
    public string Version => Facts.Version;

    /// <summary>What the model file says about itself.</summary>
    public ModelFacts Facts { get; }

    /// <summary>Classifies posts, in their order. An empty post is not informative.</summary>
    public IReadOnlyList<Classified> Classify(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return [];
        }

        var normal = texts.Select(NormalText.Of).ToList();
        var scores = Score([.. normal.Select(_vocabulary.Slots)]);
        return [.. scores.Select((score, i) => normal[i].Length == 0 ? Nothing : Decide(score, Facts.Calibration, NormalText.IsTaughtScript(normal[i])))];
    }

    /// <summary>The stages' raw scores, before calibration.</summary>
    internal IReadOnlyList<RawScore> Score(IReadOnlyList<int[]> posts)
    {
        var related = Stages.Scores(_ml, _related, _vocabulary, posts);
        var informative = Stages.Scores(_ml, _informative, _vocabulary, posts);
        var classes = Stages.ClassScores(_ml, _classes, _vocabulary, posts);
        return [.. related.Select((score, i) => new RawScore(informative[i], score, classes[i]))];
    }

    /// <summary>The vocabulary; the trainer scores with it.</summary>
    internal Vocabulary Vocabulary => _vocabulary;

    private static readonly Classified Nothing = new(Informative: false, 0, Categories.NotHumanitarian, 1, Categories.OtherRelevant);

    /// <summary>What raw scores amount to. Pure.</summary>
    internal static Classified Decide(RawScore score, Calibration calibration, bool taught)
    {
        var p = taught ? calibration.Probability(score.Informative, score.Related) : calibration.Unread;
        var classes = calibration.Probabilities(score.Classes);
        var best = classes.AsSpan().IndexOf(classes.Max());
        return p < HumanitarianFrom
            ? new Classified(Informative: false, p, Categories.NotHumanitarian, 1 - p, TrainClassifier.Classes[best])
            : new Classified(p >= 0.5, p, TrainClassifier.Classes[best], classes[best], TrainClassifier.Classes[best]);
    }

    /// <summary>Writes the model's zip.</summary>
    public void Save(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var zip = new ZipArchive(File.Create(file), ZipArchiveMode.Create);
        WriteText(zip, "model.json", JsonSerializer.Serialize(Facts, ModelJson.Default.ModelFacts));
        WriteText(zip, "words.txt", string.Join('\n', _vocabulary.Words));
        WriteText(zip, "pieces.txt", string.Join('\n', _vocabulary.Pieces));
        var schema = Stages.View(_ml, [], _vocabulary.Size).Schema;
        foreach (var (name, stage) in new[] { (RelatedName, _related), (InformativeName, _informative), (ClassesName, _classes) })
        {
            using var held = new MemoryStream();
            _ml.Model.Save(stage.Learner, schema, held);
            using (var entry = Entry(zip, $"{name}.zip"))
            {
                entry.Write(held.GetBuffer().AsSpan(0, (int)held.Length));
            }

            using var scale = new BinaryWriter(Entry(zip, $"{name}.f16"));
            foreach (var value in stage.Scale)
            {
                scale.Write((Half)value);
            }
        }
    }

    /// <summary>Reads a model's zip. Throws <see cref="InvalidDataException"/> for a file that is none.</summary>
    public static PostClassifier Load(string file)
    {
        using var zip = ZipFile.OpenRead(file);
        var facts = JsonSerializer.Deserialize(ReadAll(zip, "model.json"), ModelJson.Default.ModelFacts) ?? throw new InvalidDataException($"{file} says nothing about itself.");
        if (!facts.Classes.SequenceEqual(TrainClassifier.Classes))
        {
            throw new InvalidDataException($"{file} knows other classes than this program; train it again.");
        }

        var vocabulary = new Vocabulary(Lines(ReadAll(zip, "words.txt")), Lines(ReadAll(zip, "pieces.txt")));
        var ml = new MLContext();
        Stage Read(string name)
        {
            var halves = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(ReadAll(zip, $"{name}.f16")).ToArray();
            using var learner = new MemoryStream(ReadAll(zip, $"{name}.zip"));
            return new Stage(ml.Model.Load(learner, out _), Array.ConvertAll(halves, half => (float)half));
        }

        return new PostClassifier(facts, vocabulary, Read(RelatedName), Read(InformativeName), Read(ClassesName));
    }

    private static string[] Lines(byte[] utf8) => System.Text.Encoding.UTF8.GetString(utf8).Split('\n');

    private static byte[] ReadAll(ZipArchive zip, string name)
    {
        using var entry = (zip.GetEntry(name) ?? throw new InvalidDataException($"The model has no {name}.")).Open();
        using var held = new MemoryStream();
        entry.CopyTo(held);
        return held.ToArray();
    }

    private static void WriteText(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(Entry(zip, name));
        writer.Write(text);
    }

    private static Stream Entry(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);

        // A fixed time, so that training the same data again gives the same bytes.
        entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry.Open();
    }

    internal readonly record struct RawScore(float Informative, float Related, float[] Classes);
}

/// <summary>What a model file says about itself.</summary>
/// <param name="Version">Written on every report: date of training and a hash of the training posts and the result.</param>
/// <param name="TrainedAt">When.</param>
/// <param name="Posts">Posts learnt from.</param>
/// <param name="Events">Events learnt from.</param>
/// <param name="HeldOut">Events it never saw.</param>
/// <param name="Classes">The classes it tells apart, in the order of its scores.</param>
/// <param name="Calibration">How its scores become probabilities.</param>
public sealed record ModelFacts(
    string Version, DateTimeOffset TrainedAt, int Posts, IReadOnlyList<string> Events, IReadOnlyList<string> HeldOut, IReadOnlyList<string> Classes, Calibration Calibration);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModelFacts))]
[JsonSerializable(typeof(Evaluation))]
[JsonSerializable(typeof(TrainingReport))]
internal sealed partial class ModelJson : JsonSerializerContext;
