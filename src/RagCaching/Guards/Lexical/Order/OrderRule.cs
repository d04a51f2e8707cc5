using System.Numerics;
using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Order;

/// <summary>Refuses the same words in another order, where the order says who does what to whom.</summary>
/// <remarks>Reused by one thread at a time, like the comparison it belongs to.</remarks>
internal sealed class OrderRule
{
    private const int NearDifference = 2;
    private const double FarShare = 0.15;
    private const int LongestContentBlock = 3;

    private readonly Tally _counts = new();
    private readonly OrderSequence _first = new();
    private readonly OrderSequence _second = new();
    private readonly OrderSequence _firstRest = new();
    private readonly OrderSequence _secondRest = new();
    private readonly OrderSequence _firstParted = new();
    private readonly OrderSequence _secondParted = new();

    public bool Refuses(Comparison pair)
    {
        _first.Read(pair.A, pair.Vocabulary);
        _second.Read(pair.B, pair.Vocabulary);
        if (Blocks.AreEqual(_first.Items, _second.Items))
        {
            return false;
        }

        var difference = Difference(_first.Items, _second.Items);
        if (difference == 0)
        {
            var order = Compare(pair, _first.Items, _second.Items);
            return HasFreeOrder(pair) ? order == OrderDifference.Exchange : order >= (pair.A.Style.Language == Language.English ? OrderDifference.Rotation : OrderDifference.Exchange);
        }

        if (HasFreeOrder(pair))
        {
            return false;
        }

        if (pair.A.IsPassive != pair.B.IsPassive)
        {
            return PassiveRoles.AreExchanged(pair);
        }

        var isNear = difference <= NearDifference;
        if ((isNear || difference <= FarShare * (_first.Items.Length + _second.Items.Length)) && CompareRest(pair, isNear))
        {
            return true;
        }

        return ExchangesContent(pair);
    }

    private static bool HasFreeOrder(Comparison pair) => pair.Vocabulary.Tables.Languages[pair.A.Style.Language].HasFreeOrder;

    private int Difference(ReadOnlySpan<OrderItem> first, ReadOnlySpan<OrderItem> second)
    {
        Count(first, second);
        var surplus = 0;
        foreach (var item in second)
        {
            // Counted down, so that of equal words only those count that the other side lacks.
            surplus += _counts.Add(item.Id, 0, -1) < 0 ? 1 : 0;
        }

        _counts.Clear();
        return surplus + first.Length - (second.Length - surplus);
    }

    private void Count(ReadOnlySpan<OrderItem> first, ReadOnlySpan<OrderItem> second)
    {
        foreach (var item in first)
        {
            _counts.Add(item.Id, 0);
        }

        foreach (var item in second)
        {
            _counts.Add(item.Id, 1);
        }
    }

    /// <summary>Deletes what only one side has, once from the end and once from the start, and compares the rest. Refuses only if the order differs both ways.</summary>
    private bool CompareRest(Comparison pair, bool isNear)
    {
        var last = OrderDifference.None;
        for (var fromEnd = 1; fromEnd >= 0; fromEnd--)
        {
            RemoveSurplus(fromEnd == 1);
            var difference = Blocks.AreEqual(_firstRest.Items, _secondRest.Items)
                ? OrderDifference.None
                : Compare(pair, _firstRest.Items, _secondRest.Items);
            if (difference == OrderDifference.None)
            {
                return false;
            }

            last = difference;
        }

        return last == OrderDifference.Exchange || (isNear && last == OrderDifference.Permutation);
    }

    private void RemoveSurplus(bool fromEnd)
    {
        Count(_first.Items, _second.Items);
        _firstRest.CopyWithoutSurplus(_first, _counts, side: 0, fromEnd);
        _secondRest.CopyWithoutSurplus(_second, _counts, side: 1, fromEnd);
        _counts.Clear();
    }

    /// <summary>Compares two orders of the same words.</summary>
    private OrderDifference Compare(Comparison pair, ReadOnlySpan<OrderItem> first, ReadOnlySpan<OrderItem> second)
    {
        if (first.Length < 2 || HaveSameSentences() || Coordination.IsReordered(first, second) || IsPartedAndReordered(pair))
        {
            return OrderDifference.None;
        }

        var (prefix, suffix) = Blocks.CommonEnds(first, second);
        var x = first[prefix..^suffix];
        var y = second[prefix..^suffix];
        if (x.Length > Blocks.MaxLength)
        {
            return OrderDifference.Permutation;
        }

        if (SymmetricRelation.Exchanges(pair.Vocabulary, x, y))
        {
            return OrderDifference.None;
        }

        if (Blocks.RotationOf(x, y) is var cut && cut > 0)
        {
            return Rotation(pair.Vocabulary, x[..cut], x[cut..]);
        }

        return IsExchange(x, y) ? OrderDifference.Exchange : OrderDifference.Permutation;
    }

    private static OrderDifference Rotation(Vocabulary vocabulary, ReadOnlySpan<OrderItem> moved, ReadOnlySpan<OrderItem> rest)
    {
        const WordFlags Free = WordFlags.Marker | WordFlags.QuestionWord;
        if (moved[0].Has(Free) || rest[0].Has(Free))
        {
            return OrderDifference.None;
        }

        if (moved.Length == 1 && rest.Length == 1)
        {
            return Floats(vocabulary, moved[0]) || Floats(vocabulary, rest[0]) ? OrderDifference.None : OrderDifference.Neighbours;
        }

        if (moved.Length == 1 || rest.Length == 1)
        {
            var single = moved.Length == 1 ? moved[0] : rest[0];
            if (Floats(vocabulary, single) || !vocabulary.TextOf(single.Id).ContainsAnyExceptInRange('0', '9'))
            {
                return OrderDifference.None;
            }
        }

        return OrderDifference.Rotation;
    }

    private static bool Floats(Vocabulary vocabulary, OrderItem item) => (vocabulary.FlagsOfStem(item.Id) & WordFlags.Floating) != 0;

    private static bool IsExchange(ReadOnlySpan<OrderItem> x, ReadOnlySpan<OrderItem> y)
    {
        for (var left = 1; left < x.Length; left++)
        {
            for (var right = 1; right <= x.Length - left; right++)
            {
                if (Blocks.AreExchanged(x, y, left, right))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool IsPartedAndReordered(Comparison pair)
    {
        _firstParted.ReadParted(pair.A, pair.Vocabulary);
        _secondParted.ReadParted(pair.B, pair.Vocabulary);
        return _firstParted.Items.Length == _secondParted.Items.Length
            && Difference(_firstParted.Items, _secondParted.Items) == 0
            && Coordination.IsReordered(_firstParted.Items, _secondParted.Items);
    }

    /// <summary>Whether only whole sentences changed places.</summary>
    private bool HaveSameSentences()
    {
        if (_first.SentenceEnds.Length < 2 || _first.SentenceEnds.Length != _second.SentenceEnds.Length || _first.SentenceEnds.Length > Blocks.MaxLength)
        {
            return false;
        }

        var used = 0ul;
        var start = 0;
        foreach (var end in _first.SentenceEnds)
        {
            var match = FindSentence(_first.Items[start..end], used);
            if (match < 0)
            {
                return false;
            }

            used |= 1ul << match;
            start = end;
        }

        return BitOperations.PopCount(used) == _second.SentenceEnds.Length;
    }

    private int FindSentence(ReadOnlySpan<OrderItem> sentence, ulong used)
    {
        var start = 0;
        for (var i = 0; i < _second.SentenceEnds.Length; i++)
        {
            var end = _second.SentenceEnds[i];
            if ((used >> i & 1) == 0 && Blocks.AreEqual(sentence, _second.Items[start..end]))
            {
                return i;
            }

            start = end;
        }

        return -1;
    }

    /// <summary>Whether two blocks of content words changed places around others, whatever small words stand between.</summary>
    private bool ExchangesContent(Comparison pair)
    {
        if (pair.A.Unmatched.Count + pair.B.Unmatched.Count > 1)
        {
            return false;
        }

        _firstRest.ReadContent(pair.A);
        _secondRest.ReadContent(pair.B);
        _firstParted.Clear();
        _secondParted.Clear();
        Count(_firstRest.Items, _secondRest.Items);
        _firstParted.CopyWithoutSurplus(_firstRest, _counts, side: 0, fromEnd: false);
        _secondParted.CopyWithoutSurplus(_secondRest, _counts, side: 1, fromEnd: false);
        _counts.Clear();

        var (prefix, suffix) = Blocks.CommonEnds(_firstParted.Items, _secondParted.Items);
        if (_firstParted.Items.Length - prefix - suffix < 3)
        {
            return false;
        }

        var x = _firstParted.Items[prefix..^suffix];
        var y = _secondParted.Items[prefix..^suffix];
        for (var left = 1; left <= Math.Min(LongestContentBlock, x.Length - 2); left++)
        {
            for (var right = 1; right <= Math.Min(LongestContentBlock, x.Length - left - 1); right++)
            {
                // With a word more on one side, blocks of other lengths are mostly another wording.
                if ((left == right || _firstRest.Items.Length == _secondRest.Items.Length) && Blocks.AreExchanged(x, y, left, right))
                {
                    return !SymmetricRelation.IsNamed(pair.Vocabulary, _first.Items) && !SymmetricRelation.IsNamed(pair.Vocabulary, _second.Items)
                        && HasThan(pair.A) == HasThan(pair.B)
                        && !AreCoordinated(x[left - 1].Id, x[^right].Id);
                }
            }
        }

        return false;
    }

    private static bool HasThan(Question question)
    {
        foreach (var position in question.Words)
        {
            if (question.Tokens[position].Keyword == Keyword.Than)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a coordinator and no marker stands between the two words.</summary>
    private bool AreCoordinated(int leftId, int rightId)
    {
        if (!Coordination.HasCoordinator(_first.Items) || !Coordination.HasCoordinator(_second.Items))
        {
            return false;
        }

        var start = -1;
        var end = -1;
        for (var i = 0; i < _first.Items.Length; i++)
        {
            start = start < 0 && _first.Items[i].Id == leftId ? i : start;
            end = _first.Items[i].Id == rightId ? i : end;
        }

        if (start < 0 || end < 0)
        {
            return false;
        }

        var between = _first.Items[Math.Min(start, end)..Math.Max(start, end)];
        foreach (var item in between)
        {
            if (item.Has(WordFlags.Marker) && !item.Has(WordFlags.Coordinator))
            {
                return false;
            }
        }

        return Coordination.HasCoordinator(between);
    }
}
