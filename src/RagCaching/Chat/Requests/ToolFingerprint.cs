using Microsoft.Extensions.AI;
using RagCaching.Internal.Digests;

namespace RagCaching.Chat.Requests;

/// <summary>Adds the tools of a request to a digest, whatever their order: name, description and schema.</summary>
internal static class ToolFingerprint
{
    public static bool TryAdd(ref DigestBuilder builder, ChatToolMode? mode, IList<AITool>? tools)
    {
        builder.Add(mode switch
        {
            null => null,
            AutoChatToolMode => "auto",
            NoneChatToolMode => "none",
            RequiredChatToolMode { RequiredFunctionName: var name } => "required:" + name,
            _ => mode.GetType().FullName,
        });
        builder.Add((long)(tools?.Count ?? 0));
        foreach (var tool in (tools ?? []).OrderBy(tool => tool.Name, StringComparer.Ordinal))
        {
            // A tool that the provider hosts has settings of its own kind, which are not known here.
            if (tool is not AIFunctionDeclaration function)
            {
                return false;
            }

            builder.Add(function.Name);
            builder.Add(function.Description);
            builder.Add(function.JsonSchema.GetRawText());
            if (!CanonicalProperties.TryAdd(ref builder, tool.AdditionalProperties, RequestControls.Prefix))
            {
                return false;
            }
        }

        return true;
    }
}
