using System.Globalization;
using System.Text;

namespace RagCaching.Tests.Fuzz;

/// <summary>Seeded random inputs: some thousands by default, and as many as the environment variable <c>RAGCACHING_FUZZ</c> says. A failure names the seed that makes it again.</summary>
internal static class FuzzRun
{
    private const int DefaultInputs = 3_000;
    private const int FirstSeed = 20_260_101;

    private static readonly string[] Pieces =
    [
        "where", "Anna", "don't", "the", "not", "1", "0", "1,000", "1.000.000,5", "10⁶", "-", "+", "½", "%", "$", "€", "km", "٣", "五", "Ⅳ", "e", "1e9", "0x", ".", ",", "?", "!", "\"", "'", "(", ")", "[", "\n", "\t", " ", "\u00A0", "\u200D",
        "\u0301", "\u0000", "\uFEFF", "\u202E", "\uD800", "\uDC00", "😀", "👩‍👩‍👧", "ß", "ﬁ", "İ", "你好", "不", "ミルク", "नमस्ते", "ماء", "가격", "ห้อง", "www.", "a@b", "`", "://", "/", "\\", "#", "==", "->", "[CLS]", "##",
    ];

    /// <summary>Gets the number of inputs.</summary>
    public static int Inputs { get; } = int.TryParse(Environment.GetEnvironmentVariable("RAGCACHING_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var inputs) ? inputs : DefaultInputs;

    /// <summary>Runs a check on every input.</summary>
    public static void Run(Action<Random> check, int share = 1)
    {
        for (var i = 0; i < Math.Max(1, Inputs / share); i++)
        {
            var seed = FirstSeed + i;
            try
            {
                check(new Random(seed));
            }
            catch (Exception exception)
            {
                throw new Xunit.Sdk.XunitException($"Seed {seed}: {exception}");
            }
        }
    }

    /// <summary>Changes golden bytes: flips, cuts, repeats, swaps and inserts; or makes bytes of nothing.</summary>
    public static byte[] Mutate(Random random, params byte[][] golden)
    {
        if (random.Next(16) == 0)
        {
            var noise = new byte[random.Next(300)];
            random.NextBytes(noise);
            return noise;
        }

        var bytes = golden[random.Next(golden.Length)].ToList();
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)(random.Next(2) * 255);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(9), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(0, Math.Min(random.Next(9), bytes.Count)));
                    break;
                case 4:
                    bytes.InsertRange(at, BitConverter.GetBytes(random.Next(3) switch { 0 => int.MaxValue, 1 => -1, _ => random.Next() }));
                    break;
                default:
                    for (var i = at; i < Math.Min(at + 4, bytes.Count); i++)
                    {
                        bytes[i] = (byte)random.Next(256);
                    }

                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Makes a text of what languages, numbers and encodings have to offer, and of what they do not.</summary>
    public static string Text(Random random, int mostPieces = 24)
    {
        var text = new StringBuilder();
        for (var pieces = random.Next(mostPieces + 1); pieces > 0; pieces--)
        {
            _ = random.Next(8) == 0 ? text.Append((char)random.Next(0x10000)) : text.Append(Pieces[random.Next(Pieces.Length)]);
            if (random.Next(2) == 0)
            {
                text.Append(' ');
            }
        }

        return text.ToString();
    }

    /// <summary>Asserts that reading allocates no more than the bytes that are there can fill.</summary>
    public static void AssertAllocates(long before, int inputLength, int perByte, int allowance) =>
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, ((long)inputLength * perByte) + allowance);
}
