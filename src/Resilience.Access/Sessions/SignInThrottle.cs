using System.Net;
using Resilience.Core;

namespace Resilience.Access.Sessions;

/// <summary>
/// Slows guessing down. Every attempt counts before its password is looked at, so parallel attempts gain nothing; a success
/// clears the count. The first <see cref="Free"/> are free, then each doubles the wait.
/// </summary>
/// <remarks>
/// An address waits up to 15 min. A name waits at most 30 s from whatever address, or anybody could lock a coordinator out of
/// the warning desk by guessing badly on purpose; and not at all from an address where that name signed in within
/// <see cref="Trusted"/>, or guessing from elsewhere would take every turn the name has. Kept in memory (a restart forgives), on the given clock: real time, also in a
/// replay. IPv6 counts by /64, which is what one household holds. Thread-safe.
/// </remarks>
internal sealed class SignInThrottle(TimeProvider clock)
{
    internal const int Free = 5;

    internal static readonly TimeSpan LongestForAddress = TimeSpan.FromMinutes(15);
    internal static readonly TimeSpan LongestForName = TimeSpan.FromSeconds(30);

    /// <summary>30 days: a desk that is used once a month stays a known one.</summary>
    internal static readonly TimeSpan Trusted = TimeSpan.FromDays(30);

    private const int Capacity = 10_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Count> _counts = [];
    private readonly Dictionary<(string Name, string Address), DateTimeOffset> _desks = [];

    /// <summary>Counts the attempt, or refuses it (429) and says how long to wait.</summary>
    internal void Enter(string nameKey, IPAddress? address)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var isKnown = _desks.TryGetValue((nameKey, ForAddress(address)), out var last) && now - last < Trusted;
            var until = new[] { isKnown ? DateTimeOffset.MinValue : Until(ForName(nameKey), LongestForName), Until(ForAddress(address), LongestForAddress) }.Max();
            if (until > now)
            {
                var seconds = (int)Math.Ceiling((until - now).TotalSeconds);
                throw new RefusalException("access.slow-down", $"Too many attempts. Try again in {seconds} s.", 429);
            }

            if (!isKnown)
            {
                Add(ForName(nameKey), now);
            }

            Add(ForAddress(address), now);
        }
    }

    /// <summary>The attempt succeeded: start counting anew.</summary>
    internal void Clear(string nameKey, IPAddress? address)
    {
        lock (_lock)
        {
            _counts.Remove(ForName(nameKey));
            _counts.Remove(ForAddress(address));
            if (_desks.Count >= Capacity)
            {
                _desks.Remove(_desks.MinBy(desk => desk.Value).Key);
            }

            _desks[(nameKey, ForAddress(address))] = clock.GetUtcNow();
        }
    }

    private static string ForName(string nameKey) => $"name:{nameKey}";

    private static string ForAddress(IPAddress? address) => $"address:{Household.Of(address)}";

    private DateTimeOffset Until(string key, TimeSpan longest)
    {
        if (!_counts.TryGetValue(key, out var count) || count.Attempts < Free)
        {
            return DateTimeOffset.MinValue;
        }

        var wait = TimeSpan.FromSeconds(Math.Min(longest.TotalSeconds, Math.Pow(2, Math.Min(20, count.Attempts - Free + 1))));
        return count.Last + wait;
    }

    private void Add(string key, DateTimeOffset now)
    {
        if (_counts.Count >= Capacity && !_counts.ContainsKey(key))
        {
            // Forget who waits no longer; under a flood of fresh keys, the oldest.
            foreach (var (old, _) in _counts.OrderBy(pair => pair.Value.Last).Take(Capacity / 10).ToList())
            {
                _counts.Remove(old);
            }
        }

        var forgotten = _counts.TryGetValue(key, out var count) && now - count.Last > LongestForAddress * 2;
        _counts[key] = new Count((forgotten ? 0 : count.Attempts) + 1, now);
    }

    private readonly record struct Count(int Attempts, DateTimeOffset Last);
}
