using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace RagCaching.FetchData.Cutting;

/// <summary>The half of a set that the figures were made of. The other half was never looked at, and is there for whoever wants to check on new data.</summary>
internal static partial class PublishedHalf
{
    /// <summary>Whether a key is in it: the first byte of SHA-256("ragcaching-split-v1|SET|KEY") is below 128.</summary>
    public static bool Has(string set, string key) => SHA256.HashData(Encoding.UTF8.GetBytes($"ragcaching-split-v1|{set}|{key}"))[0] < 128;

    /// <summary>Normalises a text: NFKC, lower case, and runs of anything but letters, digits and underscores to one blank.</summary>
    public static string Normalize(string text) => NoWord().Replace(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant(), " ").Trim();

    /// <summary>Cuts questions with labels, of which exact repeats are dropped.</summary>
    public static IEnumerable<Question> Cut(string set, IEnumerable<Question> questions)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return questions.Where(question => Has(set, Normalize(question.Text)) && seen.Add(question.Text));
    }

    /// <summary>Cuts pairs: the key is the smallest normalised text of all that are connected by pairs, so that no question is in both halves.</summary>
    public static IEnumerable<Pair> Cut(string set, IReadOnlyCollection<Pair> pairs)
    {
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var (a, b) = (Root(Normalize(pair.A)), Root(Normalize(pair.B)));
            var (smaller, larger) = string.CompareOrdinal(a, b) <= 0 ? (a, b) : (b, a);
            parents[larger] = smaller;
        }

        return pairs.Where(pair => Has(set, Root(Normalize(pair.A))));

        string Root(string text)
        {
            var root = text;
            while (parents.TryGetValue(root, out var parent) && parent != root)
            {
                root = parent;
            }

            return root;
        }
    }

    [GeneratedRegex(@"[^\p{L}\p{N}_]+")]
    private static partial Regex NoWord();
}
