namespace RagCaching.Guards.Lexical.Words;

/// <summary>Pairs of English words of which one says the contrary of the other, or asks about the other side.</summary>
internal static class EnglishOpposites
{
    /// <summary>The pairs, separated by blanks.</summary>
    public const string Pairs = """
        on/off up/down before/after before/during during/after above/below over/under inside/outside more/less more/fewer most/least max/min maximum/minimum
        maximal/minimal maximize/minimize maximise/minimise higher/lower high/low highest/lowest big/small bigger/smaller biggest/smallest large/small
        larger/smaller largest/smallest long/short longer/shorter longest/shortest tall/short taller/shorter heavy/light heavier/lighter fast/slow
        faster/slower fastest/slowest strong/weak stronger/weaker strongest/weakest thick/thin wide/narrow deep/shallow hot/cold hotter/colder warm/cool
        hard/soft hard/easy difficult/easy harder/easier hardest/easiest simple/complex cheap/expensive cheaper/pricier cheapest/priciest young/old
        younger/older youngest/oldest new/old newer/older newest/oldest modern/ancient early/late earlier/later earliest/latest near/far rich/poor good/bad
        best/worst better/worse positive/negative right/wrong right/left true/false safe/dangerous safe/unsafe happy/sad alive/dead clean/dirty wet/dry
        full/empty loud/quiet public/private internal/external upper/lower top/bottom front/back first/last first/second second/third next/previous
        north/south east/west eastern/western northern/southern enable/disable activate/deactivate open/close lock/unlock start/stop start/end start/finish
        begin/end begin/stop install/uninstall install/remove add/remove add/delete insert/delete create/delete create/destroy import/export upload/download
        encrypt/decrypt encode/decode compress/decompress compress/extract zip/unzip connect/disconnect attach/detach mount/unmount load/unload load/save
        read/write push/pull push/pop pull/merge send/receive buy/sell bought/sold borrow/lend rent/buy rent/own lease/buy increase/decrease raise/lower
        raise/reduce increase/reduce gain/lose win/lose grow/shrink expand/shrink expand/collapse show/hide accept/reject accept/decline accept/refuse
        allow/deny allow/block allow/forbid permit/forbid approve/reject approve/deny block/unblock follow/unfollow subscribe/unsubscribe join/leave
        enter/exit enter/leave arrive/depart arrival/departure login/logout hire/fire deposit/withdraw credit/debit debtor/creditor profit/loss income/expense
        asset/liability supply/demand freeze/unfreeze freeze/thaw heat/cool melt/freeze serialize/deserialize mute/unmute pin/unpin hide/unhide do/undo
        undo/redo commit/rollback commit/revert upgrade/downgrade grant/revoke lose/find remember/forget love/hate like/dislike like/hate marry/divorce
        build/demolish attack/defend admit/deny pass/fail success/failure succeed/fail ask/answer question/answer teach/learn ascend/descend
        ascending/descending forward/backward forwards/backwards clockwise/counterclockwise horizontal/vertical sync/async synchronous/asynchronous
        static/dynamic online/offline mutable/immutable client/server frontend/backend input/output source/destination sender/receiver sender/recipient
        host/guest parent/child male/female man/woman men/women boy/girl husband/wife father/mother dad/mom son/daughter brother/sister uncle/aunt
        nephew/niece grandfather/grandmother king/queen prince/princess boyfriend/girlfriend gentleman/lady bride/groom he/she him/her his/her himself/herself
        actor/actress buyer/seller employer/employee landlord/tenant teacher/student doctor/patient plaintiff/defendant winner/loser attacker/defender
        always/sometimes many/few both/either often/rarely often/seldom usually/rarely summer/winter spring/autumn spring/fall morning/evening morning/night
        day/night today/tomorrow today/yesterday tomorrow/yesterday past/future past/present present/future daily/weekly daily/monthly weekly/monthly
        monthly/yearly monthly/annual hourly/daily introvert/extrovert optimist/pessimist optimistic/pessimistic active/passive liberal/conservative
        progressive/conservative democrat/republican guilty/innocent legal/illegal lawful/unlawful domestic/foreign domestic/international local/global
        local/remote local/national native/foreign natural/artificial natural/synthetic organic/inorganic solid/liquid liquid/gas acid/alkaline acid/base
        major/minor senior/junior primary/secondary primary/replica master/slave master/bachelor undergraduate/graduate undergraduate/postgraduate
        bachelor/phd theory/practice quantity/quality qualitative/quantitative cause/effect cause/treat cause/cure cause/prevent cause/symptom
        symptom/treatment advantage/disadvantage pro/con pros/cons benefit/risk benefit/harm strength/weakness strengths/weaknesses attract/repel
        offensive/defensive help/harm help/hurt promote/prevent encourage/discourage include/exclude including/excluding inclusive/exclusive same/different
        similar/different alike/different common/rare usual/unusual temporary/permanent fixed/variable single/married single/multiple single/double
        singular/plural single-player/multiplayer manual/automatic manually/automatically analog/digital analogue/digital wired/wireless visible/invisible
        visible/hidden fresh/stale fresh/frozen raw/cooked raw/ripe ripe/unripe sharp/blunt tight/loose smooth/rough straight/curved bright/dark light/dark
        black/white brave/cowardly generous/selfish humble/arrogant lazy/hardworking lazy/productive polite/rude patient/impatient mature/immature
        vegetarian/carnivore convex/concave odd/even prime/composite overrated/underrated overweight/underweight inhale/exhale diet/binge ingress/egress
        inbound/outbound incoming/outgoing immigrant/emigrant immigrate/emigrate immigration/emigration hypertension/hypotension
        hyperthyroidism/hypothyroidism hyperglycemia/hypoglycemia benign/malignant acute/chronic systolic/diastolic artery/vein viral/bacterial virus/bacteria
        pregnant/postpartum should/shouldn't can/can't refund/charge sunrise/sunset entrance/exit birth/death born/die lender/borrower majority/minority
        encourage/deter strengthen/weaken lengthen/shorten widen/narrow soften/harden tighten/loosen inflate/deflate inflation/deflation appreciate/depreciate
        backup/restore promote/demote optimism/pessimism ancestor/descendant predecessor/successor prefix/suffix numerator/denominator divide/multiply
        add/subtract addition/subtraction multiplication/division integrate/differentiate integral/derivative wax/wane inner/outer interior/exterior
        superior/inferior truth/lie war/peace friend/enemy ally/enemy hero/villain heaven/hell god/devil victory/defeat offense/defense offence/defence
        """;
}
