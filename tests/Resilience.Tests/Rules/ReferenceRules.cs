using System.Xml.Linq;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Rules;

/// <summary>References point upstream only: who may read whom is the chain itself.</summary>
public sealed class ReferenceRules
{
    // The picture of src/README.md as data. A project may reference these and nothing else of ours.
    private static readonly Dictionary<string, string[]> Upstream = new()
    {
        ["Core"] = [],
        ["Storage"] = ["Core"],
        ["Access"] = ["Core", "Storage"],
        ["Observations"] = ["Core", "Storage", "Access"],
        ["Hazards"] = ["Core", "Storage", "Access", "Observations"],
        ["Risk"] = ["Core", "Storage", "Access", "Observations", "Hazards"],
        ["Warnings"] = ["Core", "Storage", "Access", "Observations", "Hazards", "Risk"],
        ["Dissemination"] = ["Core", "Storage", "Access", "Warnings"],
        ["Reports"] = ["Core", "Storage", "Access"],
        ["Relief"] = ["Core", "Storage", "Access", "Reports", "Risk", "Dissemination"],
        ["Server"] = ["Core", "Storage", "Access", "Observations", "Hazards", "Risk", "Warnings", "Dissemination", "Reports", "Relief"],
    };

    [Fact]
    public void Every_project_references_upstream_only()
    {
        var projects = Directory.EnumerateFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file)["Resilience.".Length..], ListReferences);
        Assert.Empty(ListBroken(projects));
        Assert.Equal(Upstream.Keys.Order(), projects.Keys.Order());
    }

    [Fact]
    public void The_rule_sees_a_reference_that_points_downstream() =>
        Assert.Equal(["Observations → Warnings"], ListBroken(new() { ["Observations"] = ["Core", "Warnings"] }));

    private static List<string> ListBroken(Dictionary<string, List<string>> projects) =>
        [.. projects.SelectMany(project => project.Value.Except(Upstream[project.Key]).Select(bad => $"{project.Key} → {bad}"))];

    private static List<string> ListReferences(string csproj) =>
        [.. XDocument.Load(csproj).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))["Resilience.".Length..])];
}
