using System.CommandLine;
using Resilience.Server.Commands;

namespace Resilience.Server;

/// <summary>The program's verbs, one file each under <c>Commands/</c>. Without a verb it serves.</summary>
internal static class CommandLine
{
    internal static RootCommand Build()
    {
        var root = new RootCommand("Resilience: from river gauge and citizen report to the warning that reaches people.");
        Serve.AddTo(root);
        Demo.AddTo(root);
        ReplayRecording.AddTo(root);
        ClassifierCommands.AddTo(root);
        LocateCommands.AddTo(root);
        ForecastCommands.AddTo(root);
        RuleCommands.AddTo(root);
        ExposureCommands.AddTo(root);
        ValidateCap.AddTo(root);
        return root;
    }
}
