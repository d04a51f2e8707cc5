using System.Globalization;
using System.Text;

namespace RagCaching.Tests.Fuzz;

/// <summary>What comes from users: no text makes the guard, its tokenizer or its reader of numbers throw, and a text always equals itself.</summary>
public sealed class TextFuzzTests
{
    private static readonly LexicalGuard Guard = new();

    [Fact]
    public void Guard_RandomTexts_NeverThrowsAndAllowsTheSame() => FuzzRun.Run(
        random =>
        {
            var (first, second) = (FuzzRun.Text(random), FuzzRun.Text(random));
            _ = Guard.Allows(first, second);
            Assert.True(Guard.Allows(first, first), first);
        },
        share: 3);

    [Fact]
    public void Guard_AnotherNumber_IsNeverAllowed() => FuzzRun.Run(
        random =>
        {
            var (number, other) = (random.Next(10, 1_000_000), random.Next(10, 1_000_000));
            if (number != other)
            {
                Assert.False(Guard.Allows(Ask(number), Ask(other)), $"{number} {other}");
            }

            static string Ask(int number) => string.Create(CultureInfo.InvariantCulture, $"How do I move {number} boxes to the store?");
        },
        share: 3);

    [Fact]
    public void Guard_NumbersInEveryWriting_NeverThrows() => FuzzRun.Run(
        random =>
        {
            var text = new StringBuilder("move ");
            for (var i = random.Next(1, 30); i > 0; i--)
            {
                const string Signs = "0123456789.,' ٠١٢٣५六七½¼⅓²⁻eE+-/:x%°Ⅳⅷ_\u066B\u066C";
                text.Append(Signs[random.Next(Signs.Length)]);
            }

            Assert.True(Guard.Allows(text.ToString(), text.ToString()));
            _ = Guard.Allows(text.ToString(), "move 10 boxes");
        },
        share: 3);

    [Fact]
    public void Controls_RandomLists_AreReadOrRefusedWithoutRepeatingThem() => FuzzRun.Run(random =>
    {
        var options = new Microsoft.Extensions.AI.ChatOptions { AdditionalProperties = new() { [random.Next(2) == 0 ? "ragcaching.scope" : "ragcaching.tags"] = $"{random.Next(12)}:secret{FuzzRun.Text(random, 3)}" } };
        try
        {
            _ = RagCaching.Chat.Requests.RequestControls.Read(options);
        }
        catch (ArgumentException exception)
        {
            Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
        }
    });
}
