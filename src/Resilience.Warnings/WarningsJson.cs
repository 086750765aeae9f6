using System.Text.Json;
using System.Text.Json.Serialization;

namespace Resilience.Warnings;

/// <summary>The module's JSON: camelCase, enums by name.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<AlertText>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class WarningsJson : JsonSerializerContext;
