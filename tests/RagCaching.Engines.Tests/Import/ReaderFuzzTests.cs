using System.Text;
using RagCaching.Tests.Fuzz;

namespace RagCaching.Engines.Tests.Import;

/// <summary>Whatever stands in a file, a reader yields answers and faults, or throws what it documents.</summary>
public sealed class ReaderFuzzTests
{
    private const int LongestInput = 4_096;

    private static readonly byte[] Csv = Encoding.UTF8.GetBytes("question,answer,tags,scope,ttl\nq,a,x|y,shop|anna,90\n\"q \"\"r\"\", s\",\"a\nb\",,shop,01:00:00\n");
    private static readonly byte[] Chats = Encoding.UTF8.GetBytes("""
        {"messages":[{"role":"system","content":"s"},{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}
        [{"role":"user","content":[{"type":"text","text":"q\ud83d\ude00"}]},{"role":"assistant","content":null,"tool_calls":[{}]},{"role":"tool","content":"7"},{"role":"assistant","content":"a"}]
        """);

    private static readonly byte[] Entries = Encoding.UTF8.GetBytes("""
        {"prompt":"q","response":"a","tenant":"shop","filters":{"country":7},"metadata":{"x":[1,2]}}
        """);

    [Fact]
    public void Csv_RandomChanges_YieldsOrThrowsWhatItDocuments() => FuzzRun.Run(random =>
    {
        var options = random.Next(2) == 0
            ? new CsvAnswerOptions { TagsColumn = "tags", ScopeColumn = "scope", TimeToLiveColumn = "ttl", MaxRecordLength = 1_024 }
            : new CsvAnswerOptions { HasHeader = false, Delimiter = ",;\t"[random.Next(3)] };
        Read(random, Csv, input => CsvAnswers.ReadAsync(input, options), typeof(InvalidDataException));
    });

    [Fact]
    public void Chats_RandomChanges_Yields() => FuzzRun.Run(random =>
        Read(random, Chats, input => ChatLogAnswers.ReadAsync(input, new ChatLogOptions { AllTurns = random.Next(2) == 0, AnswersAfterTools = random.Next(2) == 0, MaxRecordLength = 1_024 })));

    [Fact]
    public void Entries_RandomChanges_Yields() => FuzzRun.Run(random =>
        Read(random, Entries, input => RedisVLAnswers.ReadLinesAsync(input, new RedisVLOptions { ScopeFields = ["tenant"], TagFields = ["country", "metadata"], MaxRecordLength = 1_024 })));

    [Fact]
    public void GptCache_RandomChanges_YieldsOrThrowsWhatItDocuments()
    {
        using var file = new GptCacheFile();
        file.Execute("""
            INSERT INTO gptcache_question VALUES (1, 'q', '2026-01-01', NULL, x'00', 0), (2, 'r', NULL, NULL, NULL, 0), (3, x'FFFE', NULL, NULL, NULL, 0);
            INSERT INTO gptcache_answer VALUES (1, 1, 'a', 0), (2, 2, 'b', 0), (3, 3, 'c', 'x');
            INSERT INTO gptcache_question_dep VALUES (1, 2, 'n', 'd', 0);
            """);
        var golden = File.ReadAllBytes(file.Path);

        // A page of SQLite has 4,096 bytes, most of them empty: the changes are where something stands.
        FuzzRun.Run(random =>
        {
            var bytes = golden.ToArray();
            for (var changes = random.Next(1, 40); changes > 0; changes--)
            {
                var at = random.Next(bytes.Length);
                for (var tries = 0; tries < 64 && bytes[at] == 0; tries++)
                {
                    at = random.Next(bytes.Length);
                }

                bytes[at] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)(bytes[at] ^ (1 << random.Next(8)));
            }

            var path = file.Path + ".fuzz";
            File.WriteAllBytes(path, random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            Drain(GptCacheAnswers.ReadAsync(path), golden.Length, typeof(InvalidDataException));
        }, share: 4);
    }

    [Fact]
    public async Task Csv_OfTwiceTheRows_AllocatesTwice()
    {
        var less = await AllocatedAsync(20_000);
        var more = await AllocatedAsync(40_000);

        Assert.InRange((double)more / less, 1.5, 2.5);

        static async Task<long> AllocatedAsync(int rows)
        {
            using var input = Reading.StreamOf("question,answer\n" + string.Concat(Enumerable.Repeat("\"q, r\",a\n", rows)));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var counting = CsvAnswers.ReadAsync(input).CountAsync(TestContext.Current.CancellationToken);

            // Nothing is waited for in memory, so all of it ran on this thread; other tests run on others.
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(counting.IsCompleted);
            Assert.Equal(rows, await counting);
            return allocated;
        }
    }

    private static void Read(Random random, byte[] golden, Func<Stream, IAsyncEnumerable<ImportedAnswer>> reader, params Type[] documented)
    {
        var bytes = random.Next(4) == 0 ? Encoding.UTF8.GetBytes(FuzzRun.Text(random)) : FuzzRun.Mutate(random, golden);
        bytes = bytes.Length > LongestInput ? bytes[..LongestInput] : bytes;
        Drain(reader(new MemoryStream(bytes)), bytes.Length, documented);
    }

    private static void Drain(IAsyncEnumerable<ImportedAnswer> answers, int length, params Type[] documented)
    {
        try
        {
            // A file holds no more answers than it has bytes, and each is whole, or a fault.
            foreach (var answer in answers.ToBlockingEnumerable().Select((answer, i) => (answer, i)))
            {
                Assert.InRange(answer.i, 0, length);
                Assert.True(answer.answer.Fault is { Problem.Length: > 0 } || (!string.IsNullOrWhiteSpace(answer.answer.Question) && !string.IsNullOrWhiteSpace(answer.answer.Answer)));
            }
        }
        catch (Exception exception) when (documented.Contains(exception.GetType()))
        {
            Assert.NotEmpty(exception.Message);
        }
    }
}
