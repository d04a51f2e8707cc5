namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Dutch. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Dutch
{
    public const string Table = """
        stop: het een en van de ik je jij hij zij wij u is zijn was kan kunnen mag moet wil hoe wat waar wanneer waarom wie of met voor naar op aan uit over mijn jouw dit dat niet er
        marker: van met voor naar op aan uit over zonder
        and: en
        or: of
        how: hoe
        where: waar
        when: wanneer
        why: waarom
        who: wie
        many: hoeveel
        not: niet geen nooit zonder niemand niets
        opp: aan/uit open/dicht openen/sluiten inschakelen/uitschakelen installeren/verwijderen toevoegen/verwijderen kopen/verkopen voor/na meer/minder groot/klein hoog/laag duur/goedkoop nieuw/oud toegestaan/verboden
        months: januari februari maart april mei juni juli augustus september oktober november december
        days: maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
        num: twee=2 drie=3 vier=4 vijf=5 zes=6 zeven=7 acht=8 negen=9 tien=10
        mult: honderd=100 duizend=1000 miljoen=1000000 miljard=1000000000
        unit: day dag dagen
        unit: week weken
        unit: month maand maanden
        unit: year jaar jaren
        prefix: on niet-
        """;
}
