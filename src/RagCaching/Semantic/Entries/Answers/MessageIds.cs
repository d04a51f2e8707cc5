using System.Globalization;
using System.Security.Cryptography;

namespace RagCaching.Semantic.Entries.Answers;

/// <summary>Names the messages of answers that are played back, each time anew.</summary>
/// <remarks>
/// An id must be new, not unguessable: a start drawn at random once and a counter do. A new Guid asks the operating system for random numbers, which takes as long as all the rest of
/// playing a short answer. Thread-safe.
/// </remarks>
internal static class MessageIds
{
    private const int Length = 32;

    private static readonly string Start = RandomNumberGenerator.GetHexString(Length / 2, lowercase: true);
    private static long _last;

    /// <summary>Gets an id of 32 hexadecimal digits that nothing else has.</summary>
    public static string Next() => string.Create(Length, Interlocked.Increment(ref _last), static (id, number) =>
    {
        Start.CopyTo(id);
        number.TryFormat(id[(Length / 2)..], out _, "x16", CultureInfo.InvariantCulture);
    });
}
