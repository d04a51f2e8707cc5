using static RagCaching.Engines.Tests.Import.Reading;

namespace RagCaching.Engines.Tests.Import;

/// <summary>What a GPTCache has in SQLite becomes answers.</summary>
public sealed class GptCacheAnswersTests
{
    [Fact]
    public async Task Questions_ThatAreNotDeleted_AreReadWithTheirFirstText()
    {
        using var file = new GptCacheFile();
        file.Execute("""
            INSERT INTO gptcache_question VALUES (1, 'q', '2026-01-01', NULL, x'00', 0), (2, 'gone', NULL, NULL, NULL, -1), (3, 'r', NULL, NULL, NULL, NULL);
            INSERT INTO gptcache_answer VALUES (1, 3, 'aW1hZ2U=', 1), (2, 3, 'b', 0), (3, 1, 'a', 0), (4, 1, 'second', 0), (5, 2, 'x', 0);
            """);

        Assert.Equal(["q > a", "r > b"], await AllAsync(GptCacheAnswers.ReadAsync(file.Path)));
    }

    [Fact]
    public async Task Questions_ThatCannotBeTaken_AreFaultsAndTheOthersAreRead()
    {
        using var file = new GptCacheFile("mine");
        file.Execute($"""
            INSERT INTO mine_question (id, question, deleted) VALUES (1, 'no answer', 0), (2, ' ', 0), (3, 'picture', 0), (4, 'depends', 0), (5, x'FF00', 0), (6, '{new string('x', 2_000)}', 0), (7, 'r', 0);
            INSERT INTO mine_answer VALUES (1, 2, 'a', 0), (2, 3, 'aW1hZ2U=', 1), (3, 4, 'a', 0), (4, 5, 'a', 0), (5, 6, 'a', 0), (6, 7, 'b', 0);
            INSERT INTO mine_question_dep VALUES (1, 4, 'image', 'x', 1);
            """);

        Assert.Equal(
            [
                "line 1, answer: It is missing.", "line 2, question: It is blank.", "line 3, answer_type: It is 1: an image, and no text (0).",
                "line 4, question_dep: The question has dependencies, so that its text alone does not say what was asked.", "line 5, question: It is missing.",
                "line 6, question: It is longer than 1024 (AnswerReaderOptions.MaxRecordLength).", "r > b",
            ],
            await AllAsync(GptCacheAnswers.ReadAsync(file.Path, new GptCacheOptions { TableName = "mine", MaxRecordLength = 1_024 })));
    }

    [Fact]
    public async Task Text_WithANulInIt_IsAsLongAsItIs()
    {
        using var file = new GptCacheFile();
        file.Execute($"INSERT INTO gptcache_question (id, question, deleted) VALUES (1, 'q' || char(0) || '{new string('x', 2_000)}', 0); INSERT INTO gptcache_answer VALUES (1, 1, 'a', 0);");

        Assert.Equal(["line 1, question: It is longer than 1024 (AnswerReaderOptions.MaxRecordLength)."], await AllAsync(GptCacheAnswers.ReadAsync(file.Path, new GptCacheOptions { MaxRecordLength = 1_024 })));
    }

    [Fact]
    public async Task File_ThatIsNoDatabaseOrHasNoTables_IsRefusedWithWhatIsWrong()
    {
        using var file = new GptCacheFile("other");
        Assert.Contains("no table 'gptcache_question'", (await Assert.ThrowsAsync<InvalidDataException>(() => AllAsync(GptCacheAnswers.ReadAsync(file.Path)))).Message, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file.Path, "This is a text and no database of SQLite at all.", TestContext.Current.CancellationToken);
        Assert.Contains("is no database", (await Assert.ThrowsAsync<InvalidDataException>(() => AllAsync(GptCacheAnswers.ReadAsync(file.Path)))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FileNotFoundException>(() => AllAsync(GptCacheAnswers.ReadAsync(file.Path + "x")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\"; DROP TABLE x; --")]
    [InlineData("é")]
    public void TableName_ThatIsNone_IsRefused(string name) => Assert.Throws<ArgumentException>(() => GptCacheAnswers.ReadAsync("x.db", new GptCacheOptions { TableName = name }));
}
