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
        hr hrs hour hours h
        day days
        week weeks wk wks
        month months mo
        year years yr yrs
        percent % percentage
        mph
        kmh kmph kph
        hp
        ghz
        mhz
        kw
        kwh
        mp
        iu
        permille ‰
        tbsp tablespoon tablespoons
        tsp teaspoon teaspoons
        cup cups
        pint pints
        gallon gallons gal
        yard yards yd yds
        m meter meters metre metres
        bar bars
        psi
        pa pascal pascals
        kpa
        atm
        acre acres
        hectare hectares ha
        bit bits
        byte bytes
        mbps
        gbps
        kbps
        watt watts w
        mw megawatt megawatts
        gw gigawatt gigawatts
        volt volts v
        amp amps ampere amperes
        mah
        ah
        calorie calories cal
        kcal
        joule joules
        kj
        degree degrees °
        kelvin
        stone
        ton tons tonne tonnes
        quart quarts qt
        dozen_
        decade decades
        century centuries
        quarter_
        night nights
        knot knots
        px pixel pixels
        pt
        °c celsius
        °f fahrenheit
        """;
}
