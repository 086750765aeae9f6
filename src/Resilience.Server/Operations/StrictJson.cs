using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;

namespace Resilience.Server.Operations;

/// <summary>
/// Requests say what their records promise: a text that cannot be null must be there and must not be null, a word of a list is
/// a word and not its number. Otherwise 400, before any module sees it. Answers are never refused over it.
/// </summary>
internal static class StrictJson
{
    internal static void AddStrictJson(this IServiceCollection services) => services.PostConfigure<JsonOptions>(json =>
    {
        var options = json.SerializerOptions;
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.RespectNullableAnnotations = true;
        options.TypeInfoResolver = options.TypeInfoResolver?.WithAddedModifier(Require);
    });

    private static void Require(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.IsGetNullable = property.IsGetNullable || !property.PropertyType.IsValueType;
            if (property.AssociatedParameter is { IsNullable: false, HasDefaultValue: false } parameter && !parameter.ParameterType.IsValueType)
            {
                property.IsRequired = true;
            }
        }
    }
}
