namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Swedish. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Swedish
{
    public const string Table = """
        stop: är och att det som en ett den de i på av för med till om jag du han hon vi ni mig min mitt mina kan får ska vill hur vad var när varför vem eller över från så
        marker: i på av för med till om från över utan
        and: och
        or: eller
        how: hur
        when: när
        why: varför
        who: vem
        not: inte icke ej aldrig ingen inget inga utan
        opp: på/av öppna/stänga öppen/stängd öppet/stängt före/efter mer/mindre stor/liten hög/låg dyr/billig ny/gammal tillåtet/förbjudet
        months: januari februari mars april maj juni juli augusti september oktober november december
        days: måndag tisdag onsdag torsdag fredag lördag söndag
        num: två=2 tre=3 fyra=4 fem=5 sex=6 sju=7 åtta=8 nio=9 tio=10
        mult: hundra=100 tusen=1000 miljon=1000000 miljoner=1000000 miljard=1000000000
        unit: day dag dagar
        unit: week vecka veckor
        unit: month månad månader
        unit: year år
        currency: sek kronor krona kr
        prefix: o
        """;
}
