using System.IO.Compression;
using RagCaching.Quality.Data;
using RagCaching.Quality.Encoding;

namespace RagCaching.Quality.Tests.Data;

/// <summary>What inputs become where an encoder stands in for vectors or similarities.</summary>
public sealed class EncodedInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ragcaching-").FullName;
    private readonly TableEncoder _encoder = new(new() { ["east"] = [1, 0], ["north"] = [0, 1], ["west"] = [-2, 0], ["nowhere"] = [0, 0] });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_CsvWithoutSimilarities_ComputesThem()
    {
        var path = Write("pairs.csv", "question,candidate,label\neast,east,1\neast,north,0\neast,west,0\nnowhere,east,0\n");

        var pairs = PairInput.Read(path, _encoder).Pairs;

        Assert.Equal([1f, 0f, -1f, 0f], pairs.Select(pair => pair.Similarity));
    }

    [Fact]
    public void Read_CsvWithSomeSimilarities_ComputesTheMissingOnes()
    {
        var path = Write("pairs.csv", "question,candidate,label,similarity\neast,west,1,0.5\neast,west,0,\n,,0,\n");

        var pairs = PairInput.Read(path, _encoder).Pairs;

        Assert.Equal([0.5f, -1f, float.NaN], pairs.Select(pair => pair.Similarity));
    }

    [Fact]
    public void Read_CsvWithoutEncoder_LeavesSimilaritiesUnknown()
    {
        var path = Write("pairs.csv", "question,candidate,label\neast,east,1\neast,north,0\n");

        Assert.All(PairInput.Read(path).Pairs, pair => Assert.Equal(float.NaN, pair.Similarity));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_Folder_IsEncodedWhetherOrNotItHasVectors(bool hasVectors)
    {
        WriteLines("questions.jsonl.gz", """{"text":"east"}""", """{"text":"west"}""");
        WriteLines("pairs.jsonl.gz", """{"a":0,"b":1,"label":0}""", """{"a":0,"b":0,"label":1}""");
        if (hasVectors)
        {
            File.WriteAllBytes(Path.Combine(_folder, "other.f16.bin"), [0, 0x3C, 0, 0x3C]);
        }

        var pairs = PairInput.Read(_folder, _encoder).Pairs;

        Assert.Equal([-1f, 1f], pairs.Select(pair => pair.Similarity));
    }

    [Fact]
    public void Read_FolderWithoutVectorsAndEncoder_SaysWhatIsNeeded()
    {
        WriteLines("questions.jsonl.gz", """{"text":"east"}""");
        WriteLines("pairs.jsonl.gz", """{"a":0,"b":0,"label":1}""");

        Assert.Contains("--encoder", Assert.Throws<QualityException>(() => PairInput.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, -1f)]
    [InlineData("large", -1f)]
    [InlineData("small", 1f)]
    public void Read_FolderWithSeveralVectors_TakesThoseNamedOrTheFirst(string? name, float similarity)
    {
        WriteLines("questions.jsonl.gz", """{"text":"east"}""", """{"text":"west"}""");
        WriteLines("pairs.jsonl.gz", """{"a":0,"b":1,"label":0}""");
        File.WriteAllBytes(Path.Combine(_folder, "small.f16.bin"), [0, 0x3C, 0, 0x3C]);
        File.WriteAllBytes(Path.Combine(_folder, "large.f16.bin"), [0, 0x3C, 0, 0xBC]);

        Assert.Equal(similarity, Assert.Single(PairInput.Read(_folder, vectors: name).Pairs).Similarity);
    }

    [Fact]
    public void Read_FolderWithoutTheVectorsNamed_NamesThem()
    {
        WriteLines("questions.jsonl.gz", """{"text":"east"}""");
        WriteLines("pairs.jsonl.gz", """{"a":0,"b":0,"label":1}""");
        File.WriteAllBytes(Path.Combine(_folder, "small.f16.bin"), [0, 0x3C]);

        Assert.Contains("medium.f16.bin", Assert.Throws<QualityException>(() => PairInput.Read(_folder, vectors: "medium")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadQuestions_WithEncoder_HaveItsVectors()
    {
        WriteLines("questions.jsonl.gz", """{"text":"north","label":"a"}""", """{"text":"west","label":"b"}""");

        Assert.Equal([[0, 1], [-2, 0]], EvaluationFolder.ReadQuestions(_folder, _encoder).Vectors);
    }

    [Fact]
    public void ReadQuestions_OneThatTheEncoderDoesNotKnow_NamesItsLine()
    {
        WriteLines("questions.jsonl.gz", """{"text":"north","label":"a"}""", """{"text":"nowhere","label":"b"}""");

        Assert.Contains("questions.jsonl.gz, line 2", Assert.Throws<QualityException>(() => EvaluationFolder.ReadQuestions(_folder, _encoder)).Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private void WriteLines(string name, params string[] lines)
    {
        using var writer = new StreamWriter(new GZipStream(File.Create(Path.Combine(_folder, name)), CompressionLevel.Fastest));
        writer.Write(string.Join('\n', lines));
    }

    private sealed class TableEncoder(Dictionary<string, float[]> vectors) : ITextEncoder
    {
        public float[][] Encode(IReadOnlyList<string> texts) => [.. texts.Select(text => vectors[text])];
    }
}
