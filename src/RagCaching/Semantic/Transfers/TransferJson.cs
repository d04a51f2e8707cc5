using System.Text.Json.Serialization;

namespace RagCaching.Semantic.Transfers;

[JsonSourceGenerationOptions(
    MaxDepth = 64,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TransferHeader))]
[JsonSerializable(typeof(EntryLine))]
internal sealed partial class TransferJson : JsonSerializerContext;
