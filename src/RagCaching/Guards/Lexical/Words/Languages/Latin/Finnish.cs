namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Finnish. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Finnish
{
    public const string Table = """
        stop: on ei ole se ja tai mitä mikä millainen missä milloin miksi kuka miten kuinka minun minä voinko voiko onko että jos kun
        how: miten kuinka
        where: missä
        when: milloin
        why: miksi
        who: kuka
        not: ei en et emme älä ilman eivät
        opp: päälle/pois auki/kiinni ennen/jälkeen enemmän/vähemmän iso/pieni kallis/halpa uusi/vanha
        months: tammikuu|tammikuussa helmikuu|helmikuussa maaliskuu|maaliskuussa huhtikuu|huhtikuussa toukokuu|toukokuussa kesäkuu|kesäkuussa heinäkuu|heinäkuussa elokuu|elokuussa syyskuu|syyskuussa lokakuu|lokakuussa marraskuu|marraskuussa joulukuu|joulukuussa
        num: kaksi=2 kolme=3 neljä=4 viisi=5 kuusi=6 seitsemän=7 kahdeksan=8 yhdeksän=9 kymmenen=10
        inflection: n ssa ssä sta stä lla llä lta ltä lle in on en än an a ä ta tä na nä ksi
        """;
}
