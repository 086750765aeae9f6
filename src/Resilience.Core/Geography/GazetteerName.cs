using System.Text;

namespace Resilience.Core.Geography;

/// <summary>
/// Folds a place name to what people type: lower case, no accents, one space between words, no apostrophes or points.
/// </summary>
/// <remarks>
/// The chain runs without ICU, where <see cref="string.Normalize()"/> returns its input unchanged, so the accents of the Latin script
/// are folded by the table here. Vowel signs of other scripts are letters and stay.
/// </remarks>
public static class GazetteerName
{
    // Each line: the plain letter, then what folds to it.
    private static readonly string[] Variants =
    [
        "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ", "bḃḅḇɓ", "cçćĉċčḉ", "dďḋḍḏḑḓđðɖɗ", "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệəɛ", "fḟƒ", "gĝğġģǧǵḡ",
        "hĥȟḣḥḧḩḫẖħ", "iìíîïĩīĭįǐȉȋḭḯỉịı", "jĵǰ", "kķǩḱḳḵƙĸ", "lĺļľḷḹḻḽł", "mḿṁṃ", "nñńņňǹṅṇṉṋŋ", "oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøɔ",
        "pṕṗ", "rŕŗřȑȓṙṛṝṟ", "sśŝşšșṡṣṥṧṩ", "tţťțṫṭṯṱẗŧ", "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "vṽṿ", "wŵẁẃẅẇẉẘ", "xẋẍ", "yýÿŷȳẏẙỳỵỷỹƴ",
        "zźżžẑẓẕ",
    ];

    private static readonly Dictionary<char, char> Plain = Variants
        .SelectMany(line => line[1..].Select(variant => KeyValuePair.Create(variant, line[0]))).ToDictionary();

    /// <summary>The folded name; empty when nothing but punctuation was given.</summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var original in name)
        {
            var letter = char.ToLowerInvariant(original);
            if (char.IsBetween(letter, '\u0300', '\u036f'))
            {
                continue;
            }

            switch (letter)
            {
                case 'æ':
                    folded.Append("ae");
                    break;
                case 'œ':
                    folded.Append("oe");
                    break;
                case 'ß':
                    folded.Append("ss");
                    break;
                case 'þ':
                    folded.Append("th");
                    break;
                case '\'' or '’' or '‘' or '`' or 'ʻ' or 'ʼ' or '.':
                    break;
                case '-' or '–' or '_' or ',' or '/' or '(' or ')':
                case var space when char.IsWhiteSpace(space):
                    AppendSpace(folded);
                    break;
                default:
                    folded.Append(Plain.GetValueOrDefault(letter, letter));
                    break;
            }
        }

        return folded.Length > 0 && folded[^1] == ' ' ? folded.ToString(0, folded.Length - 1) : folded.ToString();
    }

    private static void AppendSpace(StringBuilder folded)
    {
        if (folded.Length > 0 && folded[^1] != ' ')
        {
            folded.Append(' ');
        }
    }
}
