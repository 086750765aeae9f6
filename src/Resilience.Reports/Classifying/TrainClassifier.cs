using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;

namespace Resilience.Reports.Classifying;

/// <summary>
/// Trains the classifier. Everything that is reported comes from models that did not see the event they are judged on: the events
/// are dealt into groups, each group is left out once, and the calibration is fitted on those predictions.
/// </summary>
internal sealed class TrainClassifier(TimeProvider clock, Action<string> say)
{
    /// <summary>Groups the events are dealt into.</summary>
    internal const int Groups = 5;

    private const float RelatedPull = 1f;
    private const float InformativePull = 1f;
    private const float ClassPull = 0.03f;
    private const float CoarsePostWeight = 0.5f;

    /// <summary>The classes of the third stage: all but "not humanitarian".</summary>
    internal static IReadOnlyList<string> Classes { get; } = [.. Categories.All.Where(name => name != Categories.NotHumanitarian)];

    /// <summary>Trains on everything but the held-out events and judges on events left out.</summary>
    internal (PostClassifier Model, TrainingReport Report) Train(string directory, IReadOnlyList<string> heldOut, string? splits)
    {
        var all = TrainingMix.Read(directory, say);
        var unseen = all.Where(post => heldOut.Any(name => TrainingMix.SameHappening(name, post.Source.Event))).ToList();
        foreach (var name in heldOut.Where(name => !all.Exists(post => post.Source.Event.Equals(name, StringComparison.OrdinalIgnoreCase))))
        {
            throw new InvalidDataException($"No event {name} in {directory}.");
        }

        var posts = all.Except(unseen).ToList();
        var left = LeaveGroupsOut(posts, splits);
        var calibration = Calibrate(left);
        say($"calibration: {calibration}");
        var model = Fit(posts, calibration, heldOut, Groups);
        var onLeftOut = Judge(left.Select(item => item.Post), left.Select(item => item.Score), calibration);
        if (splits is not null && unseen.Count > 0)
        {
            FastTextSplits.Write(splits, "held-out", posts, unseen);
        }

        var onHeldOut = Judge(unseen, Score(model, unseen), calibration);
        return (model, new TrainingReport(model.Facts, onLeftOut, onHeldOut));
    }

    private List<(TrainingPost Post, PostClassifier.RawScore Score)> LeaveGroupsOut(List<TrainingPost> posts, string? splits)
    {
        var groups = posts.GroupBy(post => post.Set).SelectMany(set => set.Select(post => post.Source.Event).Distinct().Order(StringComparer.Ordinal).Select((name, i) => (name, Group: i % Groups)))
            .ToDictionary(pair => pair.name, pair => pair.Group);
        var scored = new List<(TrainingPost, PostClassifier.RawScore)>();
        for (var group = 0; group < Groups; group++)
        {
            var names = groups.Where(pair => pair.Value == group).Select(pair => pair.Key).ToList();
            var test = posts.Where(post => names.Contains(post.Source.Event)).ToList();
            var train = posts.Where(post => !names.Exists(name => TrainingMix.SameHappening(name, post.Source.Event))).ToList();
            say($"group {group + 1} of {Groups}: leaving out {string.Join(", ", names)}");
            scored.AddRange(test.Zip(Score(Fit(train, new Calibration(1, 0, 0, 1), names, group), test)));
            if (splits is not null)
            {
                FastTextSplits.Write(splits, $"group{group}", train, test);
            }
        }

        return scored;
    }

    private static SortedDictionary<string, Evaluation> Judge(IEnumerable<TrainingPost> posts, IEnumerable<PostClassifier.RawScore> scores, Calibration calibration) => new(
        posts.Zip(scores, (post, score) => (post, Said: PostClassifier.Decide(score, calibration))).GroupBy(item => item.post.Set)
            .ToDictionary(set => set.Key, set => EvaluateClassifier.Of(set.Select(item => (item.post.Source, item.Said)), badRows: 0)), StringComparer.Ordinal);

    private static Calibration Calibrate(List<(TrainingPost Post, PostClassifier.RawScore Score)> left)
    {
        var informative = left.Where(item => item.Post.TeachesInformative).Select(item => (item.Score.Informative, item.Score.Related, item.Post.Informative!.Value)).ToList();
        var (a, b, c) = Calibration.Fit(informative);
        var classes = left.Where(item => item.Post.Classes.Count == 1).Select(item => (item.Score.Classes, IndexOf(item.Post.Classes[0]))).ToList();
        return new Calibration(a, b, c, Calibration.FitSharpness(classes));
    }

    private PostClassifier Fit(List<TrainingPost> posts, Calibration calibration, IReadOnlyList<string> heldOut, int group)
    {
        var ml = new MLContext(seed: 1 + group);
        var vocabulary = Vocabulary.Learn(posts.Select(post => (post.Normal, post.Source.Event)));
        var vectors = posts.ToDictionary(post => post, post => vocabulary.Vector(post.Normal));
        var related = Stages.FitBinary(ml, [.. posts.Where(post => post.Related is not null).Select(post => new Stages.Row { Features = vectors[post], Label = post.Related!.Value })], vocabulary.Size, RelatedPull);
        var rows = posts.Where(post => post.TeachesInformative).Select(post => new Stages.Row { Features = vectors[post], Label = post.Informative!.Value }).ToList();
        var ratios = Array.ConvertAll(Stages.LogCountRatios(rows, vocabulary.Size), ratio => (float)(Half)ratio);
        rows.ForEach(row => row.Features = Stages.Scale(row.Features, ratios));
        var informative = Stages.FitBinary(ml, rows, vocabulary.Size, InformativePull);
        var classes = FitClasses(ml, posts.Where(post => post.Classes.Count > 0).ToList(), post => vectors[post], vocabulary.Size);
        var facts = new ModelFacts(VersionOf(posts), clock.GetUtcNow(), posts.Count, [.. posts.Select(post => post.Source.Event).Distinct().Order(StringComparer.Ordinal)], heldOut, Classes, calibration);
        say($"  {posts.Count} posts, {vocabulary.Size} n-grams");
        return new PostClassifier(facts, vocabulary, ratios, related, informative, classes);
    }

    private static ITransformer FitClasses(MLContext ml, List<TrainingPost> posts, Func<TrainingPost, Microsoft.ML.Data.VBuffer<float>> vector, int size) => Stages.FitClasses(
        ml,
        [.. posts.Select(post => new Stages.Row { Features = vector(post), Class = (uint)IndexOf(SortCoarse.Of(post)) + 1, Weight = post.Classes.Count == 1 ? 1 : CoarsePostWeight })],
        size, ClassPull);

    private static IReadOnlyList<PostClassifier.RawScore> Score(PostClassifier model, List<TrainingPost> posts) =>
        model.Score([.. posts.Select(post => model.Vocabulary.Vector(post.Normal))]);

    private static int IndexOf(string name) => Classes.Select((one, i) => (one, i)).First(pair => pair.one == name).i;

    private string VersionOf(List<TrainingPost> posts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var post in posts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{post.Source.Id}\t{post.Source.InformativeLabel}\t{post.Source.CategoryLabel}\t{post.Normal}\n"));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd}-{Convert.ToHexStringLower(hash.GetHashAndReset())[..8]}");
    }
}
