namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Italian. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Italian
{
    public const string Table = """
        stop: costa costano il lo la i gli le l un uno una di del della dei delle dello degli d a al alla ai alle da dal dalla in nel nella nei su sul sulla per con e o ed che chi cosa come quale quali è sono sei era essere ho hai ha hanno avere posso può puoi possono devo deve voglio vuole mi ti si ci vi io tu lui lei noi voi loro mio mia miei mie tuo tua suo sua questo questa quello quella molto più ma quando dove fare faccio c'è vogliono vorrei vorremmo serve servono bastano basta abbiamo avete siamo siete può possiamo potete potrei sapere anche già solo qui là lì ancora dell dei allo negli gli ne
        marker: di del della a al da dal in nel su per con senza tra fra come
        and: e ed
        or: o
        how: come
        who: chi
        where: dove
        when: quando
        why: perché
        many: quanto quanta quanti quante
        not: non mai niente nulla nessun nessuno nessuna senza né
        opp: apro/chiudo accendo/spengo attivo/disattivo compro/vendo alzo/abbasso alzare/abbassare aumento/riduco installo/disinstallo attivare/disattivare attivo/inattivo accendere/spegnere aprire/chiudere aperto/chiuso installare/disinstallare collegare/scollegare bloccare/sbloccare aggiungere/rimuovere aggiungere/eliminare creare/eliminare comprare/vendere salire/scendere aumentare/diminuire aumentare/ridurre prima/dopo più/meno maggiore/minore migliore/peggiore grande/piccolo alto/basso massimo/minimo caro/economico veloce/lento caldo/freddo nuovo/vecchio giovane/vecchio primo/ultimo sinistra/destra dentro/fuori nord/sud est/ovest permesso/vietato legale/illegale pubblico/privato uomo/donna padre/madre figlio/figlia fratello/sorella oggi/domani ieri/oggi ieri/domani estate/inverno primavera/autunno entrata/uscita arrivo/partenza con/senza importare/esportare inviare/ricevere vero/falso sempre/mai giorno/notte gratis/pagamento gratuito/pagamento pieno/vuoto facile/difficile chiaro/scuro forte/debole bagnato/asciutto vicino/lontano buono/cattivo buona/cattiva bene/male ricco/povero lungo/corto presto/tardi dolce/salato duro/morbido positivo/negativo maschile/femminile ragazzo/ragazza nascere/morire arrivare/partire arriva/parte entra/esce entro/esco inizia/finisce iniziare/finire comincia/finisce apre/chiude aprono/chiudono aperta/chiusa aperti/chiusi acceso/spento accetto/rifiuto accettare/rifiutare permettere/vietare permesso/proibito consentito/vietato mettere/togliere metto/tolgo depositare/prelevare versare/prelevare spingere/tirare amare/odiare trovare/perdere vincere/perdere dare/ricevere vantaggio/svantaggio vantaggi/svantaggi amico/nemico guerra/pace vittoria/sconfitta guadagno/perdita entrate/uscite zio/zia nonno/nonna marito/moglie davanti/dietro sopra/sotto fresco/surgelato crudo/cotto prossimo/scorso prossima/scorsa prima/ultima tutto/niente qualcuno/nessuno vivo/morto celibe/sposato calda/fredda cara/economica nuova/vecchia alta/bassa addizione/sottrazione sommare/sottrarre moltiplicare/dividere affittare/comprare mezzogiorno/mezzanotte entrare/uscire entra/esce salire/scendere
        months: gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
        days: lunedì martedì mercoledì giovedì venerdì sabato domenica
        ord: primo|prima secondo|seconda terzo|terza quarto|quarta quinto|quinta
        num: zero=0 due=2 tre=3 quattro=4 cinque=5 sei=6 sette=7 otto=8 nove=9 dieci=10 undici=11 dodici=12 venti=20 trenta=30 quaranta=40 cinquanta=50 sessanta=60 settanta=70 ottanta=80 novanta=90 tredici=13 quattordici=14 quindici=15 sedici=16 diciassette=17 diciotto=18 diciannove=19 dozzina=12 duecento=200 trecento=300 cinquecento=500 duemila=2000
        mult: cento=100 mille=1000 mila=1000 milione=1000000 milioni=1000000 miliardo=1000000000 miliardi=1000000000
        unit: sec secondi
        unit: min minuto minuti
        unit: hr ora ore
        unit: day giorno giorni
        unit: week settimana settimane
        unit: month mese mesi
        unit: year anno anni
        unit: m metro metri
        unit: kg chilo chili
        unit: g grammo grammi
        unit: l litro litri
        currency: usd dollaro dollari
        prefix: in im dis s ir il non-
        contrary: im/ex in/dis attacc/stacc coll/scoll
        per: al
        """;
}
