using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Resilience.Server.Operations;

/// <summary>
/// Metrics and traces of every meter and activity source named <c>Resilience.*</c>, of requests in and of requests out. They
/// leave the process by OTLP only when an endpoint is configured; nothing is collected for nobody.
/// </summary>
internal static class Telemetry
{
    internal static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if ((configuration["Telemetry:OtlpEndpoint"] ?? configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]) is not { Length: > 0 } endpoint)
        {
            return;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("resilience"))
            .WithMetrics(metrics => metrics
                .AddMeter("Resilience.*")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddOtlpExporter(otlp => otlp.Endpoint = new Uri(endpoint)))
            .WithTracing(traces => traces
                .AddSource("Resilience.*")
                .AddAspNetCoreInstrumentation(aspnet => aspnet.Filter = context => !context.Request.Path.StartsWithSegments("/health"))
                .AddHttpClientInstrumentation()
                .AddOtlpExporter(otlp => otlp.Endpoint = new Uri(endpoint)));
    }
}
