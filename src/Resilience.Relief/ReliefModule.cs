using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Resilience.Access;
using Resilience.Relief.Groups;
using Resilience.Relief.Incidents;
using Resilience.Relief.Tasks;
using Resilience.Storage;

namespace Resilience.Relief;

/// <summary>What the host needs of this module: its services and its routes under <c>/relief</c>.</summary>
public static class ReliefModule
{
    /// <summary>Registers the module; options come from section <c>Relief</c>.</summary>
    public static IServiceCollection AddRelief(this IServiceCollection services, IConfiguration configuration) => services
        .Configure<ReliefOptions>(configuration.GetSection("Relief"))
        .AddModuleDb<ReliefDb>()
        .AddLink<MergeIncidents>().AddSingleton<ShowIncidents>().AddSingleton<JudgeIncident>().AddMapLayer<IncidentLayer>()
        .AddLink<TakeAnswers>().AddLink<WarnTasks>().AddSingleton<CommandTasks>().AddSingleton<ListTasks>().AddMapLayer<TaskLayer>()
        .AddRecurringWork<ReturnExpiredClaims>().AddRecurringWork<ForgetTasks>().AddRecurringWork<ForgetVolunteers>().AddRecurringWork<LeaveMap>()
        .AddSingleton<JoinGroup>();

    /// <summary>Maps the module's endpoints.</summary>
    public static IEndpointRouteBuilder MapRelief(this IEndpointRouteBuilder routes)
    {
        var relief = routes.MapGroup("/relief").WithTags("Relief");
        relief.MapPost("/groups/join", (JoinRequest request, JoinGroup join, HttpContext http, CancellationToken cancellationToken) => join.HandleAsync(request, http, cancellationToken)).WithSummary("Join a volunteer group.");
        MapIncidents(relief.MapGroup("/incidents").RequireAuthorization(Roles.Coordinator));
        MapTasks(relief.MapGroup("/tasks").RequireAuthorization(Roles.Volunteer));
        return routes;
    }

    private static void MapIncidents(RouteGroupBuilder incidents)
    {
        incidents.MapGet("", (ShowIncidents show, CancellationToken cancellationToken) => show.ListAsync(cancellationToken)).WithSummary("Incidents, latest first.");
        incidents.MapGet("/{id:guid}", (Guid id, ShowIncidents show, CancellationToken cancellationToken) => show.GetAsync(id, cancellationToken)).WithSummary("An incident with its reports.");
        incidents.MapPost("/{id:guid}/verify", (Guid id, JudgeIncident judge, ShowIncidents show, ClaimsPrincipal user, CancellationToken cancellationToken) =>
            JudgeAsync(id, IncidentState.Verified, null, judge, show, user, cancellationToken)).WithSummary("Hold it true.");
        incidents.MapPost("/{id:guid}/reject", (Guid id, RejectRequest request, JudgeIncident judge, ShowIncidents show, ClaimsPrincipal user, CancellationToken cancellationToken) =>
            JudgeAsync(id, IncidentState.Rejected, request.Reason, judge, show, user, cancellationToken)).WithSummary("Hold it false, old or not ours.");
        incidents.MapPost("/{id:guid}/reopen", (Guid id, JudgeIncident judge, ShowIncidents show, ClaimsPrincipal user, CancellationToken cancellationToken) =>
            JudgeAsync(id, IncidentState.Unverified, null, judge, show, user, cancellationToken)).WithSummary("Take a judgement back.");
    }

    private static async Task<IncidentDetail> JudgeAsync(Guid id, IncidentState verdict, string? reason, JudgeIncident judge, ShowIncidents show, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await judge.HandleAsync(id, verdict, reason, Caller.From(user), cancellationToken);
        return await show.GetAsync(id, cancellationToken);
    }

    private static void MapTasks(RouteGroupBuilder tasks)
    {
        tasks.MapGet("", (string? skill, double? lon, double? lat, ListTasks list, ClaimsPrincipal user, CancellationToken cancellationToken) => list.HandleAsync(skill, lon, lat, user, cancellationToken)).WithSummary("Tasks, nearest first.");
        tasks.MapPost("/{id:guid}/claim", (Guid id, TaskRequest? request, CommandTasks command, ClaimsPrincipal user, CancellationToken cancellationToken) => command.ClaimAsync(id, request ?? new(), Caller.From(user), cancellationToken)).WithSummary("Take it.");
        tasks.MapPost("/{id:guid}/extend", (Guid id, TaskRequest? request, CommandTasks command, ClaimsPrincipal user, CancellationToken cancellationToken) => command.ExtendAsync(id, request ?? new(), Caller.From(user), cancellationToken)).WithSummary("Keep it an hour longer.");
        tasks.MapPost("/{id:guid}/release", (Guid id, TaskRequest? request, CommandTasks command, ClaimsPrincipal user, CancellationToken cancellationToken) => command.ReleaseAsync(id, request ?? new(), Caller.From(user), cancellationToken)).WithSummary("Give it back.");
        tasks.MapPost("/{id:guid}/done", (Guid id, TaskRequest? request, CommandTasks command, ClaimsPrincipal user, CancellationToken cancellationToken) => command.FinishAsync(id, request ?? new(), Caller.From(user), cancellationToken)).WithSummary("It is done.");
        tasks.MapPost("/{id:guid}/close", (Guid id, TaskRequest? request, CommandTasks command, ClaimsPrincipal user, CancellationToken cancellationToken) => command.CloseAsync(id, request ?? new(), Caller.From(user), cancellationToken))
            .RequireAuthorization(Roles.Coordinator).WithSummary("Call it off.");
    }
}
