using RagCaching.FetchData;
using RagCaching.FetchData.Cutting;
using RagCaching.FetchData.Sources;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Quality.Tests.FetchData;

/// <summary>The script that names, fetches and cuts the public data, as far as it goes without a network.</summary>
public sealed class FetchDataTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ragcaching-fetch-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task List_NamesEverySetWithItsLicence()
    {
        Assert.Equal(0, await FetchCommands.RunAsync(["list"], _output, _errors));

        Assert.All(Catalogue.Sets, set => Assert.Contains(set.Licence, _output.ToString(), StringComparison.Ordinal));
        Assert.All(Catalogue.Sets, set => Assert.Matches("^[0-9a-f]{40}$", set.Repository.Commit));
        Assert.All(Catalogue.Sets.SelectMany(set => set.Files), file => Assert.Matches("^([0-9a-f]{64})?$", file.Sha256 ?? ""));
    }

    [Fact]
    public async Task Fetch_DryRun_NamesAddressesAndWritesNothing()
    {
        Assert.Equal(0, await FetchCommands.RunAsync(["fetch", _folder.FullName, "--dry-run"], _output, _errors));

        Assert.All(Catalogue.Sets.SelectMany(set => set.Files.Select(set.AddressOf)), address => Assert.Contains(address.ToString(), _output.ToString(), StringComparison.Ordinal));
        Assert.Contains("https://raw.githubusercontent.com/clinc/oos-eval/828f8093932c8fe6ca7936c3d2e52903b1c523de/data/data_full.json", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Theory]
    [InlineData]
    [InlineData("fetch")]
    [InlineData("fetch", "folder", "nothing")]
    [InlineData("bake", "folder")]
    public async Task Command_ThatCannotBeMeant_IsRefusedWithAMessage(params string[] arguments)
    {
        Assert.Equal(2, await FetchCommands.RunAsync(arguments, _output, _errors));
        Assert.NotEmpty(_errors.ToString());
    }

    [Theory]
    [InlineData("check")]
    [InlineData("vectors")]
    [InlineData("convert")]
    public async Task Command_OnAFolderWithoutSets_FailsAndNamesTheFolder(string command)
    {
        var nowhere = Path.Combine(_folder.FullName, "nowhere");

        Assert.Equal(1, await FetchCommands.RunAsync([command, nowhere], _output, _errors));
        Assert.Contains(nowhere, _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Convert_OfFilesInTheSourcesForm_MakesTheHalfAndSaysThatItIsAnother()
    {
        Source("banking77", "train.csv", "text,category\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"\"Question {i}, please?\",label_{i % 3}\n")));
        Source("banking77", "test.csv", "text,category\n\"Question 1, please?\",label_1\n");
        Source("clinc150", "data_full.json", """{"oos_val":[["what is it","oos"]],"train":[["pay the bill","pay_bill"],["pay my bill","pay_bill"],["set a timer","timer"],["play it","play"]]}""");
        Source("disfl-qa", "train.json", """{"a":{"original":"What is it?","disfluent":"Who no what is it?"},"b":{"original":"Where?","disfluent":"When no where?"},"c":{"original":"","disfluent":"x"}}""");
        Source("disfl-qa", "dev.json", "{}");
        Source("disfl-qa", "test.json", "{}");

        Assert.Equal(1, await FetchCommands.RunAsync(["convert", _folder.FullName], _output, _errors));

        var banking = SetFiles.ReadQuestions(Path.Combine(_folder.FullName, "banking77")).ToArray();
        Assert.InRange(banking.Length, 8, 32);
        Assert.Equal(banking.Length, banking.DistinctBy(question => question.Text).Count());
        Assert.All(banking, question => Assert.True(PublishedHalf.Has("banking77", PublishedHalf.Normalize(question.Text))));
        Assert.Contains("other questions than those of the published figures", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("covid-q: by hand", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vectors_OfQuestions_AreOneRowEachAsTheQualityProgramReadsThem()
    {
        var folder = _folder.CreateSubdirectory("banking77").FullName;
        await SetFiles.WriteQuestionsAsync(folder, [new Question("How do I reset my password?", "a", "train"), new Question("How can I reset my password?", "a", "train"), new Question("Who won?", "b", "train")]);

        Assert.Equal(0, await FetchCommands.RunAsync(["vectors", _folder.FullName, "banking77"], _output, _errors));

        var vectors = Quality.Data.EvaluationFolder.ReadQuestions(folder).Vectors;
        Assert.All(vectors, vector => Assert.Equal(MiniLMModel.Dimensions, vector.Length));
        Assert.True(Dot(vectors[0], vectors[1]) > 0.9f && Dot(vectors[0], vectors[2]) < 0.5f);

        static float Dot(float[] a, float[] b) => a.Zip(b, (x, y) => x * y).Sum();
    }

    [Fact]
    public void Pairs_ThatAreConnected_AreInOneHalf()
    {
        Pair[] chain = [.. Enumerable.Range(0, 20).Select(i => new Pair($"{i}", $"Question {i}", $"Question {i + 1}", IsRight: true))];

        Assert.Contains(PublishedHalf.Cut("some-set", chain).Count(), (int[])[0, 20]);
        Assert.Equal("a b c 1 2", PublishedHalf.Normalize("  A, b-C  ½ ".Replace("½", "1⁄2", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Category", "EvaluationData")]
    public void Data_ThatIsThere_IsThatOfThePublishedFigures()
    {
        var folder = EvaluationFolder.FindOrSkip();

        Assert.Equal(0, Checking.Run(folder, Catalogue.Sets, _output));
        foreach (var set in (string[])["banking77", "clinc150"])
        {
            Assert.All(SetFiles.ReadQuestions(Path.Combine(folder, set)), question => Assert.True(PublishedHalf.Has(set, PublishedHalf.Normalize(question.Text))));
        }
    }

    private void Source(string set, string file, string text)
    {
        var folder = _folder.CreateSubdirectory(Path.Combine(set, "source"));
        File.WriteAllText(Path.Combine(folder.FullName, file), text);
    }
}
