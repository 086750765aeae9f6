using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Observations;
using Resilience.Observations.Feeds.Streams;
using Resilience.Storage;
using Resilience.Tests.Kit;
using static Resilience.Tests.Observations.Feeds.Streams.StreamFixture;
using static Resilience.Tests.Observations.ObservationsFixture;

namespace Resilience.Tests.Observations.Feeds.Streams;

/// <summary>SensorThings over MQTT: what the values belong to comes from the HTTP side, the values from the broker.</summary>
public sealed class SensorThingsStreamTest(Mosquitto broker) : IClassFixture<Mosquitto>
{
    private const string Metadata = """
        {"value":[
          {"@iot.id":7,"name":"Stage","unitOfMeasurement":{"symbol":"m"},"ObservedProperty":{"name":"Water level"},"Thing":{"@iot.id":1,"name":"Bridge","Locations":[{"encodingType":"application/geo+json","location":{"type":"Point","coordinates":[90,27]}}]}},
          {"@iot.id":"rain'7","name":"Rain","unitOfMeasurement":{"symbol":"mm"},"ObservedProperty":{"name":"Rainfall"},"Thing":{"@iot.id":1,"name":"Bridge","Locations":[{"encodingType":"application/vnd.geo+json","location":{"type":"Point","coordinates":[90,27]}}]}}]}
        """;

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task Values_arrive_by_the_broker_and_belong_to_what_the_http_side_describes(Engine engine)
    {
        await using var source = await FeedSource.StartAsync();
        source.Answer = context => context.Response.WriteAsync(Metadata);
        await using var test = await CreateAsync(engine, Quick);
        var root = $"v1.1-{engine}";
        await test.RegisterAsync(StreamFixture.Definition(broker, $"{root}/+/Observations", format: "sensorthings") with { Stations = new Uri(source.Address + "/Datastreams") });
        await using var listening = await test.ListenAsync();
        await test.UntilConnectedAsync();
        await broker.PublishAsync($"{root}/Datastreams(7)/Observations", """{"@iot.id":1,"phenomenonTime":"2019-06-20T11:00:00Z/2019-06-20T11:15:00Z","result":2.5,"resultTime":null}""");
        await test.UntilStoredAsync(1);
        await broker.PublishAsync($"{root}/Datastreams('rain''7')/Observations", """{"phenomenonTime":"2019-06-20T17:15:00+06:00","result":"1.5"}""");
        await test.UntilStoredAsync(2);

        Assert.Equal([("t:1:7", 2.5, new DateTimeOffset(2019, 6, 20, 11, 15, 0, TimeSpan.Zero)), ("t:1:rain'7", 1.5, new DateTimeOffset(2019, 6, 20, 11, 15, 0, TimeSpan.Zero))],
            (await test.ObservationsAsync()).Select(row => (row.DatastreamId, row.Result, row.PhenomenonTime)));
        Assert.Equal((FeedState.Ok, 1), ((await test.FeedAsync()).State, (await test.FeedAsync()).StationCount));
    }

    [Fact]
    public async Task A_raw_and_a_normalised_copy_are_one_value_and_a_correction_is_a_revision()
    {
        await using var test = await DescribedAsync();
        await TakeAsync(test, ("v1.1/Datastreams(7)/Observations", """{"@iot.id":1,"phenomenonTime":"2019-06-20T17:00:00+06:00","result":"2.50"}"""), ("v1.1/Datastreams(7)/Observations", """{"@iot.id":1,"phenomenonTime":"2019-06-20T11:00:00.000Z","result":2.5,"resultTime":null}"""));
        await TakeAsync(test, ("v1.1/Observations", """{"@iot.id":1,"phenomenonTime":"2019-06-20T11:00:00Z","result":2.5,"Datastream@iot.navigationLink":"https://sta.example.org/v1.1/Datastreams(7)"}"""));
        Assert.Single(await test.ObservationsAsync());
        await TakeAsync(test, ("v1.1/Datastreams(7)/Observations", """{"@iot.id":1,"phenomenonTime":"2019-06-20T11:00:00Z","result":2.6}"""));
        Assert.Equal([2.5, 2.6], (await test.ObservationsAsync()).Select(row => row.Result));
    }

    [Theory]
    [InlineData("v1.1/Datastreams(8)/Observations", """{"phenomenonTime":"2019-06-20T11:00:00Z","result":1}""", "unknown-datastream")]
    [InlineData("v1.1/Things(1)", """{"phenomenonTime":"2019-06-20T11:00:00Z","result":1}""", "unknown-datastream")]
    [InlineData("v1.1/Datastreams(7)/Observations", """{"phenomenonTime":"2019-06-20T11:00:00","result":1}""", "no-zone")]
    [InlineData("v1.1/Datastreams(7)/Observations", """{"phenomenonTime":"2019-06-20T11:00:00Z","result":"high"}""", "not-a-number")]
    [InlineData("v1.1/Datastreams(7)/Observations", "[", "invalid-json")]
    [InlineData("v1.1/Datastreams(7)/Observations", "7", "no-time")]
    public async Task What_cannot_be_used_is_set_aside_with_its_reason(string topic, string message, string reason)
    {
        await using var test = await DescribedAsync();
        await TakeAsync(test, (topic, message));
        Assert.Empty(await test.ObservationsAsync());
        if (reason == "no-time")
        {
            // A bare number has no result: the station speaks, and says nothing.
            Assert.Empty(await test.QuarantineAsync());
            return;
        }

        Assert.Equal(reason, Assert.Single(await test.QuarantineAsync()).Reason);
        Assert.Contains("could not be used", (await test.FeedAsync()).LastError);
        Assert.Null((await test.FeedAsync()).LastGood);
    }

    private static async Task<TestStore> DescribedAsync()
    {
        var test = await CreateAsync(Engine.Sqlite);
        var feed = await test.RegisterAsync(ObservationsFixture.Definition("t", "sensorthings", "mqtt://127.0.0.1:1") with { Topics = ["v1.1/#"] });
        var parsed = new Resilience.Observations.Storing.ParsedPayload();
        await new Resilience.Observations.Feeds.Formats.SensorThings().ReadStationsAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Metadata)), "t", parsed, CancellationToken.None);
        await test.StoreAsync(feed, parsed);
        return test;
    }

    private static async Task TakeAsync(TestStore test, params (string Topic, string Text)[] messages) => await test.Get<StoreMessages>().StoreAsync(
        await test.FeedAsync(), test.Services.GetServices<IStreamFormat>().Single(format => format.Name == "sensorthings"),
        [.. messages.Select(message => new StreamMessage(message.Topic, System.Text.Encoding.UTF8.GetBytes(message.Text), _ => Task.CompletedTask))], null, CancellationToken.None);
}
