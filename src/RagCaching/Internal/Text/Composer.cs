using System.Text;

namespace RagCaching.Internal.Text;

/// <summary>Brings letters and their marks into the composed normal form (NFC), so that two encodings of one text are one.</summary>
internal static class Composer
{
    /// <summary>Whether a character may be changed by composition with the one before it. The check of the runtime allocates; this keeps it away from composed text.</summary>
    public static bool MayChange(char before, char c) => c switch
    {
        // Marks of Latin, Greek and Cyrillic letters; voiced marks of kana; parts of Korean syllables; letters that are written as others.
        (>= '\u0300' and < '\u0370') or '\u0374' or '\u037E' or '\u0387' or '\u3099' or '\u309A' or (>= '\u1100' and < '\u1200') => true,
        '\u2126' or '\u212A' or '\u212B' or '\u2329' or '\u232A' or (>= '\uF900' and < '\uFB50') => true,
        (>= '\u1F00' and < '\u2000') or (>= '\u0591' and <= '\u05C7') or (>= '\u064B' and <= '\u065F') or '\u0670' => true,

        // Dots below Indic letters, the letters that have them, and vowels of two parts.
        '\u093C' or '\u09BC' or '\u0A3C' or '\u0B3C' or (>= '\u0958' and <= '\u095F') or '\u09DC' or '\u09DD' or '\u09DF' or (>= '\u0A33' and <= '\u0A36') or (>= '\u0A59' and <= '\u0A5E') => true,
        '\u09BE' or '\u09D7' => before == '\u09C7',
        '\u0B3E' or '\u0B56' or '\u0B57' => before == '\u0B47',
        '\u0BBE' or '\u0BD7' => before is '\u0BC6' or '\u0BC7' or '\u0B92',
        (>= '\u0C56' and < '\u0E00') => true,
        '\u102E' => before == '\u1025',
        _ => false,
    };

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
