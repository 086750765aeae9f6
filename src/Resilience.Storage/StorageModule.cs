using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Resilience.Core.Chain;
using Resilience.Storage.HandingOver;

namespace Resilience.Storage;

/// <summary>Registers the database and what the chain hands over through it.</summary>
public static class StorageModule
{
    /// <summary>Adds the store. A <see cref="TimeProvider"/> must be registered; so must <paramref name="options"/> be final.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(OperatingMode.Live);
        services.AddSingleton(options);
        services.AddSingleton<ChainRoutes>();
        services.AddSingleton<Nudges>();
        services.AddSingleton<Store>();
        services.AddSingleton<Migrator>();
        services.AddSingleton<MarkMode>();
        return services;
    }

    /// <summary>Adds a module's context on whichever engine is configured.</summary>
    public static IServiceCollection AddModuleDb<TDb>(this IServiceCollection services)
        where TDb : ModuleDb
    {
        services.AddSingleton<ModuleDbType>(new ModuleDbType(typeof(TDb)));
        return services.AddDbContextFactory<TDb>((provider, builder) =>
        {
            var options = provider.GetRequiredService<StorageOptions>();
            if (options.Engine == Engine.Sqlite)
            {
                SqliteEngine.Configure(builder, options);
            }
            else
            {
                PostgresEngine.Configure(builder, options);
            }

            builder.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        });
    }

    /// <summary>Adds a link; <c>WarningChain.cs</c> says which topics it takes.</summary>
    public static IServiceCollection AddLink<TLink>(this IServiceCollection services)
        where TLink : class, ILink =>
        services.AddSingleton<TLink>().AddSingleton<ILink>(provider => provider.GetRequiredService<TLink>());

    /// <summary>Adds a layer of the live map.</summary>
    public static IServiceCollection AddMapLayer<TLayer>(this IServiceCollection services)
        where TLayer : class, IMapLayer =>
        services.AddSingleton<IMapLayer, TLayer>();

    /// <summary>Adds what a layer of the live map showed at other moments.</summary>
    public static IServiceCollection AddMapHistory<THistory>(this IServiceCollection services)
        where THistory : class, IMapHistory =>
        services.AddSingleton<IMapHistory, THistory>();

    /// <summary>Adds housekeeping that the server runs as a Hangfire recurring job.</summary>
    public static IServiceCollection AddRecurringWork<TWork>(this IServiceCollection services)
        where TWork : class, IRecurringWork =>
        services.AddSingleton<TWork>().AddSingleton<IRecurringWork>(provider => provider.GetRequiredService<TWork>());
}

/// <summary>A registered module context, listed so that a test can hold every model against the migrated schema.</summary>
public sealed record ModuleDbType(Type Type);
