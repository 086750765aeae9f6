using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NetTopologySuite.Geometries;
using Resilience.Access;
using Resilience.Core;
using Resilience.Core.Geography;
using Resilience.Dissemination;
using Resilience.Dissemination.Answering;
using Resilience.Relief;
using Resilience.Relief.Incidents;
using Resilience.Relief.Tasks;
using Resilience.Reports;
using Resilience.Reports.Classifying;
using Resilience.Risk;
using Resilience.Storage;
using Resilience.Tests.Kit;

namespace Resilience.Tests.Relief;

/// <summary>Relief with whatever reports, answers and zones a test puts upstream of it.</summary>
internal sealed class Field(TestStore test) : IAsyncDisposable
{
    internal static readonly Caller Pema = new(StableId.From("test", "pema"), "Pema");
    internal static readonly Caller Sonam = new(StableId.From("test", "sonam"), "Sonam");

    internal TestStore Test => test;

    internal CommandTasks Command => test.Get<CommandTasks>();

    internal static async Task<Field> OpenAsync(Engine engine) => new(await TestStore.CreateAsync(
        engine,
        (services, configuration) => services
            .AddModuleDb<ReportsDb>().AddSingleton<ReportQueries>()
            .AddModuleDb<RiskDb>().AddSingleton<RiskQueries>()
            .AddModuleDb<DisseminationDb>().AddSingleton<AnswerQueries>()
            .AddRelief(configuration),
        routes =>
        {
            routes.Add(ReportTopics.Classified, "Relief.MergeIncidents");
            routes.Add(DisseminationTopics.Answered, "Relief.TakeAnswers");
            routes.Add(RiskTopics.ZoneChanged, "Relief.WarnTasks");
        }));

    /// <summary>A located report; 0.1° of latitude are 11 km.</summary>
    internal static Report Report(
        string name, string category = Categories.RequestsOrNeeds, string place = "Bajo", double lon = 89.90, double lat = 27.49, double radiusKm = 2,
        double hours = 0, string? origin = null, string text = "We need drinking water", bool exercise = false, bool informative = true) => new()
        {
            Id = StableId.From("test.report", name),
            SourceId = "test",
            OriginId = origin ?? name,
            Text = text,
            Lang = "en",
            PostedAt = TestStore.Begin.AddHours(hours),
            CollectedAt = TestStore.Begin.AddHours(hours),
            Informative = informative,
            PInformative = 0.9,
            Category = category,
            PCategory = 0.8,
            ModelVersion = "test",
            PlaceName = place,
            Location = Wgs84.Factory.CreatePoint(new Coordinate(lon, lat)),
            RadiusKm = radiusKm,
            PlaceConfidence = 0.9,
            Exercise = exercise,
            ShiftSeconds = 0,
            OnMap = true,
            LayerVersion = 1,
        };

    internal static CitizenAnswer Answer(string name, AnswerKind kind = AnswerKind.NeedHelp, Need? need = Need.Water, double lon = 89.9012, double lat = 27.4934) => new()
    {
        Id = StableId.From("test.answer", name),
        Key = name,
        Kind = kind,
        Need = need,
        Longitude = lon,
        Latitude = lat,
        PlaceName = "Bajo",
        Text = "Four people on the roof",
        ReceivedAt = TestStore.Begin,
        Exercise = false,
    };

    /// <summary>Puts reports there, hands them over and lets the links run. Known ones are handed over again.</summary>
    internal async Task TellAsync(params Report[] reports)
    {
        await using (var step = await test.Store.BeginAsync<ReportsDb>(CancellationToken.None))
        {
            foreach (var report in reports)
            {
                if (!await step.Db.Reports.AnyAsync(row => row.Id == report.Id))
                {
                    step.Db.Reports.Add(report);
                }

                step.HandOver(ReportTopics.Classified, report.Id.ToString());
            }

            await step.CommitAsync(CancellationToken.None);
        }

        await test.SweepAsync();
    }

    internal async Task AnswerAsync(CitizenAnswer answer)
    {
        await using (var step = await test.Store.BeginAsync<DisseminationDb>(CancellationToken.None))
        {
            if (!await step.Db.Answers.AnyAsync(row => row.Id == answer.Id))
            {
                step.Db.Answers.Add(answer);
            }

            step.HandOver(DisseminationTopics.Answered, answer.Id.ToString());
            await step.CommitAsync(CancellationToken.None);
        }

        await test.SweepAsync();
    }

    internal async Task ChangeZoneAsync(RiskZone zone)
    {
        await using (var step = await test.Store.BeginAsync<RiskDb>(CancellationToken.None))
        {
            await step.Db.Zones.Where(row => row.Id == zone.Id).ExecuteDeleteAsync();
            step.Db.Zones.Add(zone);
            step.HandOver(RiskTopics.ZoneChanged, RiskTopics.ZoneKey(zone.Id, zone.Version));
            await step.CommitAsync(CancellationToken.None);
        }

        await test.SweepAsync();
    }

    /// <summary>Open tasks, one per name, each a citizen's call for water.</summary>
    internal async Task<IReadOnlyList<Guid>> OpenTasksAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await AnswerAsync(Answer($"call {i}"));
        }

        return [.. (await ListTasksAsync()).Select(task => task.Id)];
    }

    internal async Task<IReadOnlyList<Incident>> ListIncidentsAsync()
    {
        await using var db = test.Store.Read<ReliefDb>();
        return await db.Incidents.OrderBy(incident => incident.FirstAt).ToListAsync();
    }

    internal async Task<IReadOnlyList<ReliefTask>> ListTasksAsync()
    {
        await using var db = test.Store.Read<ReliefDb>();
        return await db.Tasks.OrderBy(task => task.Id).ToListAsync();
    }

    internal async Task<ReliefTask> TaskAsync(Guid id) => Assert.Single(await ListTasksAsync(), task => task.Id == id);

    internal Task<PlacedTask> ClaimAsync(Guid task, Caller caller, string? key = null) => Command.ClaimAsync(task, new TaskRequest(key), caller, CancellationToken.None);

    internal Task JudgeAsync(Incident incident, IncidentState verdict, string? reason = null) =>
        test.Get<JudgeIncident>().HandleAsync(incident.Id, verdict, reason, new Caller(StableId.From("test", "dechen"), "Dechen"), CancellationToken.None);

    internal static ClaimsPrincipal As(Caller caller, string role) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, caller.Id.ToString()), new Claim(ClaimTypes.Name, caller.Name), new Claim(ClaimTypes.Role, role)], "test"));

    internal static async Task<RefusalException> RefusedAsync(string code, Func<Task> act)
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(act);
        Assert.Equal(code, refusal.Code);
        return refusal;
    }

    public ValueTask DisposeAsync() => test.DisposeAsync();
}
