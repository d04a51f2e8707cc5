namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of French. The keys are those of <c>LanguageReader</c>.</summary>
internal static class French
{
    public const string Table = """
        stop: le la les l un une des du de d à au aux et ou que qu qui quoi quel quelle quels quelles ce cet cette ces se s me m te t je j tu il elle on nous vous ils elles mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs est sont suis es était être a ai as ont avons avez avoir ont été y en dans sur par pour avec comme comment est-ce est-il est-elle est-on si plus très mais où peut peux puis-je peut-on peux-tu pouvez-vous dois doit faut fait faire fais veux veut dit-on a-t-il a-t-elle y-a-t-il besoin voudrais voudrions sommes suffit suffisent pouvons aussi déjà seulement ici là encore quelque quelques savoir puis-je pourrais pourrait aimerais chez
        marker: de du des d à au aux en dans sur par pour avec sans chez depuis vers comme entre
        and: et
        or: ou
        how: comment
        who: qui
        where: où
        when: quand
        why: pourquoi
        many: combien
        not: ne n pas jamais rien aucun aucune personne sans ni non nulle
        opp: lire/écrire accepter/refuser active/désactive allume/éteins ouvre/ferme installe/désinstalle monte/descend activer/désactiver activé/désactivé actif/inactif allumer/éteindre ouvrir/fermer ouvert/fermé ouverte/fermée installer/désinstaller connecter/déconnecter bloquer/débloquer ajouter/supprimer ajouter/retirer créer/supprimer acheter/vendre monter/descendre augmenter/diminuer augmenter/réduire augmenter/baisser avant/après plus/moins supérieur/inférieur meilleur/pire grand/petit haut/bas maximum/minimum maximal/minimal cher/bon rapide/lent chaud/froid nouveau/ancien jeune/vieux premier/dernier gauche/droite dedans/dehors intérieur/extérieur nord/sud est/ouest autorisé/interdit permis/interdit légal/illégal public/privé homme/femme père/mère fils/fille frère/soeur hier/demain hier/aujourd'hui aujourd'hui/demain été/hiver printemps/automne entrée/sortie arrivée/départ entrer/sortir avec/sans importer/exporter envoyer/recevoir gagner/perdre vrai/faux sûr/dangereux toujours/jamais jour/nuit matin/soir marche/arrêt crédit/débit gratuit/payant gratuite/payante plein/vide facile/difficile clair/sombre fort/faible mouillé/sec près/loin bon/mauvais bonne/mauvaise bien/mal riche/pauvre long/court longue/courte tôt/tard sucré/salé dur/mou positif/négatif masculin/féminin garçon/fille naître/mourir arriver/partir arrive/part entre/sort commence/finit commencer/finir commence/termine commencer/terminer commencer/arrêter démarrer/arrêter ouvrent/ferment ouverts/fermés ouvertes/fermées allumé/éteint accepte/refuse permettre/interdire mettre/enlever déposer/retirer verser/retirer pousser/tirer aimer/détester trouver/perdre donner/recevoir avantage/inconvénient avantages/inconvénients ami/ennemi guerre/paix victoire/défaite gain/perte revenus/dépenses oncle/tante mari/femme époux/épouse devant/derrière dessus/dessous frais/surgelé cru/cuit prochain/dernier prochaine/dernière première/dernière tout/rien quelqu/personne accélérer/freiner vivant/mort célibataire/marié chaude/froide chère/bon haute/basse grande/petite nouvelle/ancienne nouvelle/vieille baisse/hausse hausse/baisse addition/soustraction additionner/soustraire multiplier/diviser verrouille/déverrouille louer/acheter réussir/échouer gagne/perd midi/minuit
        months: janvier|janv février|fevrier|févr mars avril|avr mai juin juillet|juil août|aout septembre|sept octobre|oct novembre|nov décembre|decembre|déc
        days: lundi mardi mercredi jeudi vendredi samedi dimanche
        num: zéro=0 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 quatorze=14 quinze=15 seize=16 vingt=20 trente=30 quarante=40 cinquante=50 soixante=60 septante=70 octante=80 nonante=90 douzaine=12 dix-sept=17 dix-huit=18 dix-neuf=19 vingt-cinq=25 vingt-deux=22 vingt-trois=23 vingt-quatre=24 soixante-dix=70 quatre-vingts=80 quatre-vingt=80 quatre-vingt-dix=90
        ord: premier|première|premiers deuxième|second|seconde troisième quatrième cinquième sixième septième huitième neuvième dixième
        times: double=2 doubler=2 triple=3 tripler=3 demi=0.5 moitié=0.5 quart=0.25
        mult: cent=100 cents=100 mille=1000 million=1000000 millions=1000000 milliard=1000000000 milliards=1000000000 billion=1000000000000
        unit: sec secondes
        unit: min minute minutes
        unit: hr heure heures
        unit: day jour jours
        unit: week semaine semaines
        unit: month mois
        unit: year an ans année années
        unit: m mètre mètres
        unit: km kilomètre kilomètres
        unit: kg kilogramme kilogrammes
        unit: g gramme grammes
        unit: l litre litres
        unit: lb livre livres
        unit: percent pourcent
        unit: °c degré degrés
        currency: chf francs
        same: mot-de-passe mdp
        same: portable téléphone mobile smartphone
        same: ordinateur pc
        same: voiture auto automobile
        same: prix coûte coût tarif
        same: courriel email e-mail mail
        same: billet ticket
        prefix: in im non- ir il dé dés mal anti
        contrary: em/dé in/ex im/ex ac/dé
        per: par
        """;
}
