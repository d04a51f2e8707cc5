namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of German. The keys are those of <c>LanguageReader</c>.</summary>
internal static class German
{
    public const string Table = """
        stop: der die das den dem des ein eine einen einem einer eines und oder ich du er sie es wir ihr mich mir dich dir uns euch ist sind war waren bin bist sein hat habe haben hatte wird werden wurde kann kannst können könnte darf dürfen muss müssen soll sollte möchte will brauche brauchen braucht reicht reichen genügt genügen würde würden möchten könnten dürfte wäre kostet misst wiegt dauert gab also dann so sehr viel nun ob etwas jemand
        stop: in im an am auf zu zum zur von vom für mit bei nach aus über unter um als wie was welche welcher welches man sich auch noch schon nur mein meine meinen meinem meiner dein deine ihre ihren seine unser unsere dass wenn bitte mal denn da hier es gibt geht mache macht machen
        marker: in im an am auf zu zum zur von vom für mit bei nach aus über unter um als wie ohne vor
        and: und
        or: oder
        how: wie
        who: wer wem wen
        where: wo wohin woher
        when: wann
        why: warum wieso weshalb
        many: wieviel wieviele
        not: nicht kein keine keinen keinem keiner keines nie niemals ohne weder nirgends niemand nichts
        only: nur
        opp: ein/aus an/aus an/ab auf/zu einschalten/ausschalten anschalten/abschalten anschalten/ausschalten aktivieren/deaktivieren öffnen/schließen öffne/schließe öffnet/schließt erhöhe/senke aktiviere/deaktiviere installiere/deinstalliere starte/stoppe starten/stoppen kaufe/verkaufe sperre/entsperre verbinde/trenne lade/entlade lesen/schreiben lese/schreibe senden/empfangen akzeptieren/ablehnen annehmen/ablehnen annehme/ablehne gewinnen/verlieren beginnen/enden beginnt/endet öffnen/schliessen offen/geschlossen geöffnet/geschlossen installieren/deinstallieren hinzufügen/entfernen hinzufügen/löschen erlaubt/verboten legal/illegal vor/nach vorher/nachher über/unter mehr/weniger größer/kleiner groß/klein hoch/niedrig hoch/runter erhöhen/senken erhöhen/verringern kaufen/verkaufen mieten/vermieten mit/ohne innen/außen links/rechts oben/unten minimum/maximum minimal/maximal morgens/abends morgen/gestern heute/morgen heute/gestern sommer/winter frühling/herbst früh/spät billig/teuer günstig/teuer neu/alt jung/alt schnell/langsam warm/kalt heiß/kalt sicher/gefährlich gesund/krank privat/öffentlich anfang/ende beginn/ende start/ende ankunft/abfahrt anmelden/abmelden einloggen/ausloggen sperren/entsperren verbinden/trennen import/export importieren/exportieren hochladen/herunterladen verschlüsseln/entschlüsseln einzahlen/auszahlen sender/empfänger käufer/verkäufer mieter/vermieter arbeitgeber/arbeitnehmer vater/mutter sohn/tochter bruder/schwester herr/frau mann/frau norden/süden osten/westen ja/nein richtig/falsch wahr/falsch kostenlos/kostenpflichtig gratis/kostenpflichtig voll/leer leicht/schwer leicht/schwierig hell/dunkel laut/leise stark/schwach nass/trocken nah/fern gut/schlecht besser/schlechter bester/schlechtester richtig/verkehrt erster/letzter ersten/letzten nächste/letzte nächsten/letzten immer/nie süß/sauer weich/hart dick/dünn breit/schmal tief/flach reich/arm lang/kurz länger/kürzer früher/später einfach/schwierig positiv/negativ männlich/weiblich junge/mädchen öffne/schließe öffnet/schließt aufmachen/zumachen zunehmen/abnehmen steigen/sinken steigt/sinkt steigern/senken einatmen/ausatmen ankommen/abfahren kommt/geht betreten/verlassen erlaube/verbiete erlauben/verbieten zustimmen/ablehnen bestehen/durchfallen finden/verlieren geben/nehmen bringen/holen schieben/ziehen drücken/ziehen senden/empfangen schicken/erhalten verleihen/ausleihen lieben/hassen lachen/weinen leben/sterben eingang/ausgang einfuhr/ausfuhr vorteil/nachteil vorteile/nachteile freund/feind krieg/frieden sieg/niederlage gewinn/verlust einnahmen/ausgaben plus/minus oma/opa tante/onkel ehemann/ehefrau vormittag/nachmittag vormittags/nachmittags tagsüber/nachts wochentags/wochenends innerhalb/außerhalb oberhalb/unterhalb vorne/hinten vorwärts/rückwärts wenig/viel weniger/mehr mindestens/höchstens frei/besetzt frisch/gefroren roh/gekocht bar/bargeldlos bekannt/unbekannt endlich/unendlich mittag/mitternacht mittags/nachts
        months: januar|jänner|jan februar|feb märz|mär april|apr mai juni|jun juli|jul august|aug september|sept|sep oktober|okt november|nov dezember|dez
        days: montag|montags|mo dienstag|dienstags mittwoch|mittwochs donnerstag|donnerstags freitag|freitags samstag|samstags|sonnabend sonntag|sonntags
        num: null=0 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12 dreizehn=13 vierzehn=14 fünfzehn=15 sechzehn=16 siebzehn=17 achtzehn=18 neunzehn=19 zwanzig=20 dreißig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90 dutzend=12 zwo=2 zwanzigsten=20 fünfundzwanzig=25 einundzwanzig=21 zweiundzwanzig=22 dreiundzwanzig=23 vierundzwanzig=24 zweit=2 dritt=3 viert=4 fünft=5 sechst=6 siebt=7 neunt=9 zehnt=10
        ord: erste|ersten|erster|erstes zweite|zweiten|zweiter|zweites dritte|dritten|dritter|drittes vierte|vierten|vierter|viertes fünfte|fünften|fünfter|fünftes sechste|sechsten siebte|siebten achte|achten neunte|neunten zehnte|zehnten
        times: doppelt=2 verdoppelt=2 verdoppeln=2 dreifach=3 verdreifacht=3 halb=0.5 halbe=0.5 halber=0.5 halbiert=0.5 viertel=0.25 zweimal=2 dreimal=3
        mult: hundert=100 tausend=1000 million=1000000 millionen=1000000 milliarde=1000000000 milliarden=1000000000 billion=1000000000000 billionen=1000000000000 mio=1000000 mrd=1000000000
        unit: sec sekunde sekunden
        unit: min minute minuten
        unit: hr stunde stunden std
        unit: day tag tage tagen
        unit: week woche wochen
        unit: month monat monate monaten
        unit: year jahr jahre jahren
        unit: percent prozent
        unit: mi meile meilen
        unit: °c grad
        unit: inch zoll
        unit: el el esslöffel
        unit: tl tl teelöffel
        unit: lb pfund
        currency: chf franken
        currency: sek kronen
        same: passwort kennwort passworts kennworts
        same: konto account
        same: handy mobiltelefon smartphone
        same: preis preise kosten kostet
        same: rechner computer pc
        same: auto wagen pkw
        same: problem fehler störung
        same: paket sendung lieferung
        same: bestellung auftrag
        same: e-mail email mail mails e-mails emails
        same: fahrkarte ticket fahrschein
        same: urlaub ferien
        same: zurücksetzen zurück
        same: termin verabredung
        same: telefon telefonnummer rufnummer
        same: einstellungen einstellung
        same: geld
        prefix: un ent de nicht-
        nouns: ung heit keit schaft tion tät nis nummer zeit karte preis konto wort adresse rechnung
        inflection: n s es en
        digraphs: ä ö ü
        contrary: ein/aus an/ab an/aus auf/zu auf/ab hin/her zu/ab ver/ent be/ent vor/nach hoch/runter rein/raus mit/ohne
        noun: aufzug fahrstuhl lift hotel zimmer bett dusche bad frühstück küche restaurant tisch stuhl schrank lampe fenster tür schlüssel schloss haus wohnung garten keller dach balkon strasse weg platz park brücke stadt dorf land fluss see meer berg wald strand insel bahnhof flughafen hafen haltestelle zug bus bahn auto fahrrad rad schiff flugzeug flug reise urlaub ferien koffer gepäck tasche pass ausweis visum ticket fahrkarte fahrt gleis steig abfahrt ankunft museum kino theater konzert film buch zeitung brief paket karte geld bargeld bank konto kredit zins zinsen steuer gehalt lohn rente versicherung vertrag rechnung quittung beleg kasse preis rabatt gutschein angebot bestellung lieferung versand rückgabe umtausch garantie reparatur kunde kundin kunden händler laden geschäft markt supermarkt bäckerei apotheke arzt ärztin zahnarzt krankenhaus praxis rezept medikament tablette tabletten pille salbe impfung fieber husten schnupfen schmerz schmerzen kopf kopfschmerzen bauch rücken hand fuss auge ohr nase mund zahn herz haut haar haare blut körper kind kinder baby frau mann eltern familie freund freundin hund hunde katze katzen pferd vogel fisch tier tiere baum blume pflanze rasen gras wasser bier wein kaffee tee milch saft brot brötchen butter käse ei eier fleisch wurst obst apfel äpfel gemüse salat suppe kuchen zucker salz mehl öl reis nudeln schule universität uni kurs prüfung note lehrer lehrerin schüler student studium ausbildung arbeit job beruf chef kollege büro firma bewerbung kündigung computer rechner laptop handy telefon nummer bildschirm drucker tastatur maus kabel akku batterie strom licht heizung ofen herd kühlschrank waschmaschine programm datei ordner foto video musik lied passwort kennwort benutzer nutzer nutzername name adresse mail email nachricht anruf internet netz wlan router seite webseite app anwendung version update fehler problem lösung frage antwort hilfe termin uhr uhrzeit tag woche monat jahr stunde minute morgen abend nacht mittag wetter regen schnee sonne wind temperatur grad gewicht grösse länge höhe breite farbe teil stück paar sorte art grund ziel regel gesetz recht polizei gericht anwalt amt antrag formular unterlagen führerschein anmeldung abmeldung mitglied mitgliedschaft verein spiel spieler mannschaft ball tor sport schwimmbad eintritt eintrittskarte öffnungszeiten parkplatz garage tankstelle benzin diesel reifen motor unfall werkstatt kaution miete vermieter mieter nachbar umzug möbel sofa teppich kleid hose hemd schuh schuhe jacke mantel rock marke modell gerät werkzeug schraube nagel holz metall glas papier stoff leder plastik müll abfall tonne ding sache menge hälfte viertel ende anfang mitte rand ecke linie punkt kreis text wort satz sprache übersetzung bedeutung beispiel unterschied vorteil nachteil kosten gebühr gebühren betrag summe zahlung überweisung lastschrift abbuchung abo abonnement probe störung ausfall verspätung erstattung rückerstattung geldbeutel
        per: pro
        unit: g gramm
        unit: mg milligramm
        unit: kg kilogramm kilo
        unit: cm zentimeter
        unit: mm millimeter
        unit: km kilometer kilometern
        unit: ml milliliter
        unit: m meter metern
        unit: l liter litern
        """;
}
