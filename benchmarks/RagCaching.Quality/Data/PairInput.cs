namespace RagCaching.Quality.Data;

/// <summary>Reads labelled pairs from whatever was named.</summary>
internal static class PairInput
{
    public static (string Name, IReadOnlyList<LabelledPair> Pairs) Read(string path)
    {
        if (Directory.Exists(path))
        {
            return EvaluationFolder.HasPairs(path)
                ? (Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), EvaluationFolder.ReadPairs(path))
                : throw new QualityException($"There is no pairs.jsonl.gz in {path}.");
        }

        if (!File.Exists(path))
        {
            throw new QualityException($"There is no folder or file {path}.");
        }

        using var reader = new StreamReader(path);
        return (Path.GetFileNameWithoutExtension(path), PairCsv.Read(Path.GetFileName(path), reader));
    }
}
