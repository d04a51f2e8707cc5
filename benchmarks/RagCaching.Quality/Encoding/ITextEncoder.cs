namespace RagCaching.Quality.Encoding;

/// <summary>Turns texts into vectors.</summary>
internal interface ITextEncoder
{
    /// <summary>Encodes texts.</summary>
    /// <returns>One vector for each text, in their order, all of one length.</returns>
    float[][] Encode(IReadOnlyList<string> texts);
}
