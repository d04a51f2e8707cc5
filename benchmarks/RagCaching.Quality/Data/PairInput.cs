using RagCaching.Quality.Encoding;

namespace RagCaching.Quality.Data;

/// <summary>Reads labelled pairs from whatever was named.</summary>
internal static class PairInput
{
    /// <summary>Reads the pairs of a folder or of a CSV file.</summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="encoder">Encodes the texts of folders, whether or not they have vectors, and of pairs whose similarity a file does not say; <see langword="null"/> to take what there is.</param>
    /// <param name="vectors">The name of the vectors of a folder, without its ending; <see langword="null"/> for the first by name.</param>
    public static (string Name, IReadOnlyList<LabelledPair> Pairs) Read(string path, ITextEncoder? encoder = null, string? vectors = null)
    {
        if (Directory.Exists(path))
        {
            return EvaluationFolder.HasPairs(path)
                ? (Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), EvaluationFolder.ReadPairs(path, encoder, vectors))
                : throw new QualityException($"There is no pairs.jsonl.gz in {path}.");
        }

        if (!File.Exists(path))
        {
            throw new QualityException($"There is no folder or file {path}.");
        }

        using var reader = new StreamReader(path);
        var pairs = PairCsv.Read(Path.GetFileName(path), reader);
        return (Path.GetFileNameWithoutExtension(path), encoder is null ? pairs : PairSimilarities.Fill(pairs, encoder));
    }
}
