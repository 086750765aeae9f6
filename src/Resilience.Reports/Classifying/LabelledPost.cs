using System.IO.Compression;
using System.Text;

namespace Resilience.Reports.Classifying;

/// <summary>A row of a labelled file.</summary>
/// <param name="Line">Its line in the file, the header being 1.</param>
/// <param name="Id">As in the file.</param>
/// <param name="Event">Which disaster; empty when the set does not say.</param>
/// <param name="Lang">As in the file.</param>
/// <param name="Text">As in the file.</param>
/// <param name="InformativeLabel">In the file's own words.</param>
/// <param name="CategoryLabel">In the file's own words.</param>
public sealed record LabelledPost(int Line, string Id, string Event, string Lang, string Text, string InformativeLabel, string CategoryLabel);

/// <summary>A line that is not a row, and why.</summary>
public sealed record BadRow(int Line, string Id, string Reason);

/// <summary>
/// Reads the catalogue's files: UTF-8, tab-separated, no quoting, header <c>id event lang text label_informative
/// label_category</c>; <c>.gz</c> is unpacked. Streams: a file may be larger than memory. Every line comes back, as a row or as a
/// bad row.
/// </summary>
public static class ReadLabelled
{
    private static readonly string[] Columns = ["id", "event", "lang", "text", "label_informative", "label_category"];

    /// <summary>Longest line read; a longer one is a bad row.</summary>
    public const int LongestLine = 64 * 1024;

    /// <summary>Rows and bad rows in the file's order. Throws <see cref="InvalidDataException"/> for a wrong header.</summary>
    public static IEnumerable<(LabelledPost? Post, BadRow? Bad)> Read(string file)
    {
        using var stream = Open(file);
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var header = reader.ReadLine()?.Split('\t');
        if (header is null || !header.SequenceEqual(Columns))
        {
            throw new InvalidDataException($"{file} must begin with the columns: {string.Join(' ', Columns)} (tab-separated).");
        }

        for (var line = 2; reader.ReadLine() is { } row; line++)
        {
            yield return Row(line, row);
        }
    }

    private static (LabelledPost? Post, BadRow? Bad) Row(int line, string row)
    {
        if (row.Length == 0)
        {
            return (null, new BadRow(line, "", "empty line"));
        }

        if (row.Length > LongestLine)
        {
            return (null, new BadRow(line, "", $"longer than {LongestLine} characters"));
        }

        var cells = row.Split('\t');
        return cells.Length != Columns.Length ? (null, new BadRow(line, cells[0], $"{cells.Length} columns instead of {Columns.Length}"))
            : cells[0].Length == 0 ? (null, new BadRow(line, "", "no id"))
            : row.Contains('\uFFFD') && cells[3].AsSpan().Count('\uFFFD') * 2 > cells[3].Length ? (null, new BadRow(line, cells[0], "not UTF-8"))
            : (new LabelledPost(line, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]), null);
    }

    private static Stream Open(string file)
    {
        var stream = File.OpenRead(file);
        return file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }
}
