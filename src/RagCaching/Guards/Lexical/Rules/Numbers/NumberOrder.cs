using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Rules.Numbers;

/// <summary>Tells whether the same numbers stand in each other's places: "3 - 8" and "8 - 3", "2 adults and 3 children" and "3 adults and 2 children".</summary>
internal static class NumberOrder
{
    // A question with more numbers is a table.
    private const int MostNumbers = 64;

    public static bool IsExchanged(Comparison pair)
    {
        var (a, b) = (pair.A.Numbers, pair.B.Numbers);
        if (a.Count != b.Count || a.Count is < 2 or > MostNumbers)
        {
            return false;
        }

        return HaveOtherOrder(pair) && !IsSymmetric(pair) && (HaveSameFrame(pair) || HaveExchangedWords(pair));
    }

    /// <summary>Whether the same numbers stand in another order. A month or day may stand before or after the number: "5 May" is "May 5".</summary>
    private static bool HaveOtherOrder(Comparison pair)
    {
        var (i, j) = (0, 0);
        var differs = false;
        while (true)
        {
            i = NextPlain(pair.Vocabulary, pair.A, i);
            j = NextPlain(pair.Vocabulary, pair.B, j);
            if (i == pair.A.Numbers.Count || j == pair.B.Numbers.Count)
            {
                return differs && i == pair.A.Numbers.Count && j == pair.B.Numbers.Count;
            }

            ref readonly var entry = ref pair.Vocabulary[pair.A.Numbers[i].Value];
            if (entry.Numbers[0] != entry.Numbers[1])
            {
                return false;
            }

            differs |= pair.A.Numbers[i++].Value != pair.B.Numbers[j++].Value;
        }
    }

    private static int NextPlain(Vocabulary vocabulary, Question question, int index)
    {
        while (index < question.Numbers.Count && vocabulary.TextOf(question.Numbers[index].Value)[0] is 'm' or 'd')
        {
            index++;
        }

        return index;
    }

    /// <summary>"The difference between the 5th and the 6th" is the same the other way round.</summary>
    private static bool IsSymmetric(Comparison pair)
    {
        if (!pair.A.SaysBetween || !pair.B.SaysBetween)
        {
            return false;
        }

        foreach (var position in pair.A.Content)
        {
            if ((pair.Vocabulary.FlagsOfStem(pair.A.Tokens[position].Stem) & WordFlags.Symmetric) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether everything but the numbers is the same.</summary>
    private static bool HaveSameFrame(Comparison pair)
    {
        var first = new FrameWalk(pair.A);
        var second = new FrameWalk(pair.B);
        while (true)
        {
            var here = first.Next();
            if (here != second.Next())
            {
                return false;
            }

            if (here == FrameWalk.End)
            {
                return true;
            }
        }
    }

    /// <summary>Whether two numbers have each other's next words.</summary>
    private static bool HaveExchangedWords(Comparison pair)
    {
        foreach (var number in pair.A.Numbers)
        {
            if (number.Next < 0 || WordOf(pair.B, number.Value) is not (>= 0 and var there))
            {
                continue;
            }

            var here = pair.A.Tokens[number.Next].Stem;
            if (pair.A.Tokens[number.Next].IsStop)
            {
                continue;
            }

            if (here != there && HasOther(pair, number.Value, here, there))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether another number has the one word on this side and not the same on the other.</summary>
    private static bool HasOther(Comparison pair, int value, int here, int there)
    {
        foreach (var other in pair.B.Numbers)
        {
            if (other.Value != value && other.Next >= 0 && pair.B.Tokens[other.Next].Stem == here && WordOf(pair.A, other.Value) is var word && (word == there || word == -1))
            {
                return true;
            }
        }

        return false;
    }

    private static int WordOf(Question question, int value)
    {
        foreach (var number in question.Numbers)
        {
            if (number.Value == value)
            {
                return number.Next < 0 ? -1 : question.Tokens[number.Next].Stem;
            }
        }

        return -1;
    }

    /// <summary>Walks over the words of a question, and over its numbers as if they were all the same.</summary>
    private ref struct FrameWalk(Question question)
    {
        public const int End = -1;
        private const int Number = -2;

        private int _token;
        private int _number;

        public int Next()
        {
            var tokens = question.Tokens;
            while (_token < tokens.Length)
            {
                if (_number < question.Numbers.Count && question.Numbers[_number].First == _token)
                {
                    _token = question.Numbers[_number++].Last + 1;
                    return Number;
                }

                if (tokens[_token++] is { IsWordLike: true } token)
                {
                    return token.Stem;
                }
            }

            return End;
        }
    }
}
