namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Turkish. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Turkish
{
    public const string Table = """
        stop: ve veya mi mı mu mü bu şu bir ne nasıl nerede neden niçin kim ben sen o biz siz için ile de da var bugün ne kadar nedir kaça bana bunu şunu onu benim senin onun hangi çok daha en gibi olarak olan olur mıyım miyim muyum müyüm mısınız misiniz musunuz müsünüz mıdır midir ediyor istiyorum istiyor lütfen nereye nereden burada orada buraya hakkında ama eğer gerekir gerekiyor lazım kere sonra ki
        how: nasıl nasil
        where: nerede nereye nereden
        when: zaman
        why: neden niçin
        who: kim
        many: kaç
        not: değil yok hayır hiç hiçbir asla olmadan olmaksızın yasak
        opp: açmak/kapatmak açık/kapalı yüklemek/kaldırmak ekle/sil önce/sonra fazla/az büyük/küçük pahalı/ucuz yeni/eski bugün/yarın bugün/dün aç/kapat açılır/kapanır açarım/kapatırım açabilirim/kapatabilirim açılıyor/kapanıyor açıyor/kapanıyor açma/kapatma yükle/kaldır yükleme/kaldırma etkinleştir/devre ekleme/silme ekleyebilirim/silebilirim al/sat almak/satmak alırım/satarım satın/satılık gir/çık giriş/çıkış sıcak/soğuk hızlı/yavaş uzun/kısa yüksek/düşük iyi/kötü doğru/yanlış sağ/sol kuzey/güney doğu/batı erkek/kadın anne/baba kız/oğlan gündüz/gece sabah/akşam yaz/kış dün/yarın serbest/yasak izinli/yasak yasal/yasadışı güvenli/tehlikeli gelen/giden artır/azalt artırmak/azaltmak yükselt/düşür içeri/dışarı
        months: ocak|ocakta|ocakın şubat|şubatta|şubatın mart|martta|martın nisan|nisanda|nisanın mayıs|mayısta|mayısın haziran|haziranda|haziranın temmuz|temmuzda|temmuzun ağustos|ağustosta|ağustosun eylül|eylülde|eylülün ekim|ekimde|ekimin kasım|kasımda|kasımın aralık|aralıkta|aralıkın
        days: pazartesi salı çarşamba perşembe cuma cumartesi pazar
        num: iki=2 üç=3 dört=4 beş=5 altı=6 yedi=7 sekiz=8 dokuz=9 on=10 yirmi=20 otuz=30 kırk=40 elli=50 altmış=60 yetmiş=70 seksen=80 doksan=90 sıfır=0 ikisi=2 üçü=3
        mult: yüz=100 bin=1000 milyon=1000000 milyar=1000000000
        unit: hr saat
        unit: day gün
        unit: week hafta
        unit: month ay
        unit: year yıl
        currency: try lira
        ord: birinci ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu
        keep: namaz tamam hamam komedi
        negending: maz mez mazlar mezler mıyor miyor muyor müyor mıyorum miyorum muyorum müyorum mıyorsun miyorsun mıyoruz miyoruz muyoruz müyoruz mıyorlar miyorlar amam emem mayız meyiz madı medi madım medim madık medik madılar mediler madan meden mayan meyen mamalı memeli
        same: fiyat fiyatı fiyati
        unit: min dakika
        unit: sec saniye
        currency: usd dolar
        inflection: ın in un ün nın nin nun nün ı i u ü yı yi yu yü a e ya ye da de ta te dan den tan ten la le yla yle sı si su sü
        letters: ı ğ ş
        clock: saat saatte
        unit: g gram
        unit: kg kilogram kilo
        unit: km kilometre
        unit: m metre
        unit: cm santimetre
        unit: l litre
        """;
}
