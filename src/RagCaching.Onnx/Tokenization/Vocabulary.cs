using System.Text;

namespace RagCaching.Onnx.Tokenization;

/// <summary>The pieces of words that a model knows, with their ids. Thread-safe.</summary>
internal sealed class Vocabulary
{
    private const string ContinuationMark = "##";

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _starts;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _continuations;
    private readonly (string Token, int Id)[] _special;
    private readonly int _longestStart;
    private readonly int _longestContinuation;

    private Vocabulary(Dictionary<string, int> starts, Dictionary<string, int> continuations, SpecialTokens tokens, int count, string name)
    {
        _starts = starts.GetAlternateLookup<ReadOnlySpan<char>>();
        _continuations = continuations.GetAlternateLookup<ReadOnlySpan<char>>();
        _longestStart = starts.Keys.Max(piece => piece.Length);
        _longestContinuation = continuations.Keys.Select(piece => piece.Length).DefaultIfEmpty(0).Max();
        Count = count;
        First = IdOf(tokens.First);
        Last = IdOf(tokens.Last);
        Unknown = IdOf(tokens.Unknown);
        Padding = IdOf(tokens.Padding);
        _special = [.. tokens.All.Where(starts.ContainsKey).Select(token => (token, starts[token]))];

        int IdOf(string token) => starts.TryGetValue(token, out var id)
            ? id
            : throw new InvalidDataException($"{name} has no line '{token}', so it is not the vocabulary of a BERT-type model, or is incomplete. Take the vocab.txt that came with the model.");
    }

    /// <summary>Gets the number of ids: the lines of the file.</summary>
    public int Count { get; }

    /// <summary>Gets the id that every text begins with.</summary>
    public int First { get; }

    /// <summary>Gets the id that every text ends with.</summary>
    public int Last { get; }

    /// <summary>Gets the id of words that no pieces make up.</summary>
    public int Unknown { get; }

    /// <summary>Gets the id that fills the places behind the end of a text.</summary>
    public int Padding { get; }

    /// <summary>Gets the tokens that are read whole where a text contains them literally.</summary>
    public ReadOnlySpan<(string Token, int Id)> Special => _special;

    /// <summary>Reads a vocabulary: UTF-8, one piece a line; the number of the line, from 0, is the id.</summary>
    /// <param name="stream">The file. It stays open.</param>
    /// <param name="name">The file's name for messages.</param>
    /// <param name="tokens">The names of the special tokens.</param>
    /// <exception cref="InvalidDataException">The content is not such a vocabulary.</exception>
    public static Vocabulary Read(Stream stream, string name, SpecialTokens tokens)
    {
        var starts = new Dictionary<string, int>(StringComparer.Ordinal);
        var continuations = new Dictionary<string, int>(StringComparer.Ordinal);
        var count = 0;
        using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        try
        {
            for (; reader.ReadLine() is { } line; count++)
            {
                var piece = line.TrimEnd();
                var isContinuation = piece.Length > ContinuationMark.Length && piece.StartsWith(ContinuationMark, StringComparison.Ordinal);
                if (piece.Length > 0 && !(isContinuation ? continuations : starts).TryAdd(isContinuation ? piece[ContinuationMark.Length..] : piece, count))
                {
                    throw new InvalidDataException($"{name}, line {count + 1}: the line occurs a second time, so the file is not a WordPiece vocabulary. Take the vocab.txt that came with the model.");
                }
            }
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException($"{name}, near line {count + 1}: the file is not UTF-8 text, so it is not a WordPiece vocabulary. Take the vocab.txt that came with the model.");
        }

        return starts.Count > 0
            ? new Vocabulary(starts, continuations, tokens, count, name)
            : throw new InvalidDataException($"{name} is empty. Take the vocab.txt that came with the model.");
    }

    /// <summary>Finds the longest piece that a rest of a word begins with.</summary>
    /// <param name="rest">The rest of the word.</param>
    /// <param name="isStart">Whether the rest is the whole word.</param>
    /// <param name="id">Receives the id of the piece.</param>
    /// <returns>The length of the piece; 0 where there is none.</returns>
    public int MatchLongest(ReadOnlySpan<char> rest, bool isStart, out int id)
    {
        var pieces = isStart ? _starts : _continuations;
        var length = Math.Min(rest.Length, isStart ? _longestStart : _longestContinuation);
        for (; length > 0; length--)
        {
            if (pieces.TryGetValue(rest[..length], out id))
            {
                return length;
            }
        }

        id = Unknown;
        return 0;
    }
}
