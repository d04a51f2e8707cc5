using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RagCaching.Pipeline.Caching;

// The metadata of an entry: the similarity as a little-endian float, and the UTF-16 code units of the question.

/// <summary>The question that chunks were retrieved for, and how near the question is under which they are kept.</summary>
/// <param name="Question">The question that they were retrieved for.</param>
/// <param name="Similarity">A cosine; <see cref="Same"/> where both questions are one.</param>
internal readonly record struct KeptQuestion(string Question, float Similarity)
{
    /// <summary>Nearer than every cosine.</summary>
    public const float Same = float.PositiveInfinity;

    public static KeptQuestion Read(VectorEntry entry)
    {
        var bytes = entry.Metadata.Span;
        return new KeptQuestion(new string(MemoryMarshal.Cast<byte, char>(bytes[sizeof(float)..])), BinaryPrimitives.ReadSingleLittleEndian(bytes));
    }

    /// <summary>Tells whether a request may be served with it.</summary>
    public bool Fits(RetrievalUse use) => float.IsPositiveInfinity(Similarity) || Similarity >= use.MinimumSimilarity;

    public byte[] ToBytes()
    {
        var bytes = new byte[sizeof(float) + (Question.Length * sizeof(char))];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, Similarity);
        MemoryMarshal.AsBytes(Question.AsSpan()).CopyTo(bytes.AsSpan(sizeof(float)));
        return bytes;
    }
}
