namespace RagCaching.Guards.Lexical.Words;

/// <summary>Units of measure and currencies.</summary>
internal static class Units
{
    /// <summary>Groups of words for the same unit; the first of a line names it.</summary>
    public const string Groups = """
        mg milligram milligrams
        mcg microgram micrograms ug µg
        g gram grams gm gms
        kg kgs kilo kilos kilogram kilograms
        lb lbs pound pounds
        oz ounce ounces
        ml milliliter milliliters millilitre
        l liter liters litre litres
        cm cms centimeter centimeters
        mm millimeter millimeters
        km kms kilometer kilometers kilometre kilometres
        mi mile miles
        ft feet foot
        inch inches
        gb gigabyte gigabytes
        mb megabyte megabytes
        tb terabyte terabytes
        kb kilobyte kilobytes
        ms millisecond milliseconds
        sec secs second seconds
        min mins minute minutes
        hr hrs hour hours
        day days
        week weeks wk wks
        month months mo
        year years yr yrs
        percent % percentage
        mph
        kmh kmph
        hp
        ghz
        mhz
        kw
        kwh
        mp
        iu
        dollar dollars usd $ bucks
        euro euros eur €
        rupee rupees rs inr ₹
        gbp £
        yen jpy ¥
        °c celsius
        °f fahrenheit
        """;

    /// <summary>Words that are currencies.</summary>
    public const string Currencies = """
        bucks dollar dollars eur euro euros gbp inr jpy rs rupee rupees usd yen
        """;
}
