using System.Text;
using RagCaching.Onnx.Tests.TestDoubles;
using RagCaching.Onnx.Tokenization;
using RagCaching.Tests.Fuzz;

namespace RagCaching.Onnx.Tests.Fuzz;

/// <summary>No text makes the tokenizer throw, write beyond its limit or use an id that the vocabulary does not have.</summary>
public sealed class TokenizerFuzzTests
{
    [Fact]
    public void Encode_RandomTexts_StaysWithinItsLimits()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(ModelFolder.Vocabulary));
        var words = ModelFolder.Vocabulary.Split('\n').Length;
        var vocabulary = Vocabulary.Read(stream, "words.txt", SpecialTokens.Bert);
        var tokenizers = new[] { TextRules.Uncased, new TextRules(LowerCase: false, StripAccents: false, SplitIdeographs: true) }.Select(rules => new WordPieceTokenizer(vocabulary, rules)).ToArray();
        FuzzRun.Run(random =>
        {
            var (prefix, text) = (FuzzRun.Text(random, 2), FuzzRun.Text(random, 40));
            foreach (var tokenizer in tokenizers)
            {
                var ids = new int[random.Next(3, 64)];
                var read = tokenizer.Encode(prefix, text, ids);

                Assert.InRange(read.Length, 2, ids.Length);
                Assert.All(ids[..read.Length], id => Assert.InRange(id, 0, words - 1));
                Assert.Equal((2, 3), (ids[0], ids[read.Length - 1]));
            }
        });
    }
}
