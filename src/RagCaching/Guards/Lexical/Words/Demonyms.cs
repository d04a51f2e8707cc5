namespace RagCaching.Guards.Lexical.Words;

/// <summary>Countries with the words for what comes from them, which name the same.</summary>
internal static class Demonyms
{
    public const string Groups = """
        america american americans usa
        india indian indians
        china chinese
        japan japanese
        germany german germans
        france french
        britain british uk
        england english
        scotland scottish scots
        ireland irish
        spain spanish spaniards
        italy italian italians
        portugal portuguese
        netherlands dutch
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
        turkey turkish turks
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
}
