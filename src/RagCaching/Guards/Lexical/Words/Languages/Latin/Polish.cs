namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Polish. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Polish
{
    public const string Table = """
        stop: i w we z ze na do od po za dla o u jak co kto gdzie kiedy dlaczego czy to jest są był była być mogę może można muszę chcę mój moja moje mi mnie się jaka jaki jakie ten ta te lub albo przez przy
        marker: w we z ze na do od po za dla o u jak bez przez przy
        and: i
        or: lub albo
        where: gdzie
        when: kiedy
        why: dlaczego
        who: kto
        many: ile
        not: nie bez nigdy nikt nic nieczynny
        opp: włączyć/wyłączyć otworzyć/zamknąć otwarty/zamknięty otwarte/zamknięte dodać/usunąć zainstalować/odinstalować kupić/sprzedać zwiększyć/zmniejszyć przed/po więcej/mniej lepszy/gorszy duży/mały wysoki/niski drogi/tani nowy/stary dziś/jutro dzisiaj/jutro wczoraj/dziś legalne/nielegalne można/nie
        months: styczeń|stycznia|styczniu luty|lutego|lutym marzec|marca|marcu kwiecień|kwietnia|kwietniu maj|maja|maju czerwiec|czerwca|czerwcu lipiec|lipca|lipcu sierpień|sierpnia|sierpniu wrzesień|września|wrześniu październik|października|październiku listopad|listopada|listopadzie grudzień|grudnia|grudniu
        days: poniedziałek wtorek środa|środę czwartek piątek sobota|sobotę niedziela|niedzielę
        num: dwa=2 dwie=2 trzy=3 cztery=4 pięć=5 sześć=6 siedem=7 osiem=8 dziewięć=9 dziesięć=10
        mult: sto=100 tysiąc=1000 tysiące=1000 tysięcy=1000 milion=1000000 miliony=1000000 milionów=1000000 miliard=1000000000
        unit: hr godzina godziny godzin
        unit: day dzień dni
        unit: week tydzień tygodnie tygodni
        unit: month miesiąc miesiące miesięcy
        unit: year rok lata lat
        currency: pln zł złotych złote złoty
        prefix: nie bez
        inflection: a e y i ę ą u o om owi em ie ach ami ów ej ego emu ą ami
        """;
}
