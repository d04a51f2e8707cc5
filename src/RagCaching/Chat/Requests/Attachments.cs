using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using RagCaching.Internal.Digests;

namespace RagCaching.Chat.Requests;

/// <summary>Images and other binary content of messages, which are compared by their bytes.</summary>
/// <remarks>What is only named, by an address or an id, is not compared: what stands behind the name may change.</remarks>
internal static class Attachments
{
    /// <summary>Tells whether a content is binary and here.</summary>
    public static bool IsComparable(AIContent content) => content is DataContent { Data.Length: > 0 };

    /// <summary>Adds the attachments of a message to a digest, each with its place among the contents. A message without any adds nothing.</summary>
    /// <returns><see langword="false"/> when one has an additional property that cannot be compared.</returns>
    public static bool TryAdd(ref DigestBuilder builder, ChatMessage message)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < message.Contents.Count; i++)
        {
            if (message.Contents[i] is not DataContent data)
            {
                continue;
            }

            SHA256.HashData(data.Data.Span, hash);
            builder.Add((long)i);
            builder.Add(data.MediaType);
            builder.Add(data.Name);
            builder.Add(new Digest(hash));
            if (!CanonicalProperties.TryAdd(ref builder, data.AdditionalProperties, RequestControls.Prefix))
            {
                return false;
            }
        }

        return true;
    }
}
