using Resilience.Core;
using Resilience.Hazards.Assessing;

namespace Resilience.Hazards.Verifying;

/// <summary>A pause in which the gauge was silent.</summary>
/// <param name="Heard">The last reading before it.</param>
/// <param name="Noticed">When it counted as silent.</param>
/// <param name="Until">The first reading after it.</param>
internal sealed record Silence(DateTimeOffset Heard, DateTimeOffset Noticed, DateTimeOffset Until);

/// <summary>
/// Replays the silences of a gauge with the water above it: when the rule would have raised it, and where its own water stood when it spoke again. Readings come
/// one by one; after each silence the caller brings what stood upstream. Pure, not thread-safe.
/// </summary>
internal sealed class SilenceReplay(string station, string unit, Setting setting)
{
    /// <summary>What counts, in words.</summary>
    internal const string Window =
        "Silence: the gauge says nothing for three of its intervals while it stands below Action. Alert: the rule raises it for water that rises above it. Hit: when it speaks again its water stands at Action or above; lead time: from the alert until it speaks. "
        + "Miss: it speaks again at Action or above and nothing was raised. A gauge that never spoke again tells nothing and is left out, and lakes that broke out above are not replayed.";

    private readonly List<double> _leads = [];
    private Memory _memory = Memory.Empty;
    private TimeSpan _heard;
    private TimeSpan _stood;
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;
    private int _misses;
    private int _wrong;

    /// <summary>The silence that ends with a reading, to be told to <see cref="End(Silence, DateTimeOffset?, Reading)"/> before the reading is taken; null without one.</summary>
    internal Silence? Before(Reading reading) => _last is { } last && last + setting.Heard(_memory.Recent).LongestPause is var noticed && reading.Time > noticed ? new Silence(last, noticed, reading.Time) : null;

    /// <summary>What the rule says of a silence: the moment it raises the gauge, or null. From then on it stands until the gauge speaks.</summary>
    /// <param name="silence">The silence.</param>
    /// <param name="upstream">Each gauge above: its name and its trustworthy readings in metres, by time, from six hours before the silence.</param>
    internal DateTimeOffset? RaisedAt(Silence silence, IReadOnlyList<(string Name, IReadOnlyList<Sample> Samples)> upstream)
    {
        // As it runs: asked when the silence is noticed, and whenever a gauge above speaks.
        foreach (var now in upstream.SelectMany(one => one.Samples).Select(sample => sample.Time).Where(time => time > silence.Noticed && time < silence.Until).Distinct().Order().Prepend(silence.Noticed))
        {
            foreach (var (name, samples) in upstream)
            {
                if (UpstreamRise.Find(name, [.. samples.Where(sample => sample.Time <= now && now - sample.Time <= UpstreamRise.Within * 4)], silence.Heard - UpstreamRise.Within) is not { } rise)
                {
                    continue;
                }

                // The rule itself decides, from what it remembers: what stands at Action already is raised by nobody.
                var (_, changes) = Assess.Next(station, setting, _memory, [], now > silence.Noticed ? now : silence.Noticed.AddTicks(1), rise);
                if (changes.Any(change => change.Upstream is not null))
                {
                    return now;
                }
            }
        }

        return null;
    }

    /// <summary>What came of a silence, by the reading it ended with.</summary>
    internal void End(Silence silence, DateTimeOffset? raisedAt, Reading spoke)
    {
        _stood += raisedAt is { } at ? silence.Until - at : TimeSpan.Zero;
        var below = _memory.Published is not { Level: >= HazardLevel.Action };
        var high = setting.LevelAt(spoke.Value) >= HazardLevel.Action && spoke.Trust != Trust.Doubtful;
        if (raisedAt is { } since)
        {
            _leads.AddRange(high ? [(silence.Until - since).TotalHours] : []);
            _wrong += high ? 0 : 1;
        }
        else if (below && high)
        {
            _misses++;
        }
    }

    /// <summary>The next reading.</summary>
    internal void Add(Reading reading)
    {
        _heard += HeardTime.Add(_last, reading.Time, setting.Heard(_memory.Recent));
        (_memory, _) = Assess.Next(station, setting, _memory, [reading], reading.Time);
        (_first, _last) = (_first ?? reading.Time, reading.Time);
    }

    /// <summary>What came of all; null when nothing was heard.</summary>
    internal JudgedGauge? End()
    {
        if (_first is not { } from || _last is not { } to || setting.Thresholds.Count == 0)
        {
            return null;
        }

        var raised = _leads.Count + _wrong;
        var matches = new Matches(_leads, _misses, _wrong, raised);
        var action = Math.Round(setting.Thresholds[0].Value, 3);
        return new JudgedGauge(
            from, to, Math.Round(_heard.TotalDays, 2), new StationVerification(station, unit, action, action, HazardLevel.Action, Scores.Of([matches])), matches,
            // The rule raises to Action and no higher.
            new CountedGauge(station, unit, from, to, _heard, [raised, 0, 0, 0], [_stood, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero]));
    }
}
