namespace RagCaching.Guards.Lexical.Words.Languages.OwnScript;

/// <summary>Writes a table of simplified characters in traditional ones too.</summary>
internal static class TraditionalChinese
{
    // Each character and its traditional form, for those that tables have.
    private const string Pairs =
        "开開关關闭閉启啟载載删刪减減创創断斷连連录錄锁鎖绑綁导導压壓缩縮许許买買卖賣购購还還取取款款收收入入始始结結束束动動后後里裡内內外外长長东東进進违違险險优優点點坏壞贵貴级級发發贬貶静靜订訂显顯隐隱单單双雙"
        + "读讀写寫绝絕续續费費涨漲胜勝负負赢贏输輸为為没沒无無别別非非们們这這个個张張请請问問么麼样樣哪哪应應该該给給对對从從几幾谁誰什什时時候候何何啥啥会會说說万萬亿億两兩双雙倍倍钟鐘礼禮拜拜岁歲块塊钱錢币幣镑鎊韩韓"
        + "码碼机機电電脑腦计計价價忘忘记記国國欧歐亚亞罗羅兰蘭洋洋极極达達腊臘瑞瑞纽紐约約伦倫顿頓莫莫斯斯乌烏鲁魯庆慶广廣苏蘇汉漢湾灣门門岛島泪淚头頭边邊减減升升妈媽爸爸儿兒丈丈夫夫姐姐晚晚热熱旧舊节節陆陸线線";

    public static string Of(string table)
    {
        // The first of several pairs with the same simplified character counts.
        var traditional = new Dictionary<char, char>();
        for (var i = 0; i < Pairs.Length; i += 2)
        {
            traditional.TryAdd(Pairs[i], Pairs[i + 1]);
        }

        var text = table.ToCharArray();
        foreach (ref var character in text.AsSpan())
        {
            character = traditional.GetValueOrDefault(character, character);
        }

        return "\n" + new string(text);
    }
}
