using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;

namespace RagCaching.Compatibility.Tests.Matrix.Rows;

/// <summary>A kernel's chat completion service, made of a chat client with a cache. Where an answer came from is among the metadata of a stream, and lost in a whole one.</summary>
public sealed class SemanticKernelServiceTests : MatrixTests
{
    protected override bool LosesItsOrigin => true;

    protected override IChatClient NewClient() => Cached(NewOpenAI().GetChatClient("scripted").AsIChatClient());

    private protected override async Task<Seen> AskAsync(string question, bool streams)
    {
        var service = Client.AsChatCompletionService();
        if (!streams)
        {
            var message = await service.GetChatMessageContentAsync(question, cancellationToken: Token);
            return SeenOf(message.Content, message.Metadata, message.ModelId);
        }

        var updates = await service.GetStreamingChatMessageContentsAsync(question, cancellationToken: Token).ToListAsync(Token);
        return SeenOf(string.Concat(updates.Select(update => update.Content)), updates[0].Metadata, updates[0].ModelId);
    }

    private static Seen SeenOf(string? text, IReadOnlyDictionary<string, object?>? metadata, string? modelId)
    {
        var properties = new AdditionalPropertiesDictionary();
        foreach (var (name, value) in metadata ?? new Dictionary<string, object?>())
        {
            properties[name] = value;
        }

        return Seen.Of(new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { AdditionalProperties = properties, ModelId = modelId });
    }
}
