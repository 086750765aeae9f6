using Microsoft.Extensions.DependencyInjection;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Hazards;
using Resilience.Observations;
using Resilience.Risk;
using Resilience.Risk.Exposing;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Tests.Risk;

namespace Resilience.Tests.Hazards;

/// <summary>Gauges in a test store, and readings handed over to the links under test as the observations link hands them over.</summary>
internal static class Gauges
{
    internal const string Pearl = "usgs:02489500";
    internal const string PearlStage = "usgs:02489500:00065";

    /// <summary>A store with observations and hazards, and with risk when asked for.</summary>
    internal static Task<TestStore> CreateAsync(Engine engine, bool withRisk = false, Exposure? exposure = null) => TestStore.CreateAsync(
        engine,
        (services, configuration) =>
        {
            services.AddSingleton(new GeodataDirectory(Repository.Path("geodata"))).AddObservations(configuration).AddHazards(configuration);
            if (withRisk)
            {
                services.AddRisk(configuration);
                Geodata.Share(services, exposure);
            }
        },
        routes =>
        {
            routes.Add(ObservationTopics.Stored, "Hazards.AssessHazards");
            routes.Add(HazardTopics.SilenceDue, "Hazards.AssessHazards");
            if (withRisk)
            {
                routes.Add(HazardTopics.Assessed, "Risk.AssessRisk");
            }
        });

    internal static async Task AddFeedAsync(TestStore test)
    {
        await using var step = await test.Store.BeginAsync<ObservationsDb>(CancellationToken.None);
        step.Db.Feeds.Add(new Feed
        {
            Id = "test",
            Name = "Test",
            Format = "test",
            Readings = new Uri("https://example.org/"),
            Every = TimeSpan.FromMinutes(15),
            Credit = "Test",
            Licence = "CC0",
        });
        await step.CommitAsync(CancellationToken.None);
    }

    internal static async Task AddAsync(
        TestStore test, string id, string name, double longitude, double latitude, string code, ObservedProperty property, string unit,
        int everyMinutes = 15, bool exercise = false, double? high = null, double? record = null)
    {
        await using var step = await test.Store.BeginAsync<ObservationsDb>(CancellationToken.None);
        step.Db.Stations.Add(new Station
        {
            Id = id,
            FeedId = "test",
            Name = name,
            Location = Wgs84.Point(longitude, latitude),
            Exercise = exercise,
            TimeShift = TimeSpan.Zero,
            ReferenceHigh = high,
            ReferenceRecord = record,
            ReferenceUnit = high is null ? null : unit,
        });
        await step.Db.SaveChangesAsync();
        step.Db.Datastreams.Add(new Datastream { Id = $"{id}:{code}", StationId = id, Property = property, Unit = unit, Name = code, ExpectedEvery = TimeSpan.FromMinutes(everyMinutes) });
        await step.CommitAsync(CancellationToken.None);
    }

    internal static async Task AddPearlAsync(TestStore test)
    {
        await AddFeedAsync(test);
        await AddAsync(test, Pearl, "Pearl River near Bogalusa", -89.8206, 30.7933, "00065", ObservedProperty.Stage, "ft");
    }

    /// <summary>Stores readings as one batch each of <paramref name="size"/> and hands them over.</summary>
    internal static async Task StoreAsync(TestStore test, string datastream, IEnumerable<(DateTimeOffset Time, double Value, QualityFlags Flags)> readings, int size = 100, int revision = 0)
    {
        foreach (var chunk in readings.Chunk(size))
        {
            var id = StableId.From("test.batch", datastream, chunk[0].Time.ToString("O"), chunk[0].Value.ToString("R"), revision.ToString());
            await using var step = await test.Store.BeginAsync<ObservationsDb>(CancellationToken.None);
            step.Db.Batches.Add(new ObservationBatch { Id = id, FeedId = "test", StoredAt = step.Now, Observations = chunk.Length, QualityVersion = "test" });
            step.Db.Observations.AddRange(chunk.Select(reading => new Observation
            {
                DatastreamId = datastream,
                PhenomenonTime = reading.Time,
                Revision = revision,
                Result = reading.Value,
                Flags = reading.Flags,
                BatchId = id,
            }));
            step.HandOver(ObservationTopics.Stored, id.ToString());
            await step.CommitAsync(CancellationToken.None);
        }
    }

    /// <summary>Readings every quarter of an hour up to the test's now.</summary>
    internal static IEnumerable<(DateTimeOffset Time, double Value, QualityFlags Flags)> Quarters(DateTimeOffset last, params double[] values) =>
        values.Select((value, i) => (last.AddMinutes(-15 * (values.Length - 1 - i)), value, QualityFlags.None));
}
