using System.Buffers;

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

    private const char Dropped = '\0';
    private const char Space = ' ';
    private const char Pair = '\uffff';

    private static readonly char[] Folded = MakeTable();

    /// <summary>Room that a folded name needs at most.</summary>
    public static int MostLength(int nameLength) => nameLength * 2;

    /// <summary>The folded name; empty when nothing but punctuation was given.</summary>
    public static string Fold(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var room = ArrayPool<char>.Shared.Rent(MostLength(name.Length));
        var folded = new string(room, 0, Fold(name, room));
        ArrayPool<char>.Shared.Return(room);
        return folded;
    }

    /// <summary>Writes the folded name and says how long it is.</summary>
    /// <param name="name">The name.</param>
    /// <param name="into">At least <see cref="MostLength"/> characters.</param>
    public static int Fold(ReadOnlySpan<char> name, Span<char> into)
    {
        var used = 0;
        foreach (var original in name)
        {
            var letter = Folded[original];
            switch (letter)
            {
                case Dropped:
                    break;
                case Space:
                    if (used > 0 && into[used - 1] != ' ')
                    {
                        into[used++] = ' ';
                    }

                    break;
                case Pair:
                    (into[used], into[used + 1]) = PairOf(char.ToLowerInvariant(original));
                    used += 2;
                    break;
                default:
                    into[used++] = letter;
                    break;
            }
        }

        return used > 0 && into[used - 1] == ' ' ? used - 1 : used;
    }

    private static (char First, char Second) PairOf(char letter) => letter switch
    {
        'æ' => ('a', 'e'),
        'œ' => ('o', 'e'),
        'ß' => ('s', 's'),
        _ => ('t', 'h'),
    };

    private static char[] MakeTable()
    {
        var plain = Variants.SelectMany(line => line[1..].Select(variant => KeyValuePair.Create(variant, line[0]))).ToDictionary();
        var table = new char[char.MaxValue + 1];
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var letter = char.ToLowerInvariant((char)code);
            table[code] = letter switch
            {
                >= '\u0300' and <= '\u036f' or '\'' or '’' or '‘' or '`' or 'ʻ' or 'ʼ' or '.' or '\0' => Dropped,
                'æ' or 'œ' or 'ß' or 'þ' => Pair,
                '-' or '–' or '_' or ',' or '/' or '(' or ')' => Space,
                _ => char.IsWhiteSpace(letter) ? Space : plain.GetValueOrDefault(letter, letter),
            };
        }

        return table;
    }
}
