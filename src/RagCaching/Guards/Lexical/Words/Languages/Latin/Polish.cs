namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Polish. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Polish
{
    public const string Table = """
        stop: i w we z ze na do od po za dla o u jak co kto gdzie kiedy dlaczego czy to jest są był była być mogę może można muszę chcę mój moja moje mi mnie się jaka jaki jakie ten ta te lub albo przez przy jestem mam masz ma mieć chciałbym chciałabym proszę który która które którym ich go ją jej jego nas was nam wam tam tu tutaj już jeszcze też tylko ale bo że oraz się bardzo coś ktoś sobie być będzie
        marker: w we z ze na do od po za dla o u jak bez przez przy
        and: i
        or: lub albo
        where: gdzie
        when: kiedy
        why: dlaczego
        who: kto
        many: ile
        not: nie bez nigdy nikt nic nieczynny
        opp: włączyć/wyłączyć otworzyć/zamknąć otwarty/zamknięty otwarte/zamknięte dodać/usunąć zainstalować/odinstalować kupić/sprzedać zwiększyć/zmniejszyć przed/po więcej/mniej lepszy/gorszy duży/mały wysoki/niski drogi/tani nowy/stary dziś/jutro dzisiaj/jutro wczoraj/dziś legalne/nielegalne można/nie włącz/wyłącz włączam/wyłączam włączę/wyłączę otwieram/zamykam otworzę/zamknę otwarta/zamknięta otwórz/zamknij otwiera/zamyka dodaję/usuwam kupuję/sprzedaję kupię/sprzedam zwiększ/zmniejsz bezpieczny/niebezpieczny bezpieczne/niebezpieczne gorący/zimny ciepły/zimny szybki/wolny młody/stary lewo/prawo góra/dół północ/południe wschód/zachód ojciec/matka brat/siostra syn/córka mężczyzna/kobieta dzień/noc rano/wieczorem lato/zima latem/zimą wiosna/jesień wejście/wyjście przyjazd/odjazd zablokować/odblokować aktywować/dezaktywować zalogować/wylogować dozwolone/zabronione wolno/zabronione legalny/nielegalny pierwszy/ostatni z/bez import/eksport wysłać/odebrać wygrać/przegrać płatny/bezpłatny tak/nie zaczyna/kończy
        months: styczeń|stycznia|styczniu luty|lutego|lutym marzec|marca|marcu kwiecień|kwietnia|kwietniu maj|maja|maju czerwiec|czerwca|czerwcu lipiec|lipca|lipcu sierpień|sierpnia|sierpniu wrzesień|września|wrześniu październik|października|październiku listopad|listopada|listopadzie grudzień|grudnia|grudniu
        days: poniedziałek wtorek środa|środę czwartek piątek sobota|sobotę niedziela|niedzielę
        num: dwa=2 dwie=2 trzy=3 cztery=4 pięć=5 sześć=6 siedem=7 osiem=8 dziewięć=9 dziesięć=10 dwóch=2 dwa=2 dwóm=2 dwiema=2 trzech=3 trzem=3 trzema=3 troje=3 czterech=4 czterem=4 czterema=4 pięciu=5 sześciu=6 siedmiu=7 ośmiu=8 dziewięciu=9 dziesięciu=10 jedenaście=11 dwanaście=12 piętnaście=15 dwadzieścia=20 dwudziestu=20 trzydzieści=30 czterdzieści=40 pięćdziesiąt=50 sześćdziesiąt=60 siedemdziesiąt=70 osiemdziesiąt=80 dziewięćdziesiąt=90
        mult: sto=100 tysiąc=1000 tysiące=1000 tysięcy=1000 milion=1000000 miliony=1000000 milionów=1000000 miliard=1000000000
        unit: hr godzina godziny godzin
        unit: day dzień dni
        unit: week tydzień tygodnie tygodni
        unit: month miesiąc miesiące miesięcy
        unit: year rok lata lat
        currency: pln zł złotych złote złoty
        prefix: nie bez
        inflection: a e y i ę ą u o om owi em ie ach ami ów ej ego emu ą ami
        ord: pierwszy|pierwsza|pierwsze|pierwszego drugi|druga|drugie|drugiego trzeci|trzecia|trzecie|trzeciego czwarty|czwarta|czwarte piąty|piąta|piąte
        times: podwójny=2 podwójnie=2 dwukrotnie=2 potrójnie=3 połowa=0.5 pół=0.5 dwa-razy=2
        unit: min minuta minuty minut
        unit: sec sekunda sekundy sekund
        same: cena kosztuje kosztują koszt
        letters: ą ę ł ś ź ż ć ń
        contrary: w/wy za/od przy/od za/wy pod/od na/od
        clock: godzinie
        unit: g gram gramów gramy
        unit: kg kilogram kilogramów kilo
        unit: km kilometr kilometrów kilometry
        unit: m metr metrów metry
        unit: cm centymetr centymetrów
        unit: l litr litrów litry
        unit: percent procent
        """;
}
