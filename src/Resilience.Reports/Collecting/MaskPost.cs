using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Resilience.Reports.Collecting;

/// <summary>Takes from a post what could tell strangers who wrote it or whom it names by handle.</summary>
public static partial class MaskPost
{
    /// <summary>Longest text kept, in UTF-16 units; longer ones are cut at a character. Mastodon's default limit is 500, long-form servers allow thousands.</summary>
    public const int LongestText = 2000;

    /// <summary>Masks @mentions and e-mail addresses, removes control characters, joins white space, cuts at <see cref="LongestText"/>.</summary>
    public static string Text(string raw)
    {
        var masked = Mail().Replace(Handle().Replace(raw, "@user"), "@user");
        var plain = Space().Replace(masked, " ").Trim();
        if (plain.Length <= LongestText)
        {
            return plain;
        }

        var end = char.IsHighSurrogate(plain[LongestText - 1]) ? LongestText - 1 : LongestText;
        return plain[..end];
    }

    /// <summary>HMAC-SHA-256 of source and author under this installation's secret, first 16 bytes in hex; empty for no author.</summary>
    public static string Origin(ReadOnlySpan<byte> salt, string sourceId, string? author) => string.IsNullOrWhiteSpace(author)
        ? ""
        : Convert.ToHexStringLower(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes($"{sourceId}\n{author.Trim().ToLowerInvariant()}"))[..16]);

    [GeneratedRegex(@"(?<![\p{L}\p{N}_@/])[@＠][\p{L}\p{N}_][\p{L}\p{N}_.\-]*(@[\p{L}\p{N}_.\-]+)?(?<![.\-])", RegexOptions.CultureInvariant)]
    private static partial Regex Handle();

    [GeneratedRegex(@"[\p{L}\p{N}_.+\-]{1,64}@[\p{L}\p{N}\-]{1,63}(\.[\p{L}\p{N}\-]{1,63}){1,8}", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();

    // Space and controls, the invisible marks that turn text round (bidi overrides), and unpaired surrogates, which no database takes.
    [GeneratedRegex(@"([\s\p{Cc}\u202A-\u202E\u2066-\u2069]|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF]))+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
