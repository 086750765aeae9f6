using Microsoft.EntityFrameworkCore;
using Resilience.Core.Geography;
using Resilience.Observations;
using Resilience.Observations.Feeds;
using Resilience.Observations.Storing;
using Resilience.Storage;
using Resilience.Storage.HandingOver;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Observations;

/// <summary>A store with this module and a feed, and short ways to say what a payload holds.</summary>
internal static class ObservationsFixture
{
    internal const string Stage = "t:1:stage";

    internal static async Task<TestStore> CreateAsync(Engine engine, params (string Key, string Value)[] settings) => await TestStore.CreateAsync(
        engine,
        (services, configuration) => services.AddObservations(configuration),
        routes => routes.Add(ObservationTopics.Stored, "Test.Take"),
        [("Network:AllowedPrivateHosts:0", "127.0.0.1"), ("Observations:RetryDelay", "00:00:00.001"), .. settings]);

    internal static FeedDefinition Definition(string id = "t", string format = "uk-ea", string readings = "http://127.0.0.1:1/readings", string? stations = null) => new()
    {
        Id = id,
        Name = $"Feed {id}",
        Format = format,
        Readings = new Uri(readings),
        Stations = stations is null ? null : new Uri(stations),
        Credit = "Somebody",
        Licence = "OGL v3",
        Every = TimeSpan.FromMinutes(15),
    };

    internal static async Task<Feed> RegisterAsync(this TestStore test, FeedDefinition? definition = null)
    {
        definition ??= Definition();
        await test.Get<RegisterFeed>().UpsertAsync(definition, CancellationToken.None);
        return await test.FeedAsync(definition.Id);
    }

    internal static async Task<Feed> FeedAsync(this TestStore test, string id = "t")
    {
        await using var db = test.Store.Read<ObservationsDb>();
        return await db.Feeds.SingleAsync(feed => feed.Id == id);
    }

    /// <summary>Stage values of one station at so many minutes after the test's beginning.</summary>
    internal static ParsedPayload Stages(params (int Minutes, double Value)[] values) => Payload([.. values.Select(value => new ParsedObservation(Stage, TestStore.Begin.AddMinutes(value.Minutes), value.Value))]);

    internal static ParsedPayload Payload(params ParsedObservation[] values)
    {
        var parsed = new ParsedPayload();
        foreach (var id in values.Select(value => value.DatastreamId).Distinct())
        {
            var station = id[..id.LastIndexOf(':')];
            parsed.Stations[station] = new ParsedStation(station, $"Station {station}", Wgs84.Point(90, 28));
            parsed.Datastreams[id] = new ParsedDatastream(id, station, ObservedProperty.Stage, "m", "Stage", TimeSpan.FromMinutes(15));
        }

        parsed.Observations.AddRange(values);
        return parsed;
    }

    internal static Task<StoredBatch> StoreAsync(this TestStore test, Feed feed, ParsedPayload parsed) => test.Get<StoreObservations>().StoreAsync(feed, parsed, CancellationToken.None);

    internal static async Task<List<Observation>> ObservationsAsync(this TestStore test)
    {
        await using var db = test.Store.Read<ObservationsDb>();
        return await db.Observations.OrderBy(row => row.DatastreamId).ThenBy(row => row.PhenomenonTime).ThenBy(row => row.Revision).ToListAsync();
    }

    internal static async Task<List<QuarantinedInput>> QuarantineAsync(this TestStore test)
    {
        await using var db = test.Store.Read<ObservationsDb>();
        return await db.Quarantine.OrderBy(row => row.Id).ToListAsync();
    }

    /// <summary>Keys waiting for the next link.</summary>
    internal static async Task<List<string>> HandedOverAsync(this TestStore test)
    {
        await using var db = test.Store.Read<ObservationsDb>();
        return await db.Set<HandedOver>().OrderBy(row => row.Id).Select(row => row.Key).ToListAsync();
    }
}
