using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RagCaching.Pipeline.Caching;
using RagCaching.Pipeline.Contract;
using RagCaching.Pipeline.Diagnostics;
using RagCaching.Pipeline.Models;
using RagCaching.Pipeline.Reranking;
using RagCaching.Pipeline.Running;
using RagCaching.Pipeline.Selection;

namespace RagCaching;

/// <summary>Answers questions from documents: out of the cache where it can, otherwise by retrieving in parallel, choosing few chunks and asking a fitting model.</summary>
/// <remarks>
/// <para>
/// Only the last user message is matched by meaning; what else shapes the answer is a part of the fingerprint: instructions, earlier messages, options, retrievers, models,
/// <see cref="RagPipelineOptions.Version"/>. Every answer is stored with the sources of its chunks and their versions. The pipeline's own model calls bypass the cache that a chat
/// client may have, since two questions over the same chunks make prompts that look alike.
/// </para>
/// <para>
/// Requests are controlled with <see cref="SemanticCacheChatExtensions.WithSemanticCache"/>, as those of a chat client. A broken or slow cache costs a miss; what retrievers,
/// selectors and models do wrong is reported with their names. Thread-safe. It owns none of its parts and disposes none, except for what it keeps itself: retrieved chunks
/// (<see cref="RagPipelineOptions.RetrievalCache"/>) and the scores of an <see cref="IReranker"/>.
/// </para>
/// </remarks>
public sealed partial class RagPipeline : IDisposable
{
    internal const string DefaultName = "default";

    // The models' own identities are a part of the partition: see Fingerprint.
    private static readonly ChatClientMetadata AnyModel = new("ragcaching.pipeline", providerUri: null, "pipeline");

    private readonly ISemanticCache _cache;
    private readonly ISemanticCacheManager? _manager;
    private readonly ChatQueryReader _queries;
    private readonly PipelineParts _parts;
    private readonly Lazy<ICacheScopeProvider?> _scopes;
    private readonly Lazy<string> _fingerprint;

    /// <summary>Creates a pipeline.</summary>
    /// <param name="chatClient">The model that answers; with an <see cref="IModelSelector"/> among the services it is not used.</param>
    /// <param name="retrievers">Where documents are searched; at least one, each with a name of its own.</param>
    /// <param name="cache">Where answers are kept; <see langword="null"/> for nowhere.</param>
    /// <param name="options">The settings; <see langword="null"/> for the defaults. Read once.</param>
    /// <param name="services">
    /// Where an <see cref="ICachedEmbedder"/>, an <see cref="IModelSelector"/> with its keyed chat clients, an <see cref="ICacheScopeProvider"/>, an <see cref="IQuestionRewriter"/>, an <see cref="IReranker"/>,
    /// <see cref="IMatchGuard"/>s, a <see cref="TimeProvider"/>, an <see cref="ILoggerFactory"/> and a meter factory may be.
    /// </param>
    /// <exception cref="ArgumentException">There is no retriever, or two have the same name.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is out of range.</exception>
    public RagPipeline(
        IChatClient chatClient, IEnumerable<IRetriever> retrievers, ISemanticCache? cache = null, RagPipelineOptions? options = null, IServiceProvider? services = null)
        : this(
            new PipelineServices
            {
                ChatClient = () => chatClient,
                Retrievers = retrievers,
                Cache = cache,
                Manager = cache as ISemanticCacheManager,
                Embedder = services?.GetService<ICachedEmbedder>(),
                Selector = services?.GetService<IModelSelector>(),
                Reranker = services?.GetService<IReranker>(),
                Guards = () => GuardsOf(services),
            },
            options,
            DefaultName,
            services) =>
        ArgumentNullException.ThrowIfNull(chatClient);

    internal RagPipeline(PipelineServices parts, RagPipelineOptions? options, string name, IServiceProvider? services)
    {
        ArgumentNullException.ThrowIfNull(parts.Retrievers, "retrievers");

        var all = Checked([.. parts.Retrievers]);
        var settings = SettingsCheck.Validated(options ?? new RagPipelineOptions(), new RagPipelineOptionsValidator(), new RagPipelineOptionsRules()).Copy();
        var time = services?.GetService<TimeProvider>() ?? TimeProvider.System;
        var logger = services?.GetService<ILoggerFactory>()?.CreateLogger(typeof(RagPipeline).FullName!) ?? NullLogger.Instance;
        var telemetry = new PipelineTelemetry(name, services, logger);
        var models = new ModelCatalog(parts.ChatClient, parts.Selector, services);

        if (parts.Selector is SmallModelSelector small && small.MaxChunks < settings.Selection.MaxChunks)
        {
            telemetry.SmallModelRarelyFits(small.MaxChunks, settings.Selection.MaxChunks);
        }

        _cache = parts.Cache ?? NullSemanticCache.Instance;
        _manager = parts.Cache is null ? NullSemanticCache.Instance : parts.Manager;
        _queries = new ChatQueryReader(AnyModel, new SemanticCachingChatClientOptions { Rewriting = new() { Rewriter = parts.Rewriter }, CacheHostedConversations = settings.CacheHostedConversations }, services);
        _scopes = new Lazy<ICacheScopeProvider?>(() => services?.GetService<ICacheScopeProvider>(), LazyThreadSafetyMode.PublicationOnly);
        _fingerprint = new Lazy<string>(() => Fingerprint(settings, all, models, parts.Reranker), LazyThreadSafetyMode.PublicationOnly);

        var scopes = new ScopeNames(settings.RetrievalCache.ShareAcrossCallers ?? parts.SharesAcrossCallers, Math.Max(settings.RetrievalCache.MaxEntries, settings.Reranking.MaxEntries));
        _parts = new PipelineParts
        {
            Options = settings,
            Retrieval = new CachedRetrieval(settings, all, scopes, parts.Guards, time, telemetry),
            Reranking = new RerankStep(parts.Reranker, settings.Reranking, scopes, time, telemetry),
            Selector = new ChunkSelector(settings.Selection, parts.Embedder, telemetry),
            Models = models,
            Caller = new ModelCaller(telemetry),
            Embedder = parts.Embedder,
            Telemetry = telemetry,
            Time = time,
        };
    }

    /// <summary>Answers the last turn of a conversation.</summary>
    /// <param name="messages">The conversation; its last message is the user's and has text.</param>
    /// <param name="options">Options for the model, and what the request says to the cache.</param>
    /// <param name="cancellationToken">Cancels this caller's wait; work that others wait for goes on.</param>
    /// <returns>The answer and how it came about.</returns>
    /// <exception cref="ArgumentException">The conversation does not end with a user's message that has text, or contains null.</exception>
    /// <exception cref="RetrievalException">Every retriever failed.</exception>
    /// <exception cref="InvalidOperationException">No scope is known, or the model selector or the prompt writer did something wrong; the message names it.</exception>
    public Task<RagAnswer> AskAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var conversation = Checked(messages);
        var clock = new StageClock(_parts.Time);
        return AnswerAsync(ScopeNow(), _queries.ReadAsync(conversation, options, cancellationToken), clock, cancellationToken);
    }

    /// <summary>Answers the last turn of a conversation as a stream.</summary>
    /// <param name="messages">The conversation; its last message is the user's and has text.</param>
    /// <param name="options">Options for the model, and what the request says to the cache.</param>
    /// <param name="cancellationToken">Cancels the stream, as the token of its enumeration does, and the rewriting of the question.</param>
    /// <returns>The stream. It fails as <see cref="AskAsync"/> does. Whose question it is is read in this call, not when the stream is read, and retrievers, model selectors and models find the ambient values (<see cref="AsyncLocal{T}"/>) of this call.</returns>
    /// <exception cref="ArgumentException">The conversation does not end with a user's message that has text, or contains null.</exception>
    public RagStreamingAnswer StreamAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var conversation = Checked(messages);

        // The caller of now decides who may share the answer and what may be retrieved, whoever is the current one when the stream is read.
        var scope = ScopeNow();
        var reading = _queries.ReadAsync(conversation, options, cancellationToken).Preserve();
        return new RagStreamingAnswer(CallersContext.Keep<TaskCompletionSource<RagAnswer>>((completion, token) => ReadAsync(scope, reading, completion, cancellationToken, token)));
    }

    /// <summary>Removes all answers that were built on a document, because it changed or is gone.</summary>
    /// <param name="sourceId">The document: a <see cref="RetrievedChunk.SourceId"/>.</param>
    /// <param name="scope">Whose answers to remove; <see langword="null"/> for those of every scope.</param>
    /// <param name="cancellationToken">Cancels the call; what was removed by then stays removed.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="ArgumentException"><paramref name="sourceId"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">The cache does not implement <see cref="ISemanticCacheManager"/>.</exception>
    /// <remarks>
    /// Change the document first. An answer to a question that came in before this call is not stored after it, so that nothing built on the old document comes back.
    /// What was retrieved from it is no longer kept either (<see cref="RagPipelineOptions.RetrievalCache"/>), and does not count.
    /// Other processes that share the store must be told of the change as well, or compare versions: <see cref="RagPipelineOptions.CurrentSourceVersion"/>.
    /// </remarks>
    public ValueTask<long> InvalidateSourceAsync(string sourceId, CacheScope? scope = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceId);

        return RemoveSourceAsync(sourceId, scope, cancellationToken);
    }

    /// <summary>Releases the chunks and scores that the pipeline keeps. A second call does nothing; questions are then retrieved for anew.</summary>
    public void Dispose()
    {
        _parts.Retrieval.Dispose();
        _parts.Reranking.Dispose();
    }

    private async ValueTask<long> RemoveSourceAsync(string sourceId, CacheScope? scope, CancellationToken cancellationToken)
    {
        // The chunks first: a question that comes in between retrieves anew, and an answer that was built on the old ones is removed or not stored.
        await _parts.Retrieval.RemoveSourceAsync(sourceId, scope, cancellationToken).ConfigureAwait(false);
        return await Manager().RemoveWhereAsync(new EntryFilter { SourceId = sourceId, Scope = scope, AllScopes = scope is null }, cancellationToken).ConfigureAwait(false);
    }

    private Func<CacheScope?> ScopeNow()
    {
        try
        {
            var scope = _scopes.Value?.GetScope();
            return () => scope;
        }
        catch (Exception exception)
        {
            // Whoever reads the answer is told: without a scope it is not known what may be retrieved. A request that names its own needs none.
            var failure = ExceptionDispatchInfo.Capture(exception);
            _parts.Telemetry.ScopeProviderFailed(exception);
            return () =>
            {
                failure.Throw();
                return null;
            };
        }
    }

    private static IMatchGuard[] GuardsOf(IServiceProvider? services)
    {
        IMatchGuard[] guards = [.. services?.GetService<IEnumerable<IMatchGuard>>() ?? []];
        return guards.Length > 0 ? guards : [new LexicalGuard()];
    }

    private ISemanticCacheManager Manager() => _manager
        ?? throw new InvalidOperationException($"The cache ({_cache.GetType().Name}) does not implement ISemanticCacheManager, so its answers cannot be removed here. Remove them from the cache itself.");

    private static IRetriever[] Checked(IRetriever[] retrievers)
    {
        if (retrievers.Length == 0)
        {
            throw new ArgumentException("A pipeline needs at least one retriever. With dependency injection, add one: AddRagCaching().AddRagPipeline().AddRetriever(...).", nameof(retrievers));
        }

        if (retrievers.Contains(null))
        {
            throw new ArgumentException("The retrievers contain null.", nameof(retrievers));
        }

        return retrievers.GroupBy(retriever => retriever.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } duplicates
            ? throw new ArgumentException($"Two retrievers have the name '{duplicates.Key}'.", nameof(retrievers))
            : retrievers;
    }

    private static ChatMessage[] Checked(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);

        ChatMessage[] conversation = [.. messages];
        return conversation.Contains(null) ? throw new ArgumentException("The messages contain null.", nameof(messages))
            : conversation.Length == 0 || conversation[^1].Role != ChatRole.User || string.IsNullOrWhiteSpace(conversation[^1].Text)
                ? throw new ArgumentException("The conversation must end with a user's message that has text: there is nothing to retrieve for otherwise.", nameof(messages))
            : conversation;
    }

    /// <summary>Digests what shapes every answer of this pipeline, so that no other one's answers are served here.</summary>
    private static string Fingerprint(RagPipelineOptions options, IRetriever[] retrievers, ModelCatalog models, IReranker? reranker)
    {
        var text = new StringBuilder("ragcaching/pipeline/1");
        foreach (var part in (IEnumerable<string>)[options.Instructions, options.Version, options.NoChunks.ToString(), models.Identity.Value, .. retrievers.Select(retriever => retriever.Name)])
        {
            // Lengths keep the parts apart.
            text.Append('|').Append(part.Length).Append(':').Append(part);
        }

        if (reranker is not null)
        {
            // Without one, the digest is that of earlier versions.
            text.Append("|reranker:").Append(reranker.Name);
        }

        return Convert.ToBase64String(SHA256.HashData(Encoding.Unicode.GetBytes(text.ToString())));
    }
}
