using Microsoft.Extensions.AI;

namespace RagCaching.DependencyInjection;

/// <summary>A generator that belongs to the host: who wraps it must not dispose it.</summary>
internal sealed class BorrowedEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> generator)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(generator)
{
    // The container that made the generator disposes it.
    protected override void Dispose(bool disposing) => base.Dispose(disposing: false);
}
