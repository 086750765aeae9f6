using Resilience.Hazards.Assessing;
using Resilience.Hazards.Cascading;
using Resilience.Hazards.Thresholds;
using Resilience.Hazards.Verifying;
using Resilience.Observations;
using Resilience.Observations.Queries;

namespace Resilience.Hazards.Rules;

/// <summary>Replays what is stored of one gauge through a rule, a page at a time. Stores nothing; thread-safe.</summary>
internal sealed class ReplayStored(ObservationQueries observations, SettingsInForce settings, LookBeside besides, LookUpstream looking)
{
    private const int Page = 10_000;

    /// <summary>So long after a silence began is looked upstream: a gauge that is gone for a season is not waited for.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(60);

    /// <summary>What the rule makes of the gauge, and by which thresholds; null when it does not judge it, or nothing is stored.</summary>
    internal async Task<(JudgedGauge Judged, Setting Setting)?> JudgeAsync(string rule, string datastreamId, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (await observations.FindDatastreamAsync(datastreamId, cancellationToken) is not { } datastream || await observations.FindStationAsync(datastream.StationId, cancellationToken) is not { } station
            || (await settings.ListAsync(station, datastream, cancellationToken)).FirstOrDefault(one => one.Concern == VerifyRules.ConcernOf(rule)) is not { } setting)
        {
            return null;
        }

        var judged = rule != UpstreamRise.RuleName ? await ReplayAsync(rule, station, datastream, setting, until, cancellationToken)
            : looking.HasAbove(station.Id) ? await SilencesAsync(station, datastream, setting, until, cancellationToken) : null;
        return judged is null ? null : (judged, setting);
    }

    private async Task<JudgedGauge?> ReplayAsync(string rule, Station station, Datastream datastream, Setting setting, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var replay = new GaugeReplay(rule, station.Id, datastream.Unit, setting);
        var others = setting.Felt is null ? [] : (await observations.ListDatastreamsAsync(station.Id, cancellationToken)).Where(one => one.Property is ObservedProperty.RelativeHumidity or ObservedProperty.WindSpeed).ToList();
        await foreach (var page in PagesAsync(datastream, until, cancellationToken))
        {
            replay.Add(page, setting.Felt is null ? null : await BesideAsync(datastream, others, page, cancellationToken));
        }

        return replay.End();
    }

    private async Task<Beside> BesideAsync(Datastream air, IReadOnlyList<Datastream> others, IReadOnlyList<Reading> page, CancellationToken cancellationToken)
    {
        var told = new List<DatastreamObservation>();
        foreach (var other in others)
        {
            told.AddRange((await observations.ListObservationsAsync(other.Id, page[0].Time - FeltParameters.Beside, page[^1].Time + FeltParameters.Beside, Page * 2, cancellationToken)).Select(row => new DatastreamObservation(other, row)));
        }

        return (await besides.ListAsync(told, cancellationToken)).TryGetValue(air.Id, out var found) ? found.Beside : Beside.Nothing;
    }

    private async Task<JudgedGauge?> SilencesAsync(Station station, Datastream datastream, Setting setting, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var replay = new SilenceReplay(station.Id, datastream.Unit, setting);
        await foreach (var page in PagesAsync(datastream, until, cancellationToken))
        {
            foreach (var reading in page)
            {
                if (replay.Before(reading) is { } silence)
                {
                    var end = silence.Until < silence.Heard + Longest ? silence.Until : silence.Heard + Longest;
                    replay.End(silence, replay.RaisedAt(silence, await looking.ListAboveAsync(station.Id, silence.Heard - UpstreamRise.Within, end, cancellationToken)), reading);
                }

                replay.Add(reading);
            }
        }

        return replay.End();
    }

    private async IAsyncEnumerable<IReadOnlyList<Reading>> PagesAsync(Datastream datastream, DateTimeOffset until, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = DateTimeOffset.UnixEpoch; ;)
        {
            var page = await observations.ListPageAsync(datastream.Id, after, until, Page, cancellationToken);
            if (page.Count > 0)
            {
                yield return [.. page.Select(row => AssessHazards.ToReading(new DatastreamObservation(datastream, row)))];
                after = page[^1].PhenomenonTime;
            }

            if (page.Count < Page)
            {
                yield break;
            }
        }
    }
}
