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

    /// <summary>How long raw answers are kept.</summary>
    /// <value>7 days.</value>
    public TimeSpan RawKeptFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long quarantined input is listed after it was last seen.</summary>
    /// <value>30 days.</value>
    public TimeSpan QuarantineKeptFor { get; set; } = TimeSpan.FromDays(30);
}
