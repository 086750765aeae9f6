using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NetTopologySuite.Geometries;
using Resilience.Storage;

namespace Resilience.Server.Replaying;

/// <summary>
/// Everything the chain decided, one JSON object a line, in an order that depends on the decisions only: by kind along the chain,
/// then by key. Read through the modules' own models, so both engines write the same bytes.
/// </summary>
internal static class WriteDecisions
{
    // What comes from one database's history instead of the input: counters of layers and what they still show, hashes salted per installation.
    private static readonly HashSet<string> NotDecided = ["LayerVersion", "OnMap", "OriginId", "Origins"];

    private static readonly (string Kind, string Table)[] Kinds =
    [
        ("assessment", "hazards_assessment"), ("zone", "risk_zone"), ("draft", "warnings_draft"), ("alert", "warnings_alert"),
        ("incident", "relief_incident"), ("task", "relief_task"),
    ];

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static async Task WriteAsync(IServiceProvider services, string file, CancellationToken cancellationToken)
    {
        var lines = new StringBuilder();
        foreach (var (kind, table) in Kinds)
        {
            foreach (var line in await ListAsync(services, kind, table, cancellationToken))
            {
                lines.Append(line).Append('\n');
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await File.WriteAllTextAsync(file, lines.ToString(), cancellationToken);
    }

    private static async Task<List<string>> ListAsync(IServiceProvider services, string kind, string table, CancellationToken cancellationToken)
    {
        foreach (var module in services.GetServices<ModuleDbType>())
        {
            var factory = services.GetRequiredService(typeof(IDbContextFactory<>).MakeGenericType(module.Type));
            await using var db = (DbContext)typeof(IDbContextFactory<>).MakeGenericType(module.Type).GetMethod(nameof(IDbContextFactory<DbContext>.CreateDbContext))!.Invoke(factory, null)!;
            if (db.Model.GetEntityTypes().FirstOrDefault(type => type.GetTableName() == table) is { } entity)
            {
                return [.. Rows(db, entity).Select(row => (Key: Key(entity, row), Line: Line(kind, entity, row))).OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => row.Line)];
            }
        }

        return [];
    }

    private static IEnumerable<object> Rows(DbContext db, IEntityType entity)
    {
        var set = typeof(DbContext).GetMethod(nameof(DbContext.Set), Type.EmptyTypes)!.MakeGenericMethod(entity.ClrType).Invoke(db, null)!;
        return ((IEnumerable)set).Cast<object>();
    }

    private static string Key(IEntityType entity, object row) =>
        string.Join('|', entity.FindPrimaryKey()!.Properties.Select(property => Convert.ToString(Value(property, row), CultureInfo.InvariantCulture)));

    private static object? Value(IProperty property, object row) => property.PropertyInfo?.GetValue(row) ?? property.FieldInfo?.GetValue(row);

    private static string Line(string kind, IEntityType entity, object row)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Writing))
        {
            json.WriteStartObject();
            json.WriteString("decision", kind);
            foreach (var property in entity.GetProperties().Where(property => !NotDecided.Contains(property.Name)).OrderBy(property => property.Name, StringComparer.Ordinal))
            {
                json.WritePropertyName(JsonNamingPolicy.CamelCase.ConvertName(property.Name));
                WriteValue(json, Value(property, row));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool yes: json.WriteBooleanValue(yes); break;
            case DateTimeOffset time: json.WriteStringValue(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)); break;
            case Geometry geometry: json.WriteStringValue(geometry.AsText()); break;
            case Enum or Guid or TimeSpan: json.WriteStringValue(value.ToString()); break;
            case int or long or short: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case double or float: json.WriteNumberValue(Convert.ToDouble(value, CultureInfo.InvariantCulture)); break;
            default: json.WriteRawValue(JsonSerializer.Serialize(value)); break;
        }
    }
}
