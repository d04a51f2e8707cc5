using System.Text;
using System.Text.Json.Nodes;
using RagCaching.Tests.TestDoubles;

namespace RagCaching.Tests.Semantic.Transfers;

/// <summary>What is wrong with an import is said with its line, field and value, and harms no other line.</summary>
public sealed class BrokenImportTests : IDisposable
{
    private readonly CacheFixture _fixture = new(options => options.Limits.MaxQuestionLength = 100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("partition", "\"short\"", "partition", "'short'")]
    [InlineData("partition", "7", "partition", "no entry")]
    [InlineData("id", "\"?\"", "id", "'?'")]
    [InlineData("nonce", "\"?\"", "nonce", "'?'")]
    [InlineData("question", "null", "question", "no entry")]
    [InlineData("question", "\"<long>\"", "question", "101 characters")]
    [InlineData("labels", "[]", "labels", "from 1 to")]
    [InlineData("labels", "[\"not a digest\"]", "labels", "URL-safe")]
    [InlineData("owner", "\"not a digest\"", "owner", "'not a digest'")]
    [InlineData("rejected", "[\"x\"]", "rejected", "at most 16")]
    [InlineData("vector", "\"AAAA\"", "vector", "3 bytes")]
    [InlineData("vector", "\"AAAAAA==\"", "vector", "4 bytes")]
    [InlineData("vector", "\"AADAfw==\"", "vector", "finite")]
    [InlineData("vector", "\"AACAPw==\"", "vector", "1 dimensions")]
    [InlineData("vector", "\"?\"", "vector", "no entry")]
    [InlineData("answer", "{}", "answer", "no answer")]
    [InlineData("answer", "{\"version\":99,\"messages\":[]}", "answer", "no answer")]
    [InlineData("createdAt", "\"yesterday\"", "createdAt", "no entry")]
    [InlineData("right", "\"many\"", "right", "no entry")]
    [InlineData("unknown", "1", "unknown", "no entry")]
    public async Task Import_OfALineWithAWrongField_NamesItAndTakesTheOthers(string field, string value, string named, string said)
    {
        var lines = await ExportAsync();
        var line = JsonNode.Parse(lines[2])!.AsObject();
        line[field] = JsonNode.Parse(value.Replace("<long>", new string('q', 101), StringComparison.Ordinal));
        lines[2] = line.ToJsonString();

        var report = await ImportAsync(lines);

        var fault = Assert.Single(report.Faults);
        Assert.Equal((3L, named), (fault.Line, fault.Field));
        Assert.Contains(said, fault.Problem, StringComparison.Ordinal);
        Assert.Equal((2L, 1L), (report.Stored, report.Faulty));
        Assert.Null((await _fixture.Cache.LookupAsync("Second?", Token)).Response);
        Assert.Equal("Third.", (await _fixture.Cache.LookupAsync("Third?", Token)).Response?.Text);
    }

    [Theory]
    [InlineData("{", "'{'")]
    [InlineData("[1,2", "'[1,2'")]
    [InlineData("null", "null")]
    [InlineData("no JSON at all, and quite a lot of it, more than anybody wants to read", "...")]
    public async Task Import_OfALineThatIsNoEntry_ShowsHowItBegins(string line, string said)
    {
        var lines = await ExportAsync();
        lines[1] = line;

        var report = await ImportAsync(lines);

        Assert.Equal(2, report.Stored);
        Assert.Contains(said, Assert.Single(report.Faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfALineThatIsTooLong_PassesOverIt()
    {
        var lines = await ExportAsync();
        lines[2] = new string('x', 200_000);

        var report = await ImportAsync(lines, new ImportOptions { MaxLineBytes = 4_096 });

        Assert.Equal((2L, 3L), (report.Stored, Assert.Single(report.Faults).Line));
    }

    [Fact]
    public async Task Import_ThatStopsAtTheFirstFault_SaysHowManyWereTaken()
    {
        var lines = await ExportAsync();
        lines[2] = "{";

        var report = await ImportAsync(lines, new ImportOptions { StopAtFirstFault = true });

        Assert.Equal("1 stored, 0 expired, 0 kept, 1 faulty", report.ToString());
    }

    [Theory]
    [InlineData("format", "\"other\"", "format: It must be 'ragcaching-entries', and is 'other'")]
    [InlineData("version", "2", "version: This library reads versions up to 1, and this is 2")]
    [InlineData("version", "0", "version")]
    [InlineData("keys", "\"other\"", "KeySecret")]
    [InlineData("vectors", "\"other\"", "embeddingModel")]
    public async Task Import_WithAHeaderOfAnotherKind_IsRefusedWhole(string field, string value, string said)
    {
        var lines = await ExportAsync();
        var header = JsonNode.Parse(lines[0])!.AsObject();
        header[field] = JsonNode.Parse(value);
        lines[0] = header.ToJsonString();

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => ImportAsync(lines));

        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
        Assert.Null((await _fixture.Cache.LookupAsync("First?", Token)).Response);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("question,answer\na,b\n")]
    public async Task Import_WithoutAHeader_IsRefused(string text)
    {
        var exception = await Assert.ThrowsAsync<InvalidDataException>(async () => await _fixture.Cache.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), cancellationToken: Token));

        Assert.StartsWith("line 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WithAMarkAndOtherLineEnds_IsRead()
    {
        var lines = await ExportAsync();
        var text = "\uFEFF" + string.Join("\r\n", lines);

        var report = await _fixture.Cache.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), cancellationToken: Token);

        Assert.Equal("3 stored, 0 expired, 0 kept, 0 faulty", report.ToString());
    }

    [Fact]
    public async Task Import_WithAnyByteChanged_IsStoredOrRefusedAndNeverFails()
    {
        var whole = Encoding.UTF8.GetBytes(string.Join('\n', await ExportAsync()));
        var random = new Random(1);
        for (var run = 0; run < 3_000; run++)
        {
            var changed = (byte[])whole.Clone();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            try
            {
                var report = await _fixture.Cache.ImportAsync(new MemoryStream(changed), cancellationToken: Token);
                Assert.True(report.Stored + report.Expired + report.Faulty + report.Kept >= 2, report.ToString());
            }
            catch (InvalidDataException)
            {
                // The header was hit.
            }
        }
    }

    [Fact]
    public async Task Import_WithAnImpossibleBound_NamesIt() =>
        Assert.Equal(
            "options.MaxLineBytes",
            (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _fixture.Cache.ImportAsync(new MemoryStream(), new ImportOptions { MaxLineBytes = 1 }, cancellationToken: Token))).ParamName);

    private static async Task<string[]> ExportAsync()
    {
        using var source = new CacheFixture();
        foreach (var name in (string[])["First", "Second", "Third"])
        {
            await source.Cache.StoreAsync($"{name}?", CacheFixture.Answer($"{name}."), Token);
            source.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var export = new MemoryStream();
        await source.Cache.ExportAsync(export, new EntryFilter { AllScopes = true }, cancellationToken: Token);
        var lines = Encoding.UTF8.GetString(export.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [lines[0], .. lines[1..].OrderBy(line => line.Contains("First?", StringComparison.Ordinal) ? 0 : line.Contains("Second?", StringComparison.Ordinal) ? 1 : 2)];
    }

    private async Task<ImportReport> ImportAsync(string[] lines, ImportOptions? options = null) =>
        await _fixture.Cache.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), options, cancellationToken: Token);
}
