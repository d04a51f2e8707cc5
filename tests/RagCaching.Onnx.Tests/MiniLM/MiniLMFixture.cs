namespace RagCaching.Onnx.Tests.MiniLM;

/// <summary>The model, opened once for all tests of a class.</summary>
public sealed class MiniLMFixture : IDisposable
{
    public OnnxEmbeddingGenerator Generator { get; } = MiniLMModel.Open();

    public void Dispose() => Generator.Dispose();
}
