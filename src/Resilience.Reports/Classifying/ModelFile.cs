namespace Resilience.Reports.Classifying;

/// <summary>Where the trained model lies.</summary>
public static class ModelFile
{
    /// <summary>The model's file name.</summary>
    public const string Name = "reports-classifier.zip";

    /// <summary>A path in the nearest folder <c>models</c> above the program or the working directory; under the working directory when there is none.</summary>
    public static string Directory(params string[] parts)
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
            {
                var candidate = Path.Combine(directory.FullName, "models");
                if (System.IO.Directory.Exists(candidate))
                {
                    return Path.Combine([candidate, .. parts]);
                }
            }
        }

        return Path.Combine([Environment.CurrentDirectory, "models", .. parts]);
    }
}
