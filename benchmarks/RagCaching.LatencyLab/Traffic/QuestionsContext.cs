using System.Text.Json.Serialization;

namespace RagCaching.LatencyLab.Traffic;

/// <summary>Reads the file of questions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(List<Question>))]
internal sealed partial class QuestionsContext : JsonSerializerContext;
