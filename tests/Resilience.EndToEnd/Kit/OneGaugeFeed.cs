using System.Globalization;
using System.Net;
using System.Text;

namespace Resilience.EndToEnd.Kit;

/// <summary>A feed in the form of the Environment Agency's with one gauge, whose water stands where the test says. Synthetic.</summary>
public sealed class OneGaugeFeed : IDisposable
{
    private const string Root = "http://environment.data.gov.uk/flood-monitoring";

    private readonly LocalHttp _http;
    private volatile string _reading = "";

    /// <summary>Begins to answer.</summary>
    public OneGaugeFeed(double metres)
    {
        Rise(metres);
        _http = new LocalHttp(AnswerAsync);
    }

    /// <summary>Address of its reading.</summary>
    public string Readings => $"{_http.Origin}/measures";

    /// <summary>Address of its station.</summary>
    public string Stations => $"{_http.Origin}/stations";

    /// <summary>The settings that make a server poll it every second.</summary>
    public IReadOnlyList<(string Key, string Value)> Settings =>
    [
        ("Network__AllowedPrivateHosts__0", "127.0.0.1"), ("Observations__Feeds__0__Id", "test"), ("Observations__Feeds__0__Name", "One gauge (synthetic)"), ("Observations__Feeds__0__Format", "uk-ea"),
        ("Observations__Feeds__0__Every", "00:00:01"), ("Observations__Feeds__0__Readings", Readings), ("Observations__Feeds__0__Stations", Stations),
        ("Observations__Feeds__0__Credit", "Synthetic"), ("Observations__Feeds__0__Licence", "Apache-2.0"),
    ];

    /// <summary>From now on the newest reading is this one.</summary>
    public void Rise(double metres) => _reading = string.Create(CultureInfo.InvariantCulture, $$"""
        {"items":[{"@id":"{{Root}}/id/measures/T1-level-stage-i-15_min-mASD","parameter":"level","parameterName":"Water Level","period":900,"qualifier":"Stage","stationReference":"T1",
        "station":"{{Root}}/id/stations/T1","unitName":"mASD","latestReading":{"dateTime":"{{TimeProvider.System.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}}","value":{{metres}}} }]}
        """);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task AnswerAsync(HttpListenerContext exchange)
    {
        const string OneStation = $$"""
            {"items":[{"@id":"{{Root}}/id/stations/T1","notation":"T1","stationReference":"T1","label":"Test Weir","riverName":"River Test","lat":51.05,"long":-1.5,
            "status":"http://environment.data.gov.uk/flood-monitoring/def/core/statusActive","stageScale":{"typicalRangeHigh":0.8,"typicalRangeLow":0.1},
            "measures":[{"@id":"{{Root}}/id/measures/T1-level-stage-i-15_min-mASD","parameter":"level","period":900,"qualifier":"Stage","unitName":"mASD"}]}]}
            """;
        exchange.Response.ContentType = "application/json";
        await exchange.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(exchange.Request.Url!.AbsolutePath == "/stations" ? OneStation : _reading));
    }
}
