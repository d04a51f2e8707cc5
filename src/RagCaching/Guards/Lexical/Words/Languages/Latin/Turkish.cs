namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Turkish. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Turkish
{
    public const string Table = """
        stop: ve veya mi mı mu mü bu şu bir ne nasıl nerede neden niçin kim ben sen o biz siz için ile de da var bugün
        how: nasıl
        where: nerede
        when: zaman
        why: neden niçin
        who: kim
        many: kaç
        not: değil yok hayır
        opp: açmak/kapatmak açık/kapalı yüklemek/kaldırmak ekle/sil önce/sonra fazla/az büyük/küçük pahalı/ucuz yeni/eski bugün/yarın bugün/dün
        months: ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
        days: pazartesi salı çarşamba perşembe cuma cumartesi pazar
        num: iki=2 üç=3 dört=4 beş=5 altı=6 yedi=7 sekiz=8 dokuz=9
        mult: yüz=100 bin=1000 milyon=1000000 milyar=1000000000
        unit: hr saat
        unit: day gün
        unit: week hafta
        unit: month ay
        unit: year yıl
        currency: try lira
        """;
}
