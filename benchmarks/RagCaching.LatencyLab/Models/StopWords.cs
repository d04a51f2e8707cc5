using System.Collections.Frozen;

namespace RagCaching.LatencyLab.Models;

/// <summary>Common English words that say little about what a question is about.</summary>
/// <remarks>Words that turn a meaning around (not, no, without, on, off, before, after) are left out on purpose.</remarks>
internal static class StopWords
{
    private static readonly FrozenSet<string> Words =
        ("a an the this that these those it its is are was were be been being am do does did done doing have has had "
        + "i me my we us our you your he she they them their there here what which who whom whose when where why how "
        + "can could may might must shall should will would of to in at by for with from into about as and or if then "
        + "than so such some any each per please tell let get gets got need want just also one").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string word) => Words.Contains(word);
}
