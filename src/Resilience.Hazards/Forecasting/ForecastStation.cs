using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Resilience.Core.Quantities;
using Resilience.Hazards.Assessing;
using Resilience.Hazards.Cascading;
using Resilience.Observations;
using Resilience.Observations.Queries;
using Resilience.Storage;

namespace Resilience.Hazards.Forecasting;

/// <summary>A gauge's forecast as the faces see it (<c>StationForecast</c> of <c>api.ts</c>).</summary>
/// <param name="Datastream">The stage it is about; null when the station measures none.</param>
/// <param name="Unit">The datastream's unit; all values are in it.</param>
/// <param name="MadeAt">The hour it was made for, the last with a value; null without a forecast.</param>
/// <param name="Value">The stage at that hour.</param>
/// <param name="Why">Why there is none; empty when there is one.</param>
/// <param name="Hours">Hours with a value it learnt from.</param>
/// <param name="Leads">By lead time; empty without a forecast.</param>
public sealed record StationForecast(string? Datastream, string Unit, DateTimeOffset? MadeAt, double? Value, string Why, int Hours, IReadOnlyList<LeadForecast> Leads);

/// <summary>One lead time.</summary>
/// <param name="LeadHours">How far ahead.</param>
/// <param name="Time">When.</param>
/// <param name="Low">One of ten outcomes lies below.</param>
/// <param name="Middle">Half lie below.</param>
/// <param name="High">One of ten lies above.</param>
/// <param name="Skill">1 − MSE / MSE("as it is now") of the past forecasts; null when the river never changed.</param>
/// <param name="Inside">Share of past outcomes inside the band; null when none is known.</param>
/// <param name="N">Past forecasts these two rest on.</param>
public sealed record LeadForecast(int LeadHours, DateTimeOffset Time, double Low, double Middle, double High, double? Skill, double? Inside, int N);

/// <summary>
/// GET <c>/hazards/stations/{id}/forecast</c>: walks through the station's stored record and gives the forecast of its last hour, with how
/// good the earlier ones were. One walk at a time, kept until there is a newer hour: whoever asks often costs nothing. Thread-safe.
/// </summary>
public sealed class ForecastStation(Store store, ObservationQueries observations, RiverGraph graph) : IDisposable
{
    /// <summary>How far back the record is read.</summary>
    /// <value>180 days: a season, and a second's work.</value>
    public static TimeSpan Record { get; } = TimeSpan.FromDays(180);

    /// <summary>With fewer hours nothing is forecast.</summary>
    /// <value>336: two weeks, of which the band needs its hundred past errors and the regression its two days.</value>
    public const int LeastHours = 336;

    /// <summary>A newest value older than this has no forecast: 1 h ahead of it would be long past.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(3);

    private const int MostReadings = 60_000;
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, StationForecast Forecast)> _kept = [];
    private readonly SemaphoreSlim _one = new(1);

    internal static void Map(IEndpointRouteBuilder group) => group.MapGet("/stations/{stationId}/forecast", Show)
        .WithName("ForecastStation").WithSummary("The stage 1, 3, 6 and 12 hours ahead with a band that 8 of 10 outcomes lie inside, and how good past forecasts were.");

    /// <summary>The forecast that stands now.</summary>
    public async Task<StationForecast> OfAsync(string stationId, CancellationToken cancellationToken)
    {
        var station = await observations.GetStationAsync(stationId, cancellationToken);
        var own = await StageAsync(stationId, cancellationToken);
        if (own is null || !Units.TryFactor(own.Unit, out var metres, out _))
        {
            return new StationForecast(own?.Id, own?.Unit ?? "", null, null, "This station measures no stage in a unit of length.", 0, []);
        }

        var now = store.Clock.GetUtcNow();
        if ((await observations.ListObservationsAsync(own.Id, now - Fresh, now, 1, cancellationToken)) is not [{ PhenomenonTime: var newest }])
        {
            return new StationForecast(own.Id, own.Unit, null, null, "The newest stage is too old for a forecast.", 0, []);
        }

        var hour = HourlyStages.FloorHour(newest);
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (!_kept.TryGetValue(stationId, out var kept) || kept.At != hour)
            {
                _kept[stationId] = kept = (hour, Of(own, metres, hour, await RecordAsync(station.Id, own, hour, cancellationToken)));
            }

            return kept.Forecast;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    /// <summary>The forecast of a record's last hour; series 0 is the station's own. Pure.</summary>
    internal static StationForecast Of(Datastream own, double metres, DateTimeOffset hour, HourlyRecord record)
    {
        var stage = record.Stages[0].Values;
        var hours = stage.Count(value => !double.IsNaN(value));
        StationForecast None(string why) => new(own.Id, own.Unit, null, null, why, hours, []);
        if (hours < LeastHours || double.IsNaN(stage[^1]))
        {
            return None(string.Create(CultureInfo.InvariantCulture, $"Not enough record: a forecast needs {LeastHours} hours with a value and one in this hour; {hours} hours are stored."));
        }

        var walked = ForecastBands.Walk(record, 0).ToList();
        var bands = EvaluateBands.Judge(record.Stages[0], walked).ToDictionary(score => score.LeadHours);
        var leads = new List<LeadForecast>();
        foreach (var last in walked.Where(one => one.Hour == stage.Length - 1 && one.Low is not null))
        {
            var score = EvaluateForecast.Score(record.Stages[0], last.LeadHours, walked.Where(one => one.LeadHours == last.LeadHours).Select(one => (one.Hour, one.Stage)));
            double Own(double? value) => Math.Round(value!.Value / metres, 3);
            leads.Add(new LeadForecast(
                last.LeadHours, hour.AddHours(last.LeadHours), Own(last.Low), Own(last.Middle), Own(last.High), score.Skill is { } skill ? Math.Round(skill, 3) : null,
                bands.TryGetValue(last.LeadHours, out var band) ? Math.Round(band.Inside, 3) : null, score.N));
        }

        return leads.Count == 0 ? None("Not enough record: too few past forecasts have an outcome yet.") : new StationForecast(own.Id, own.Unit, hour, Math.Round(stage[^1] / metres, 3), "", hours, leads);
    }

    private async Task<HourlyRecord> RecordAsync(string stationId, Datastream own, DateTimeOffset hour, CancellationToken cancellationToken)
    {
        var grid = new HourlyStages(hour, Record);
        List<HourlySeries> stages = [await SeriesAsync(own, grid, cancellationToken)];
        foreach (var above in graph.StationsAbove(stationId))
        {
            if (await StageAsync(above, cancellationToken) is { } datastream)
            {
                stages.Add(await SeriesAsync(datastream, grid, cancellationToken));
            }
        }

        // Begin where the own record begins: what was before teaches nothing.
        var first = Math.Max(0, Array.FindIndex(stages[0].Values, value => !double.IsNaN(value)));
        return new HourlyRecord(hour.UtcDateTime.AddHours(first - grid.Hours + 1), [.. stages.Select(series => series with { Values = series.Values[first..] })], []);
    }

    private async Task<HourlySeries> SeriesAsync(Datastream datastream, HourlyStages grid, CancellationToken cancellationToken)
    {
        Units.TryFactor(datastream.Unit, out var metres, out _);
        var rows = await observations.ListObservationsAsync(datastream.Id, grid.Begin, grid.End, MostReadings, cancellationToken);
        return new HourlySeries(datastream.Id, grid.Fill(rows.Select(row => AssessHazards.ToReading(new DatastreamObservation(datastream, row)))
            .Where(reading => reading.Trust != Trust.Doubtful).Select(reading => new Sample(reading.Time, reading.Value * metres))));
    }

    private async Task<Datastream?> StageAsync(string stationId, CancellationToken cancellationToken) =>
        (await observations.ListDatastreamsAsync(stationId, cancellationToken))
            .FirstOrDefault(one => one.Property == ObservedProperty.Stage && Units.TryFactor(one.Unit, out _, out var canonical) && canonical == "m");

    private static async Task<JsonHttpResult<StationForecast>> Show(string stationId, ForecastStation forecasts, CancellationToken cancellationToken) =>
        TypedResults.Json(await forecasts.OfAsync(stationId, cancellationToken), ForecastJson.Default.StationForecast);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StationForecast))]
[JsonSerializable(typeof(ForecastFeature))]
internal sealed partial class ForecastJson : JsonSerializerContext;
