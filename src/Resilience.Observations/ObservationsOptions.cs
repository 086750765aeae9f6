using System.ComponentModel.DataAnnotations;
using Resilience.Observations.Feeds;

namespace Resilience.Observations;

/// <summary>Configuration section <c>Observations</c>.</summary>
public sealed class ObservationsOptions
{
    /// <summary>Feeds of a real server; registered at start, ignored in a replay.</summary>
    /// <value>None: a new server says honestly that it watches nothing yet.</value>
    public IList<FeedDefinition> Feeds { get; } = [];

    /// <summary>Largest answer in bytes after content decoding.</summary>
    /// <value>32 MiB: ten times the largest real one (all British river stations, 2.8 MB). At most 64 MiB.</value>
    [Range(1_024, 67_108_864)]
    public long MaxBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Longest time for one fetch, from connecting to the last byte, retries included. Real time, also in a replay.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a fetch is tried again when the source is briefly unwell.</summary>
    /// <value>2.</value>
    [Range(1, 5)]
    public int Retries { get; set; } = 2;

    /// <summary>Pause before the first retry; doubles, with jitter.</summary>
    /// <value>1 second.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many feeds are polled at once; in a replay always one, so that it comes out the same each time.</summary>
    /// <value>8.</value>
    [Range(1, 64)]
    public int ParallelPolls { get; set; } = 8;

    /// <summary>How long one run waits for slow feeds before it lets them finish in the background.</summary>
    /// <value>2 seconds: the next run, with the other feeds, is then due anyway.</value>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many pages of one answer are followed.</summary>
    /// <value>20.</value>
    [Range(1, 1_000)]
    public int MaxPages { get; set; } = 20;

    /// <summary>Whether this process subscribes to feeds that push. Without such a feed nothing is connected anyway.</summary>
    /// <value>True; a process that only answers people sets it to false itself.</value>
    public bool Streaming { get; set; } = true;

    /// <summary>User names and passwords of feeds that push, by feed id. They stay in the configuration: no database, log or page shows them.</summary>
    public IDictionary<string, BrokerCredentials> Credentials { get; } = new Dictionary<string, BrokerCredentials>();

    /// <summary>Messages of one feed held in memory until they are stored; as many as the broker may send ahead of our acknowledgement.</summary>
    /// <value>200.</value>
    [Range(1, 10_000)]
    public int StreamQueue { get; set; } = 200;

    /// <summary>Largest MQTT packet taken from a broker, in bytes; one that sends more is disconnected from.</summary>
    /// <value>1 MiB: a hundred times the largest WIS2 notification.</value>
    [Range(16_384, 16_777_216)]
    public int StreamMaxPacket { get; set; } = 1024 * 1024;

    /// <summary>How long a broker is asked to keep our session, and what comes meanwhile, after a connection is lost.</summary>
    /// <value>1 day: a night's power cut and the morning after.</value>
    public TimeSpan StreamSessionKeptFor { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Pause before the first attempt to reconnect; doubles up to five minutes, with jitter. Feeds added or changed are noticed within five of it.</summary>
    /// <value>1 second.</value>
    public TimeSpan StreamRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The program that decodes BUFR (Debian package libeccodes-tools): a name looked up in PATH, or a path.</summary>
    /// <value><c>bufr_dump</c>. Where it is absent, BUFR is kept as it came and the feed says that it is not decoded.</value>
    public string BufrDump { get; set; } = "bufr_dump";

    /// <summary>How many warnings that an index links to are fetched in one poll; the rest come with the next.</summary>
    /// <value>100: at a tenth of a second each, still well within a poll's interval.</value>
    [Range(1, 5_000)]
    public int MaxLinked { get; set; } = 100;

    /// <summary>How long raw answers are kept.</summary>
    /// <value>7 days.</value>
    public TimeSpan RawKeptFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long the areas of rasters are kept; the newest of each feed stays.</summary>
    /// <value>90 days.</value>
    public TimeSpan CoveragesKeptFor { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long quarantined input is listed after it was last seen.</summary>
    /// <value>30 days.</value>
    public TimeSpan QuarantineKeptFor { get; set; } = TimeSpan.FromDays(30);
}

/// <summary>How a broker is signed in to.</summary>
public sealed class BrokerCredentials
{
    /// <summary>User name; null signs in without one.</summary>
    public string? User { get; set; }

    /// <summary>Password.</summary>
    public string? Password { get; set; }

    /// <summary>A PEM file with certificates of authorities to trust instead of the system's, for a broker with a certificate of its own authority.</summary>
    public string? TrustedAuthorities { get; set; }
}
