namespace RagCaching.Guards.Lexical.Words;

/// <summary>English words that carry grammar, not content.</summary>
internal static class EnglishGrammar
{
    /// <summary>The most frequent words that carry no content. Error budgets leave them out too when they compare the words of questions.</summary>
    public const string FunctionWords = """
        a am an and any are as at be been by can could did do does for from get had has have he how i if in is it its just know like may me might my need of
        on or our please shall she should so some tell that the their them there these they this those to want was we were what when where which who why will
        with would you your
        """;

    /// <summary>Words that are no content.</summary>
    public const string Stop = FunctionWords + " " + """
        'd 'll 'm 're 's 've about actually again all also although another anybody anyone anything because being best better both but d doing done down
        during each eg else etc even ever every everyone everything exactly few good got great having hello help her here hers herself hey hi him himself his
        ie into itself kindly ll m many mine more most much must myself n't never no nor not off ok okay one ones only onto other ours ourselves out over own
        people per person re really s same since somebody someone something still such t than thank thanks theirs themselves then thing things though too
        truly under until up upon us ve very via way ways whether while whom whose yet yours yourself
        """;

    /// <summary>Determiners: left out of the order of words.</summary>
    public const string Determiners = """
        a an any her his its my our some that the their these this those your
        """;

    /// <summary>Auxiliaries: left out of the order of words.</summary>
    public const string Auxiliaries = """
        am are be been being can could did do does had has have is may might must shall should was were will would
        """;

    /// <summary>Auxiliaries that begin a question.</summary>
    public const string QuestionAuxiliaries = """
        is are was were am do does did can could will would should shall may might must has have had
        """;

    /// <summary>Forms of "be".</summary>
    public const string BeForms = """
        be is are was were been being am
        """;

    /// <summary>Words that say in which role the next ones stand: a block that begins with one may move.</summary>
    public const string Markers = """
        about after against among as at because before between by during for from given how if in instead into like of on onto over per regarding since such than that
        through to toward towards under until via when where whether which while who whose why with without
        """;

    /// <summary>Words that join equals: what they join may change places.</summary>
    public const string Coordinators = """
        and or vs versus nor vs.
        """;

    /// <summary>Stems of relations that hold both ways.</summary>
    public const string SymmetricStems = """
        acquaintanc adjacent between buddy classmat clos colleagu compar comparabl comparison compatibl connect cousin coworker dat differ differenc different
        distanc distinguish engag equal equivalent familiar friend identical in-law link marry near neighbor neighbour parallel partner relat relation
        relationship rival roommat sam sibl similar similarity teammat together twin unrelat versus
        """;

    /// <summary>Stems of words that may stand anywhere.</summary>
    public const string FloatingStems = """
        actual already also always best better current even ever exact first good great just new now often onlin only real still today usual
        """;

    /// <summary>Participles that do not end in -ed.</summary>
    public const string Participles = """
        beaten begun bitten born bought bound broken brought built caught chosen cut done drawn driven drunk eaten fed felt flown forgotten fought found given
        gone grown heard held hidden hit hurt kept known led left lost made met paid put read run said seen sent set shot sold spent spoken stolen sung taken
        taught thrown told understood won worn written
        """;
}
