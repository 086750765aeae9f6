using System.ComponentModel.DataAnnotations;
using Resilience.Core;

namespace Resilience.Warnings;

/// <summary>Configuration section <c>Warnings</c>.</summary>
public sealed class WarningsOptions
{
    /// <summary>CAP sender: a domain or OID that is the agency's alone, never a person's address. No spaces, commas, &lt; or &amp;.</summary>
    /// <value><c>resilience.invalid</c>, which says that nobody has set it.</value>
    [Required, RegularExpression("[^ ,<&]+")]
    public string Sender { get; set; } = "resilience.invalid";

    /// <summary>The agency's name as people know it; alerts begin with it.</summary>
    /// <value><c>Resilience</c>.</value>
    [Required]
    public string SenderName { get; set; } = "Resilience";

    /// <summary>OID arc under which alerts are numbered, for example <c>2.49.0.1.64.0</c> (WMO's arc for a Bhutanese authority).</summary>
    /// <value><c>2.25</c>: the arc where a UUID is a number, free for everybody (ITU-T X.667).</value>
    [Required, RegularExpression(@"[0-2](\.\d+)+")]
    public string OidArc { get; set; } = "2.25";

    /// <summary>What the machine drafts an alert for.</summary>
    /// <value>Floods, lake outbursts, heavy rain, landslides, storms, wildfires.</value>
    public IList<HazardKind> Kinds { get; } = [];

    /// <summary>The least severity it drafts for.</summary>
    /// <value>Moderate ("get ready"): below it people would learn to ignore us.</value>
    public CapSeverity MinimumSeverity { get; set; } = CapSeverity.Moderate;

    /// <summary>How long a drafted alert stands unless renewed.</summary>
    /// <value>6 h: a flood wave's passage with room; an alert that outlives its danger costs trust.</value>
    [Range(typeof(TimeSpan), "00:15:00", "3.00:00:00")]
    public TimeSpan ValidFor { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How long a submitted draft may wait for its second person before it must be looked at again.</summary>
    /// <value>30 min: the river has moved on by then.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan ApprovalWithin { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>More people than this must be typed in by hand before submitting.</summary>
    /// <value>10 million: nobody alerts a whole country by a slip of the mouse.</value>
    [Range(1, long.MaxValue)]
    public long ManyPeople { get; set; } = 10_000_000;

    /// <summary>Further languages by ISO 3166 country code; they get a column of their own, empty until a person fills it.</summary>
    /// <value><c>BT</c> (Bhutan): <c>dz</c>.</value>
    public IDictionary<string, string> Languages { get; } = new Dictionary<string, string> { ["BT"] = "dz" };

    internal static readonly HazardKind[] DefaultKinds =
    [
        HazardKind.RiverFlood, HazardKind.GlacialLakeOutburst, HazardKind.HeavyRain, HazardKind.Landslide, HazardKind.Storm, HazardKind.Wildfire,
    ];
}
