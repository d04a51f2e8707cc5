namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Finnish. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Finnish
{
    public const string Table = """
        stop: on ei ole se ja tai mitä mikä millainen missä milloin miksi kuka miten kuinka minun minä voinko voiko onko että jos kun on olen oli olisi voi voiko voisin saa saako pitää haluan haluaisin tämä tuo nämä se ne hän me te he sinä minulla minulle jossa joka mistä mihin mitkä mikä paljonko kuinka myös vain mutta tai nyt
        how: miten kuinka
        where: missä
        when: milloin
        why: miksi
        who: kuka
        not: ei en et emme älä ilman eivät
        opp: päälle/pois auki/kiinni ennen/jälkeen enemmän/vähemmän iso/pieni kallis/halpa uusi/vanha avoinna/kiinni avaan/suljen avata/sulkea avautuu/sulkeutuu ostaa/myydä ostan/myyn lisätä/poistaa lisään/poistan kytkeä/katkaista asentaa/poistaa asennan/poistan korottaa/laskea kuuma/kylmä lämmin/kylmä nopea/hidas nuori/vanha vasen/oikea sisällä/ulkona mies/nainen isä/äiti veli/sisko poika/tytär aamu/ilta tänään/huomenna eilen/tänään eilen/huomenna kesä/talvi turvallinen/vaarallinen turvallista/vaarallista sallittu/kielletty laillinen/laiton ensimmäinen/viimeinen pohjoinen/etelä itä/länsi
        months: tammikuu|tammikuussa helmikuu|helmikuussa maaliskuu|maaliskuussa huhtikuu|huhtikuussa toukokuu|toukokuussa kesäkuu|kesäkuussa heinäkuu|heinäkuussa elokuu|elokuussa syyskuu|syyskuussa lokakuu|lokakuussa marraskuu|marraskuussa joulukuu|joulukuussa
        num: kaksi=2 kolme=3 neljä=4 viisi=5 kuusi=6 seitsemän=7 kahdeksan=8 yhdeksän=9 kymmenen=10 kahden=2 kahta=2 kolmen=3 neljän=4 viiden=5 kuuden=6 seitsemän=7 kahdeksan=8 yhdeksän=9 kymmenelle=10 kahdelle=2 kolmelle=3 neljälle=4 viidelle=5 kuudelle=6 kaksikymmentä=20 kolmekymmentä=30 neljäkymmentä=40 viisikymmentä=50 nolla=0
        inflection: n ssa ssä sta stä lla llä lta ltä lle in on en än an a ä ta tä na nä ksi
        mult: sata=100 tuhat=1000 tuhatta=1000 miljoona=1000000
        days: maanantai|maanantaina tiistai|tiistaina keskiviikko|keskiviikkona torstai|torstaina perjantai|perjantaina lauantai|lauantaina sunnuntai|sunnuntaina
        unit: hr tunti tuntia
        unit: day päivä päivää
        unit: week viikko viikkoa
        unit: month kuukausi kuukautta
        unit: year vuosi vuotta
        unit: min minuutti minuuttia
        currency: eur euroa
        unit: g grammaa
        unit: kg kilogrammaa kiloa kilo
        unit: km kilometriä
        unit: m metriä
        unit: l litraa
        """;
}
