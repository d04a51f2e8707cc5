using System.Text;
using static RagCaching.Engines.Tests.Import.Reading;

namespace RagCaching.Engines.Tests.Import;

/// <summary>Rows become answers, or faults that name the line, the field and the value.</summary>
public sealed class CsvAnswersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_WithQuotesLineEndsAndBlankLines_AreRead() => Assert.Equal(
        ["What, exactly? > A \"cache\".", "Two\nlines > Yes."],
        await AllAsync(CsvAnswers.ReadAsync(StreamOf("\uFEFFAnswer,QUESTION\r\n\"A \"\"cache\"\".\",\"What, exactly?\"\r\n\r\nYes.,\"Two\nlines\"\r\n"))));

    [Fact]
    public async Task Columns_ByNumberWithoutHeader_AreRead() => Assert.Equal(
        ["q > a", "r > b"],
        await AllAsync(CsvAnswers.ReadTextAsync(new StringReader("1;a;q\n2;b;r"), new CsvAnswerOptions { HasHeader = false, Delimiter = ';', QuestionColumn = "3", AnswerColumn = "2" })));

    [Fact]
    public async Task Columns_OfTagsScopePartitionAndTime_AreTaken()
    {
        var options = new CsvAnswerOptions { TagsColumn = "tags", ScopeColumn = "scope", PartitionColumn = "part", TimeToLiveColumn = "ttl", Tags = ["faq"], AreCurated = true };
        var answers = await CsvAnswers.ReadAsync(StreamOf("question,answer,tags,scope,part,ttl\nq,a,x| y |,shop|anna,p,90\nr,b,,shop,,1.00:00:00\n"), options).ToListAsync(Token);

        Assert.Equal([(2L, "faq x y", "p", TimeSpan.FromSeconds(90)), (3L, "faq", null, TimeSpan.FromDays(1))], answers.Select(answer => (answer.Line, string.Join(' ', answer.Tags), answer.Partition, answer.TimeToLive!.Value)));
        Assert.Equal([CacheScope.For("shop", "anna"), CacheScope.For("shop")], answers.Select(answer => answer.Scope));
        Assert.All(answers, answer => Assert.True(answer.IsCurated));
    }

    [Fact]
    public async Task Rows_ThatCannotBeTaken_AreFaultsAndTheOthersAreRead()
    {
        const string Text = "question,answer,scope,ttl\nq,a,shop,5\n,a,shop,\nq,,shop,\nq\nq,a,b,c,d\nq,a, ,\nq,a,shop,-5\nr,b,shop,\n";

        Assert.Equal(
            [
                "q > a", "line 3, question: It is blank.", "line 4, answer: It is blank.", "line 5, scope: A scope has no blank parts, and this is ''.",
                "line 6, row: It has 5 fields and the first row 4: a field that has the delimiter ',' in it must stand in quotation marks.", "line 7, scope: A scope has no blank parts, and this is ' '.",
                "line 8, ttl: It must be a positive number of seconds, or [d.]hh:mm:ss, and is '-5'.", "r > b",
            ],
            await AllAsync(CsvAnswers.ReadAsync(StreamOf(Text), new CsvAnswerOptions { ScopeColumn = "scope", TimeToLiveColumn = "ttl" })));
    }

    [Theory]
    [InlineData("question,answer\nq,a \"b\" c\nr,b\n")]
    [InlineData("question,answer\nr,b\n\"q,a")]
    public async Task Quote_WhereNoneMayStandOrThatIsNotClosed_IsAFault(string text)
    {
        var read = await AllAsync(CsvAnswers.ReadAsync(StreamOf(text)));

        Assert.Contains("r > b", read);
        Assert.Single(read, line => line.Contains("line ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Row_ThatIsTooLong_EndsTheReadingBeforeItIsAllThere()
    {
        await using var source = new CountingStream("question,answer\nq,a\nr,\"" + new string('x', 10_000_000));

        Assert.Equal(
            ["q > a", "line 3, row: It is longer than 2048 (AnswerReaderOptions.MaxRecordLength)."], await AllAsync(CsvAnswers.ReadAsync(source, new CsvAnswerOptions { MaxRecordLength = 2_048 })));
        Assert.InRange(source.BytesRead, 1, 32_768);
    }

    [Fact]
    public async Task Field_OfAnotherEncoding_IsAFaultAndIsReadWithIt()
    {
        var latin = Encoding.Latin1.GetBytes("question,answer\nKöln?,Ja\n");

        Assert.StartsWith("line 2, question: It has bytes that are not of the encoding", Assert.Single(await AllAsync(CsvAnswers.ReadAsync(new MemoryStream(latin)))), StringComparison.Ordinal);
        Assert.Equal(["Köln? > Ja"], await AllAsync(CsvAnswers.ReadAsync(new MemoryStream(latin), new CsvAnswerOptions { Encoding = Encoding.Latin1 })));
    }

    [Fact]
    public async Task Row_OfAMillionBadFields_IsAFaultBeforeTheyAreCopied()
    {
        var source = new StringReader("question,answer\n" + string.Concat(Enumerable.Repeat("x\",", 100_000)) + "\nr,b\n");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var reading = AllAsync(CsvAnswers.ReadTextAsync(source));

        // Nothing is waited for in memory, so all of it ran on this thread.
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(reading.IsCompleted);
        var read = await reading;
        Assert.Equal("r > b", read[^1]);
        Assert.StartsWith("line 2, row: It has 100001 fields", read[0], StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 100_000_000);
    }

    [Fact]
    public async Task Header_OfMoreColumnsThanAnybodyMeans_IsRefused() => Assert.Contains(
        "at most 16384", (await Assert.ThrowsAsync<InvalidDataException>(() => AllAsync(CsvAnswers.ReadTextAsync(new StringReader(new string(',', 100_000)))))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Fault_AfterBlankLines_NamesItsOwnLine() => Assert.Equal(
        ["q > a", "line 6, question: It is blank.", "r > b"], await AllAsync(CsvAnswers.ReadTextAsync(new StringReader("\r\nquestion,answer\nq,a\n\n\r\n,a\n\nr,b\n\n"))));

    [Theory]
    [InlineData(' ')]
    [InlineData('\t')]
    public async Task Delimiter_ThatIsWhiteSpace_IsTaken(char delimiter) =>
        Assert.Equal(["q > a"], await AllAsync(CsvAnswers.ReadTextAsync(new StringReader($"question{delimiter}answer\nq{delimiter}a"), new CsvAnswerOptions { Delimiter = delimiter })));

    [Theory]
    [InlineData("", "header: The file is empty")]
    [InlineData("a;b\nq;a", "no column 'question' (QuestionColumn); it has 1 field(s). Is the delimiter ','?")]
    public async Task File_WithoutTheColumns_IsRefusedWithWhatIsMissing(string text, string expected) =>
        Assert.Contains(expected, (await Assert.ThrowsAsync<InvalidDataException>(() => AllAsync(CsvAnswers.ReadAsync(StreamOf(text))))).Message, StringComparison.Ordinal);

    [Fact]
    public void Options_OutOfRange_AreRefusedAtOnce()
    {
        Assert.Throws<ArgumentException>(() => CsvAnswers.ReadAsync(StreamOf(""), new CsvAnswerOptions { Delimiter = '"' }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CsvAnswers.ReadAsync(StreamOf(""), new CsvAnswerOptions { MaxRecordLength = 10 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => CsvAnswers.ReadAsync(StreamOf(""), new CsvAnswerOptions { TimeToLive = TimeSpan.Zero }));
        Assert.Throws<ArgumentNullException>(() => CsvAnswers.ReadAsync(StreamOf(""), new CsvAnswerOptions { Tags = [null!] }));
        Assert.Throws<ArgumentNullException>(() => RedisVLAnswers.ReadLinesAsync(StreamOf(""), new RedisVLOptions { ScopeFields = [null!] }));
        Assert.Throws<ArgumentException>(() => RedisVLAnswers.ReadLinesAsync(StreamOf(""), new RedisVLOptions { TagFields = [" "] }));
    }

    /// <summary>Counts what is read of it.</summary>
    private sealed class CountingStream(string text) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public long BytesRead { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            BytesRead += read;
            return read;
        }
    }
}
