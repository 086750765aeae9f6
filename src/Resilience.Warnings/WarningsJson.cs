using System.Text.Json;
using System.Text.Json.Serialization;
using Resilience.Warnings.Approving;
using Resilience.Warnings.Drafting;
using Resilience.Warnings.Issuing;

namespace Resilience.Warnings;

/// <summary>The module's JSON: camelCase, enums by name.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IReadOnlyList<AlertText>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(DraftContent))]
[JsonSerializable(typeof(DraftView[]))]
[JsonSerializable(typeof(OpenDraftRequest))]
[JsonSerializable(typeof(EditDraftRequest))]
[JsonSerializable(typeof(SubmitRequest))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(ApproveRequest))]
[JsonSerializable(typeof(CancelRequest))]
[JsonSerializable(typeof(AlertView[]))]
[JsonSerializable(typeof(AlertProperties))]
[JsonSerializable(typeof(DraftProperties))]
internal sealed partial class WarningsJson : JsonSerializerContext;
