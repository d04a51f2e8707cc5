namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Dutch. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Dutch
{
    public const string Table = """
        stop: het een en van de ik je jij hij zij wij u is zijn was kan kunnen mag moet wil hoe wat waar wanneer waarom wie of met voor naar op aan uit over mijn jouw dit dat niet er ik heb hebben heeft had hoeveel welke welk worden wordt werd als bij door om te ook nog maar dan deze die hier daar me mij ons onze jullie hun haar zijn gaat doen doe graag alstublieft per tot
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
        opp: aan/uit open/dicht openen/sluiten inschakelen/uitschakelen installeren/verwijderen toevoegen/verwijderen kopen/verkopen voor/na meer/minder groot/klein hoog/laag duur/goedkoop nieuw/oud toegestaan/verboden open/gesloten opent/sluit begint/eindigt koop/verkoop koopt/verkoopt sluit/open warm/koud heet/koud snel/langzaam oud/jong links/rechts boven/onder binnen/buiten man/vrouw vader/moeder broer/zus zoon/dochter dag/nacht ochtend/avond vandaag/morgen gisteren/vandaag gisteren/morgen zomer/winter veilig/gevaarlijk blokkeren/deblokkeren activeren/deactiveren aanzetten/uitzetten aanmelden/afmelden inloggen/uitloggen verhogen/verlagen meer/weinig toestaan/verbieden accepteren/weigeren verzenden/ontvangen huren/verhuren ingang/uitgang aankomst/vertrek met/zonder noord/zuid oost/west gratis/betaald eerste/laatste
        months: januari februari maart april mei juni juli augustus september oktober november december
        days: maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
        num: twee=2 drie=3 vier=4 vijf=5 zes=6 zeven=7 acht=8 negen=9 tien=10 nul=0 elf=11 twaalf=12 dertien=13 veertien=14 vijftien=15 zestien=16 zeventien=17 achttien=18 negentien=19 twintig=20 dertig=30 veertig=40 vijftig=50 zestig=60 zeventig=70 tachtig=80 negentig=90 tweeën=2 dozijn=12
        mult: honderd=100 duizend=1000 miljoen=1000000 miljard=1000000000
        unit: day dag dagen
        unit: week weken
        unit: month maand maanden
        unit: year jaar jaren
        prefix: on ont niet-
        ord: eerste tweede derde vierde vijfde zesde zevende achtste negende tiende
        unit: hr uur
        unit: min minuut minuten
        unit: sec seconden
        times: dubbel=2 dubbele=2 halve=0.5 half=0.5 driedubbel=3
        same: prijs kosten kost
        same: kaartje ticket
        contrary: in/uit aan/uit aan/af op/af
        per: per
        unit: g gram
        unit: kg kilogram kilo
        unit: cm centimeter
        unit: km kilometer
        unit: m meter
        unit: l liter
        unit: percent procent
        """;
}
