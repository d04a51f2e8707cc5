using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace RagCaching.Testing.Conformance.Checks;

/// <summary>What a check expects. The expression that was expected otherwise is in the message.</summary>
internal static class Expect
{
    /// <summary>Expects a condition; otherwise the sentence is what happened.</summary>
    public static void That(bool condition, string happened)
    {
        if (!condition)
        {
            throw new UnmetExpectationException(happened);
        }
    }

    public static void True(bool condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        if (!condition)
        {
            throw new UnmetExpectationException($"'{what}' was false.");
        }
    }

    public static void False(bool condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        if (condition)
        {
            throw new UnmetExpectationException($"'{what}' was true.");
        }
    }

    public static void Null(object? value, [CallerArgumentExpression(nameof(value))] string what = "")
    {
        if (value is not null)
        {
            throw new UnmetExpectationException($"'{what}' was there; nothing should be.");
        }
    }

    public static void NotNull([NotNull] object? value, [CallerArgumentExpression(nameof(value))] string what = "")
    {
        if (value is null)
        {
            throw new UnmetExpectationException($"'{what}' was null.");
        }
    }

    public static void Equal<T>(T expected, T actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new UnmetExpectationException(string.Create(CultureInfo.InvariantCulture, $"'{what}' was {actual}, not {expected}."));
        }
    }

    public static void Sequence<T>(IEnumerable<T> expected, IEnumerable<T> actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        T[] wanted = [.. expected];
        T[] got = [.. actual];
        if (!wanted.SequenceEqual(got))
        {
            throw new UnmetExpectationException(string.Create(CultureInfo.InvariantCulture, $"'{what}' was [{string.Join(", ", got)}], not [{string.Join(", ", wanted)}]."));
        }
    }

    public static void Bytes(ReadOnlySpan<byte> expected, ReadOnlyMemory<byte> actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        if (!expected.SequenceEqual(actual.Span))
        {
            throw new UnmetExpectationException($"'{what}' was {actual.Length} bytes, '{TextOf(actual.Span)}', not the {expected.Length} bytes '{TextOf(expected)}'.");
        }
    }

    public static void Near(double expected, double actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        // Scores of unit vectors of a few dimensions differ between engines by rounding only.
        const double Tolerance = 1e-5;
        if (!(Math.Abs(expected - actual) <= Tolerance))
        {
            throw new UnmetExpectationException(string.Create(CultureInfo.InvariantCulture, $"'{what}' was {actual}, not {expected} within {Tolerance}."));
        }
    }

    public static void Contains(string part, string text, [CallerArgumentExpression(nameof(text))] string what = "")
    {
        if (!text.Contains(part, StringComparison.Ordinal))
        {
            throw new UnmetExpectationException($"'{what}' has no '{part}': {text}");
        }
    }

    public static T Single<T>(IReadOnlyList<T> items, [CallerArgumentExpression(nameof(items))] string what = "") =>
        items.Count == 1 ? items[0] : throw new UnmetExpectationException($"'{what}' had {items.Count} items, not one.");

    public static void Empty<T>(IReadOnlyList<T> items, [CallerArgumentExpression(nameof(items))] string what = "")
    {
        if (items.Count != 0)
        {
            throw new UnmetExpectationException($"'{what}' had {items.Count} items, not none.");
        }
    }

    /// <summary>Expects an exception of a type, or one derived from it. Any other one ends the check.</summary>
    public static async Task<T> ThrowsAsync<T>(Func<Task> call, [CallerArgumentExpression(nameof(call))] string what = "")
        where T : Exception
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (T exception)
        {
            return exception;
        }

        throw new UnmetExpectationException($"'{what}' threw nothing, not {typeof(T).Name}.");
    }

    private static string TextOf(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 40)]);
}
