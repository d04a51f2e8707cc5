using System.Globalization;
using CsCheck;
using RagCaching.Pipeline.Selection;

namespace RagCaching.Pipeline.Tests.Ingestion;

/// <summary>Texts of all scripts are cut where their readers would.</summary>
public sealed class TextChunkerScriptTests
{
    private static readonly string[] Parts = ["a", "b ", ". ", "缓", "存", "。", "き", "क्षि", "।", "ที่", "ก", " ", "\n", "\n\n", "👨‍👩‍👧", "é", "각", "؟", "」"];

    [Theory]
    [InlineData("缓存是一种记忆。它保存答案。它很快！你知道吗？是的。", "。！？")]
    [InlineData("キャッシュは記憶です。答えを保存します。とても速い！知っていますか？はい。", "。！？")]
    [InlineData("कैश एक स्मृति है। यह उत्तर रखता है। यह तेज़ है। क्या आप जानते हैं? हाँ।", "।?")]
    [InlineData("ক্যাশ একটি স্মৃতি। এটি উত্তর রাখে। এটি দ্রুত। আপনি কি জানেন? হ্যাঁ।", "।?")]
    [InlineData("الكاش ذاكرة سريعة. يحفظ الإجابات. هل تعرف ذلك؟ نعم نعرف ذلك جيدا.", ".؟")]
    [InlineData("کیش ایک یادداشت ہے۔ یہ جواب رکھتا ہے۔ یہ تیز ہے۔ کیا آپ جانتے ہیں؟ جی۔", "۔؟")]
    [InlineData("Ein Cache ist ein Gedächtnis. Er bewahrt Antworten auf. Er ist schnell! Wussten Sie das?", ".!?")]
    [InlineData("캐시는 기억이다. 답을 보관한다. 아주 빠르다! 알고 있었나요? 네.", ".!?")]
    [InlineData("ካሽ ትውስታ ነው። መልሶችን ያስቀምጣል። ፈጣን ነው። ያውቃሉ?", "።?")]
    [InlineData("他说：「缓存很快。」她说：「我知道！」然后他们走了。", "。」！")]
    public void Cut_Sentences_EndsAtThem(string text, string ends)
    {
        var chunks = TextChunker.Cut(text, maxLength: Math.Max(16, text.Length / 2), overlap: 0);

        Assert.True(chunks.Count > 1);
        Assert.All(chunks, chunk => Assert.Contains(chunk[^1], ends));
        Assert.DoesNotContain(chunks, chunk => "。！？।」".Contains(chunk[0], StringComparison.Ordinal));
    }

    [Fact]
    public void Cut_Thai_EndsAtItsBlanks()
    {
        var chunks = TextChunker.Cut("แคชคือความจำ มันเก็บคำตอบไว้ มันเร็วมาก คุณรู้ไหม", maxLength: 24, overlap: 0);

        Assert.Equal(["แคชคือความจำ", "มันเก็บคำตอบไว้", "มันเร็วมาก คุณรู้ไหม"], chunks);
    }

    [Theory]
    [InlineData("缓存保存答案所以同样的问题不用再问模型因此更快更便宜")]
    [InlineData("キャッシュに答えを保存するので同じ質問をモデルに聞かずに済む")]
    [InlineData("แคชเก็บคำตอบไว้ดังนั้นคำถามเดิมจึงไม่ต้องถามโมเดลอีก")]
    [InlineData("快取儲存答案所以同樣的問題不用再問模型因此更快更便宜")]
    [InlineData("ພາສາລາວເປັນພາສາທີ່ບໍ່ມີຊ່ອງວ່າງລະຫວ່າງຄຳ")]
    [InlineData("ភាសាខ្មែរមិនមានចន្លោះរវាងពាក្យទេ")]
    [InlineData("မြန်မာစာတွင်စကားလုံးများကြားနေရာလွတ်မရှိပါ")]
    [InlineData("キャッシュサーバーデータベースモデルプロンプト")]
    public void Cut_NoBlanks_Overlaps(string text)
    {
        var chunks = TextChunker.Cut(text, maxLength: 12, overlap: 4);

        for (var i = 1; i < chunks.Count; i++)
        {
            var repeated = Enumerable.Range(1, 4).LastOrDefault(length => chunks[i - 1].EndsWith(chunks[i][..Math.Min(length, chunks[i].Length)], StringComparison.Ordinal));
            Assert.InRange(repeated, 1, 4);
        }
    }

    [Theory]
    [InlineData("👨‍👩‍👧‍👦")]
    [InlineData("🇩🇪")]
    [InlineData("e\u0301\u0323")]
    [InlineData("क्षि")]
    [InlineData("ที่")]
    [InlineData("👍🏽")]
    [InlineData("각")]
    public void Cut_CharacterOfSeveralParts_IsNeverCut(string character)
    {
        for (var maxLength = 1; maxLength <= 30; maxLength++)
        {
            var chunks = TextChunker.Cut(string.Concat(Enumerable.Repeat(character, 20)), maxLength, overlap: 0);

            Assert.All(chunks, chunk => Assert.Equal(0, chunk.Length % character.Length));
            Assert.Equal(20 * character.Length, chunks.Sum(chunk => chunk.Length));
        }
    }

    [Fact]
    public void Cut_AnyTextOfAnyScript_KeepsCharactersOrderAndLimits() =>
        Gen.Select(
            Gen.Int[0, Parts.Length - 1].Select(part => Parts[part]).Array[0, 120].Select(string.Concat), Gen.Int[12, 60], Gen.Int[0, 5])
            .Sample((text, length, overlap) =>
            {
                var chunks = TextChunker.Cut(text, length, overlap);
                var characters = Characters(text.Trim()).ToHashSet();

                Assert.All(chunks, chunk => Assert.InRange(chunk.Length, 1, length));
                Assert.All(chunks.SelectMany(Characters), character => Assert.Contains(character, characters));
                if (overlap == 0)
                {
                    Assert.Equal(WithoutSpace(text), WithoutSpace(string.Concat(chunks)));
                }
            });

    [Theory]
    [InlineData("What does the premium plan cost?", 6, 9)]
    [InlineData("Was kostet der Premiumtarif für Österreich?", 8, 13)]
    [InlineData("Сколько стоит премиальный тариф?", 10, 20)]
    [InlineData("高级套餐多少钱？", 6, 12)]
    [InlineData("プレミアムプランはいくらですか？", 10, 20)]
    [InlineData("프리미엄 요금제는 얼마인가요?", 9, 20)]
    [InlineData("प्रीमियम योजना की कीमत क्या है?", 12, 35)]
    [InlineData("แพ็กเกจพรีเมียมราคาเท่าไหร่", 12, 32)]
    public void TokenEstimate_OfAScript_IsNotFarOff(string text, int least, int most) => Assert.InRange(TokenEstimate.Of(text), least, most);

    private static IEnumerable<string> Characters(string text)
    {
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
        {
            yield return elements.GetTextElement();
        }
    }

    private static string WithoutSpace(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
