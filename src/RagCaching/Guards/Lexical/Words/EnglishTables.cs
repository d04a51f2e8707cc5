namespace RagCaching.Guards.Lexical.Words;

/// <summary>Fills the tables with English.</summary>
internal static class EnglishTables
{
    private const string Numbers = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
    private const string Tens = "twenty thirty forty fifty sixty seventy eighty ninety";
    private const string Ordinals = "first second third fourth fifth sixth seventh eighth ninth tenth";
    private const string Months = "january february march april may june july august september october november december";
    private const string Days = "monday tuesday wednesday thursday friday saturday sunday";

    public static void AddTo(WordTablesBuilder tables)
    {
        AddGrammar(tables);
        AddKeywords(tables);
        AddQuestionCues(tables);
        AddNumbers(tables);
        AddCalendar(tables);
        foreach (var forms in EnglishForms.Irregular.Lines())
        {
            tables.Irregular(forms);
        }

        foreach (var word in WordTablesBuilder.Split(EnglishForms.Kept))
        {
            tables.Irregular([word]);
        }

        foreach (var names in Units.Groups.Lines())
        {
            tables.Units(names);
        }

        tables.Rate("kmh", "km", "hr");
        tables.Rate("mph", "mi", "hr");
        foreach (var names in Currencies.Groups.Lines())
        {
            tables.CurrencyLike(names[0], names);
        }

        foreach (var code in WordTablesBuilder.Split(Currencies.Codes))
        {
            tables.CurrencyCode(code);
        }

        foreach (var words in EnglishNames.Spellings.Lines())
        {
            tables.Merge(words);
        }

        foreach (var names in Demonyms.Groups.Lines())
        {
            tables.Kin(names);
        }

        foreach (var names in EnglishNames.Relatives.Lines())
        {
            tables.Relatives(names);
        }

        foreach (var names in EnglishNames.Synonyms.Lines())
        {
            tables.Synonyms(names);
        }

        foreach (var pair in WordTablesBuilder.Split(EnglishOpposites.Pairs))
        {
            var slash = pair.IndexOf('/', StringComparison.Ordinal);
            tables.Opposites(pair[..slash], pair[(slash + 1)..]);
        }
    }

    private static IEnumerable<string[]> Lines(this string table) => WordTablesBuilder.SplitLines(table);

    private static void AddGrammar(WordTablesBuilder tables)
    {
        tables.Flag(EnglishGrammar.Stop, WordFlags.Stop);
        tables.Flag(EnglishGrammar.Determiners, WordFlags.Unordered);
        tables.Flag(EnglishGrammar.Auxiliaries, WordFlags.Unordered);
        tables.Flag("'s s t there one", WordFlags.Unordered);
        tables.Flag("a an the this that my your", WordFlags.Article);
        tables.Flag(EnglishGrammar.QuestionAuxiliaries, WordFlags.QuestionAuxiliary);
        tables.Flag(EnglishGrammar.BeForms, WordFlags.BeForm);
        tables.Flag(EnglishGrammar.Markers, WordFlags.Marker);
        tables.Flag(EnglishGrammar.Coordinators, WordFlags.Coordinator);
        tables.Flag(EnglishGrammar.Participles, WordFlags.Participle);
        tables.FlagStems(EnglishGrammar.SymmetricStems, WordFlags.Symmetric);
        tables.FlagStems(EnglishGrammar.FloatingStems, WordFlags.Floating);
        tables.Flag(EnglishNegation.Negators, WordFlags.Negator);
        tables.Flag(EnglishNegation.Lone, WordFlags.Lone);
        tables.Flag(EnglishNegation.NegativeWords, WordFlags.NegativeWord);
        tables.FlagStems(EnglishNegation.NegativeStems, WordFlags.NegativeStem);
        tables.Flag(EnglishNegation.Repairs, WordFlags.Repair);
        tables.Flag(EnglishNegation.AfterRepair, WordFlags.AfterRepair);
        tables.Flag(EnglishNames.Weak, WordFlags.WeakName);
        tables.Flag("he him his himself", WordFlags.Masculine);
        tables.Flag("she her hers herself", WordFlags.Feminine);
        tables.Flag("he him his she her", WordFlags.GenderedPronoun);
        tables.Flag("what which who where when why how whose whom", WordFlags.QuestionWord);
        tables.Flag("may march mar august jan dec sept sep sun sat mon wed fri", WordFlags.AmbiguousMonth);
        tables.Flag("eu uk uae usa", WordFlags.Protected);
        tables.Flag("in out am pm only also all", WordFlags.NoOpposite);
        tables.Flag("seconds minutes mins hours hrs days weeks months years", WordFlags.Time);
    }

    private static void AddKeywords(WordTablesBuilder tables)
    {
        tables.Key("not", Keyword.Not);
        tables.Key("n't", Keyword.Contracted);
        tables.Key("no", Keyword.No);
        tables.Key("nor", Keyword.Nor);
        tables.Key("nothing", Keyword.Nothing);
        tables.Key("or", Keyword.Or);
        tables.Key("and", Keyword.And);
        tables.Key("if", Keyword.If);
        tables.Key("then", Keyword.Then);
        tables.Key("only just", Keyword.Only);
        tables.Key("matter doubt", Keyword.MatterOrDoubt);
        tables.Key("but", Keyword.But);
        tables.Key("i", Keyword.I);
        tables.Key("it he she they you we us", Keyword.OtherSubject);
        tables.Key("in", Keyword.In);
        tables.Key("at", Keyword.At);
        tables.Key("by", Keyword.By);
        tables.Key("to", Keyword.To);
        tables.Key("of", Keyword.Of);
        tables.Key("for", Keyword.For);
        tables.Key("from", Keyword.From);
        tables.Key("than", Keyword.Than);
        tables.Key("between", Keyword.Between);
        tables.Key("used", Keyword.Used);
        tables.Key("use", Keyword.Use);
        tables.Key("did", Keyword.Did);
        tables.Key("was were had", Keyword.Past);
        tables.Key("will shall", Keyword.Future);
        tables.Key("get got getting become", Keyword.Getting);
        tables.Key("know understand sure remember", Keyword.Knowing);
        tables.Key("forget", Keyword.Forget);
        tables.Key("every", Keyword.Every);
        tables.Key("'s", Keyword.Possessive);
        tables.Key("per each", Keyword.Per);
        tables.Key("k", Keyword.Thousand);
        tables.Key("am pm a.m p.m", Keyword.Meridiem);
        tables.Key("月 월 월에 월의", Keyword.MonthMark);
        tables.Key("pro plus max ultra mini lite air ti se premium", Keyword.Variant);
        tables.Key("st nd rd th", Keyword.OrdinalSuffix);
        tables.Key("c f", Keyword.CelsiusOrFahrenheit);
        tables.Key("war part volume phase type tier class grade level chapter act henry elizabeth charles", Keyword.BeforeRoman);
    }

    private static void AddQuestionCues(WordTablesBuilder tables)
    {
        tables.Key("why", Keyword.Why);
        tables.Key("how", Keyword.How);
        tables.Key("what which", Keyword.What);
        tables.Key("who whom whose", Keyword.Who);
        tables.Key("where", Keyword.Where);
        tables.Key("when", Keyword.When);
        tables.Key("many much", Keyword.ManyOrMuch);
        tables.Key("long", Keyword.Long);
        tables.Key("old", Keyword.Old);
        tables.Key("far", Keyword.Far);
        tables.Key("often frequently", Keyword.Often);
        tables.Key("big tall high fast good bad hard safe difficult strong accurate important effective reliable easy cold hot", Keyword.Degree);
        tables.Key("time year date day month", Keyword.TimeNoun);
        tables.Key("age", Keyword.AgeNoun);
        tables.Key("duration length period", Keyword.Duration);
        tables.Key("place places country countries city cities state states", Keyword.PlaceNoun);
        tables.Key("person people", Keyword.PersonNoun);
        tables.Key("reason reasons cause causes", Keyword.ReasonNoun);
        tables.Key("percentage price prices cost costs salary salaries amount amounts population populations", Keyword.AmountNoun);
        tables.Key("number numbers", Keyword.NumberNoun);
        tables.Key("total average exact maximum minimum approximate current", Keyword.Total);
        tables.Key("way ways steps method", Keyword.WayNoun);
    }

    private static void AddNumbers(WordTablesBuilder tables)
    {
        var numbers = WordTablesBuilder.Split(Numbers);
        for (var i = 0; i < numbers.Length; i++)
        {
            tables.Word(numbers[i]).Number = i == 1 ? Word.None : i;
        }

        var tens = WordTablesBuilder.Split(Tens);
        for (var i = 0; i < tens.Length; i++)
        {
            tables.Word(tens[i]).Number = (i + 2) * 10;
        }

        tables.Word("twice").Number = 2;
        foreach (var (words, times) in new[] { ("double doubles doubled doubling", 200), ("triple triples tripled tripling", 300), ("quadruple quadruples quadrupled", 400), ("half halve halves halved", 50) })
        {
            foreach (var word in WordTablesBuilder.Split(words))
            {
                tables.Word(word).Times = times;
            }
        }

        tables.Word("thrice").Number = 3;
        tables.Word("noon").Hour = tables.Word("midday").Hour = 12;
        tables.Word("midnight").Hour = 24;
        tables.Word("dozen").Number = 12;
        var ordinals = WordTablesBuilder.Split(Ordinals);
        for (var i = 0; i < ordinals.Length; i++)
        {
            tables.Word(ordinals[i]).Ordinal = i == 1 ? 0 : i + 1;
        }

        foreach (var (text, multiplier) in new[]
        {
            ("hundred", 100L), ("thousand", 1_000L), ("lakh", 100_000L), ("lakhs", 100_000L), ("million", 1_000_000L), ("crore", 10_000_000L),
            ("crores", 10_000_000L), ("billion", 1_000_000_000L), ("trillion", 1_000_000_000_000L),
        })
        {
            tables.Word(text).Multiplier = multiplier;
        }
    }

    private static void AddCalendar(WordTablesBuilder tables)
    {
        var months = WordTablesBuilder.Split(Months);
        for (var i = 0; i < months.Length; i++)
        {
            tables.Word(months[i]).Month = i + 1;
            if (months[i] != "may")
            {
                tables.Word(months[i][..3]).Month = i + 1;
            }
        }

        tables.Word("sept").Month = 9;
        var days = WordTablesBuilder.Split(Days);
        for (var i = 0; i < days.Length; i++)
        {
            tables.Word(days[i]).Day = tables.Word(days[i][..3]).Day = i + 1;
        }
    }
}
