using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;

namespace RagCaching.LatencyLab.Providers;

/// <summary>Makes clients of an OpenAI-compatible provider, with the official package, and counts their calls.</summary>
internal sealed class ModelProvider : IDisposable
{
    private readonly HttpClient _http;
    private readonly OpenAIClient _client;
    private readonly ProviderSettings _settings;
    private readonly TimeProvider _time;

    public ModelProvider(ProviderSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;

        // A proxy from the environment would not find the way back to the loopback interface.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = !settings.Endpoint.IsLoopback }) { Timeout = Timeout.InfiniteTimeSpan };
        _client = new OpenAIClient(
            new ApiKeyCredential(settings.ApiKey),
            new OpenAIClientOptions { Endpoint = settings.Endpoint, Transport = new HttpClientPipelineTransport(_http) });
    }

    public CallCounter Calls { get; } = new();

    public IEmbeddingGenerator<string, Embedding<float>> CreateEmbedder() =>
        new MeteredEmbeddingGenerator(_client.GetEmbeddingClient(_settings.EmbeddingModel).AsIEmbeddingGenerator(), Calls, _time);

    public IChatClient CreateChatClient() => CreateChatClient(_settings.ChatModel);

    public IChatClient CreateSmallChatClient() => CreateChatClient(_settings.SmallChatModel);

    public void Dispose() => _http.Dispose();

    private MeteredChatClient CreateChatClient(string model) => new(_client.GetChatClient(model).AsIChatClient(), Calls);
}
