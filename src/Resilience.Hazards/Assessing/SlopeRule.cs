namespace Resilience.Hazards.Assessing;

/// <summary>
/// Rain after which slopes fail: the mean intensity over so many hours against curves of intensity and duration (Caine 1980 and after). A curve
/// I = a·D^−b is the sum a·D^(1−b) over D hours, so <see cref="RainRule"/> judges it as it judges heavy rain, by other sums and with a longer hold. Pure.
/// </summary>
public static class SlopeRule
{
    /// <summary>The rule's name in assessments.</summary>
    public const string Name = "rain-intensity-duration";

    /// <summary>The rule's version in assessments.</summary>
    public const string Version = "1";

    /// <summary>What the rule does, for people who check it.</summary>
    public const string Text =
        "The mean intensity of the rain over the last 1, 3, 6, 12, 24, 48 and 72 hours is held against a curve of intensity and duration from rain after which slopes failed. A level begins when one of them reaches the curve. "
        + "Rain before those hours, soil, slope and forest are not in the curve: it says that slopes have failed after such rain, not that they will. "
        + "Hours without a trustworthy reading add nothing: the sum is then a lower bound, which can raise a level and never shows that it was dry. "
        + "A level ends when 24 hours of trustworthy readings have gone by without reaching it; hours without readings do not count towards them. "
        + "Readings up to a day late change the level as if they had come in time; those up to three days late still count in the sums.";

    /// <summary>What a curve asks of so many hours, in mm.</summary>
    /// <param name="alpha">a: the intensity over one hour, mm/h.</param>
    /// <param name="exponent">b, between 0 and 1: longer rain may be gentler, but must bring more.</param>
    /// <param name="hours">D.</param>
    /// <returns>Rounded to a tenth of a millimetre, so that every computer gives the same.</returns>
    public static double Depth(double alpha, double exponent, int hours) => Math.Round(alpha * Math.Pow(hours, 1 - exponent), 1);
}
