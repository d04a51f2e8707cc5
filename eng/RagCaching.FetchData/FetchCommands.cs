using RagCaching.FetchData.Cutting;
using RagCaching.FetchData.Sources;
using RagCaching.FetchData.Vectors;

namespace RagCaching.FetchData;

/// <summary>What the tool can be told.</summary>
internal static class FetchCommands
{
    private const int Failed = 1, BadUsage = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private const string Usage = """
        Usage: eng/fetch-data list
               eng/fetch-data fetch   <folder> [set ...] [--dry-run]   download the public files and check their digests
               eng/fetch-data convert <folder> [set ...]               make questions.jsonl.gz and pairs.jsonl.gz of them: the half that was published on
               eng/fetch-data vectors <folder> [set ...]               make minilm-l6-v2.f16.bin beside each questions.jsonl.gz
               eng/fetch-data check   <folder> [set ...]               compare the questions with those of the published figures
        Then: RAGCACHING_DATA=<folder> dotnet test, and the commands in benchmarks/results.
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var isDryRun = args.Contains("--dry-run");
        string[] words = [.. args.Where(word => word != "--dry-run")];
        if (words is ["list"])
        {
            Catalogue.Write(output);
            return 0;
        }

        if (words is not [("fetch" or "convert" or "vectors" or "check") and var command, var folder, .. var names])
        {
            errors.WriteLine(Usage);
            return BadUsage;
        }

        if (names.FirstOrDefault(name => Catalogue.Sets.All(set => set.Name != name)) is { } unknown)
        {
            errors.WriteLine($"There is no set '{unknown}': {string.Join(", ", Catalogue.Sets.Select(set => set.Name))}.");
            return BadUsage;
        }

        DataSet[] sets = [.. Catalogue.Sets.Where(set => names.Length == 0 || names.Contains(set.Name))];
        try
        {
            return command switch
            {
                "fetch" => await FetchAsync(folder, sets, isDryRun, output).ConfigureAwait(false),
                "convert" => await Converting.RunAsync(folder, sets, output).ConfigureAwait(false),
                "vectors" => await VectorFiles.RunAsync(folder, sets, output).ConfigureAwait(false),
                _ => Checking.Run(folder, sets, output),
            };
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or HttpRequestException or OperationCanceledException or UnauthorizedAccessException)
        {
            errors.WriteLine(exception.Message);
            return Failed;
        }
    }

    private static async Task<int> FetchAsync(string folder, IEnumerable<DataSet> sets, bool isDryRun, TextWriter output)
    {
        // The client's own limit ends with the headers of an answer.
        using var enough = new CancellationTokenSource(Patience);
        using var client = new HttpClient();
        return await new Downloads(client).RunAsync(folder, sets, isDryRun, output, enough.Token).ConfigureAwait(false);
    }
}
