using System.Reflection;
using System.Text.RegularExpressions;

namespace Resilience.Tests.Rules;

/// <summary>Inside a module its folders do not lean on each other in circles.</summary>
public sealed partial class NamespaceRules
{
    private static readonly string[] Modules = ["Core", "Storage", "Access", "Observations", "Hazards", "Risk", "Warnings", "Dissemination", "Reports", "Relief", "Server"];

    public static TheoryData<string> AllModules => [.. Modules];

    [Theory, MemberData(nameof(AllModules))]
    public void Folders_of_a_module_form_no_cycle(string module)
    {
        var edges = SourceTree.ListSources()
            .Where(file => file.StartsWith($"src/Resilience.{module}/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => ListEdges(module, file, SourceTree.Read(file)))
            .Distinct().ToList();
        Assert.Null(FindCycle(edges));
    }

    [Fact]
    public void The_rule_sees_a_cycle() => Assert.Equal("A → B → A", FindCycle([("A", "B"), ("B", "A"), ("A", "C")]));

    [Fact]
    public void Namespaces_follow_folders()
    {
        var wrong = SourceTree.ListSources().Where(file => file.EndsWith(".cs", StringComparison.Ordinal)).Where(file =>
        {
            var declared = NamespaceLine().Match(SourceTree.Read(file));
            var folder = Path.GetDirectoryName(file)!.Replace('\\', '/').Split('/', 2)[1].Replace('/', '.');
            return declared.Success && declared.Groups[1].Value != folder;
        });
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_type_carries_the_name_of_its_namespace()
    {
        var wrong = Modules.SelectMany(module => Assembly.Load($"Resilience.{module}").GetTypes())
            .Where(type => type.Namespace?.StartsWith("Resilience.", StringComparison.Ordinal) == true && type.Namespace.Split('.').Contains(type.Name))
            .Select(type => type.FullName);
        Assert.Empty(wrong);
    }

    private static IEnumerable<(string From, string To)> ListEdges(string module, string file, string text)
    {
        var prefix = $"Resilience.{module}.";
        var from = Area(NamespaceLine().Match(text).Groups[1].Value, prefix);
        return UsingLine().Matches(text).Select(match => Area(match.Groups[1].Value, prefix))
            .Where(to => to is not null && from is not null && to != from)
            .Select(to => (from!, to!));
    }

    // The top folder of a module is one area; files at the module's root (its registration, its context) may see all of them.
    private static string? Area(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..].Split('.')[0] : null;

    private static string? FindCycle(List<(string From, string To)> edges)
    {
        foreach (var start in edges.Select(edge => edge.From).Distinct().Order())
        {
            var path = new List<string>();
            if (Walk(start, path))
            {
                return string.Join(" → ", path);
            }

            bool Walk(string at, List<string> trail)
            {
                trail.Add(at);
                if (trail.Count > 1 && at == start)
                {
                    return true;
                }

                foreach (var (_, to) in edges.Where(edge => edge.From == at))
                {
                    if ((to == start || !trail.Contains(to)) && Walk(to, trail))
                    {
                        return true;
                    }
                }

                trail.RemoveAt(trail.Count - 1);
                return false;
            }
        }

        return null;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex UsingLine();
}
