namespace RagCaching.Guards.Lexical.Words;

/// <summary>Currencies by word, sign and code.</summary>
internal static class Currencies
{
    /// <summary>Groups of words and signs for one currency; the first of a line is its code. Words that are mostly something else are left out.</summary>
    public const string Groups = """
        usd dollar dollars $ bucks
        eur euro euros €
        gbp £ quid
        jpy yen ¥
        cny yuan renminbi rmb
        inr rupee rupees rs ₹
        krw ₩
        rub rouble roubles ruble rubles ₽
        btc bitcoin bitcoins ₿
        try_ liras ₺
        uah hryvnia ₴
        ils shekel shekels ₪
        vnd ₫
        thb baht ฿
        ngn naira ₦
        php_ ₱
        mxn pesos peso
        brl reais r$
        chf franc francs
        sek krona kronor
        nok
        dkk
        pln zloty zlotys
        czk koruna
        huf forint forints
        cad
        aud
        nzd
        sgd
        hkd
        zar
        aed dirham dirhams
        sar riyal riyals
        crc ₡
        kzt ₸
        azn ₼
        gel_ ₾
        ghs ₵
        pyg ₲
        mnt ₮
        lak_ ₭
        cent cents ¢
        """;

    /// <summary>The codes of ISO 4217 that are in use: a currency where they are written in capitals.</summary>
    public const string Codes = """
        aed afn all ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd btn bwp byn bzd cad cdf chf clp cny cop crc cuc cup cve czk djf dkk dop dzd
        egp ern etb eur fjd fkp gbp gel ghs gip gmd gnf gtq gyd hkd hnl hrk htg huf idr ils inr iqd irr isk jmd jod jpy kes kgs khr kmf kpw krw kwd kyd kzt lak lbp lkr
        lrd lsl lyd mad mdl mga mkd mmk mnt mop mru mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk pkr pln pyg qar ron rsd rub rwf sar sbd scr sdg
        sek sgd shp sle sos srd ssp stn svc syp szl thb tjs tmt tnd top try ttd twd tzs uah ugx usd uyu uzs ves vnd vuv wst xaf xcd xof xpf yer zar zmw zwl btc eth
        """;
}
