namespace RagCaching.Guards.Lexical.Words;

/// <summary>Countries with the words for what comes from them, which name the same.</summary>
internal static class Demonyms
{
    public const string Groups = """
        america american americans usa eua eeuu ee.uu états-unis etats-unis сша アメリカ 米国 美国 美國 미국
        india indian indians
        china chinese
        japan japanese
        germany german germans
        france french
        britain british uk gb royaume-uni grossbritannien великобритания великобритании イギリス 英国 英國 영국
        eu ue ес евросоюз евросоюза евросоюзе 欧盟 歐盟
        un onu uno оон 联合国 聯合國 国連
        nyc
        ussr udssr urss ссср
        england english
        scotland scottish scots
        ireland irish
        spain spanish spaniards
        italy italian italians
        portugal portuguese
        netherlands dutch holland
        belgium belgian belgians
        switzerland swiss
        austria austrian austrians
        sweden swedish swedes
        norway norwegian norwegians
        denmark danish danes
        finland finnish finns
        poland polish poles
        russia russian russians
        ukraine ukrainian ukrainians
        greece greek greeks
        turkey turkish turks türkiye
        czechia czech czechs
        myanmar burma burmese
        egypt egyptian egyptians
        israel israeli israelis
        iran iranian iranians
        iraq iraqi iraqis
        syria syrian syrians
        pakistan pakistani pakistanis
        bangladesh bangladeshi bangladeshis
        nepal nepali nepalese
        korea korean koreans
        vietnam vietnamese
        thailand thai
        philippines filipino filipinos philippine
        indonesia indonesian indonesians
        malaysia malaysian malaysians
        singapore singaporean singaporeans
        australia australian australians
        canada canadian canadians
        mexico mexican mexicans
        brazil brazilian brazilians
        argentina argentinian argentine
        cuba cuban cubans
        africa african africans
        europe european europeans
        asia asian asians
        nigeria nigerian nigerians
        niger nigerien nigeriens
        kenya kenyan kenyans
        islam islamic
        muslim muslims
        hindu hindus hinduism
        christian christians christianity
        jew jews jewish judaism
        quora quoran quorans
        """;

    /// <summary>Pairs of words that name what the last word of a line does.</summary>
    public const string Phrases = """
        united states usa
        vereinigte staaten usa
        vereinigten staaten usa
        estados unidos usa
        stati uniti usa
        ee uu usa
        соединенные штаты usa
        соединенных штатов usa
        соединенных штатах usa
        united kingdom uk
        great britain uk
        vereinigtes königreich uk
        vereinigte königreich uk
        vereinigten königreich uk
        reino unido uk
        regno unito uk
        european union eu
        europäische union eu
        europäischen union eu
        unión europea eu
        union européenne eu
        união europeia eu
        unione europea eu
        европейский союз eu
        европейского союза eu
        европейском союзе eu
        united nations un
        vereinte nationen un
        vereinten nationen un
        naciones unidas un
        nações unidas un
        nations unies un
        nazioni unite un
        york city nyc
        soviet union ussr
        czech republic czechia
        """;
}
