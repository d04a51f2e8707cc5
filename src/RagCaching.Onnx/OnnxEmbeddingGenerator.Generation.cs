using Microsoft.Extensions.AI;
using RagCaching.Onnx.Running;

namespace RagCaching;

/// <content>The path of a call: check, split into tokens, run in batches.</content>
public sealed partial class OnnxEmbeddingGenerator
{
    /// <summary>Turns texts into vectors.</summary>
    /// <param name="values">The texts. Each needs at least one character that is not a blank or a control character.</param>
    /// <param name="options">
    /// <see cref="OnnxEmbeddingInput"/> says whether the texts are questions, which is the default, or documents. A model or a number of dimensions that is named must be the generator's own.
    /// </param>
    /// <param name="cancellationToken">Ends the call before its next batch.</param>
    /// <returns>One vector for each text, in their order, and the number of tokens that were read.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">A text is <see langword="null"/> or has nothing to read, or the options ask for something else than this generator has.</exception>
    /// <exception cref="InvalidOperationException">The model failed, or returned something that is not a vector.</exception>
    /// <exception cref="ObjectDisposedException">The generator was disposed.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);

        // Taken now, since the caller may change the list while the vectors are made.
        var texts = values as string[] ?? [.. values];
        return GenerateCoreAsync(texts, PrefixOf(options), cancellationToken);
    }

    /// <summary>Encodes a made-up question, so that what a call runs is compiled.</summary>
    /// <exception cref="InvalidOperationException">The model failed, or returned something that is not a vector.</exception>
    /// <exception cref="OperationCanceledException">The start was cancelled.</exception>
    internal Task RehearseAsync(CancellationToken cancellationToken) => GenerateCoreAsync(["How do I reset my password?"], _settings.QueryPrefix, cancellationToken);

    private async Task<GeneratedEmbeddings<Embedding<float>>> GenerateCoreAsync(string[] texts, string prefix, CancellationToken cancellationToken)
    {
        _slots.BeginUse();
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (texts.Length == 0)
            {
                return [];
            }

            var vectors = new float[texts.Length][];
            using var table = new TokenTable(texts.Length, _settings.MaxTokens);
            Tokenize(texts, prefix, table, cancellationToken);
            table.Sort();
            await EncodeAsync(table, vectors, cancellationToken).ConfigureAwait(false);
            return Wrap(vectors, table.TotalLength);
        }
        finally
        {
            _slots.EndUse();
        }
    }

    private void Tokenize(string[] values, string prefix, TokenTable table, CancellationToken cancellationToken)
    {
        var truncated = 0;
        for (var i = 0; i < values.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (values[i] is not { } text)
            {
                throw new ArgumentException($"Text {i} of {values.Length} (from 0) is null. Leave it out.", nameof(values));
            }

            var read = _tokenizer.Encode(prefix, text, table.Reserve(_settings.MaxTokens));
            if (read.IsEmpty)
            {
                throw new ArgumentException(
                    $"Text {i} of {values.Length} (from 0) has {text.Length} characters and nothing that can be read: it is empty, or has only blanks and control characters. It has no meaning to compare; leave it out.", nameof(values));
            }

            table.Add(read.Length);
            truncated += read.IsTruncated ? 1 : 0;
        }

        if (truncated > 0)
        {
            _telemetry.Cut(truncated, _settings.MaxTokens);
        }
    }

    // One batch runs where the caller is: a question takes less time than a detour. More of them would keep the caller's thread too long.
    private async ValueTask EncodeAsync(TokenTable table, float[][] vectors, CancellationToken cancellationToken)
    {
        var ends = BatchPlan.EndsOf(table, _batchSize);
        if (ends.Count == 1)
        {
            await RunAsync(table, table.Order, vectors, cancellationToken).ConfigureAwait(false);
            return;
        }

        var limits = new ParallelOptions { MaxDegreeOfParallelism = Math.Min(_slots.Count, ends.Count), CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0, ends.Count, limits, (i, token) => RunAsync(table, table.Order[(i == 0 ? 0 : ends[i - 1])..ends[i]], vectors, token)).ConfigureAwait(false);
    }

    private async ValueTask RunAsync(TokenTable table, ReadOnlyMemory<int> texts, float[][] vectors, CancellationToken cancellationToken)
    {
        var start = _telemetry.Start();
        await _slots.EncodeAsync(table, texts, vectors, cancellationToken).ConfigureAwait(false);
        _telemetry.Ran(start);
    }

    private GeneratedEmbeddings<Embedding<float>> Wrap(float[][] vectors, int tokens)
    {
        var now = TimeProvider.System.GetUtcNow();
        var embeddings = new GeneratedEmbeddings<Embedding<float>>(vectors.Length) { Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens } };
        foreach (var vector in vectors)
        {
            embeddings.Add(new Embedding<float>(vector) { ModelId = _modelId, CreatedAt = now });
        }

        return embeddings;
    }

    private string PrefixOf(EmbeddingGenerationOptions? options)
    {
        if (options is null)
        {
            return _settings.QueryPrefix;
        }

        if (options.ModelId is { } model && model != _modelId)
        {
            throw new ArgumentException($"The options ask for the model '{model}', but this generator has '{_modelId}'. Leave ModelId unset, or use the generator of that model.", nameof(options));
        }

        if (options.Dimensions is { } dimensions && dimensions != Metadata.DefaultModelDimensions)
        {
            throw new ArgumentException(
                $"The options ask for {dimensions} dimensions, but '{_modelId}' returns {Metadata.DefaultModelDimensions}. Leave Dimensions unset, and give the store {Metadata.DefaultModelDimensions} dimensions.", nameof(options));
        }

        return options.AdditionalProperties is { } properties && properties.TryGetValue(OnnxEmbeddingInput.PropertyName, out var kind)
            ? kind switch
            {
                OnnxEmbeddingInput.Query => _settings.QueryPrefix,
                OnnxEmbeddingInput.Document => _settings.DocumentPrefix,
                _ => throw new ArgumentException(
                    $"The property '{OnnxEmbeddingInput.PropertyName}' of the options must be '{OnnxEmbeddingInput.Query}' or '{OnnxEmbeddingInput.Document}', but was '{kind}'.", nameof(options)),
            }
            : _settings.QueryPrefix;
    }
}
