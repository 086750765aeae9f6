using System.CommandLine;
using Resilience.Warnings.Cap;

namespace Resilience.Server.Commands;

/// <summary><c>validate-cap</c>: is this CAP message one that may be sent? Exit code 0 when all are, 1 when one is not.</summary>
internal static class ValidateCap
{
    private static readonly Argument<FileInfo[]> Files = new("files") { Description = "CAP messages as XML.", Arity = ArgumentArity.OneOrMore };

    internal static void AddTo(RootCommand root)
    {
        var validate = new Command("validate-cap", "Hold CAP messages against the schema and the rules.") { Files };
        validate.SetAction(async (arguments, cancellationToken) =>
        {
            var bad = 0;
            foreach (var file in arguments.GetRequiredValue(Files))
            {
                if (!file.Exists)
                {
                    await Console.Error.WriteLineAsync($"{file}: not found");
                    bad++;
                    continue;
                }

                var (valid, findings) = CheckCap.Check(await File.ReadAllTextAsync(file.FullName, cancellationToken));
                bad += valid ? 0 : 1;
                Console.WriteLine($"{file}: {(valid ? "valid" : "not valid")}");
                foreach (var finding in findings)
                {
                    Console.WriteLine($"  {finding}");
                }
            }

            return bad == 0 ? 0 : 1;
        });
        root.Subcommands.Add(validate);
    }
}
