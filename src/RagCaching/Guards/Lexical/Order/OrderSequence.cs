using System.Runtime.InteropServices;
using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Words;

namespace RagCaching.Guards.Lexical.Order;

/// <summary>The stems of a question in order, without determiners and auxiliaries.</summary>
internal sealed class OrderSequence
{
    private readonly List<OrderItem> _items = [];
    private readonly List<int> _sentenceEnds = [];

    public ReadOnlySpan<OrderItem> Items => CollectionsMarshal.AsSpan(_items);

    public ReadOnlySpan<int> SentenceEnds => CollectionsMarshal.AsSpan(_sentenceEnds);

    /// <summary>Reads a question; hyphenated words are split, "/" and "&amp;" stay.</summary>
    public void Read(Question question, Vocabulary vocabulary)
    {
        Clear();
        foreach (ref readonly var token in question.Tokens)
        {
            if (token.IsWordLike)
            {
                AddWord(token, vocabulary);
            }
            else if (token.Sign is '/' or '&')
            {
                _items.Add(new OrderItem(vocabulary.Intern(token.Sign == '/' ? "/" : "and"), WordFlags.Coordinator));
            }
            else if (token.Sign is '.' or '?' or '!')
            {
                EndSentence();
            }
        }

        EndSentence();
    }

    /// <summary>Reads a question with everything that may part equals, commas and hyphens too, written as "and".</summary>
    public void ReadParted(Question question, Vocabulary vocabulary)
    {
        Clear();
        var and = vocabulary.InternWord("and");
        foreach (ref readonly var token in question.Tokens)
        {
            if (token.IsWordLike && !token.Has(WordFlags.Coordinator))
            {
                if (!token.Has(WordFlags.Unordered))
                {
                    _items.Add(new OrderItem(token.Stem, token.Word?.Flags ?? WordFlags.None));
                }
            }
            else if ((token.IsWordLike || token.Sign is '/' or '&' or ',' or '-') && (_items.Count == 0 || _items[^1].Id != and))
            {
                _items.Add(new OrderItem(and, WordFlags.Coordinator));
            }
        }
    }

    /// <summary>Reads the stems of the content words only.</summary>
    public void ReadContent(Question question)
    {
        Clear();
        foreach (var position in question.Content)
        {
            ref readonly var token = ref question.Tokens[position];
            _items.Add(new OrderItem(token.Stem, token.Word?.Flags ?? WordFlags.None));
        }
    }

    /// <summary>Copies another sequence without what it has more often than the counts of the other side allow.</summary>
    public void CopyWithoutSurplus(OrderSequence source, Tally counts, int side, bool fromEnd)
    {
        Clear();
        var items = source.Items;
        for (var i = 0; i < items.Length; i++)
        {
            var item = items[fromEnd ? items.Length - 1 - i : i];
            if (counts[item.Id, side] > counts[item.Id, 1 - side])
            {
                counts.Add(item.Id, side, -1);
            }
            else
            {
                _items.Add(item);
            }
        }

        if (fromEnd)
        {
            _items.Reverse();
        }
    }

    public void Clear()
    {
        _items.Clear();
        _sentenceEnds.Clear();
    }

    private void EndSentence()
    {
        if (_items.Count > (_sentenceEnds.Count == 0 ? 0 : _sentenceEnds[^1]))
        {
            _sentenceEnds.Add(_items.Count);
        }
    }

    private void AddWord(in Token token, Vocabulary vocabulary)
    {
        if (token.Has(WordFlags.Unordered))
        {
            return;
        }

        var length = vocabulary[token.Surface].Length;
        if (token.Kind != TokenKind.Word || !token.HasInnerSign || length > Stemmer.MaxLength || !vocabulary.TextOf(token.Surface).Contains('-'))
        {
            _items.Add(new OrderItem(token.Stem, token.Word?.Flags ?? WordFlags.None));
            return;
        }

        // Copied, because the vocabulary may move its text while it takes up the parts.
        Span<char> text = stackalloc char[Stemmer.MaxLength];
        vocabulary.TextOf(token.Surface).CopyTo(text);
        text = text[..length];
        while (!text.IsEmpty)
        {
            var hyphen = text.IndexOf('-');
            var part = hyphen < 0 ? text : text[..hyphen];
            if (!part.IsEmpty)
            {
                var id = vocabulary.InternWord(part);
                _items.Add(new OrderItem(vocabulary[id].Stem, vocabulary[id].Word?.Flags ?? WordFlags.None));
            }

            text = hyphen < 0 ? [] : text[(hyphen + 1)..];
        }
    }
}
