using Scalar.AspNetCore;

namespace Resilience.Server.Operations;

/// <summary>The API described for programs (<c>/openapi/v1.json</c>) and for people (<c>/openapi</c>).</summary>
internal static class ApiDescription
{
    internal static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(openApi => openApi.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "Resilience";
        document.Info.Description = "From river gauge and citizen report to the warning that reaches people. Times are UTC, positions WGS 84 longitude, latitude; every error is an RFC 9457 problem with a stable code.";
        document.Servers?.Clear();
        return Task.CompletedTask;
    }));

    internal static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference("/openapi", scalar => scalar.WithTitle("Resilience API"));
    }
}
