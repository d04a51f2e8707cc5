namespace RagCaching.Engines.Tests.Replay;

/// <summary>A thousand questions, some of which repeat, word for word or in other words.</summary>
internal static class QuestionStream
{
    private static readonly string[] Forms =
    [
        "How do I {0} the {1} in the {2} of the shop?", "How can I {0} the {1} in the {2} of the shop?", "How do I {0} the {1} in the {2} of a shop?", "Please tell me how I {0} the {1} in the {2} of the shop?",
    ];

    private static readonly string[] Actions = ["open", "cancel", "change", "export", "archive", "rename", "share", "print", "translate", "approve"];

    private static readonly string[] Things = ["invoice", "order", "basket", "voucher", "address", "catalogue", "delivery", "contract", "survey", "calendar"];

    private static readonly string[] Places = ["menu", "archive page", "settings", "mobile view", "dashboard"];

    /// <summary>Gets the questions, the same ones every time.</summary>
    public static IReadOnlyList<string> Questions { get; } = Make();

    private static string[] Make()
    {
        var random = new Random(20261129);

        // Some are asked often, most of them seldom.
        string Pick(string[] words) => words[(int)(words.Length * Math.Pow(random.NextDouble(), 1.5))];
        return [.. Enumerable.Range(0, 1_000).Select(_ => string.Format(System.Globalization.CultureInfo.InvariantCulture, Pick(Forms), Pick(Actions), Pick(Things), Pick(Places)))];
    }
}
