using System.Globalization;
using Microsoft.Extensions.AI;
using RagCaching.Testing.Models;

namespace RagCaching;

/// <summary>A chat client for tests: it answers as its script says, whole or in pieces, with delays and failures, and remembers what it was asked.</summary>
/// <remarks>
/// An answer for the prompt goes before the answers in order, and these before the one for everything else. Never touches a network. Thread-safe: also the script may be continued while calls run.
/// </remarks>
public sealed partial class ScriptedChatClient : IChatClient
{
    private readonly Lock _lock = new();
    private readonly AnswerScript _script = new();
    private readonly List<ScriptedChatCall> _calls = [];
    private readonly TimeProvider _time;
    private readonly ChatClientMetadata _metadata;

    /// <summary>Creates a client without any answer.</summary>
    /// <param name="modelId">What the client says its model is.</param>
    /// <param name="timeProvider">The clock for delays and for <see cref="ScriptedChatCall.ReceivedAt"/>; that of the system if it is <see langword="null"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="modelId"/> is <see langword="null"/> or empty.</exception>
    public ScriptedChatClient(string modelId = "scripted", TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelId);

        _time = timeProvider ?? TimeProvider.System;
        _metadata = new ChatClientMetadata("ragcaching.testing", providerUri: null, modelId);
    }

    /// <summary>Gets the calls so far, in their order, those that failed too.</summary>
    /// <value>A copy of the list.</value>
    public IReadOnlyList<ScriptedChatCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Gets what all completed calls cost together.</summary>
    /// <value>New at each reading.</value>
    public UsageDetails TotalUsage
    {
        get
        {
            var total = new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 };
            foreach (var call in Calls)
            {
                if (call.Usage is { } usage)
                {
                    total.Add(usage);
                }
            }

            return total;
        }
    }

    /// <summary>Adds an answer to a prompt. Of several ones to the same prompt each is given once, and the last one again and again.</summary>
    /// <param name="prompt">The text of the last message of the user, character by character.</param>
    /// <param name="answer">The answer; a text will do.</param>
    /// <returns>This client.</returns>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public ScriptedChatClient Answer(string prompt, ScriptedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(answer);

        _script.AddFor(prompt, answer);
        return this;
    }

    /// <summary>Adds an answer that is given once, in the order of these calls, to the next prompt that has no answer of its own.</summary>
    /// <param name="answer">The answer; a text will do.</param>
    /// <returns>This client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="answer"/> is <see langword="null"/>.</exception>
    public ScriptedChatClient Then(ScriptedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);

        _script.AddNext(answer);
        return this;
    }

    /// <summary>Sets the answer to everything that the script has no other answer to.</summary>
    /// <param name="answer">The answer; a text will do.</param>
    /// <returns>This client.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="answer"/> is <see langword="null"/>.</exception>
    public ScriptedChatClient Otherwise(ScriptedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);

        _script.SetOtherwise(answer);
        return this;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="messages"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">The script has no answer.</exception>
    /// <exception cref="Exception">What <see cref="ScriptedAnswer.Failure"/> says.</exception>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);

        return RespondAsync([.. messages], options?.Clone(), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="messages"/> is <see langword="null"/>.</exception>
    /// <exception cref="InvalidOperationException">The script has no answer.</exception>
    /// <exception cref="Exception">What <see cref="ScriptedAnswer.Failure"/> says.</exception>
    /// <remarks>The call is made, and counted, when the enumeration begins.</remarks>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);

        return StreamAsync([.. messages], options?.Clone(), cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="serviceType"/> is <see langword="null"/>.</exception>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);

        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: the client can be used by several hosts of a test, one after the other.</summary>
    public void Dispose()
    {
    }

    private (ScriptedChatCall Call, ScriptedAnswer Answer, string Id) Receive(IReadOnlyList<ChatMessage> messages, ChatOptions? options, bool isStreaming)
    {
        var call = new ScriptedChatCall(messages, options, isStreaming, _time.GetUtcNow());
        int number;
        lock (_lock)
        {
            _calls.Add(call);
            number = _calls.Count;
        }

        if (_script.Take(call.Prompt) is { } answer)
        {
            return (call, answer, string.Create(CultureInfo.InvariantCulture, $"scripted-{number}"));
        }

        call.End(ScriptedCallState.Failed);
        throw new InvalidOperationException($"The script has no answer to call {number.ToString(CultureInfo.InvariantCulture)}, '{call.Prompt}'. Add one with {nameof(Answer)}, {nameof(Then)} or {nameof(Otherwise)}.");
    }
}
