namespace RagCaching.Guards.Lexical.Words;

/// <summary>English words about persons and names.</summary>
internal static class EnglishNames
{
    /// <summary>Capitalised words that are too common to be names.</summary>
    public const string Weak = """
        a b dr earth eur government govt inr internet minister mr mrs ms ok pm potus president prime prof rs sir tv usd
        """;

    /// <summary>Groups of words for the same relative.</summary>
    public const string Relatives = """
        mom mother mum mommy
        dad father daddy
        wife
        husband
        son
        daughter
        brother bro
        sister sis
        boyfriend bf
        girlfriend gf
        grandmother grandma granny
        grandfather grandpa
        boss manager
        baby infant toddler newborn
        uncle
        aunt
        cousin
        parent parents
        roommate
        neighbor neighbour
        fiance fiancé fiancee
        """;

    /// <summary>Groups of words that name the same.</summary>
    public const string Synonyms = """
        mom mother mum mommy mama
        dad father daddy papa
        kid child children kids
        difference different differ distinguish differentiate
        quick fast rapid
        fast quickly
        buy purchase
        begin start
        begin learn
        big large huge
        wife spouse
        method way
        movie film
        photo picture pic image
        phone cellphone mobile smartphone
        car automobile
        usa us america american u.s u.s.a united-states
        uk britain u.k british
        india indian
        china chinese
        tv television
        app application
        pc computer
        job career
        salary pay
        lose loss
        weight
        relationship relation
        u you
        ur your
        college university
        delete remove
        error problem issue
        compare comparison
        vs versus
        program programming programmer
        exam examination
        info information
        increase improve
        """;
}
