namespace Resilience.Reports.Classifying;

/// <summary>Writes the same splits in fastText's format, so that a peer can be trained and judged on exactly the same posts.</summary>
internal static class FastTextSplits
{
    internal static void Write(string directory, string name, IEnumerable<TrainingPost> train, IEnumerable<TrainingPost> test)
    {
        Directory.CreateDirectory(directory);
        foreach (var (side, posts) in new[] { ("train", train.ToList()), ("test", test.ToList()) })
        {
            File.WriteAllLines(Path.Combine(directory, $"informative.{name}.{side}"), posts.Where(post => post.TeachesInformative).Select(post => $"__label__{(post.Informative!.Value ? "yes" : "no")} {post.Normal}"));
            File.WriteAllLines(Path.Combine(directory, $"category.{name}.{side}"), posts.Where(post => post.Classes.Count == 1 && post.Set == "idrisi_humanitarian_en").Select(post => $"__label__{post.Classes[0]} {post.Normal}"));
        }
    }
}
