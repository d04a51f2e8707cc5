using RagCaching.Import.Json;
using RagCaching.Import.Values;

namespace RagCaching;

/// <summary>Reads questions and answers from a log of chats, for <see cref="ISemanticCacheTransfer.ImportAnswersAsync"/>.</summary>
/// <remarks>
/// <para>
/// The log is JSON Lines in UTF-8. A line is <c>{"messages":[{"role":"user","content":"..."},{"role":"assistant","content":"..."}]}</c>, the format of OpenAI's chat completions and fine-tuning files, or the list of
/// messages alone, or a list of either. A content is a text or a list of parts <c>{"type":"text","text":"..."}</c>, whose type may also be <c>input_text</c> or <c>output_text</c>; other parts make the turn faulty. System prompts are passed over: give the chats of each its own
/// <see cref="AnswerReaderOptions.Partition"/>.
/// </para>
/// <para>A line that cannot be taken is yielded as <see cref="ImportedAnswer.Faulty"/>, which the import reports with its number. One line is in memory at a time. Thread-safe; the streams are not.</para>
/// </remarks>
public static class ChatLogAnswers
{
    /// <summary>Reads a log.</summary>
    /// <param name="source">The log. It is read once, from where it is, and stays open.</param>
    /// <param name="options">How to read; <see langword="null"/> for the defaults.</param>
    /// <returns>The answers in the order of the lines.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentException">An option is out of range, or the stream cannot be read.</exception>
    public static IAsyncEnumerable<ImportedAnswer> ReadAsync(Stream source, ChatLogOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.CanRead)
        {
            throw new ArgumentException("The stream cannot be read.", nameof(source));
        }

        var settings = options ?? new ChatLogOptions();
        OptionRules.Check(settings);
        return JsonRecords.ReadAsync(source, settings.MaxRecordLength, new Conversation(settings).Read, CancellationToken.None);
    }
}
