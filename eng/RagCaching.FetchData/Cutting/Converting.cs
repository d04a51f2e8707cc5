using RagCaching.FetchData.Sources;

namespace RagCaching.FetchData.Cutting;

/// <summary>Makes the files that the tools read of the public files.</summary>
internal static class Converting
{
    public static async Task<int> RunAsync(string folder, IEnumerable<DataSet> sets, TextWriter output)
    {
        foreach (var set in sets)
        {
            var target = Path.Combine(folder, set.Name);
            var source = Path.Combine(target, "source");
            if (set.QuestionDigest is null || set.ByHand is not null || !Directory.Exists(source))
            {
                output.WriteLine($"{set.Name}: {(set.QuestionDigest is null ? "used as it is" : set.ByHand ?? "not fetched")}.");
                continue;
            }

            var (questions, pairs) = SetReaders.Read(set.Name, source);
            var count = await (pairs is null ? SetFiles.WriteQuestionsAsync(target, PublishedHalf.Cut(set.Name, questions!)) : SetFiles.WritePairsAsync(target, [.. PublishedHalf.Cut(set.Name, pairs)])).ConfigureAwait(false);
            output.WriteLine($"{set.Name}: {count} questions of {(pairs?.Count * 2) ?? questions!.Count}.");
        }

        return Checking.Run(folder, sets.Where(set => set.ByHand is null), output);
    }
}
