using System.Text.Json;
using System.Text.Json.Serialization;
using Resilience.Access.FirstStart;
using Resilience.Access.Sessions;

namespace Resilience.Access;

/// <summary>The module's JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(DemoSignInRequest))]
[JsonSerializable(typeof(SetUpRequest))]
internal sealed partial class AccessJson : JsonSerializerContext;
