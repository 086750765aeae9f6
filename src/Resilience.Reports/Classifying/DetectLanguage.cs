using System.Collections.Frozen;
using System.Text;

namespace Resilience.Reports.Classifying;

/// <summary>
/// A cheap guess at a text's language: by script where the script decides, by the most frequent small words for languages in
/// Latin letters, and <c>und</c> when that is not clear. A wrong language is worse than none.
/// </summary>
public static class DetectLanguage
{
    private static readonly (int From, int To, string Lang)[] Scripts =
    [
        (0x0370, 0x03FF, "el"), (0x0400, 0x04FF, "ru"), (0x0530, 0x058F, "hy"), (0x0590, 0x05FF, "he"), (0x0600, 0x06FF, "ar"), (0x0980, 0x09FF, "bn"),
        (0x0A00, 0x0A7F, "pa"), (0x0A80, 0x0AFF, "gu"), (0x0B80, 0x0BFF, "ta"), (0x0C00, 0x0C7F, "te"), (0x0C80, 0x0CFF, "kn"), (0x0D00, 0x0D7F, "ml"),
        (0x0D80, 0x0DFF, "si"), (0x0E00, 0x0E7F, "th"), (0x0F00, 0x0FFF, "dz"), (0x1000, 0x109F, "my"), (0x10A0, 0x10FF, "ka"), (0x1200, 0x137F, "am"),
        (0x1780, 0x17FF, "km"), (0x3040, 0x30FF, "ja"), (0xAC00, 0xD7AF, "ko"), (0x4E00, 0x9FFF, "zh"),
    ];

    // Small words that decide; a word that several of these languages share stands in none of the lists.
    private static readonly FrozenDictionary<string, string> SmallWords = new (string Lang, string Words)[]
    {
        ("en", "the and is are was were of with for this that from have has been after our their we you they will at by not all"),
        ("es", "el los las y del por con para una más está este esta pero hay muy sus nos ha fue donde desde hasta tras muertos"),
        ("pt", "os não uma com mais está são você muito foi pela pelo dos das ao já isso esse também depois"),
        ("fr", "les des est dans pour une sur avec qui pas plus au aux ce sont été nous vous après ont du"),
        ("it", "il gli della del di che è sono per una con più non dopo alla nel delle dei anche questo ma ho"),
        ("de", "der die das und ist nicht ein eine mit für auf den von zu sich auch nach wird sind im"),
        ("tl", "ang ng mga sa na at ay po natin tayo kayo ito para lang hindi naman pa"),
        ("id", "yang dan di untuk dengan ini itu dari tidak akan ada pada juga kita sudah"),
        ("ht", "mwen nou yo pou nan gen ki pa ak sou ka tanpri moun kay anpil"),
    }.SelectMany(list => list.Words.Split(' ').Select(word => (list.Lang, word)))
        .GroupBy(pair => pair.word).Where(group => group.Count() == 1).ToFrozenDictionary(group => group.Key, group => group.Single().Lang);

    /// <summary>ISO 639-1 code (639-3 where there is none), or <c>und</c>.</summary>
    public static string Of(string text)
    {
        var byScript = new Dictionary<string, int>();
        var (letters, latin, urdu, persian, hindiMarks) = (0, 0, 0, 0, 0);
        foreach (var rune in text.EnumerateRunes().Where(Rune.IsLetter))
        {
            letters++;
            var code = rune.Value;
            if (code < 0x0250)
            {
                latin++;
                continue;
            }

            urdu += code is 0x0679 or 0x0688 or 0x0691 or 0x06D2 or 0x06BA ? 1 : 0;
            persian += code is 0x067E or 0x0686 or 0x0698 or 0x06AF ? 1 : 0;
            hindiMarks += code is >= 0x0900 and <= 0x097F ? 1 : 0;
            foreach (var (from, to, lang) in Scripts)
            {
                if (code >= from && code <= to)
                {
                    byScript[lang] = byScript.GetValueOrDefault(lang) + 1;
                    break;
                }
            }
        }

        if (letters == 0)
        {
            return Languages.Undetermined;
        }

        if (latin * 2 > letters)
        {
            return BySmallWords(text);
        }

        // Devanagari is Nepali, Hindi, Marathi…: the script does not decide.
        if (hindiMarks * 2 > letters || byScript.Count == 0)
        {
            return Languages.Undetermined;
        }

        var best = byScript.GetValueOrDefault("ja") > 0 ? "ja" : byScript.MaxBy(pair => pair.Value).Key;
        return best != "ar" ? best : urdu > 0 ? "ur" : persian > 0 ? "fa" : "ar";
    }

    private static string BySmallWords(string text)
    {
        var counts = new Dictionary<string, int>();
        foreach (var word in text.ToLowerInvariant().Split([' ', ',', '.', ':', ';', '!', '?', '"', '(', ')', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (SmallWords.TryGetValue(word, out var lang))
            {
                counts[lang] = counts.GetValueOrDefault(lang) + 1;
            }
        }

        var ranked = counts.OrderByDescending(pair => pair.Value).Take(2).ToList();
        return ranked.Count > 0 && ranked[0].Value >= 2 && (ranked.Count == 1 || ranked[0].Value >= 2 * ranked[1].Value) ? ranked[0].Key : Languages.Undetermined;
    }
}
