using Resilience.Core.Chain;
using Resilience.Reports.Collecting;
using Resilience.Storage.HandingOver;

namespace Resilience.Server.Replaying;

/// <summary>
/// Plays a recording as fast as the machine can, one moment after the other: set the clock, let everything that is due then run,
/// drain the chain until it is quiet. The same recording always makes the same decisions; after a kill it goes on where it stopped.
/// </summary>
internal sealed class StepThrough(Played played, SteppedClock clock, IServiceProvider services, string dataDirectory)
{
    /// <summary>Plays to the end.</summary>
    /// <param name="died">Called after every effect of a step; a test throws here to die at any moment.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    internal async Task RunAsync(Action? died, CancellationToken cancellationToken)
    {
        var links = services.GetRequiredService<DrainLinks>();
        var work = services.GetServices<IRecurringWork>().ToList();
        var done = ReplayState.Find(dataDirectory)?.Now;
        var previous = done ?? DateTimeOffset.MinValue;
        foreach (var moment in ListMoments(played.Recording).Where(moment => done is null || moment > done))
        {
            cancellationToken.ThrowIfCancellationRequested();
            clock.Set(moment);
            foreach (var one in work.Where(one => IsDue(one.Every, previous, moment)))
            {
                await one.RunAsync(cancellationToken);
                died?.Invoke();
            }

            foreach (var source in played.Recording.Sources.Where(source => source.Format == RegisterSource.JsonLinesStream))
            {
                await services.GetRequiredService<StreamSources>().ReadOnceAsync(source.Id, cancellationToken);
                died?.Invoke();
            }

            await links.SweepAsync(cancellationToken);
            died?.Invoke();
            new ReplayState(moment, new Dictionary<string, double> { [played.Recording.Id] = 0 }).Save(dataDirectory);
            previous = moment;
        }
    }

    /// <summary>When something can happen: every poll, every post of a stream, the begin and the end.</summary>
    internal static IReadOnlyList<DateTimeOffset> ListMoments(Recording recording)
    {
        var (begin, end) = (recording.RealFrom, recording.RealTo);
        var moments = new SortedSet<DateTimeOffset> { begin, end };
        foreach (var every in recording.Feeds.Select(feed => feed.EverySeconds).Concat(recording.Sources.Where(source => source.Format != RegisterSource.JsonLinesStream).Select(source => source.EverySeconds)))
        {
            for (var moment = begin; moment < end; moment += TimeSpan.FromSeconds(every))
            {
                moments.Add(moment);
            }
        }

        var streamed = new Played(recording, TimeSpan.Zero);
        foreach (var payload in recording.Payloads.Where(payload => payload.Kind == PayloadKind.Lines))
        {
            moments.UnionWith(streamed.Posts(payload).Select(post => post.CreatedAt).Where(time => time >= begin && time <= end));
        }

        return [.. moments];
    }

    /// <summary>True when a multiple of the interval (counted from 1970) lies after the previous moment, up to this one.</summary>
    private static bool IsDue(TimeSpan every, DateTimeOffset previous, DateTimeOffset moment) => previous.UtcTicks / every.Ticks < moment.UtcTicks / every.Ticks;
}
