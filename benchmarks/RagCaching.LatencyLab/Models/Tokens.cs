using Microsoft.ML.Tokenizers;

namespace RagCaching.LatencyLab.Models;

/// <summary>Counts tokens as current models of OpenAI do. Thread-safe.</summary>
internal static class Tokens
{
    private static readonly Lazy<TiktokenTokenizer> Tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    public static int Of(string text) => Tokenizer.Value.CountTokens(text);
}
