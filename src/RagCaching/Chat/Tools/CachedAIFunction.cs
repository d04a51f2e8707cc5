using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using RagCaching.Chat.Requests;
using RagCaching.Chat.Tools;
using RagCaching.Diagnostics;
using RagCaching.Internal.Digests;

namespace RagCaching;

/// <summary>A function that merely reads, with its results in a cache: the same arguments are answered without running it again.</summary>
/// <remarks>
/// <para>
/// Results are found by the function's name, schema and canonical arguments, whatever the order of their members and the notation of their numbers, exactly and never by meaning. They are stored in an
/// <see cref="ISemanticCache"/>, in its scope, with a time to live and a tag <c>tool:name</c>, and calls with equal arguments at the same time share one run. What a function takes from
/// <see cref="AIFunctionArguments.Services"/> or from its surroundings is not compared: the scope must hold it.
/// </para>
/// <para>
/// Only texts and JSON are stored. Null, binary content, what is too large and what a function throws reach the caller as without a cache, are counted, and are logged once for each reason. An answer
/// for which the function was called may be stored for as long as its results. Within a run of the cache that answers chat requests, calls do not wait for those of other runs. The cache counts
/// these calls among its requests; give it one of its own to count them apart. Thread-safe.
/// </para>
/// </remarks>
public sealed class CachedAIFunction : DelegatingAIFunction
{
    private readonly ISemanticCache _cache;
    private readonly ToolResultCacheOptions _options;
    private readonly TimeSpan _timeToLive;
    private readonly string _partition;
    private readonly IReadOnlyDictionary<string, object?> _properties;
    private readonly ToolResultNotes _notes;

    /// <summary>Puts a cache in front of a function.</summary>
    /// <param name="innerFunction">The function. It must merely read.</param>
    /// <param name="cache">The cache. Not disposed.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults. Read once.</param>
    /// <param name="services">Where an <see cref="Microsoft.Extensions.Logging.ILoggerFactory"/> and a meter factory may be.</param>
    /// <exception cref="ArgumentNullException"><paramref name="innerFunction"/> or <paramref name="cache"/> is <see langword="null"/>.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is out of range.</exception>
    public CachedAIFunction(AIFunction innerFunction, ISemanticCache cache, ToolResultCacheOptions? options = null, IServiceProvider? services = null)
        : base(innerFunction)
    {
        ArgumentNullException.ThrowIfNull(cache);

        _cache = cache;
        _options = (options ?? new ToolResultCacheOptions()).Checked();
        _timeToLive = _options.Tools.TryGetValue(innerFunction.Name, out var timeToLive) && timeToLive is { } own ? own : _options.TimeToLive;
        _partition = PartitionOf(innerFunction, _options.Version);
        _properties = CacheableMark.AddTo(innerFunction.AdditionalProperties, _timeToLive);
        _notes = new ToolResultNotes(innerFunction.Name, new ToolTelemetry(services), QuietLogger.From<CachedAIFunction>(services));
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> AdditionalProperties => _properties;

    /// <summary>Gets what came of the calls so far.</summary>
    /// <returns>A snapshot.</returns>
    public CachedToolStatistics GetStatistics() => _notes.Read();

    /// <inheritdoc/>
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (CanonicalJson.TryWrite(arguments, JsonSerializerOptions) is not { } canonical)
        {
            _notes.Ran(ToolResultFault.Arguments);
            return await base.InvokeCoreAsync(arguments, cancellationToken).ConfigureAwait(true);
        }

        // No ConfigureAwait(false): the function may need its caller's context.
        var run = new Run(this, arguments);
        var result = await _cache.GetOrCreateAsync(QueryFor(canonical), run.InvokeAsync, cancellationToken).ConfigureAwait(true);
        if (run.HasRun)
        {
            return run.Result;
        }

        _notes.Hit();
        return StoredToolResult.Read(result.Response!.Text);
    }

    // A digest stands for the arguments: they stay out of the store, and are never taken for a question in words.
    private SemanticCacheQuery QueryFor(ReadOnlySpan<byte> arguments) => new(Convert.ToHexStringLower(SHA256.HashData(arguments)))
    {
        Partition = _partition,
        Scope = _options.Scope,
        Tags = [$"tool:{Name}"],
        TimeToLive = _timeToLive,
        ExactOnly = true,
    };

    private static string PartitionOf(AIFunction function, string? version)
    {
        var builder = new DigestBuilder(stackalloc byte[512], "ragcaching/tool/1");
        builder.Add(function.Name);
        builder.Add(function.JsonSchema.GetRawText());
        builder.Add(version);
        return builder.Complete([]).ToText();
    }

    /// <summary>One call: the result as the function returned it, for the caller whose call ran.</summary>
    private sealed class Run(CachedAIFunction function, AIFunctionArguments arguments)
    {
        // Without a text an answer counts as none at all, which is another reason for not storing it.
        private const string Nothing = "-";

        public bool HasRun { get; private set; }

        public object? Result { get; private set; }

        public async Task<ChatResponse> InvokeAsync(SemanticCacheEntryContext context, CancellationToken cancellationToken)
        {
            ToolResultFault? fault = ToolResultFault.Exception;
            string? written = null;
            try
            {
                Result = await function.InnerFunction.InvokeAsync(arguments, cancellationToken).ConfigureAwait(true);
                HasRun = true;
                written = StoredToolResult.TryWrite(Result, function._options.MaxResultLength, out var reason);
                fault = written is null ? reason : null;
            }
            finally
            {
                function._notes.Ran(fault);
            }

            context.Store = written is not null;
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, written ?? Nothing)) { FinishReason = ChatFinishReason.Stop };
        }
    }
}
