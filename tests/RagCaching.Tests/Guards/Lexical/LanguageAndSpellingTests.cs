namespace RagCaching.Tests.Guards.Lexical;

/// <summary>Pairs that only the language, or only the marks of letters, keep apart.</summary>
public sealed class LanguageAndSpellingTests
{
    private static readonly LexicalGuard Guard = new();

    [Theory]
    [InlineData("Wie setze ich mein Passwort zurück?")]
    [InlineData("¿Cómo restablezco mi contraseña?")]
    [InlineData("Comment réinitialiser mon mot de passe ?")]
    [InlineData("Come reimposto la mia password?")]
    [InlineData("Как сбросить пароль?")]
    [InlineData("如何重置密码？")]
    [InlineData("パスワードをリセットする方法")]
    [InlineData("비밀번호를 재설정하는 방법")]
    [InlineData("كيف أعيد تعيين كلمة المرور؟")]
    [InlineData("पासवर्ड कैसे रीसेट करें?")]
    [InlineData("ฉันจะรีเซ็ตรหัสผ่านได้อย่างไร")]
    public void Allows_SameQuestionInAnotherLanguage_Refuses(string question) => AssertRefuses(question, "How do I reset my password?");

    [Theory]
    [InlineData("¿Cuántos años tienes?", "¿Cuántos anos tienes?")]
    [InlineData("¿Qué es el papá?", "¿Qué es el papa?")]
    [InlineData("où est le péché", "où est le pêche")]
    [InlineData("comment trouver un mur", "comment trouver un mûr")]
    [InlineData("Was ist das für ein Bar?", "Was ist das für ein Bär?")]
    [InlineData("ile kosztuje kąt", "ile kosztuje kat")]
    [InlineData("kar ne demek", "kâr ne demek")]
    [InlineData("bán ở đâu", "bàn ở đâu")]
    [InlineData("Ma là gì?", "Má là gì?")]
    public void Allows_WordThatDiffersInTheMarksOfItsLetters_Refuses(string question, string candidate) => AssertRefuses(question, candidate);

    private static void AssertRefuses(string question, string candidate)
    {
        Assert.False(Guard.Allows(question, candidate));
        Assert.False(Guard.Allows(candidate, question));
    }
}
