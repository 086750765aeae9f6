namespace Resilience.Observations.Feeds.Administering;

/// <summary>A feed's health as the faces read it.</summary>
internal sealed record FeedStatus(
    string Id, string Name, string State, DateTimeOffset? LastGood, DateTimeOffset? LastTried, double EverySeconds, string? LastError, int Stations, int SilentStations, int Quarantined, int OutsideArea, string Credit, string Kind, int? Score)
{
    internal static FeedStatus Of(Feed feed) => new(
        feed.Id, feed.Name, feed.State.ToString(), feed.LastGood, feed.LastTried, Math.Round(feed.Every.TotalSeconds), feed.LastError, feed.StationCount, feed.SilentStations, feed.Quarantined, feed.OutsideArea, feed.Credit, "observations", feed.Score);
}
