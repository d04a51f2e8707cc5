using CsCheck;

namespace RagCaching.Tests.Guards.Lexical;

public sealed class LexicalGuardTests
{
    private const int LongQuestion = 20_000;

    private static readonly LexicalGuard Guard = new();

    [Theory]
    [InlineData("Is it safe to drink rain water?", "Is it not safe to drink rain water?")]
    [InlineData("Can I take this with milk?", "Can't I take this with milk?")]
    [InlineData("I want tea with sugar", "I want tea without sugar")]
    [InlineData("Can I eat here?", "I can’t eat here?")]
    [InlineData("list all files except logs", "list all files")]
    public void Allows_Negation_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [InlineData("Why don't magnets attract wood?", "Why do magnets not attract wood?")]
    [InlineData("I don't know how to reset my password", "how do I reset my password")]
    [InlineData("Is it good or not?", "Is it good?")]
    [InlineData("The printer is not working", "The printer fails working")]
    [InlineData("How can I become a person who is not patient?", "How can I become an impatient person?")]
    public void Allows_NegationThatChangesNothing_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [InlineData("turn on dark mode", "turn off dark mode")]
    [InlineData("How do I enable logging?", "How do I disable logging?")]
    [InlineData("How do I install the agent?", "How do I uninstall the agent?")]
    [InlineData("list orders before 5 May", "list orders after 5 May")]
    [InlineData("is it legal to fish here", "is it illegal to fish here")]
    [InlineData("Is this dye harmful to plants?", "Is this dye harmless to plants?")]
    public void Allows_Opposites_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [InlineData("Take 5 mg of it", "Take 50 mg of it")]
    [InlineData("Budget for 2024", "Budget for 2025")]
    [InlineData("Are you open on Monday?", "Are you open on Tuesday?")]
    [InlineData("meeting at 10:00", "meeting at 22:00")]
    [InlineData("World War I causes", "World War II causes")]
    [InlineData("wer darf ٣ Tage bleiben", "wer darf ٤ Tage bleiben")]
    public void Allows_OtherNumber_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [InlineData("I need two seats", "I need 2 seats")]
    [InlineData("it costs 1,000 euros", "it costs 1000 euros")]
    [InlineData("it costs 5k euros", "it costs five thousand euros")]
    [InlineData("World War II causes", "causes of World War 2")]
    [InlineData("the season of 2016/17", "the season of 2016/2017")]
    [InlineData("who came 3rd", "who came third")]
    [InlineData("twenty-five chairs", "25 chairs")]
    public void Allows_NumberWrittenOtherwise_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [InlineData("dose of 5 mg", "dose of 5 g")]
    [InlineData("is it $1 or so", "is it €1 or so")]
    [InlineData("what is the price in usd", "what is the price in eur")]
    [InlineData("is water at 20 °C drinkable", "is water at 20 °F drinkable")]
    public void Allows_OtherUnit_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [InlineData("How do I read a file in C?", "How do I read a file in C++?")]
    [InlineData("What is in config.json?", "What is in config.yaml?")]
    [InlineData("What does `map` do?", "What does `filter` do?")]
    [InlineData("reset user bob@example.org", "reset user amy@example.org")]
    [InlineData("open https://example.org/a please", "open https://example.org/b please")]
    [InlineData("translate \"hello\" to French", "translate “goodbye” to French")]
    [InlineData("what broke in v1 builds", "what broke in v2 builds")]
    [InlineData("wo liegt datei_a im Ordner", "wo liegt datei_b im Ordner")]
    public void Allows_OtherCodeOrQuote_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [InlineData("Do you ship to Norway?", "Do you ship to Sweden?")]
    [InlineData("Where does Anna Berg live?", "Where does Anna Holm live?")]
    [InlineData("Which is the best bank?", "Which is the best bank in Malta?")]
    public void Allows_OtherName_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [InlineData("Do you ship to Norway?", "do you ship to norway")]
    [InlineData("Who designed the Winterthur bridge?", "Who designed the Winterhtur bridge?")]
    public void Allows_NameWrittenOtherwise_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [InlineData("Does he trust her?", "Does she trust him?")]
    [InlineData("Can I refund my order?", "Can my wife refund my order?")]
    [InlineData("Can my uncle drive it?", "Can my boss drive it?")]
    [InlineData("Who founded the club?", "When was the club founded?")]
    [InlineData("How many seats are there?", "Where are the seats?")]
    [InlineData("Is Jo a painter?", "Did Jo use to be a painter?")]
    [InlineData("Did the shop open early?", "Will the shop open early?")]
    [InlineData("Is Jo a cook and a painter?", "Is Jo a cook or a painter?")]
    public void Allows_OtherPersonQuestionTimeOrConnector_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [InlineData("Do you ship to Switzerland?", "Do you ship from Switzerland?")]
    [InlineData("How do I transfer money to my savings account?", "How do I transfer money from my savings account?")]
    [InlineData("Which trains go to the airport?", "Which trains go from the airport?")]
    [InlineData("Can I import contacts from Outlook?", "Can I export contacts to Outlook?")]
    [InlineData("I moved from Germany. Must I register?", "I moved to Germany. Must I register?")]
    [InlineData("flights from Oslo", "flights to Oslo")]
    [InlineData("Translate this text to French", "Translate this text from French")]
    public void Allows_TheOtherDirection_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [InlineData("How far is the moon from the earth?", "How far is the moon to the earth?")]
    [InlineData("How is tea different from coffee?", "How is tea different to coffee?")]
    [InlineData("How do I get from Rome to Oslo?", "How do I get to Oslo from Rome?")]
    [InlineData("What is the distance from Rome to Oslo?", "What is the distance between Oslo and Rome?")]
    [InlineData("How do I get to the airport from the station?", "How can I get to the airport from the station?")]
    public void Allows_TheSameDirectionInOtherWords_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [InlineData("flights from Oslo to Rome", "flights from Rome to Oslo")]
    [InlineData("can a tenant sue a neighbour", "can a neighbour sue a tenant")]
    [InlineData("Is Tom taller than Ann?", "Is Ann taller than Tom?")]
    [InlineData("Was Ann sued by Bob?", "Did Ann sue Bob?")]
    [InlineData("convert 10 km to miles", "convert 10 miles to km")]
    public void Allows_OtherDirection_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    [Theory]
    [InlineData("difference between tea and coffee", "difference between coffee and tea")]
    [InlineData("In Spain, can I drive at 17?", "Can I drive at 17 in Spain?")]
    [InlineData("Did Ann write the letter?", "Was the letter written by Ann?")]
    [InlineData("Is Ann married to Bob?", "Is Bob married to Ann?")]
    [InlineData("My key is lost. What now?", "What now? My key is lost.")]
    [InlineData("best laptop for a student", "which laptop is best for students")]
    public void Allows_OrderThatChangesNothing_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [InlineData("how do I reset my password", "how to reset my password")]
    [InlineData("How do I reset my password?", "Could you please tell me how I can reset my password?")]
    [InlineData("What's the price of a ticket?", "How much does a ticket cost?")]
    [InlineData("I can't log in, what should I do?", "What should I do if I cannot log in?")]
    [InlineData("WHERE IS MY PARCEL", "where is my parcel?")]
    public void Allows_HarmlessRewording_Allows(string question, string candidate) => AssertAllows(question, candidate);

    [Theory]
    [InlineData("Which laptop is light?", "Which laptop under 500 is light?")]
    [InlineData("Is every room heated?", "Is the room heated?")]
    [InlineData("May my rabbit eat rice?", "May my parrot eat rice?")]
    [InlineData("Why is the tank full?", "How is the tank full?")]
    public void Allows_StrictVariant_RefusesMore(string question, string candidate)
    {
        var strict = new LexicalGuard(new LexicalGuardOptions { Variant = LexicalGuardVariant.Strict });

        Assert.False(strict.Allows(question, candidate));
        AssertAllows(question, candidate);
    }

    [Theory]
    [InlineData("Who founded the club?", "When was the club founded?")]
    [InlineData("Which is the best bank?", "Which is the best bank in Malta?")]
    public void Allows_LenientVariant_RefusesLess(string question, string candidate)
    {
        var lenient = new LexicalGuard(new LexicalGuardOptions { Variant = LexicalGuardVariant.Lenient });

        Assert.True(lenient.Allows(question, candidate));
        AssertRefuses(question, candidate);
    }

    [Fact]
    public void Allows_NotEnabled_AllowsEverything() =>
        Assert.True(new LexicalGuard(new LexicalGuardOptions { Enabled = false }).Allows("turn it on", "turn it off"));

    [Fact]
    public void Allows_AnyUtf16_IsTheSameBothWaysAndNeverThrows()
    {
        var text = Gen.Char[(char)0, (char)0xFFFF].Array[0, 40].Select(characters => new string(characters));
        string[] vocabulary = ["not", "on", "off", "5", "mg", "-", "Ann", "\"", "`", "'s", "n't", "by", "made", "is", "and", "/", "#", "C++", "\uD83D", "é", "東京", "used", "to", "no"];
        var words = Gen.Int[0, vocabulary.Length - 1].Select(i => vocabulary[i])
            .Array[0, 30].Select(parts => string.Join(' ', parts));

        Gen.Select(Gen.OneOf(text, words), Gen.OneOf(text, words)).Sample((first, second) =>
        {
            Assert.Equal(Guard.Allows(first, second), Guard.Allows(first, second));
            Assert.True(Guard.Allows(first, first));
        });
    }

    [Fact]
    public void Allows_LongQuestions_AreServedOnlyToTheSameWords()
    {
        var question = string.Join(' ', Enumerable.Range(0, LongQuestion).Select(i => "word" + (char)('a' + (i % 26))));

        Assert.True(Guard.Allows(question, question.ToUpperInvariant()));
        Assert.False(Guard.Allows(question, question + " more"));
    }

    [Fact]
    public void Allows_TwoQuestionsOf200Characters_AllocatesNothing()
    {
        var question = "Could you please tell me how I can change the delivery address of an order that I placed two days ago in your shop in Lisbon, when the parcel has been packed but has not been handed to the carrier yet?";
        var candidate = "How can I change the delivery address of an order which I placed two days ago in your shop in Lisbon, if the parcel has been packed already but has not yet been handed to the carrier, please tell me?";
        var allows = true;
        var allocated = long.MaxValue;

        // The runtime's first, unoptimised code allocates in table lookups; it is replaced while the method runs on.
        for (var attempt = 0; attempt < 2_000 && allocated > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 50; i++)
            {
                allows &= Guard.Allows(question, candidate);
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        Assert.True(allows);
    }

    [Fact]
    public void Allows_ManyThreads_DecideAlike()
    {
        Parallel.For(0, 10_000, i =>
        {
            Assert.False(Guard.Allows("turn it on", "turn it off"));
            Assert.True(Guard.Allows("how do I pay", "how to pay"));
        });
    }

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
