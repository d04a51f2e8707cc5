using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace RagCaching.LatencyLab.Providers;

/// <summary>Makes clients of an OpenAI-compatible provider, with the official package, and counts their calls.</summary>
/// <remarks>Where there is a local encoder, texts are embedded by it, and the provider only chats.</remarks>
internal sealed class ModelProvider : IDisposable
{
    private readonly HttpClient _http;
    private readonly OpenAIClient _client;
    private readonly ProviderSettings _settings;
    private readonly IEmbeddingGenerator<string, Embedding<float>>? _localEncoder;
    private readonly TimeProvider _time;

    /// <summary>Makes the clients.</summary>
    /// <param name="settings">Where the provider is.</param>
    /// <param name="localEncoder">Embeds texts instead of the provider; it stays the caller's.</param>
    /// <param name="time">The clock that calls are timed by.</param>
    public ModelProvider(ProviderSettings settings, IEmbeddingGenerator<string, Embedding<float>>? localEncoder, TimeProvider time)
    {
        _localEncoder = localEncoder;
        _settings = settings;
        _time = time;

        // A proxy from the environment would not find the way back to the loopback interface.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = !settings.Endpoint.IsLoopback }) { Timeout = Timeout.InfiniteTimeSpan };
        _client = new OpenAIClient(
            new ApiKeyCredential(settings.ApiKey),
            new OpenAIClientOptions { Endpoint = settings.Endpoint, Transport = new HttpClientPipelineTransport(_http) });
    }

    public CallCounter Calls { get; } = new();

    /// <summary>Gets a value indicating whether the provider embeds texts.</summary>
    public bool EmbedsRemotely => _localEncoder is null;

    public IEmbeddingGenerator<string, Embedding<float>> CreateEmbedder() =>
        new MeteredEmbeddingGenerator(_localEncoder ?? _client.GetEmbeddingClient(_settings.EmbeddingModel).AsIEmbeddingGenerator(), Calls, _time);

    public IChatClient CreateChatClient() => CreateChatClient(_settings.ChatModel);

    public IChatClient CreateSmallChatClient() => CreateChatClient(_settings.SmallChatModel);

    public void Dispose() => _http.Dispose();

    private MeteredChatClient CreateChatClient(string model) => new(_client.GetChatClient(model).AsIChatClient(), Calls);
}
