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

    /// <summary>Words that are written in two ways; those of a line are the same word.</summary>
    public const string Spellings = """
        favorite favourite
        favorites favourites
        color colour
        colors colours
        behavior behaviour
        flavor flavour
        honor honour
        labor labour
        neighbor neighbour
        center centre
        theater theatre
        liter litre
        meter metre
        organize organise
        organization organisation
        realize realise
        recognize recognise
        program programme
        traveling travelling
        canceled cancelled
        gray grey
        license licence
        defense defence
        tire tyre
        catalog catalogue
        email e-mail
        emails e-mails
        website web-site
        online on-line
        2fa two-factor
        saint st
        mount mt
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
        usa us usd america american u.s u.s.a united-states
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
