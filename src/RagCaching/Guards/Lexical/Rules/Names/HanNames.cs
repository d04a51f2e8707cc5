using RagCaching.Guards.Lexical.Facts;
using RagCaching.Guards.Lexical.Text;
using RagCaching.Guards.Lexical.Text.Scanning;

namespace RagCaching.Guards.Lexical.Rules.Names;

/// <summary>Finds two Chinese names of persons that one character tells apart, in otherwise equal questions.</summary>
internal static class HanNames
{
    private const int LongestGivenName = 2;

    // The most frequent family names; they cover nine of ten persons.
    private const string FamilyNames =
        "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅郑鄭梁谢謝宋唐许許韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶葉程苏蘇魏吕丁沈任姚卢盧傅钟姜崔谭廖范汪陆陸石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵";

    public static bool Differ(Comparison pair)
    {
        var (a, b) = (pair.A, pair.B);
        if (a.Style.EastAsianLetters == 0 || a.Words.Count != b.Words.Count)
        {
            return false;
        }

        var at = -1;
        for (var i = 0; i < a.Words.Count; i++)
        {
            if (a.WordAt(i).Surface == b.WordAt(i).Surface)
            {
                continue;
            }

            if (at >= 0)
            {
                return false;
            }

            at = i;
        }

        return at > 0 && IsCharacter(pair.Vocabulary, a.WordAt(at)) && IsCharacter(pair.Vocabulary, b.WordAt(at)) && (a.WordAt(at).Word is null || b.WordAt(at).Word is null) && FollowsFamilyName(pair.Vocabulary, a, at);
    }

    private static bool IsCharacter(Vocabulary vocabulary, in Token token) =>
        vocabulary.TextOf(token.Surface) is [var c] && Scripts.Of(c) == Script.Han;

    private static bool FollowsFamilyName(Vocabulary vocabulary, Question question, int index)
    {
        for (var i = index - 1; i >= Math.Max(0, index - LongestGivenName) && question.WordAt(i).End == question.WordAt(i + 1).Start; i--)
        {
            if (vocabulary.TextOf(question.WordAt(i).Surface) is [var c] && FamilyNames.Contains(c))
            {
                return true;
            }
        }

        return false;
    }
}
