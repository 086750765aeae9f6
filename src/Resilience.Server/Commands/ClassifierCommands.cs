using System.CommandLine;
using System.Globalization;
using System.Text;
using Resilience.Reports.Classifying;

namespace Resilience.Server.Commands;

/// <summary>
/// <c>classifier train | evaluate | predict</c>. Exit codes: 0 done; 1 the files or the model cannot be used; 3 done, but some
/// lines were no rows (each is named on standard error).
/// </summary>
internal static class ClassifierCommands
{
    private const int SomeBadRows = 3;
    private const int BatchSize = 2000;

    internal static void AddTo(RootCommand root)
    {
        var classifier = new Command("classifier", "Trains, judges and uses the post classifier.");
        classifier.Subcommands.Add(Train());
        classifier.Subcommands.Add(Evaluate());
        classifier.Subcommands.Add(Predict());
        root.Subcommands.Add(classifier);
    }

    private static Command Train()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Directory of labelled .tsv or .tsv.gz files (default: models/training).", DefaultValueFactory = _ => new DirectoryInfo(ModelFile.Directory("training")) };
        var model = new Option<FileInfo>("--out") { Description = "The model to write (default: models/reports-classifier.zip).", DefaultValueFactory = _ => new FileInfo(ModelFile.Directory(ModelFile.Name)) };
        var report = new Option<FileInfo?>("--report") { Description = "Where to write the figures as JSON." };
        var holdout = new Option<string>("--holdout") { Description = "Events the model must not see, comma-separated.", DefaultValueFactory = _ => "" };
        var splits = new Option<DirectoryInfo?>("--splits") { Description = "Also write every split in fastText's format here, for a peer on the same posts." };
        var command = new Command("train", "Trains the classifier and judges it on events left out.") { data, model, report, holdout, splits };
        command.SetAction(arguments => Guarded(() =>
        {
            var heldOut = arguments.GetRequiredValue(holdout).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var (trained, figures) = ClassifierFacade.Train(arguments.GetRequiredValue(data).FullName, heldOut, arguments.GetValue(splits)?.FullName, Console.Error.WriteLine);
            trained.Save(arguments.GetRequiredValue(model).FullName);
            if (arguments.GetValue(report) is { } file)
            {
                File.WriteAllText(file.FullName, ClassifierFacade.Json(figures) + "\n");
            }

            foreach (var (set, evaluation) in figures.LeftOutByGroups)
            {
                Print($"{set}, each event left out of training once", evaluation);
            }

            foreach (var (set, evaluation) in figures.HeldOut)
            {
                Print($"{set}, held-out events", evaluation);
            }

            Console.WriteLine($"{trained.Version} written to {arguments.GetRequiredValue(model).FullName}");
            return 0;
        }));
        return command;
    }

    private static Command Evaluate()
    {
        var data = DataOption();
        var model = ModelOption();
        var json = new Option<bool>("--json") { Description = "Print the figures as JSON." };
        var command = new Command("evaluate", "Judges the classifier on a labelled file.") { data, model, json };
        command.SetAction(arguments => Guarded(() =>
        {
            var classifier = ClassifierFacade.Load(arguments.GetValue(model)?.FullName);
            var (rows, bad) = (new List<(LabelledPost, Classified)>(), 0);
            foreach (var (post, row, said) in Classify(classifier, arguments.GetRequiredValue(data).FullName))
            {
                if (post is null)
                {
                    bad++;
                    Complain(row!);
                    continue;
                }

                rows.Add((post, said!));
            }

            var evaluation = EvaluateClassifier.Of(rows, bad);
            if (arguments.GetValue(json))
            {
                Console.WriteLine(ClassifierFacade.Json(evaluation));
            }
            else
            {
                Print($"{arguments.GetRequiredValue(data).Name}, model {classifier.Version}", evaluation);
            }

            return bad == 0 ? 0 : SomeBadRows;
        }));
        return command;
    }

    private static Command Predict()
    {
        var data = DataOption();
        var model = ModelOption();
        var output = new Option<FileInfo>("--out") { Description = "The file to write: id informative p_informative category p_category lang model (tab-separated).", Required = true };
        var command = new Command("predict", "Classifies every row of a file. A line that is no row keeps its place with empty cells.") { data, model, output };
        command.SetAction(arguments => Guarded(() =>
        {
            var classifier = ClassifierFacade.Load(arguments.GetValue(model)?.FullName);
            var (good, bad) = (0, 0);
            using var writer = new StreamWriter(arguments.GetRequiredValue(output).FullName, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
            writer.WriteLine("id\tinformative\tp_informative\tcategory\tp_category\tlang\tmodel");
            foreach (var (post, row, said) in Classify(classifier, arguments.GetRequiredValue(data).FullName))
            {
                if (post is null)
                {
                    bad++;
                    Complain(row!);
                    writer.WriteLine($"{(row!.Id.Length > 0 ? row.Id : $"line:{row.Line}")}\t\t\t\t\t\t{classifier.Version}");
                    continue;
                }

                writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{post.Id}\t{(said!.Informative ? "true" : "false")}\t{said.PInformative:0.0000}\t{said.Category}\t{said.PCategory:0.0000}\t{ClassifierFacade.Language(post.Lang, post.Text)}\t{classifier.Version}"));
                if (++good % 20_000 == 0)
                {
                    Console.Error.WriteLine($"{good} classified");
                }
            }

            Console.Error.WriteLine($"{good} classified, {bad} bad rows");
            return bad == 0 ? 0 : SomeBadRows;
        }));
        return command;
    }

    private static IEnumerable<(LabelledPost? Post, BadRow? Bad, Classified? Said)> Classify(PostClassifier classifier, string file)
    {
        foreach (var batch in ReadLabelled.Read(file).Chunk(BatchSize))
        {
            var said = classifier.Classify([.. batch.Select(row => row.Post?.Text ?? "")]);
            for (var i = 0; i < batch.Length; i++)
            {
                yield return (batch[i].Post, batch[i].Bad, batch[i].Post is null ? null : said[i]);
            }
        }
    }

    private static void Print(string title, Evaluation evaluation)
    {
        Console.WriteLine($"\n{title}: {evaluation.Rows} rows, {evaluation.BadRows} bad rows");
        foreach (var (task, figures) in new[] { ("informative", evaluation.Informative), ("category", evaluation.Category), ("category among humanitarian posts", evaluation.CategoryAmongHumanitarian) })
        {
            if (figures is null)
            {
                continue;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {task}: {figures.Rows} rows, weighted precision {figures.WeightedPrecision:0.000} recall {figures.WeightedRecall:0.000} F1 {figures.WeightedF1:0.000}, macro F1 {figures.MacroF1:0.000}, calibration error {figures.CalibrationError:0.000}"));
            foreach (var one in figures.Classes)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {one.Label,-42} {one.Rows,6}  P {one.Precision:0.000}  R {one.Recall:0.000}  F1 {one.F1:0.000}"));
            }
        }
    }

    private static Option<FileInfo> DataOption() => new("--data") { Description = "Labelled file: id event lang text label_informative label_category (tab-separated, no quoting; .gz is unpacked).", Required = true };

    private static Option<FileInfo?> ModelOption() => new("--model") { Description = "The model (default: models/reports-classifier.zip)." };

    private static void Complain(BadRow row) => Console.Error.WriteLine($"line {row.Line}: {row.Reason}");

    private static int Guarded(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(exception.Message);
            return 1;
        }
    }
}
