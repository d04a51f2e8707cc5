using Microsoft.Extensions.Logging;

namespace RagCaching.Onnx.Diagnostics;

/// <summary>Every message that encoders log. None of them carries a text.</summary>
internal static partial class EncoderLog
{
    public const int OpenedId = 5001;
    public const int FirstTruncationId = 5002;

    [LoggerMessage(OpenedId, LogLevel.Information, "The encoder '{Model}' is open: {Dimensions} dimensions, pooling {Pooling}, at most {MaxTokens} tokens of a text. It took {Milliseconds} ms.")]
    public static partial void Opened(ILogger logger, string model, int dimensions, OnnxPooling pooling, int maxTokens, long milliseconds);

    [LoggerMessage(FirstTruncationId, LogLevel.Warning, "A text has more than the {MaxTokens} tokens that the encoder '{Model}' reads; its end does not count. Split long documents, or set MaxTokens if the model reads more. Said once.")]
    public static partial void FirstTruncation(ILogger logger, string model, int maxTokens);
}
