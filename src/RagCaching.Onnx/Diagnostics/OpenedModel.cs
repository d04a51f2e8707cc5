namespace RagCaching.Onnx.Diagnostics;

/// <summary>What the log says of a model that was opened.</summary>
/// <param name="Dimensions">The number of components of its vectors.</param>
/// <param name="Pooling">How they are pooled.</param>
/// <param name="MaxTokens">The most tokens of a text.</param>
internal readonly record struct OpenedModel(int Dimensions, OnnxPooling Pooling, int MaxTokens);
