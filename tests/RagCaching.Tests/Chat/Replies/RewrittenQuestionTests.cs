using RagCaching.Chat.Replies;

namespace RagCaching.Tests.Chat.Replies;

public sealed class RewrittenQuestionTests
{
    [Theory]
    [InlineData("What does the premium plan cost?")]
    [InlineData("\"What does the premium plan cost?\"")]
    [InlineData("**What does the premium plan cost?**")]
    [InlineData("Question: What does the premium plan cost?")]
    [InlineData("Rewritten question: \"What does the premium plan cost?\"")]
    [InlineData("Here is the standalone question:\n\nWhat does the premium plan cost?")]
    [InlineData("<think>The second one is premium.</think>\nWhat does the premium plan cost?")]
    [InlineData("Frage: What does the premium plan cost?")]
    [InlineData("问题：What does the premium plan cost?")]
    [InlineData("Вопрос: «What does the premium plan cost?»")]
    public void Read_WrappedQuestion_IsTheQuestion(string reply) =>
        Assert.Equal("What does the premium plan cost?", RewrittenQuestion.Read(reply, "And the second one?", ["Which plans are there?", "Basic and premium."])?.Question);

    [Theory]
    [InlineData("Wie hoch ist der Everest?", "Und wie alt?", "Wie alt ist der Everest?")]
    [InlineData("¿Cuánto cuestan los planes?", "¿Y el segundo?", "¿Cuánto cuesta el segundo plan?")]
    [InlineData("Quels forfaits existe-t-il ?", "Et le second ?", "Combien coûte le second forfait ?")]
    [InlineData("法国的首都是哪里？", "德国呢？", "德国的首都是哪里？")]
    [InlineData("プレミアムプランとは？", "いくらですか？", "プレミアムプランの料金はいくらですか？")]
    [InlineData("프리미엄 요금제가 무엇인가요?", "가격은요?", "프리미엄 요금제의 가격은 얼마인가요?")]
    [InlineData("Какие есть тарифы?", "А второй?", "Сколько стоит второй тариф?")]
    public void Read_QuestionAboutTheDialogueInOtherLanguages_IsEarned(string first, string turn, string reply) =>
        Assert.Equal(reply, RewrittenQuestion.Read(reply, turn, [first])?.Question);

    [Theory]
    [InlineData("Wie hoch ist der Everest?", "Was kostet Premium?")]
    [InlineData("¿Cuánto cuestan los planes?", "¿Qué es la vida?")]
    [InlineData("法国的首都是哪里？", "珠峰有多高？")]
    [InlineData("プレミアムプランとは？", "それはできません。")]
    [InlineData("Какие есть тарифы?", "Что это такое?")]
    public void Read_NoWordOfTheDialogue_IsNone(string first, string reply) => Assert.Null(RewrittenQuestion.Read(reply, "...?", [first]));

    [Theory]
    [InlineData("How much is it?", "how much is it")]
    [InlineData("Wie viel kostet das?", "\"Wie viel kostet das?\"")]
    [InlineData("¿Cuánto cuesta?", "Cuánto cuesta")]
    [InlineData("多少钱？", "多少钱")]
    [InlineData("いくらですか？", "「いくらですか？」")]
    public void Read_TheTurnItself_IsUnchanged(string turn, string reply) => Assert.Equal(new RewrittenQuestion(turn, IsUnchanged: true), RewrittenQuestion.Read(reply, turn, []));
}
