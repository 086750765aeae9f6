using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.InMemory;
using Hangfire.PostgreSql;
using Hangfire.PostgreSql.Factories;
using Resilience.Access;
using Resilience.Core.Chain;
using Resilience.Storage;

namespace Resilience.Server.Jobs;

/// <summary>
/// Hangfire for what must happen again and again: one recurring job per <see cref="IRecurringWork"/> and the sweep. Nothing durable
/// lives in it, so it stays in memory on the embedded engine; on PostgreSQL it has a schema of its own and the workers share it.
/// </summary>
internal static class JobsModule
{
    internal static IServiceCollection AddJobs(this IServiceCollection services, StorageOptions storage, bool worker)
    {
        services.AddSingleton<SweepLateness>();
        services.AddSingleton<TakeTurns>();
        services.AddSingleton<RunRecurringWork>();
        // Registered here because Hangfire hands both over through static fields: two servers that start in one process would take each other's,
        // and strike each other's jobs off the list.
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddSingleton(provider =>
        {
            _ = provider.GetRequiredService<IGlobalConfiguration>();
            return StorageFor(storage);
        });
        services.AddHangfire(hangfire =>
            hangfire.SetDataCompatibilityLevel(CompatibilityLevel.Version_180).UseSimpleAssemblyNameTypeSerializer().UseRecommendedSerializerSettings());
        if (worker)
        {
            services.AddHangfireServer(server =>
            {
                // Recurring jobs fall due by the second; Hangfire's own default looks every 15.
                server.SchedulePollingInterval = TimeSpan.FromSeconds(1);
                server.WorkerCount = 8;
                server.ServerName = "resilience";
            });
            services.AddHostedService<ScheduleRecurringWork>();
        }

        return services;
    }

    private static JobStorage StorageFor(StorageOptions storage)
    {
        if (storage.Engine != Engine.Postgres)
        {
            return new InMemoryStorage(new InMemoryStorageOptions { MaxExpirationTime = TimeSpan.FromHours(1) });
        }

        var options = new PostgreSqlStorageOptions
        {
            SchemaName = "hangfire",
            QueuePollInterval = TimeSpan.FromMilliseconds(200),
            // Hangfire holds its locks for milliseconds; those of a killed worker stay behind as rows, and its own ten minutes would be ten minutes
            // in which no recurring job starts.
            DistributedLockTimeout = TimeSpan.FromSeconds(15),
        };
        return new PostgreSqlStorage(new NpgsqlConnectionFactory(storage.ConnectionString, options), options);
    }

    internal static void MapJobs(this WebApplication app) => app
        .MapHangfireDashboardWithAuthorizationPolicy(Roles.Coordinator, "/operations/jobs", new DashboardOptions { AppPath = "/coordinator/", DisplayStorageConnectionString = false, DarkModeEnabled = true });
}
