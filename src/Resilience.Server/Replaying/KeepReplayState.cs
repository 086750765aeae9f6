namespace Resilience.Server.Replaying;

/// <summary>Writes down every second where the replay stands.</summary>
internal sealed class KeepReplayState(Replay replay, string dataDirectory) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Save();
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Save();
    }

    private void Save() => new ReplayState(replay.Clock.GetUtcNow(), replay.Played.ToDictionary(one => one.Recording.Id, one => one.Shift.TotalSeconds)).Save(dataDirectory);
}
