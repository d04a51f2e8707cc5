using Microsoft.Extensions.AI;
using RagCaching.Chat.Requests;

namespace RagCaching.Chat.Tools;

/// <summary>A function with the mark that it merely reads.</summary>
internal sealed class CacheableAIFunction(AIFunction inner, TimeSpan? timeToLive) : DelegatingAIFunction(inner)
{
    private readonly IReadOnlyDictionary<string, object?> _properties = CacheableMark.AddTo(inner.AdditionalProperties, timeToLive);

    public override IReadOnlyDictionary<string, object?> AdditionalProperties => _properties;
}
