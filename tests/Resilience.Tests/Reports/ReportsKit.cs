using System.IO.Compression;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Core.Geography;
using Resilience.Reports;
using Resilience.Reports.Collecting;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Reports;

/// <summary>The reports module on a fresh database, with a network that answers what the test says.</summary>
internal static class ReportsKit
{
    private static readonly Lazy<Gazetteer> Places = new(() =>
    {
        using var file = File.OpenRead(Repository.Path("geodata", "gazetteer", "places.tsv.gz"));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        return Gazetteer.Load(text);
    });

    internal static Gazetteer Gazetteer => Places.Value;

    internal static Task<TestStore> CreateAsync(Engine engine, Network? network = null) => TestStore.CreateAsync(
        engine,
        (services, configuration) =>
        {
            services.AddSingleton(provider => Gazetteer).AddReports(configuration);
            services.AddHttpClient(PollSources.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => network ?? new Network());
        },
        routes => routes.Add(ReportTopics.Collected, "Reports.ClassifyReports"));

    internal static async Task<TestStore> WithSourceAsync(Engine engine, string format, Network? network = null, TimeSpan timeShift = default)
    {
        var test = await CreateAsync(engine, network);
        await test.Get<RegisterSource>().UpsertAsync(
            new SourceDefinition
            {
                Id = "s",
                Name = "Source",
                Format = format,
                Uri = new Uri("https://posts.example/x?tag=flood"),
                Every = TimeSpan.FromMinutes(1),
                Credit = "Example",
                Licence = "CC BY 4.0",
                TimeShift = timeShift,
            },
            CancellationToken.None);
        return test;
    }

    internal static RawPost Post(string id, string text, string? author = null) => new(id, TestStore.Begin.AddMinutes(-5), text, "en", author);
}

/// <summary>Answers requests in order, keeps them, and refuses what was not expected.</summary>
internal sealed class Network : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _answers = [];

    internal List<HttpRequestMessage> Asked { get; } = [];

    internal Network Answer(string body, string type = "application/json", string? etag = null, HttpStatusCode status = HttpStatusCode.OK)
    {
        _answers.Enqueue(() =>
        {
            var answer = new HttpResponseMessage(status) { Content = new StringContent(body, System.Text.Encoding.UTF8, type) };
            if (etag is not null)
            {
                answer.Headers.TryAddWithoutValidation("ETag", etag);
            }

            return answer;
        });
        return this;
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add(request);
        return Task.FromResult(_answers.TryDequeue(out var answer) ? answer() : throw new HttpRequestException("nothing more to say"));
    }
}
