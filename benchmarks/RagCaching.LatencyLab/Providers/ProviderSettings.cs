using RagCaching.LatencyLab.Models;
using RagCaching.LatencyLab.Server;

namespace RagCaching.LatencyLab.Providers;

/// <summary>Where the models are. No record, so that nothing prints the key by accident.</summary>
internal sealed class ProviderSettings(Uri endpoint, string chatModel, string smallChatModel, string embeddingModel, string apiKey)
{
    public const string KeyVariable = "OPENAI_API_KEY";

    public Uri Endpoint => endpoint;

    public string ChatModel => chatModel;

    public string SmallChatModel => smallChatModel;

    public string EmbeddingModel => embeddingModel;

    public string ApiKey => apiKey;

    /// <summary>Makes the settings for the lab's own server, which takes any key.</summary>
    public static ProviderSettings Of(ModelServer server) =>
        new(server.Endpoint, StandInLatencies.LargeModelName, StandInLatencies.SmallModelName, HashingEmbeddingGenerator.ModelId, apiKey: "none");

    /// <summary>Gets the key of a real provider.</summary>
    /// <exception cref="LabException">The environment has none.</exception>
    public static string KeyFromEnvironment() => Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key
        ? key
        : throw new LabException($"--endpoint needs a key in the environment variable {KeyVariable}; a provider without keys takes any text.");

    /// <summary>Takes the key out of a message of the provider, some of which repeat it.</summary>
    public static string Redact(string message) =>
        Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? message.Replace(key, "***", StringComparison.Ordinal) : message;
}
