using Resilience.Core.Chain;
using Resilience.Observations.Feeds;
using Resilience.Reports.Collecting;

namespace Resilience.Server.Replaying;

/// <summary>
/// Recordings played into the chain in place of the world: the chain's clock, the answers of feeds and sources, and what the faces
/// say about it.
/// </summary>
/// <param name="Played">The recordings.</param>
/// <param name="Clock">The chain's clock.</param>
/// <param name="Endless">See <see cref="RecordingHandler"/>.</param>
internal sealed record Replay(IReadOnlyList<Played> Played, TimeProvider Clock, bool Endless)
{
    /// <summary>What the banner says.</summary>
    internal string Banner => Played.Any(one => one.Recording.Synthetic)
        ? "Replay and exercise: recorded events and a drill, moved to now. No alert here is real."
        : "Replay: recorded events, moved to now. No alert here is real.";

    /// <summary>Registered before the modules: they must find the replay's clock and mode.</summary>
    internal void AddBefore(IServiceCollection services)
    {
        services.AddSingleton(this);
        services.AddSingleton(Clock);
        services.AddSingleton(OperatingMode.Replay);
        if (Clock is ReplayClock fast)
        {
            services.AddSingleton(fast);
        }
    }

    /// <summary>Registered after the modules: what they would ask over the network is answered here.</summary>
    internal void AddAfter(IServiceCollection services)
    {
        foreach (var client in new[] { PollFeeds.HttpClientName, PollSources.HttpClientName })
        {
            services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => new RecordingHandler(Played, Clock, Endless));
        }
    }

    /// <summary>Makes the recorded feeds and sources known to the chain.</summary>
    internal async Task RegisterAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        foreach (var one in Played)
        {
            foreach (var feed in one.Recording.Feeds)
            {
                await services.GetRequiredService<RegisterFeed>().UpsertAsync(Definition(one, feed), cancellationToken);
            }

            foreach (var source in one.Recording.Sources)
            {
                await services.GetRequiredService<RegisterSource>().UpsertAsync(Definition(one, source), cancellationToken);
            }
        }
    }

    private static FeedDefinition Definition(Played one, RecordedFeed feed) => new()
    {
        Id = feed.Id,
        Name = feed.Name,
        Format = feed.Format,
        Readings = feed.Readings,
        Stations = feed.Stations,
        StationPrefix = feed.StationPrefix,
        Every = TimeSpan.FromSeconds(feed.EverySeconds),
        Credit = one.Recording.Credit,
        Licence = one.Recording.Licence,
        TimeShift = one.Shift,
        HoldBackFuture = one.Recording.Payloads.Any(payload => payload.Url == feed.Readings && payload.Kind == PayloadKind.WholeRecord),
        Snapshot = feed.Snapshot,
        Exercise = one.Recording.Synthetic,
    };

    private static SourceDefinition Definition(Played one, RecordedSource source) => new()
    {
        Id = source.Id,
        Name = source.Name,
        Format = source.Format,
        Uri = source.Uri,
        Every = TimeSpan.FromSeconds(source.EverySeconds),
        Credit = one.Recording.Credit,
        Licence = one.Recording.Licence,
        Countries = source.Countries,
        TimeShift = one.Shift,
        Exercise = one.Recording.Synthetic,
    };
}
