using Microsoft.Extensions.AI;
using RagCaching.Chat.Conversations;
using RagCaching.Internal.Digests;

namespace RagCaching.Chat.Requests;

/// <summary>Digests everything that shapes an answer except the last user message: what must be equal for an answer to be served.</summary>
/// <remarks>
/// In it: the model's identity, instructions and system messages, earlier messages, sampling options, response format, tools, and the
/// caller's additional properties. Not in it: message ids, times, raw representations, what is addressed to the cache, and properties
/// that the host says shape nothing.
/// </remarks>
internal sealed class ChatFingerprint(ChatModelIdentity model, Func<string, string>? normalizeInstructions, IReadOnlySet<string> ignoredProperties)
{
    private const int ScratchSize = 1024;

    private const int MostRemembered = 16 * 1024;

    // Most requests to a client differ in their question only, and comparing takes a tenth of what hashing does. Only what comes twice running is kept: histories never repeat.
    private volatile Known? _known;
    private volatile int _last;

    /// <summary>Tells whether it is known which model a request goes to.</summary>
    public bool IsModelKnown(ChatOptions? options) => model.IsKnown(options?.ModelId);

    /// <summary>Digests a request.</summary>
    /// <param name="earlier">The messages besides the question that must be equal.</param>
    /// <param name="asked">The question's message, of which author and attachments must be equal: "Who am I?" is another question from each.</param>
    /// <param name="options">The options; no raw representation.</param>
    /// <param name="keepsToolCalls">Whether the request wants the calls of tools with the answer.</param>
    /// <param name="fingerprint">Receives the digest, as text.</param>
    /// <returns><see langword="false"/> when the options hold something that cannot be compared.</returns>
    public bool TryCompute(ReadOnlySpan<ChatMessage> earlier, ChatMessage asked, ChatOptions? options, bool keepsToolCalls, out string fingerprint)
    {
        fingerprint = "";
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/chat/3");
        try
        {
            model.AddTo(ref builder, options?.ModelId);
            if (!TryAddMessages(ref builder, earlier))
            {
                return false;
            }

            // No options and empty options ask for the same answer.
            builder.Add(asked.AuthorName);
            if (!Attachments.TryAdd(ref builder, asked) || !TryAddOptions(ref builder, options ?? new ChatOptions()))
            {
                return false;
            }

            if (keepsToolCalls)
            {
                builder.Add("tool calls");
            }

            fingerprint = Complete(ref builder);
            return true;
        }
        finally
        {
            builder.Release();
        }
    }

    /// <summary>Digests instructions and system messages alone, to notice prompts that never repeat.</summary>
    public Digest ComputeInstructions(ReadOnlySpan<ChatMessage> earlier, ChatOptions? options)
    {
        var builder = new DigestBuilder(stackalloc byte[ScratchSize], "ragcaching/chat/instructions/1");
        builder.Add(Normalized(options?.Instructions));
        foreach (var message in earlier)
        {
            if (Conversation.IsInstruction(message))
            {
                builder.Add(Normalized(message.Text));
            }
        }

        return builder.Complete([]);
    }

    private string Complete(ref DigestBuilder builder)
    {
        var input = builder.Input;
        if (_known is { } known && input.SequenceEqual(known.Input))
        {
            return known.Fingerprint;
        }

        var copy = input.Length <= MostRemembered && IsRepeated(input) ? input.ToArray() : null;
        var fingerprint = builder.Complete([]).ToText();
        if (copy is not null)
        {
            _known = new Known(copy, fingerprint);
        }

        return fingerprint;
    }

    private bool IsRepeated(ReadOnlySpan<byte> input)
    {
        var hash = new HashCode();
        hash.AddBytes(input);
        var last = _last;
        _last = hash.ToHashCode();
        return _last == last;
    }

    private bool TryAddMessages(ref DigestBuilder builder, ReadOnlySpan<ChatMessage> messages)
    {
        builder.Add((long)messages.Length);
        foreach (var message in messages)
        {
            builder.Add(message.Role.Value);
            builder.Add(message.AuthorName);
            builder.Add(Conversation.IsInstruction(message) ? Normalized(message.Text) : message.Text);
            AddReasoning(ref builder, message.Contents);
            if (!Attachments.TryAdd(ref builder, message))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAddOptions(ref DigestBuilder builder, ChatOptions options)
    {
        builder.Add(Normalized(options.Instructions));
        builder.Add(options.ConversationId);
        builder.Add(options.Temperature);
        builder.Add((long?)options.MaxOutputTokens);
        builder.Add(options.TopP);
        builder.Add((long?)options.TopK);
        builder.Add(options.FrequencyPenalty);
        builder.Add(options.PresencePenalty);
        builder.Add(options.Seed);
        builder.Add((long?)options.Reasoning?.Effort);
        builder.Add((long?)options.Reasoning?.Output);
        builder.Add(options.AllowMultipleToolCalls);
        AddTexts(ref builder, options.StopSequences);
        return TryAddFormat(ref builder, options.ResponseFormat)
            && TryAddTools(ref builder, options)
            && CanonicalProperties.TryAdd(ref builder, options.AdditionalProperties, RequestControls.Prefix, ignoredProperties);
    }

    private static bool TryAddFormat(ref DigestBuilder builder, ChatResponseFormat? format)
    {
        switch (format)
        {
            case null or ChatResponseFormatText:
                // No format means text.
                builder.Add("text");
                return true;
            case ChatResponseFormatJson json:
                builder.Add("json");
                builder.Add(json.Schema?.GetRawText());
                builder.Add(json.SchemaName);
                builder.Add(json.SchemaDescription);
                return true;
            default:
                return false;
        }
    }

    private static bool TryAddTools(ref DigestBuilder builder, ChatOptions options)
    {
        var any = options.ToolMode is not null || options.Tools is { Count: > 0 };
        builder.Add(any);
        return !any || ToolFingerprint.TryAdd(ref builder, options.ToolMode, options.Tools);
    }

    private static void AddTexts(ref DigestBuilder builder, IList<string>? texts)
    {
        builder.Add((long)(texts?.Count ?? 0));
        for (var i = 0; i < texts?.Count; i++)
        {
            builder.Add(texts[i]);
        }
    }

    private static void AddReasoning(ref DigestBuilder builder, IList<AIContent> contents)
    {
        var count = 0L;
        for (var i = 0; i < contents.Count; i++)
        {
            count += contents[i] is TextReasoningContent ? 1 : 0;
        }

        builder.Add(count);
        for (var i = 0; i < contents.Count; i++)
        {
            if (contents[i] is TextReasoningContent reasoning)
            {
                builder.Add(reasoning.Text);
            }
        }
    }

    private string? Normalized(string? instructions) =>
        instructions is null || normalizeInstructions is null ? instructions : normalizeInstructions(instructions);

    private sealed record Known(byte[] Input, string Fingerprint);
}
