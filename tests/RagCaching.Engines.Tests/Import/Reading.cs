using System.Text;

namespace RagCaching.Engines.Tests.Import;

/// <summary>What a reader yields, in words.</summary>
internal static class Reading
{
    public static MemoryStream StreamOf(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads all: "question > answer", or the fault.</summary>
    public static async Task<string[]> AllAsync(IAsyncEnumerable<ImportedAnswer> answers) =>
        [.. (await answers.ToListAsync(TestContext.Current.CancellationToken)).Select(answer => answer.Fault?.ToString() ?? $"{answer.Question} > {answer.Answer}")];
}
