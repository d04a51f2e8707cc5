using RagCaching.ErrorBudgets.Model;

namespace RagCaching.Tests.ErrorBudgets;

/// <summary>A small set of labels with two features, similarity and agreement, whose fit was computed by another program.</summary>
internal static class WorkedExample
{
    private static readonly double[] Labels =
    [
        .70, 0, .75, 1, .80, 0, .82, 3, .85, 2, .88, 1, .90, 4, .91, 2, .93, 4, .95, 3, .97, 4, .99, 4,
    ];

    public static FeatureRows Labelled { get; } = new(Labels, 2);

    public static bool[] Outcomes { get; } = [false, false, true, false, true, false, true, false, true, true, true, true];

    public static FeatureRows Window { get; } = new([.. Labels, .96, 4, .86, 0, .94, 2, .98, 4], 2);
}
