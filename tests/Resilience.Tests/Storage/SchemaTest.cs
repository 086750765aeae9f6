using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Resilience.Access;
using Resilience.Dissemination;
using Resilience.Hazards;
using Resilience.Observations;
using Resilience.Relief;
using Resilience.Reports;
using Resilience.Risk;
using Resilience.Storage;
using Resilience.Tests.Kit;
using Resilience.Warnings;

namespace Resilience.Tests.Storage;

/// <summary>The numbered SQL files and the model the code queries with say the same, on both engines.</summary>
public sealed class SchemaTest
{
    public static TheoryData<Engine, Type> EveryModel
    {
        get
        {
            var data = new TheoryData<Engine, Type>();
            foreach (var engine in new[] { Engine.Sqlite, Engine.Postgres })
            {
                foreach (var db in new[] { typeof(AccessDb), typeof(ObservationsDb), typeof(HazardsDb), typeof(RiskDb), typeof(WarningsDb), typeof(DisseminationDb), typeof(ReportsDb), typeof(ReliefDb) })
                {
                    data.Add(engine, db);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(EveryModel))]
    public async Task Every_column_of_the_model_is_in_the_migrated_schema_and_back(Engine engine, Type model)
    {
        await using var test = await TestStore.CreateAsync(engine, (services, _) => services
            .AddModuleDb<AccessDb>().AddModuleDb<ObservationsDb>().AddModuleDb<HazardsDb>().AddModuleDb<RiskDb>()
            .AddModuleDb<WarningsDb>().AddModuleDb<DisseminationDb>().AddModuleDb<ReportsDb>().AddModuleDb<ReliefDb>());
        await using var db = Open(test, model);
        foreach (var table in db.Model.GetEntityTypes().Where(entity => entity.GetTableName() is not null).GroupBy(entity => entity.GetTableName()!))
        {
            var modelled = table.SelectMany(entity => entity.GetProperties()).Select(p => p.GetColumnName(StoreObjectIdentifier.Table(table.Key))!).Distinct().Order(StringComparer.Ordinal);
            var migrated = await ListColumnsAsync(db, engine, table.Key);
            Assert.Equal(migrated.Order(StringComparer.Ordinal), modelled);
        }
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_database_of_a_newer_program_is_refused_unchanged(Engine engine)
    {
        await using var test = await TestStore.CreateAsync(engine, (services, _) => services.AddModuleDb<AccessDb>());
        await using var db = test.Store.Read<AccessDb>();
        await db.Database.ExecuteSqlAsync($"INSERT INTO storage_migration (number, name, sha256, applied_at) VALUES (9999, 'later', 'x', 'then')");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => test.Get<Migrator>().MigrateAsync(CancellationToken.None));
        Assert.Contains("9999", refusal.Message);
    }

    [Theory, MemberData(nameof(TestStore.Engines), MemberType = typeof(TestStore))]
    public async Task A_migration_changed_after_it_was_applied_is_refused(Engine engine)
    {
        await using var test = await TestStore.CreateAsync(engine, (services, _) => services.AddModuleDb<AccessDb>());
        await using var db = test.Store.Read<AccessDb>();
        await db.Database.ExecuteSqlAsync($"UPDATE storage_migration SET sha256 = 'other' WHERE number = 1");

        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Get<Migrator>().MigrateAsync(CancellationToken.None));
    }

    private static ModuleDb Open(TestStore test, Type model) =>
        (ModuleDb)typeof(Store).GetMethod(nameof(Store.Read))!.MakeGenericMethod(model).Invoke(test.Store, null)!;

    private static async Task<List<string>> ListColumnsAsync(ModuleDb db, Engine engine, string table) => engine == Engine.Sqlite
        ? await db.Database.SqlQuery<string>($"SELECT name AS \"Value\" FROM pragma_table_info({table})").ToListAsync()
        : await db.Database.SqlQuery<string>($"SELECT column_name::text AS \"Value\" FROM information_schema.columns WHERE table_name = {table} AND table_schema = 'public'").ToListAsync();
}
