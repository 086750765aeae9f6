using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Resilience.Core;

namespace Resilience.Server.Operations;

/// <summary>
/// Every error is an RFC 9457 problem with a stable <c>code</c>, a sentence, and a <c>requestId</c> that stands in the logs too.
/// </summary>
internal static partial class Problems
{
    internal static void AddProblems(this IServiceCollection services)
    {
        services.AddExceptionHandler<ExplainException>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Complete(context.HttpContext, context.ProblemDetails));
    }

    internal static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }

    /// <summary>Adds what every problem carries, unless whoever made it already did.</summary>
    internal static void Complete(HttpContext context, ProblemDetails problem)
    {
        var status = problem.Status ?? context.Response.StatusCode;
        var (code, title, detail) = Known(status);
        problem.Extensions.TryAdd("code", code);
        problem.Title = problem.Extensions["code"] as string == code && problem is not HttpValidationProblemDetails ? title : problem.Title ?? title;
        problem.Detail ??= problem is HttpValidationProblemDetails ? "Some fields are missing or out of bounds; errors names them." : detail;
        problem.Type = null;
        problem.Extensions["requestId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        problem.Extensions.Remove("traceId");
    }

    private static (string Code, string Title, string Detail) Known(int status) => status switch
    {
        400 => ("server.invalid", "The request is not valid", "The request could not be read as this address expects it."),
        401 => ("server.sign-in", "Not signed in", "Sign in first; this needs an account."),
        403 => ("server.not-allowed", "Not allowed", "Your role does not allow this."),
        404 => ("server.not-found", "Not found", "There is nothing at this address."),
        405 => ("server.wrong-method", "Wrong method", "This address does not take that method."),
        409 => ("server.conflict", "Conflict", "Somebody changed this in the meantime; read it again."),
        413 => ("server.too-large", "Too large", "The request is larger than this server takes."),
        415 => ("server.wrong-type", "Wrong content type", "Send application/json."),
        429 => ("server.too-many-requests", "Too many requests", "Wait a little and try again; Retry-After says how long."),
        503 => ("server.not-ready", "Not ready", "The server is starting or cannot reach its database."),
        >= 500 => ("server.failed", "The server failed", "Nothing was changed that was not confirmed. Quote requestId when you report this."),
        _ => ("server.refused", "Refused", "The request was refused."),
    };

    /// <summary>Turns an exception into its problem: refusals as they say, everything else as a failure without inner details.</summary>
    private sealed partial class ExplainException(IProblemDetailsService problems, ILogger<ExplainException> logger) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            var problem = new ProblemDetails { Status = 500 };
            switch (exception)
            {
                case RefusalException refusal:
                    problem.Status = refusal.Status;
                    problem.Detail = refusal.Message;
                    problem.Title = Known(refusal.Status).Title;
                    problem.Extensions["code"] = refusal.Code;
                    break;
                case BadHttpRequestException bad:
                    problem.Status = bad.StatusCode;
                    problem.Detail = bad.StatusCode == 400 ? bad.Message : null;
                    break;
                case OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested:
                    problem.Status = 499;
                    break;
                default:
                    LogFailed(logger, exception, httpContext.Request.Method, httpContext.Request.Path, Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier);
                    break;
            }

            httpContext.Response.StatusCode = problem.Status.Value;
            return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
        }

        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed (request {RequestId})")]
        private static partial void LogFailed(ILogger logger, Exception exception, string method, PathString path, string requestId);
    }
}
