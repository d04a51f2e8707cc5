using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using RagCaching.Internal.Digests;

namespace RagCaching.Chat.Requests;

/// <summary>Which model answers: answers of one are never served for another.</summary>
internal sealed class ChatModelIdentity(ChatClientMetadata? metadata)
{
    // A model without a name could be any model: its answers stay with this client.
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(Digest.ShortSizeInBytes);

    /// <summary>Tells whether it is known which model a request goes to.</summary>
    public bool IsKnown(string? requestedModel) => !string.IsNullOrEmpty(requestedModel ?? metadata?.DefaultModelId);

    public void AddTo(ref DigestBuilder builder, string? requestedModel)
    {
        builder.Add(metadata?.ProviderName);
        builder.Add(metadata?.ProviderUri?.OriginalString);
        builder.Add(requestedModel ?? metadata?.DefaultModelId);
        if (!IsKnown(requestedModel))
        {
            builder.Add(_salt);
        }
    }
}
