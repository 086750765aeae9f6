using Resilience.Warnings;

namespace Resilience.Dissemination.Channels;

/// <summary>Which of an alert's languages a person gets.</summary>
internal static class AlertWords
{
    /// <summary>
    /// The text in the language wanted (<c>en-GB</c> is served by <c>en</c> and the reverse), or else English, or else the first.
    /// A wrong language is better than silence; the phone can show which languages there are.
    /// </summary>
    internal static AlertText TextFor(this Alert alert, string language) =>
        Find(alert, text => string.Equals(text.Language, language, StringComparison.OrdinalIgnoreCase))
        ?? Find(alert, text => Primary(text.Language) == Primary(language))
        ?? Find(alert, text => Primary(text.Language) == "en")
        ?? alert.Texts[0];

    private static AlertText? Find(Alert alert, Func<AlertText, bool> fits) => alert.Texts.FirstOrDefault(text => !text.IsMissing && fits(text));

    private static string Primary(string language) => language.Split('-', 2)[0].ToLowerInvariant();
}
