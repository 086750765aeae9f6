using System.ComponentModel.DataAnnotations;

namespace Resilience.Dissemination;

/// <summary>Configuration section <c>Dissemination</c>.</summary>
public sealed class DisseminationOptions
{
    /// <summary>The address under which citizens reach this server, with its final slash; push notices link to it.</summary>
    /// <value><c>http://localhost:5080/</c>.</value>
    [Required]
    public Uri PublicUrl { get; set; } = new("http://localhost:5080/");

    /// <summary>How long citizens' answers are kept.</summary>
    /// <value>30 days: long enough for the response, short enough that exact positions do not pile up.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "365.00:00:00")]
    public TimeSpan KeepAnswers { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Alerts further away than this are not shown on a citizen's page, km.</summary>
    /// <value>50.</value>
    [Range(0, 1000)]
    public double NearKm { get; set; } = 50;

    /// <summary>What one network address may ask.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>Web Push.</summary>
    public WebPushOptions WebPush { get; set; } = new();
}

/// <summary>Configuration section <c>Dissemination:Limits</c>: what one network address may ask of each public endpoint.</summary>
public sealed class LimitOptions
{
    /// <summary>Requests of a kind at once.</summary>
    /// <value>300: mobile operators put thousands of phones behind one address, and after an alert they all answer. Calls for help may be ten times as many.</value>
    [Range(1, 100_000)]
    public int AtOnce { get; set; } = 300;

    /// <summary>Requests of a kind a minute after that.</summary>
    /// <value>60.</value>
    [Range(1, 100_000)]
    public int PerMinute { get; set; } = 60;
}

/// <summary>Configuration section <c>Dissemination:WebPush</c>.</summary>
public sealed class WebPushOptions
{
    /// <summary>Contact that push services may write to when something is wrong (RFC 8292 <c>sub</c>): a <c>mailto:</c> or <c>https:</c> address.</summary>
    /// <value><c>mailto:alerts@example.org</c>; set your own before going live.</value>
    [Required]
    public string Subject { get; set; } = "mailto:alerts@example.org";

    /// <summary>
    /// Origins allowed beside the known push services, for example <c>http://127.0.0.1:9000</c> for a push service of your own.
    /// They may use http and lie on a private network; the known services may not.
    /// </summary>
    /// <value>Empty.</value>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Time one POST may take, connection included.</summary>
    /// <value>15 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>While this many POSTs to one push service are under way, no more are begun; one that hangs holds up only itself.</summary>
    /// <value>100.</value>
    [Range(1, 1000)]
    public int PerOrigin { get; set; } = 100;
}
