using System.Text;

namespace RagCaching.Guards.Lexical.Text.Scanning;

/// <summary>Brings letters and their marks into the composed normal form (NFC), so that two encodings of one text are one.</summary>
internal static class Composer
{
    /// <summary>Composes a text in place, if it is not composed already.</summary>
    /// <param name="buffer">Holds the text and room behind it.</param>
    /// <param name="length">The length of the text.</param>
    /// <param name="spare">Room for the composed text; as long as the buffer.</param>
    /// <returns>The new length. A text that does not fit stays as it is.</returns>
    public static int Compose(Span<char> buffer, int length, Span<char> spare)
    {
        ReadOnlySpan<char> text = buffer[..length];
        if (text.IsNormalized(NormalizationForm.FormC) || !text.TryNormalize(spare, out var written, NormalizationForm.FormC) || written > buffer.Length)
        {
            return length;
        }

        spare[..written].CopyTo(buffer);
        return written;
    }
}
