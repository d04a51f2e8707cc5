using RagCaching.Semantic.Words;

namespace RagCaching.Tests.Semantic.Words;

public sealed class TypedSpellingsTests
{
    [Theory]
    [InlineData("qué hora", "que hora")]
    [InlineData("où en est", "ou en est")]
    [InlineData("ещё открыт", "еще открыт")]
    [InlineData("متى أستلم", "متى استلم")]
    [InlineData("कहाँ तक", "कहां तक")]
    [InlineData("ट्रैफ\u093Cिक", "ट्रैफिक")]
    [InlineData("ट्रैफ\u093Cिक", "ट्रै\u095Eिक")]
    [InlineData("সময\u09BC", "সম\u09DF")]
    public void Of_Phrase_HasWhatPeopleType(string phrase, string typed) => Assert.Contains(typed, TypedSpellings.Of(phrase));

    [Theory]
    [InlineData("price of")]
    [InlineData("está")]
    [InlineData("多少钱")]
    public void Of_PhraseThatIsTypedInOneWay_IsItself(string phrase) => Assert.Equal([phrase], TypedSpellings.Of(phrase));
}
