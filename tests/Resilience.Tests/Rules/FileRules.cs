namespace Resilience.Tests.Rules;

/// <summary>What every file of the house keeps to, whatever it says.</summary>
public sealed class FileRules
{
    private const int Ceiling = 400;

    private static readonly string[] VagueEndings = ["Service.cs", "Manager.cs", "Helper.cs", "Helpers.cs", "Utils.cs", "Util.cs"];

    [Fact]
    public void No_file_is_longer_than_400_lines() => Assert.Empty(ListTooLong(SourceTree.ListSources(), file => SourceTree.Read(file).Split('\n').Length));

    [Fact]
    public void The_length_rule_sees_a_file_that_is_too_long() => Assert.Equal(["src/Long.cs: 401 lines"], ListTooLong(["src/Long.cs", "src/Short.cs"], file => file.Contains("Long") ? 401 : 400));

    [Fact]
    public void No_file_is_named_after_nothing_in_particular() => Assert.Empty(ListVague(SourceTree.ListSources()));

    [Fact]
    public void The_name_rule_sees_a_vague_name() => Assert.Equal(["src/AlertService.cs"], ListVague(["src/AlertService.cs", "src/IssueAlert.cs"]));

    [Fact]
    public void No_unfinished_mark_is_left() => Assert.Empty(ListMarked(SourceTree.ListSources().Select(file => (file, SourceTree.Read(file)))));

    [Fact]
    public void The_mark_rule_sees_a_mark() => Assert.Equal(["a.cs"], ListMarked([("a.cs", "// " + "TO" + "DO later"), ("b.cs", "// done")]));

    private static List<string> ListTooLong(IEnumerable<string> files, Func<string, int> lines) =>
        [.. files.Select(file => (file, length: lines(file))).Where(f => f.length > Ceiling).Select(f => $"{f.file}: {f.length} lines")];

    private static List<string> ListVague(IEnumerable<string> files) =>
        [.. files.Where(file => VagueEndings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)))];

    private static List<string> ListMarked(IEnumerable<(string File, string Text)> files)
    {
        string[] marks = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception", "HA" + "CK:"];
        return [.. files.Where(f => marks.Any(mark => f.Text.Contains(mark, StringComparison.Ordinal))).Select(f => f.File)];
    }
}
