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
            scored.AddRange(test.Zip(Score(Fit(train, new Calibration(1, 0, 0, 1, 0.5), names, group), test)));
            if (splits is not null)
            {
                FastTextSplits.Write(splits, $"group{group}", train, test);
            }
        }

        return scored;
    }

    private static SortedDictionary<string, Evaluation> Judge(IEnumerable<TrainingPost> posts, IEnumerable<PostClassifier.RawScore> scores, Calibration calibration) => new(
        posts.Zip(scores, (post, score) => (post, Said: PostClassifier.Decide(score, calibration, NormalText.IsTaughtScript(post.Normal)))).GroupBy(item => item.post.Set)
            .ToDictionary(set => set.Key, set => EvaluateClassifier.Of(set.Select(item => (item.post.Source, item.Said)), badRows: 0)), StringComparer.Ordinal);

    private static Calibration Calibrate(List<(TrainingPost Post, PostClassifier.RawScore Score)> left)
    {
        var readable = left.Where(item => item.Post.TeachesInformative && NormalText.IsTaughtScript(item.Post.Normal)).ToList();
        var informative = readable.Select(item => (item.Score.Informative, item.Score.Related, item.Post.Informative!.Value)).ToList();
        var (a, b, c) = Calibration.Fit(informative);
        var classes = left.Where(item => item.Post.Classes.Count == 1).Select(item => (item.Score.Classes, IndexOf(item.Post.Classes[0]))).ToList();
        return new Calibration(a, b, c, Calibration.FitSharpness(classes), Math.Round(readable.Average(item => item.Post.Informative!.Value ? 1.0 : 0), 3));
    }

    private PostClassifier Fit(List<TrainingPost> posts, Calibration calibration, IReadOnlyList<string> heldOut, int group)
    {
        var ml = new MLContext(seed: 1 + group);
        var vocabulary = Vocabulary.Learn(posts.Select(post => (post.Normal, EventKey(post))));
        var slots = posts.ToDictionary(post => post, post => vocabulary.Slots(post.Normal));
        float[] Known(IEnumerable<TrainingPost> some) => vocabulary.Known(some.Select(post => (slots[post], EventKey(post))));
        List<Stages.Row> Rows(IEnumerable<TrainingPost> some, float[] scale, Func<TrainingPost, Stages.Row> teach) => some.Select(post =>
        {
            var row = teach(post);
            row.Features = vocabulary.Features(slots[post], scale);
            return row;
        }).ToList();

        var (onTopic, informing, sorted) = (posts.FindAll(post => post.Related is not null), posts.FindAll(post => post.TeachesInformative), posts.FindAll(post => post.Classes.Count > 0));
        var (relatedScale, classScale) = (Known(onTopic), Known(sorted));
        var informativeScale = Stages.LogCountRatios(informing.ConvertAll(post => (slots[post], post.Informative!.Value)), vocabulary.Size);
        var related = Stages.FitBinary(ml, Rows(onTopic, relatedScale, post => new Stages.Row { Label = post.Related!.Value }), vocabulary.Size, RelatedPull);
        var informative = Stages.FitBinary(ml, Rows(informing, informativeScale, post => new Stages.Row { Label = post.Informative!.Value }), vocabulary.Size, InformativePull);
        var classes = Stages.FitClasses(
            ml, Rows(sorted, classScale, post => new Stages.Row { Class = (uint)IndexOf(SortCoarse.Of(post)), Weight = post.Classes.Count == 1 ? 1 : CoarsePostWeight }), vocabulary.Size, ClassPull);
        var facts = new ModelFacts(VersionOf(posts, vocabulary, calibration), clock.GetUtcNow(), posts.Count, [.. posts.Select(post => post.Source.Event).Distinct().Order(StringComparer.Ordinal)], heldOut, Classes, calibration);
        say($"  {posts.Count} posts, {vocabulary.Size} n-grams");
        return new PostClassifier(facts, vocabulary, new Stage(related, relatedScale), new Stage(informative, informativeScale), new Stage(classes, classScale));
    }

    /// <summary>T6 and T26 write the same happenings in different case; a town they share is still one event's town.</summary>
    private static string EventKey(TrainingPost post) => post.Source.Event.ToLowerInvariant();

    private static IReadOnlyList<PostClassifier.RawScore> Score(PostClassifier model, List<TrainingPost> posts) =>
        model.Score([.. posts.Select(post => model.Vocabulary.Slots(post.Normal))]);

    private static int IndexOf(string name) => Classes.Select((one, i) => (one, i)).First(pair => pair.one == name).i;

    /// <summary>The day, and a hash of what was learnt from and what came out: another model never bears the same version.</summary>
    private string VersionOf(List<TrainingPost> posts, Vocabulary vocabulary, Calibration calibration)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var post in posts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{post.Source.Id}\t{post.Source.InformativeLabel}\t{post.Source.CategoryLabel}\t{post.Normal}\n"));
        }

        hash.AppendData(Encoding.UTF8.GetBytes($"{vocabulary.Size}\n{calibration}"));
        return string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd}-{Convert.ToHexStringLower(hash.GetHashAndReset())[..8]}");
    }
}
