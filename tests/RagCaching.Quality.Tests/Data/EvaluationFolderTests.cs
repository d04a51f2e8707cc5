using System.IO.Compression;
using RagCaching.Quality.Data;
using RagCaching.Quality.Encoding;

namespace RagCaching.Quality.Tests.Data;

public sealed class EvaluationFolderTests : IDisposable
{
    private const string TwoQuestions = """{"text":"a"}""" + "\n" + """{"text":"b"}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("ragcaching-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""{"a":0,"b":1}""", "line 2: there is no 'label'")]
    [InlineData("""{"a":0,"label":1}""", "line 2: there is no 'b'")]
    [InlineData("""{"a":0,"b":1,"label":2}""", "line 2: 'label' must be 1 (right) or 0 (wrong), but is '2'")]
    [InlineData("""{"a":0,"b":1,"label":"1"}""", "line 2: 'label' must be 1 (right) or 0 (wrong), but is '\"1\"'")]
    [InlineData("""{"a":0,"b":2,"label":1}""", "line 2: 'b' must be the number of one of the 2 questions, from 0 on, but is '2'")]
    [InlineData("""{"a":-1,"b":1,"label":1}""", "line 2: 'a' must be")]
    [InlineData("""{"a":0,"b":1,"label":1,"test":3}""", "line 2: 'test' must be a text, but is '3'")]
    [InlineData("""{"a":0,""", "line 2: '{\"a\":0,' is no JSON object")]
    [InlineData("[1]", "line 2: '[1]' is no JSON object")]
    public void ReadPairs_BadLine_NamesLineAndValue(string line, string expected)
    {
        Write("questions.jsonl.gz", TwoQuestions);
        Write("pairs.jsonl.gz", $$"""{"a":0,"b":1,"label":0}{{"\n"}}{{line}}""");

        var message = Assert.Throws<QualityException>(() => PairInput.Read(_folder, new SameVector())).Message;

        Assert.Contains("pairs.jsonl.gz, " + expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"text":"a","label":"x"}""", """{"text":"b"}""", "line 2: there is no 'label'")]
    [InlineData("""{"text":"a","label":"x"}""", """{"text":7,"label":"x"}""", "line 2: 'text' must be a text, but is '7'")]
    [InlineData("""{"label":"x"}""", """{"text":"b","label":"x"}""", "line 1: there is no 'text'")]
    public void ReadQuestions_BadLine_NamesLineAndValue(string first, string second, string expected)
    {
        Write("questions.jsonl.gz", first + "\n" + second);

        var message = Assert.Throws<QualityException>(() => EvaluationFolder.ReadQuestions(_folder, new SameVector())).Message;

        Assert.Contains("questions.jsonl.gz, " + expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadPairs_FileThatIsNotCompressed_SaysSo()
    {
        File.WriteAllText(Path.Combine(_folder, "questions.jsonl.gz"), TwoQuestions);
        Write("pairs.jsonl.gz", "{}");

        Assert.Contains("not compressed", Assert.Throws<QualityException>(() => PairInput.Read(_folder, new SameVector())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadQuestions_PairsInPlaceOfLabels_ConnectsWhatIsRight()
    {
        Write("questions.jsonl.gz", TwoQuestions + "\n" + """{"text":"c"}""");
        Write("pairs.jsonl.gz", """{"a":0,"b":2,"label":1}""" + "\n" + """{"a":0,"b":1,"label":0}""");

        var answers = EvaluationFolder.ReadQuestions(_folder, new SameVector()).Answers;

        Assert.Equal(answers[0], answers[2]);
        Assert.NotEqual(answers[0], answers[1]);
    }

    private void Write(string name, string text)
    {
        using var writer = new StreamWriter(new GZipStream(File.Create(Path.Combine(_folder, name)), CompressionLevel.Fastest));
        writer.Write(text);
    }

    private sealed class SameVector : ITextEncoder
    {
        public float[][] Encode(IReadOnlyList<string> texts) => [.. texts.Select(_ => (float[])[1, 0])];
    }
}
