using System.Numerics.Tensors;

namespace RagCaching.ErrorBudgets.Model;

/// <summary>What is known about the answers that say the same. Not thread-safe.</summary>
internal sealed class GroupRecord
{
    /// <summary>Gets or sets the sum of the unit vectors of the group's questions; <see langword="null"/> while there is only one.</summary>
    public float[]? Sum { get; set; }

    /// <summary>Gets or sets how many questions joined the group.</summary>
    public int Count { get; set; } = 1;

    public int Right { get; set; }

    public int Wrong { get; set; }

    /// <summary>Gets or sets the time before which answers were stored that may be out of date; <see langword="null"/> when none is doubted.</summary>
    public DateTimeOffset? SuspectBefore { get; set; }

    /// <summary>Gets the doubted answers that were found to be right since.</summary>
    public HashSet<string> Cleared { get; private init; } = new(StringComparer.Ordinal);

    public bool IsSuspect(Neighbour neighbour) => neighbour.CreatedAt <= SuspectBefore && !Cleared.Contains(neighbour.Nonce);

    public void Add(ReadOnlySpan<float> unitVector, ReadOnlySpan<float> firstUnitVector)
    {
        if (Sum?.Length != unitVector.Length)
        {
            Sum = firstUnitVector.Length == unitVector.Length ? firstUnitVector.ToArray() : new float[unitVector.Length];
        }

        TensorPrimitives.Add(Sum, unitVector, Sum);
        Count++;
    }

    public GroupRecord Copy() => new()
    {
        Sum = Sum?.ToArray(),
        Count = Count,
        Right = Right,
        Wrong = Wrong,
        SuspectBefore = SuspectBefore,
        Cleared = new HashSet<string>(Cleared, StringComparer.Ordinal),
    };

    /// <summary>Computes the cosine of a question and the group's centre, which for a single question is the similarity to it.</summary>
    public static float Similarity(GroupRecord? group, ReadOnlySpan<float> unitVector, float toNearest) =>
        group?.Sum is { } sum && sum.Length == unitVector.Length && TensorPrimitives.Norm(sum) is > 0 and var norm
            ? TensorPrimitives.Dot(unitVector, sum) / norm
            : toNearest;
}
