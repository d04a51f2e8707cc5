namespace RagCaching.Onnx.DependencyInjection;

/// <summary>Names a generator that is opened when the host starts.</summary>
internal sealed class EncoderStart
{
    /// <summary>Gets or sets the key of the generator.</summary>
    public object? ServiceKey { get; set; }
}
