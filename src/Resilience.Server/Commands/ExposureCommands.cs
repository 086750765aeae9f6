using System.CommandLine;
using System.Globalization;
using Resilience.Risk.Exposing.Reading;

namespace Resilience.Server.Commands;

/// <summary>
/// <c>exposure check</c>: reads a folder of exposure and vulnerability files as the server would, and says of each what is used and what is not.
/// Exit codes: 0 everything can be used; 1 something cannot, or there is nothing.
/// </summary>
internal static class ExposureCommands
{
    internal static void AddTo(RootCommand root)
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "The folder: *.geojson (sites, roads), *.tif (people for each cell), *.csv (shares of vulnerable people by unit)." };
        var check = new Command("check", "Reads exposure files as the server would, and names what cannot be used. Set Risk:ExposurePath to the folder to use it.") { folder };
        check.SetAction(arguments => Check(arguments.GetRequiredValue(folder)));
        root.Subcommands.Add(new Command("exposure", "Who and what may be harmed.") { check });
    }

    private static int Check(DirectoryInfo folder)
    {
        if (!folder.Exists)
        {
            Console.Error.WriteLine($"There is no folder {folder.FullName}.");
            return 1;
        }

        var files = ReadExposure.Folders([folder.FullName]).Files;
        foreach (var file in files)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Name}: {(file.Holds.Length > 0 ? file.Holds : "nothing that can be used")}"));
            foreach (var refused in file.Refused)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.Name}: {refused.Count:N0} × {refused.Reason} First: {refused.Where}"));
            }
        }

        if (files.Count == 0)
        {
            Console.Error.WriteLine($"{folder.FullName} holds no exposure files (*.geojson, *.tif, *.csv).");
        }

        return files.Count > 0 && files.All(file => file.Refused.Count == 0) ? 0 : 1;
    }
}
