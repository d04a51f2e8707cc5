namespace RagCaching.Guards.Lexical.Words;

/// <summary>English inflections that no suffix rule finds.</summary>
internal static class EnglishForms
{
    /// <summary>Groups of forms; the first of a line is the stem of all.</summary>
    public const string Irregular = """
        be is are was were been being am
        go goes went gone
        buy bought
        leave left
        make made
        take took taken
        get got gotten
        give gave given
        find found
        think thought
        know knew known
        see saw seen
        come came
        become became
        keep kept
        tell told
        feel felt
        bring brought
        begin began begun
        write wrote written
        run ran
        speak spoke spoken
        read
        teach taught
        catch caught
        sell sold
        send sent
        lose lost
        pay paid
        meet met
        hold held
        build built
        win won
        eat ate eaten
        drink drank drunk
        drive drove driven
        break broke broken
        choose chose chosen
        steal stole stolen
        wear wore worn
        hide hid hidden
        shoot shot
        fight fought
        hear heard
        lead led
        understand understood
        throw threw thrown
        grow grew grown
        draw drew drawn
        fly flew flown
        forget forgot forgotten
        sing sang sung
        swim swam swum
        spend spent
        sleep slept
        say said
        mean meant
        man men
        woman women
        child children
        foot feet
        tooth teeth
        mouse mice
        person people
        life lives
        wife wives
        knife knives
        do does did done
        have has had having
        die died dying dies
        lie lied lying lies
        bite bit bitten
        feed fed
        hate hated hates hating
        use used uses using
        forbid forbade forbidden
        withdraw withdrew withdrawn
        freeze froze frozen
        rise rose risen
        fall fell fallen
        wake woke woken
        tear tore torn
        swear swore sworn
        ride rode ridden
        blow blew blown
        lend lent
        stand stood
        sit sat
        hang hung
        seek sought
        deal dealt
        learn learnt
        dream dreamt
        burn burnt
        spell spelt
        show shown
        swell swollen
        hit
        hurt
        cut
        put
        set
        shut
        let
        """;

    /// <summary>Words that only look inflected.</summary>
    public const string Kept = """
        always anything as bed bring bus does during economics evening everything feed gas has his hundred indeed is king lens less mathematics morning need
        news nothing perhaps physics plus politics red ring seed series sing something species speed spring string thing this thus united us was wing yes
        """;
}
