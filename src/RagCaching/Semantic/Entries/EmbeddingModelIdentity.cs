using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using RagCaching.Internal.Digests;

namespace RagCaching.Semantic.Entries;

/// <summary>Which model made the vectors: vectors of different models must never be compared.</summary>
internal sealed class EmbeddingModelIdentity
{
    private readonly string? _provider;
    private readonly string? _address;
    private readonly string? _model;
    private readonly int? _dimensions;
    private readonly byte[] _salt;

    public EmbeddingModelIdentity(EmbeddingGeneratorMetadata? metadata)
    {
        _provider = metadata?.ProviderName;
        _address = metadata?.ProviderUri?.OriginalString;
        _model = metadata?.DefaultModelId;
        _dimensions = metadata?.DefaultModelDimensions;

        // An unnamed model could be any model: its entries stay with this instance.
        _salt = IsKnown ? [] : RandomNumberGenerator.GetBytes(Digest.ShortSizeInBytes);
    }

    /// <summary>Gets a value indicating whether the generator says which model it uses.</summary>
    public bool IsKnown => !string.IsNullOrEmpty(_model);

    /// <summary>Gets the name of the model, if it has one.</summary>
    public string? Name => _model;

    public void AddTo(ref DigestBuilder builder)
    {
        builder.Add(_provider);
        builder.Add(_address);
        builder.Add(_model);
        builder.Add(_dimensions);
        builder.Add(_salt);
    }
}
