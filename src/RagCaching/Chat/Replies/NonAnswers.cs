using System.Collections.Frozen;

namespace RagCaching.Chat.Replies;

/// <summary>What models say instead of an answer, as data.</summary>
internal static class NonAnswers
{
    private static readonly FrozenSet<string> Whole = FrozenSet.ToFrozenSet(
        [
            "none", "null", "nil", "n a", "na", "unknown", "undefined", "no", "yes", "no answer", "no question", "nothing", "ok", "okay", "same", "unchanged", "no change", "no changes",
            "not applicable", "question", "rewritten question", "standalone question", "keine", "keine angabe", "nichts", "unbekannt", "ninguna", "ninguno", "nada", "aucun", "aucune", "rien",
            "inconnu", "nenhum", "nenhuma", "nessuna", "nessuno", "нет", "ничего", "неизвестно", "なし", "ありません", "不明", "无", "無", "没有", "未知", "없음", "없습니다", "कोई नहीं",
        ],
        StringComparer.Ordinal);

    private static readonly string[] Openings =
    [
        "i cannot", "i can not", "i can t", "i cant", "i could not", "i couldn t", "i m sorry", "i am sorry", "im sorry", "sorry", "i apologize", "i apologise", "i m unable", "i am unable", "unable to",
        "i don t know", "i do not know", "i don t have", "i do not have", "i won t", "i will not", "as an ai", "as a language model", "there is no question", "there is no previous", "no question",
        "not enough", "please provide", "could you please", "the user",
        "ich kann nicht", "ich kann das nicht", "ich kann dabei nicht", "ich kann ihnen", "es tut mir leid", "tut mir leid", "entschuldigung", "leider", "das kann ich nicht",
        "no puedo", "lo siento", "no tengo", "lamento", "je ne peux pas", "je suis désolé", "désolé", "je regrette", "não posso", "desculpe", "sinto muito", "lamento", "não consigo",
        "non posso", "mi dispiace", "spiacente", "purtroppo", "я не могу", "извините", "к сожалению", "простите",
        "申し訳", "すみません", "お答え", "回答できません", "対応できません", "抱歉", "对不起", "很抱歉", "我无法", "我不能", "無法", "无法", "죄송", "답변할 수 없", "도와드릴 수 없", "मुझे खेद", "क्षमा करें", "माफ़",
    ];

    /// <summary>Tells whether a text is none of what was asked for.</summary>
    /// <param name="simplified">The text in lower case, letters and digits only, single blanks.</param>
    public static bool Contains(string simplified) =>
        simplified.Length == 0 || Whole.Contains(simplified) || Openings.Any(opening => simplified.StartsWith(opening, StringComparison.Ordinal));
}
