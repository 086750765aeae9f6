using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Resilience.Core.Geography;
using Resilience.Hazards;
using Resilience.Hazards.Thresholds;
using Resilience.Observations;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Hazards.Ratings;

/// <summary>A gauge with a real rating and real annual peaks (USGS 01594440). The thresholds are made up for the tests.</summary>
internal static class Patuxent
{
    internal const string Id = "usgs:01594440";

    internal static async Task<TestStore> CreateAsync(Engine engine, ObservedProperty property, params (string Level, double Value)[] thresholds)
    {
        var published = string.Join(',', thresholds.Select(one => FormattableString.Invariant($$"""{"level":"{{one.Level}}","value":{{one.Value}},"assumed":false,"source":"Made for a test"}""")));
        var book = $$"""{"stations":[{"station":"{{Id}}","name":"Patuxent","property":"{{property}}","unit":"{{(property == ObservedProperty.Stage ? "ft" : "ft3/s")}}","thresholds":[{{published}}]}]}""";
        var test = await TestStore.CreateAsync(
            engine,
            (services, configuration) => services.AddSingleton(new GeodataDirectory(Repository.Path("geodata"))).AddObservations(configuration).AddHazards(configuration)
                .AddSingleton(ThresholdBook.Read(new MemoryStream(Encoding.UTF8.GetBytes(book)))),
            routes =>
            {
                routes.Add(ObservationTopics.Stored, "Hazards.AssessHazards");
                routes.Add(HazardTopics.SilenceDue, "Hazards.AssessHazards");
            });
        await Gauges.AddFeedAsync(test);
        return test;
    }

    internal static Task AddStageAsync(TestStore test) => Gauges.AddAsync(test, Id, "Patuxent River near Bowie", -76.694, 38.956, "00065", ObservedProperty.Stage, "ft");

    internal static Task AddDischargeAsync(TestStore test) => Gauges.AddAsync(test, Id, "Patuxent River near Bowie", -76.694, 38.956, "00060", ObservedProperty.Discharge, "ft3/s");

    internal static Task HearAsync(TestStore test, string code, params double[] values) => HearAsync(test, code, 100, values);

    internal static async Task HearAsync(TestStore test, string code, int size, double[] values)
    {
        await Gauges.StoreAsync(test, $"{Id}:{code}", Gauges.Quarters(TestStore.Begin, values), size);
        await test.SweepAsync();
    }

    /// <summary>The text the server answers with.</summary>
    internal static async Task<string> GetAsync(TestStore test, string path)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(test.Clock).AddStorage(test.Get<StorageOptions>());
        builder.Services.AddSingleton(test.Get<GeodataDirectory>());
        builder.Services.AddObservations(builder.Configuration).AddHazards(builder.Configuration);
        foreach (var hosted in builder.Services.Where(one => one.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService)).ToList())
        {
            builder.Services.Remove(hosted);
        }

        builder.Services.AddAuthorization();
        await using var app = builder.Build();
        app.MapHazards();
        await app.StartAsync();
        return await app.GetTestClient().GetStringAsync(new Uri(path, UriKind.Relative));
    }
}
