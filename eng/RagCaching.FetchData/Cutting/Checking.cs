using System.Security.Cryptography;
using System.Text;
using RagCaching.FetchData.Sources;

namespace RagCaching.FetchData.Cutting;

/// <summary>Compares questions with those of the published figures, by a digest over texts and labels in their order.</summary>
internal static class Checking
{
    public static int Run(string folder, IEnumerable<DataSet> sets, TextWriter output)
    {
        var (all, others) = (0, 0);
        foreach (var set in sets.Where(set => set.QuestionDigest is not null && File.Exists(Path.Combine(folder, set.Name, SetFiles.Questions))))
        {
            var (count, digest) = DigestOf(SetFiles.ReadQuestions(Path.Combine(folder, set.Name)));
            var isSame = digest == set.QuestionDigest;
            (all, others) = (all + 1, others + (isSame ? 0 : 1));
            output.WriteLine($"{set.Name}: {(isSame ? "the questions of the published figures" : $"other questions than those of the published figures, which are {set.Questions} ({set.QuestionDigest}) and not {count} ({digest})")}.");
        }

        if (all == 0)
        {
            throw new FileNotFoundException($"None of the sets has a {SetFiles.Questions} in {Path.GetFullPath(folder)}: there is nothing to compare.");
        }

        return others == 0 ? 0 : 1;
    }

    /// <summary>Computes SHA-256 over "text U+001F label LF" of each question.</summary>
    public static (int Count, string Digest) DigestOf(IEnumerable<Question> questions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0;
        foreach (var question in questions)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{question.Text}\u001F{question.Label}\n"));
            count++;
        }

        return (count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
