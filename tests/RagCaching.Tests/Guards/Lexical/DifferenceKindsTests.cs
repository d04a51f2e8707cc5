namespace RagCaching.Tests.Guards.Lexical;

/// <summary>The pairs of kinds.tsv: what differs between them in one way, in many languages. Each is decided alike both ways.</summary>
public sealed class DifferenceKindsTests
{
    private const string File = "kinds.tsv";

    private static readonly LexicalGuard Guard = new();

    [Theory]
    [MemberData(nameof(Pairs), "signs", false)]
    public void Allows_SignThatCarriesMeaning_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "signs", true)]
    public void Allows_SignThatCarriesNone_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "group", false)]
    public void Allows_OtherNumberInAnyNotation_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "group", true)]
    public void Allows_SameNumberInAnotherNotation_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "version", false)]
    public void Allows_OtherVersion_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "version", true)]
    public void Allows_ZerosBeforeAUnit_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "multi", false)]
    public void Allows_NumberSaidTwice_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "multi", true)]
    public void Allows_NumberSaidTwiceInAnotherOrder_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "places", false)]
    public void Allows_NumbersThatChangePlaces_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "places", true)]
    public void Allows_NumbersInARewording_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "parts", false)]
    public void Allows_NameOrCodeThatIsAPartOfAnother_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "parts", true)]
    public void Allows_NameWrittenInTwoWords_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "onelet", false)]
    public void Allows_NameOneLetterApart_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "onelet", true)]
    public void Allows_NameInSmallLettersOrAnotherPlace_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "case", false)]
    public void Allows_CaseThatCarriesMeaning_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "case", true)]
    public void Allows_CaseThatCarriesNone_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "units", false)]
    public void Allows_OtherUnitOrCurrency_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "units", true)]
    public void Allows_SameUnitByAnotherName_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "neg", false)]
    public void Allows_NegationOrOppositeInTenLanguages_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "neg", true)]
    public void Allows_NegationThatChangesNothing_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "lang", false)]
    public void Allows_OtherMonthDayNumberOrPlaceInTenLanguages_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "lang", true)]
    public void Allows_SameNumberInWordsOfTenLanguages_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "script", false)]
    public void Allows_OtherNameGluedToAnotherScript_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "script", true)]
    public void Allows_RewordingWithGluedName_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "enc", false)]
    public void Allows_CompatibilityCharacter_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "enc", true)]
    public void Allows_OtherEncodingOfTheSameText_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "cue", false)]
    public void Allows_OtherQuestion_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "cue", true)]
    public void Allows_CueFarFromTheQuestionWord_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "abbr", false)]
    public void Allows_AbbreviationOfAnotherName_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "abbr", true)]
    public void Allows_NameAndItsAbbreviation_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "payload", false)]
    public void Allows_OtherPayloadInTheSameFrame_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "rewording", true)]
    public void Allows_EverydayRewordingInManyLanguages_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "mixed", false)]
    public void Allows_LookAlikeOfAnyKind_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "argued", false)]
    public void Allows_PairOneMayArgueAbout_RefusesAsDocumented(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [MemberData(nameof(Pairs), "argued", true)]
    public void Allows_PairOneMayArgueAbout_AllowsAsDocumented(string question, string candidate) => AssertAllows(question, candidate);

    public static TheoryData<string, string> Pairs(string kind, bool isRight) => LabelledPairs.OfKind(File, kind, isRight);

    private static void AssertRefuses(string question, string candidate)
    {
        Assert.False(Guard.Allows(question, candidate));
        Assert.False(Guard.Allows(candidate, question));
    }

    private static void AssertAllows(string question, string candidate)
    {
        Assert.Equal(RagCaching.Guards.Lexical.Rules.GuardRule.None, Guard.Decide(question, candidate));
        Assert.Equal(RagCaching.Guards.Lexical.Rules.GuardRule.None, Guard.Decide(candidate, question));
    }
}
