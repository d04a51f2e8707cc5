using System.Buffers.Text;
using RagCaching.Internal.Digests;
using RagCaching.Semantic.Entries;
using RagCaching.Semantic.Entries.Answers;

namespace RagCaching.Benchmarks.ColdStarts;

/// <summary>A stored answer of a few sentences, read from its bytes.</summary>
internal sealed class CodecPart : IColdPart
{
    private static readonly string Nonce = Base64Url.EncodeToString(new byte[EntryId.NonceSize]);

    private readonly byte[] _bytes;

    public CodecPart()
    {
        var text = string.Join(' ', Enumerable.Repeat("Open the settings, choose a new password, and confirm it.", 8));
        var answer = new StoredAnswer
        {
            Version = StoredAnswer.CurrentVersion,
            Messages = [new StoredAnswer.Message { Parts = [new StoredAnswer.Part { Text = text, Pieces = [text.Length] }] }],
        };
        _bytes = AnswerCodec.Encode(AnswerCodec.ToJson(answer), Nonce, default, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    public int Calls => 20_000;

    public void Call(int input) => _ = input < 0 || AnswerCodec.TryDecode(_bytes, Nonce, default(Digest)) is not null ? true : throw new InvalidOperationException("The answer cannot be read.");

    public void Dispose()
    {
    }
}
