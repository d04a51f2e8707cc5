namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Swedish. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Swedish
{
    public const string Table = """
        stop: är och att det som en ett den de i på av för med till om jag du han hon vi ni mig min mitt mina kan får ska vill hur vad var när varför vem eller över från så är vara har hade ska skulle kunna behöver gör göra finns vilken vilket vilka detta denna den här där då nu också bara men eller om ut upp ner man sig sin sitt era er vår vårt hur mycket många
        marker: i på av för med till om från över utan
        and: och
        or: eller
        how: hur
        when: när
        why: varför
        who: vem
        not: inte icke ej aldrig ingen inget inga utan
        opp: på/av öppna/stänga öppen/stängd öppet/stängt före/efter mer/mindre stor/liten hög/låg dyr/billig ny/gammal tillåtet/förbjudet öppnar/stänger aktivera/inaktivera aktivera/avaktivera slå/stäng köpa/sälja köper/säljer höja/sänka varm/kall snabb/långsam ung/gammal vänster/höger över/under inne/ute man/kvinna far/mor pappa/mamma bror/syster son/dotter dag/natt morgon/kväll idag/imorgon igår/idag igår/imorgon sommar/vinter säker/farlig logga/utlogga installera/avinstallera lägga/ta första/sista ingång/utgång ankomst/avgång med/utan norr/söder öster/väster blockera/avblockera börjar/slutar billig/dyr
        months: januari februari mars april maj juni juli augusti september oktober november december
        days: måndag tisdag onsdag torsdag fredag lördag söndag
        num: två=2 tre=3 fyra=4 fem=5 sex=6 sju=7 åtta=8 nio=9 tio=10 noll=0 elva=11 tolv=12 tretton=13 fjorton=14 femton=15 sexton=16 sjutton=17 arton=18 nitton=19 tjugo=20 trettio=30 fyrtio=40 femtio=50 sextio=60 sjuttio=70 åttio=80 nittio=90
        mult: hundra=100 tusen=1000 miljon=1000000 miljoner=1000000 miljard=1000000000
        unit: day dag dagar
        unit: week vecka veckor
        unit: month månad månader
        unit: year år
        currency: sek kronor krona kr
        prefix: o av icke-
        where: var vart
        many: mycket många
        ord: första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde
        unit: hr timme timmar
        unit: min minut minuter
        digraphs: å ä ö
        times: dubbel=2 dubbelt=2 hälften=0.5 halv=0.5 tredubbelt=3
        contrary: in/ut på/av upp/ned upp/ner
        unit: g gram
        unit: kg kilogram kilo
        unit: km kilometer
        unit: m meter
        unit: cm centimeter
        unit: l liter
        unit: sec sekunder
        unit: percent procent
        """;
}
