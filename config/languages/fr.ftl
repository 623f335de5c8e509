# Aufruf, Français. Une langue est un fichier : les textes que voient et entendent les visiteurs.
# Les titres disent qui montre ou prononce le texte.

## Gemeinsam

common-failed = Cela n’a pas fonctionné. Veuillez réessayer.
common-wait-none = pas d’attente
common-wait-about = environ { $minutes } min
common-learning = estimation, encore en apprentissage
common-range = { $low }–{ $high }
common-wait-range = { common-range } min
common-no-wait-no-counter = Aucun guichet n’est ouvert pour cela en ce moment
common-no-wait-no-step-free = Aucun guichet sans marches n’est ouvert pour cela en ce moment
common-no-wait-closed = Fermé en ce moment : aucun guichet n’est ouvert pour cela
common-no-wait-situation = Personne ne peut dire en ce moment combien de temps cela prendra
common-no-wait-stale = Personne ne peut dire en ce moment combien de temps cela prendra
common-span-seconds = { $seconds } s
common-span-minutes = { $minutes } min
common-span-hours = { $hours } h { $minutes } min
common-language = Langue
common-language-name = Français
common-language-direction = ltr
common-accessibility = Accessibilité
common-back = Retour
common-close = Fermer
common-connecting = Connexion en cours
common-disconnected = Connexion interrompue
common-data-age = Mise à jour : il y a { $age }
common-data-none = Pas encore de données
common-unanswered = Le serveur ne répond pas. Nouvelle tentative de connexion.
common-needs-script = Cette page a besoin de JavaScript.

## Start und Anmeldung

start-home = Retour au début
start-problem-404 = Cette page n’existe pas
start-problem-404-how = L’adresse contient peut-être une erreur, ou le lien est ancien.
start-problem-410 = Ce lien n’est plus valable
start-problem-410-how = Le lien d’un numéro n’est valable que le jour même. Veuillez vous adresser à l’accueil.
start-problem-429 = Trop de tentatives
start-problem-429-how = Veuillez attendre une minute, puis réessayer.
start-problem-500 = Cela n’a pas fonctionné
start-problem-500-how = L’erreur vient de nous. Veuillez réessayer.
start-problem-503 = Momentanément inaccessible
start-problem-503-how = Veuillez réessayer dans un instant. Rien n’est perdu.

## Erklärung zur Barrierefreiheit

statement-what = Cette déclaration concerne les écrans, la borne, le ticket sur le téléphone et ces pages.
statement-how = Nous suivons la norme EN 301 549. Des programmes vérifient chaque nouvelle version. Des personnes handicapées ne l’ont pas encore vérifiée.
statement-gaps = Ce qui manque encore
statement-gap-signs = Il n’y a pas de vidéos en langue des signes.
statement-gap-easy = Les textes en allemand facile sont un brouillon.
statement-instead = À l’accueil, quelqu’un vous aide. Il ne faut pour cela ni borne ni téléphone.
statement-report = Quelque chose ne fonctionne pas pour vous ?
statement-write = Écrivez-nous ou appelez-nous, s’il vous plaît.
statement-ask = Dites-le à l’accueil, s’il vous plaît.
statement-form = Formulaire
statement-enforcement = Notre réponse ne vous aide pas ? L’organe de contrôle fait gratuitement le médiateur.

## Wartedisplay

wall-title = Appels
wall-room = Temps d’attente
wall-media = Images
wall-media-hold = Arrêter les images
wall-media-go-on = Reprendre les images
wall-nobody = Veuillez patienter. Votre numéro sera affiché ici et annoncé.
wall-closed = Fermé aujourd’hui.
wall-please-wait = Veuillez patienter
wall-desk-paused = Pause
wall-desk-back = Pause jusqu’à { $time }
wall-phrase-checked = no
wall-phrase-wait = Veuillez patienter un moment.
wall-phrase-sign = Veuillez signer ici.
wall-phrase-papers = Veuillez me montrer :
wall-phrase-come-back = Veuillez revenir avec :
wall-phrase-done = C’est terminé. Au revoir.
wall-more = { $count ->
    [one] { $count } autre numéro en alternance
   *[other] { $count } autres numéros en alternance
}
wall-waits = Attente à partir de maintenant, en minutes
wall-waiting = En attente
wall-count = { $count ->
    [one] { $count } en attente
   *[other] { $count } en attente
}
wall-service-closed = fermé
wall-not-today = probablement plus aujourd’hui
wall-next = Prochains numéros
wall-missed = Appel manqué ? Veuillez aller à l’accueil.
wall-letters = Chaque lettre correspond à une autre démarche.
wall-door = Borne en panne ? Prenez un numéro sur votre téléphone :
wall-door-code = Code
wall-moved = Maintenant pour « { $service } » : { $numbers }{ $more ->
    [0] {""}
    [one] {" "}et { $more } autre
   *[other] {" "}et { $more } autres
}. Vous gardez votre place.
wall-spoken = Numéro { $number }, { $counter }{ $way ->
    [nowhere] {""}
   *[other] , { $way }
}
wall-ask = Veuillez vous adresser à l’accueil.
wall-hidden = Les appels sont masqués, car ils pourraient ne plus être exacts. Veuillez vous adresser à l’accueil.
wall-refused = Cet écran n’est pas enregistré.
wall-unknown = Cet écran n’existe pas dans ce service.
wall-sound-off = Son coupé – toucher ici

## Pfeile an Anzeige und Telefon

place-left = à gauche
place-right = à droite
place-up = monter l’escalier
place-down = descendre l’escalier
place-straight = tout droit

## Telefonticket

phone-your-number = Votre numéro
phone-state-waiting = Vous attendez
phone-state-called = C’est à vous
phone-state-serving = Vous êtes au guichet
phone-state-parked = Mis de côté un instant
phone-state-away = Votre numéro est en pause
phone-state-missed = Vous avez été appelé
phone-state-finished = Terminé
phone-state-cancelled = Numéro rendu
phone-state-expired = Ce numéro n’est plus valable
phone-leave = Vous pouvez vous absenter jusqu’à { $time }.
phone-moved = Votre numéro a été déplacé vers cette démarche à { $time }. Vous gardez votre place.
phone-longer-fewer-counters = L’attente est plus longue qu’annoncé, car moins de guichets sont ouverts.
phone-ahead = { $count ->
    [0] Personne n’est avant vous
    [one] { $count } personne avant vous
   *[other] { $count } personnes avant vous
}
phone-you-are-next = Vous êtes le prochain numéro
phone-not-before = Vous pourrez être rappelé à partir de { $time }
phone-called-at = Vous avez été appelé à { $time }
phone-missed-once-how = Vous êtes là ? Alors restez dans la salle d’attente, s’il vous plaît.
phone-here = Je suis là
phone-here-how = Bien. Vous êtes de nouveau dans la file et vous serez rappelé.
phone-passed-appointment = { $count ->
    [one] { $count } personne avec rendez-vous est passée avant vous.
   *[other] { $count } personnes avec rendez-vous sont passées avant vous.
}
phone-passed-other = { $count ->
    [one] { $count } personne est passée avant vous pour une autre raison.
   *[other] { $count } personnes sont passées avant vous pour une autre raison.
}
phone-come = Veuillez venir maintenant :
phone-spoken-called = Numéro { $number }, c’est à vous : { $counter }
phone-parked-how = Veuillez rester à proximité. Vous serez rappelé.
phone-away-until = Pause jusqu’à { $time }
phone-away-how = Vous gardez votre place. Vous ne serez pas appelé pendant la pause.
phone-missed-ago = il y a { $age }
phone-missed-how = Vous êtes là ? Alors ce sera bientôt de nouveau à vous.
phone-missed-desk = Veuillez vous présenter à l’accueil.
phone-goodbye = Au revoir.
phone-cancelled-how = Pour un nouveau numéro, veuillez aller à la borne.
phone-expired-how = Pour un nouveau numéro, veuillez aller à la borne.
phone-ring = Sonner quand c’est à moi
phone-ring-on = Sonne tant que cette page est ouverte
phone-push = M’avertir quand c’est mon tour
phone-push-on = Un message vient même si la page est fermée
phone-push-denied = Ce navigateur n’autorise pas les messages. Laissez cette page ouverte.
phone-push-failed = Cela n’a pas marché. Laissez cette page ouverte.
phone-no-https = Sans https : pas de message si la page est fermée, et l’écran peut s’éteindre.
phone-later = Être appelé seulement de { $from } à { $to }
phone-pause = { $minutes ->
    [one] J’ai besoin de { $minutes } minute de plus
   *[other] J’ai besoin de { $minutes } minutes de plus
}
phone-pause-longer = { $minutes ->
    [one] Encore { $minutes } minute de pause
   *[other] Encore { $minutes } minutes de pause
}
phone-cancel = Je ne viens plus
phone-cancel-really = Rendre le numéro ?
phone-cancel-means = Vous perdez votre place dans la file.
phone-cancel-yes = Oui, rendre mon numéro
phone-cancel-no = Non, je viens
phone-return-missed = Je suis là, rappelez-moi s’il vous plaît
phone-return-away = Je suis de retour
phone-way-step-free = Voir le chemin sans marches
phone-papers = À préparer, s’il vous plaît
phone-look-again = Recharger : cette page ne change pas d’elle-même.
phone-link-dead = Ce lien n’est plus valable. Veuillez vous adresser à l’accueil.

## Termine

book-title = Prendre rendez-vous
book-question = De quoi s’agit-il ?
book-several = Vous pouvez régler jusqu’à { $most } démarches en un seul rendez-vous.
book-persons = Pour combien de personnes ?
book-find = Voir les heures libres
book-walk-in = Sans rendez-vous aujourd’hui :
book-choose = Veuillez choisir une ou plusieurs démarches, cinq au plus.
book-when-ask = Quand vous convient-il ?
book-takes = { $minutes ->
    [one] dure environ { $minutes } minute
   *[other] dure environ { $minutes } minutes
}
book-change = Autre démarche
book-free = { $count ->
    [one] { $count } heure libre
   *[other] { $count } heures libres
}
book-morning = Matin
book-afternoon = Après-midi
book-later = Jours suivants
book-none = Rien n’est libre ces jours-là. Vous pouvez aussi venir sans rendez-vous.
book-elsewhere = Libre dans d’autres bureaux
book-taken = Cette heure vient d’être prise. Veuillez en choisir une autre.
book-expired = Cette heure ne vous est plus réservée. Veuillez choisir de nouveau.
book-work-undone = Votre navigateur doit calculer un instant, pour que des programmes n’accaparent pas les rendez-vous. Cela n’a pas marché : autorisez JavaScript et réessayez, appelez-nous ou venez.
book-work-wait = Un instant, votre heure est demandée …
book-next = Prochain rendez-vous libre :
book-next-none = Aucun rendez-vous n’est libre en ce moment.
wish-title = Être prévenu dès qu’une heure se libère
wish-why = Quand une heure qui vous convient se libère, vous recevez un courriel. Elle vous est alors réservée pendant { $span }.
wish-first = Pas avant le
wish-last = Pas après le
wish-part = À quelle heure ?
wish-any = Peu importe
wish-sites = Aussi dans ces bureaux
wish-mail = Adresse électronique
wish-send = Me prévenir
wish-noted = Vous recevrez un courriel dès qu’une heure se libère.
wish-end = Ne plus chercher
wish-ended = Nous ne cherchons plus
wish-ended-means = Votre adresse est effacée.
wish-free = Une heure s’est libérée
wish-take = Prendre ce rendez-vous
wish-gone = Cette heure ne vous est plus réservée. Nous continuons à chercher.
wish-subject = Libre maintenant : { $when }
book-yours = Votre rendez-vous
book-when = { $day }, { $time }
book-day = { $day }
book-people = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}
book-held = Cette heure vous est réservée jusqu’à { $time }.
book-nameless = Nous ne demandons pas votre nom. Vous recevez un code.
book-confirm = Réserver
book-other = Autre heure
book-papers = Veuillez apporter
book-done = Votre rendez-vous est pris.
book-moved = Votre rendez-vous est déplacé.
book-here = Votre arrivée est signalée. Votre numéro :
book-code = Votre code
book-code-is = Code pour signaler votre arrivée au bureau : { $code }
book-code-picture = Votre code en image pour la borne
book-code-how = Dès votre arrivée, signalez-la à la borne avec ce code.
book-keep = Qui peut ouvrir cette page peut changer le rendez-vous. Gardez son adresse.
book-calendar = Ajouter au calendrier
book-missed = Ce rendez-vous est passé.
book-again = Prendre un nouveau rendez-vous
book-move = Déplacer le rendez-vous
book-cancel = Annuler le rendez-vous
book-cancel-means = L’heure sera alors libre pour d’autres.
book-cancel-yes = Oui, annuler
book-cancelled = Votre rendez-vous est annulé
book-over = Ce rendez-vous n’existe plus
book-until-now = Jusqu’ici : { $time }
book-mail = Adresse e-mail (facultatif)
book-mail-why = Vous recevez alors le code, un rappel et des liens pour déplacer ou annuler le rendez-vous. Nous effaçons l'adresse à la fin du jour de votre rendez-vous.
book-mail-wrong = Ce n'est pas une adresse e-mail. Vous pouvez aussi laisser le champ vide.
book-mail-sent = Vous allez recevoir un e-mail.
book-mail-failed = Votre adresse e-mail n'a pas pu être enregistrée. Veuillez noter le code.
mail-subject-booked = Votre rendez-vous : { $when }
mail-subject-moved = Votre rendez-vous est déplacé : { $when }
mail-subject-cancelled = Votre rendez-vous est annulé : { $when }
mail-subject-reminder = Rappel de votre rendez-vous : { $when }
mail-reminder = N'oubliez pas votre rendez-vous.
mail-release = Vous ne pouvez pas venir ? Annulez le rendez-vous, s'il vous plaît, pour que quelqu'un d'autre ait cette heure.
mail-also = Il y a encore un rendez-vous pour cette adresse e-mail : { $when }. S'il ne vous en faut qu'un, veuillez annuler l'autre.
mail-foot = Cet e-mail vient de { $office }, car votre adresse a été indiquée lors de la réservation. Nous l'effaçons à la fin du jour de votre rendez-vous.

## Numéro avec le code à la porte

draw-how = Saisissez le code affiché en ce moment à la porte. Il change toutes les cinq minutes.
draw-code = Code à la porte (six chiffres)
draw-none = Dans ce bureau, les numéros sont donnés uniquement à la borne et à l’accueil.
draw-have = Vous avez déjà le numéro { $number }.
draw-show = Afficher mon numéro
draw-choose = Veuillez choisir votre démarche.
draw-wrong = Ce code n’est plus valable ou n’est pas juste. Veuillez le relire à la porte.
draw-already = Vous avez déjà pris un numéro avec ce code. Dans cinq minutes, il y en aura un nouveau à la porte.
draw-nothing = Aucune démarche n’est ouverte en ce moment.
draw-qr = Code QR : adresse de cette page

## Kiosk

kiosk-title = Prendre un numéro
kiosk-question = Pourquoi venez-vous ?
kiosk-touch = Veuillez toucher. Vous recevrez un numéro.
kiosk-closed-title = C’est fermé en ce moment.
kiosk-closed-now = Il n’y a pas de numéros ici maintenant.
kiosk-closed = fermé
kiosk-closed-closed = fermé en ce moment
kiosk-closed-day-closed = pas encore ouvert
kiosk-closed-hours = pas ouvert maintenant
kiosk-closed-limit = tous les numéros du jour sont pris
kiosk-closed-not-today = probablement plus possible aujourd’hui
kiosk-closed-no-numbers = pas de numéros à cette borne en ce moment, veuillez aller à l’accueil
kiosk-comma = ,
kiosk-opens-today = rouvre aujourd’hui à { $time }
kiosk-opens-on = rouvre { $day } à { $time }
kiosk-waiting = { $count ->
    [0] personne n’attend
    [one] { $count } personne attend
   *[other] { $count } personnes attendent
}
kiosk-reached-yes = aujourd’hui, c’est sûr
kiosk-reached-likely = aujourd’hui, probablement
kiosk-reached-no = probablement plus aujourd’hui
kiosk-not-step-free = aucun guichet sans marches ouvert
kiosk-online = Possible aussi de chez vous : { $address }
kiosk-cut-off = La borne n’a pas de connexion en ce moment. Veuillez aller à l’accueil.
kiosk-alone = La borne n’a pas de connexion en ce moment. Vous recevez quand même un numéro ici.
kiosk-refused = Cette borne n’est pas enregistrée. Veuillez aller à l’accueil.
kiosk-unknown = Cette borne n’existe pas dans ce service. Veuillez aller à l’accueil.
kiosk-unanswered = Il n’y a pas eu de réponse. Touchez encore la même chose, vous ne recevrez qu’un numéro. Sinon, veuillez aller à l’accueil.

kiosk-appointment = J’ai un rendez-vous
kiosk-needs = J’ai besoin d’aide ou de plus de place
kiosk-large = Grands caractères
kiosk-help = Appeler quelqu’un
kiosk-on = Continuer
kiosk-needs-title = De quoi avez-vous besoin ?
kiosk-needs-why = Vous n’avez rien à justifier. Seul le personnel le voit.
kiosk-needs-given = Noté : { $needs }
kiosk-needs-change = Modifier
kiosk-need-step-free = Un chemin sans marches
kiosk-need-escort = Venez me chercher, s’il vous plaît
kiosk-need-visual-call = Je n’entends pas l’appel
kiosk-need-hearing-loop = Boucle auditive
kiosk-need-interpreter = Interprète
kiosk-need-more-room = Plus de place (poussette, déambulateur)
kiosk-help-asked = Nous avons prévenu quelqu’un. Veuillez attendre ici.
kiosk-help-coming = Quelqu’un vient vers vous.
kiosk-help-nobody = Personne n’est libre en ce moment. Veuillez aller à l’accueil.
kiosk-help-failed = Cela n’a pas fonctionné. Veuillez aller à l’accueil.

kiosk-code-title = Votre code
kiosk-code-where = Il se trouve dans votre confirmation. Vous pouvez aussi le scanner.
kiosk-code = Code
kiosk-keypad = Clavier
kiosk-check-in = Valider
kiosk-erase = Effacer

kiosk-your-number = Votre numéro
kiosk-take-paper = Veuillez prendre le papier.
kiosk-no-paper = Pas de papier aujourd’hui : veuillez retenir le numéro.
kiosk-qr = Sur votre téléphone : scannez pour voir votre place dans la file
kiosk-qr-alt = Code pour votre téléphone
kiosk-ahead = { $count ->
    [0] Vous êtes le prochain numéro.
    [one] { $count } personne est avant vous.
   *[other] { $count } personnes sont avant vous.
}
kiosk-learning = Les temps d’attente sont estimés, l’estimation apprend encore.
kiosk-expected = Vous attendrez environ
kiosk-called-how = Votre numéro sera affiché et annoncé.
kiosk-papers = À préparer, s’il vous plaît
kiosk-done = Terminé
kiosk-longer = Afficher plus longtemps
kiosk-still-there = Êtes-vous encore là ?
kiosk-ends-in = { $seconds ->
    [one] L’écran recommence dans { $seconds } seconde.
   *[other] L’écran recommence dans { $seconds } secondes.
}
kiosk-more-time = Oui, continuer

kiosk-several = Plusieurs démarches
kiosk-touch-several = Touchez tout ce dont vous avez besoin. Vous recevez un seul numéro pour tout.
kiosk-search = Chercher une démarche
kiosk-below = Autres démarches
kiosk-goes-on = La suite est plus bas
kiosk-chosen = { $count ->
    [0] Rien de choisi
    [one] Continuer avec { $count } démarche
    [many] Continuer avec { $count } démarches
   *[other] Continuer avec { $count } démarches
}
kiosk-one-ticket = un seul numéro pour tout
kiosk-low = Boutons plus bas
kiosk-matter = Vos démarches
kiosk-bring = Veuillez apporter :
kiosk-wait-now = En ce moment
kiosk-persons = Combien de personnes ?
kiosk-how-many = Combien ?
kiosk-less = moins
kiosk-more = plus
kiosk-have = J’ai tout : prendre un numéro
kiosk-draw = Prendre un numéro
kiosk-come-back = Je reviens
kiosk-come-back-means = Votre place est gardée { $minutes } minutes.
kiosk-later = Plutôt aujourd’hui de { $from } à { $to }
kiosk-later-means = Votre place est gardée. Vous ne serez pas appelé avant { $from }.
kiosk-later-taken = Soyez ici à { $from }, s’il vous plaît. Vous serez appelé vers { $to } au plus tard.
kiosk-back-by = Votre place est gardée. Revenez avant { $time }, s’il vous plaît.
kiosk-online-alt = Code pour votre téléphone : à faire chez vous
kiosk-mine = Mon numéro
kiosk-mine-title = Votre numéro
kiosk-mine-where = Le numéro et les quatre signes à côté, ou tenez le papier sous le lecteur.
kiosk-mine-code = Numéro et signes
kiosk-mine-show = Afficher
kiosk-mine-unknown = Nous ne connaissons pas ce numéro avec ces signes aujourd’hui.
kiosk-print-again = Imprimer de nouveau
kiosk-own-code = Vos signes pour cette borne :
kiosk-speech-on = La lecture à voix haute est active. Flèches : avancer et reculer. Touche Entrée : choisir. Plus et moins : plus fort et moins fort.
kiosk-speech-volume = Volume { $percent } pour cent
kiosk-speech-chosen = choisi
kiosk-speech-off = impossible en ce moment
kiosk-needs-help = J’ai besoin d’aide
kiosk-search-title = Que cherchez-vous ?
kiosk-search-typed = Vos lettres
kiosk-search-found = { $count ->
    [0] Rien trouvé
    [one] { $count } démarche
    [many] { $count } démarches
   *[other] { $count } démarches
}

## Papierticket

ticket-day = { $weekday ->
    [1] lun.
    [2] mar.
    [3] mer.
    [4] jeu.
    [5] ven.
    [6] sam.
   *[7] dim.
} { $day }/{ $month }
ticket-wait = Vous attendrez environ
ticket-range = { common-range } minutes
ticket-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
ticket-leave = Vous pouvez vous absenter jusqu’à { $time } (état à { $drawn }).
ticket-ahead = { $count ->
    [0] Vous êtes le prochain numéro
    [one] Une personne avant vous
   *[other] { $count } personnes avant vous
}
ticket-link = Votre place dans la file, sur votre téléphone
ticket-code = Signes pour la borne : { $code }
ticket-papers = À préparer, s’il vous plaît :
ticket-follow = Votre numéro sera affiché et annoncé.
ticket-alone = Remis sans connexion. Votre numéro est valable.

## Ansage

# Prononcé : Numéro A, zéro un sept, merci de vous présenter, guichet trois. Pas de point à la fin.
say-call = Numéro { $number }, merci de vous présenter, { $place }
say-call-way = Numéro { $number }, merci de vous présenter, { $place }, { $way }
say-brief = { $number }, { $place }
say-test = Ceci est un essai, voici comment sonne une annonce
say-counter = guichet { $counter }
# Comment les mots des panneaux sont prononcés (panneau: prononcé).
say-place-names = Schalter: guichet, Zimmer: salle, Raum: salle, Platz: poste, Kasse: caisse, Büro: bureau
# Les nombres de 0 à 99 ; les dix premiers sont aussi les chiffres.
say-numbers =
    zéro, un, deux, trois, quatre, cinq, six, sept, huit, neuf,
    dix, onze, douze, treize, quatorze, quinze, seize, dix-sept, dix-huit, dix-neuf,
    vingt, vingt et un, vingt-deux, vingt-trois, vingt-quatre, vingt-cinq, vingt-six, vingt-sept, vingt-huit, vingt-neuf,
    trente, trente et un, trente-deux, trente-trois, trente-quatre, trente-cinq, trente-six, trente-sept, trente-huit, trente-neuf,
    quarante, quarante et un, quarante-deux, quarante-trois, quarante-quatre, quarante-cinq, quarante-six, quarante-sept, quarante-huit, quarante-neuf,
    cinquante, cinquante et un, cinquante-deux, cinquante-trois, cinquante-quatre, cinquante-cinq, cinquante-six, cinquante-sept, cinquante-huit, cinquante-neuf,
    soixante, soixante et un, soixante-deux, soixante-trois, soixante-quatre, soixante-cinq, soixante-six, soixante-sept, soixante-huit, soixante-neuf,
    soixante-dix, soixante et onze, soixante-douze, soixante-treize, soixante-quatorze, soixante-quinze, soixante-seize, soixante-dix-sept, soixante-dix-huit, soixante-dix-neuf,
    quatre-vingts, quatre-vingt-un, quatre-vingt-deux, quatre-vingt-trois, quatre-vingt-quatre, quatre-vingt-cinq, quatre-vingt-six, quatre-vingt-sept, quatre-vingt-huit, quatre-vingt-neuf,
    quatre-vingt-dix, quatre-vingt-onze, quatre-vingt-douze, quatre-vingt-treize, quatre-vingt-quatorze, quatre-vingt-quinze, quatre-vingt-seize, quatre-vingt-dix-sept, quatre-vingt-dix-huit, quatre-vingt-dix-neuf

## Aufsicht

staff-reason-system-down = système en panne
staff-reason-staff-short = personnel insuffisant
staff-reason-meeting = réunion
staff-reason-evacuation = évacuation
staff-reason-full = complet
staff-reason-hours = en dehors des horaires
staff-reason-limit = limite atteinte
staff-reason-not-today = plus possible aujourd’hui

## Vorführung

demo-message-briefly = Aujourd’hui, cela avance vite. Merci de votre patience.
demo-message-papers = Veuillez préparer votre pièce d’identité.
demo-message-photo = Vous pouvez faire des photos à l’appareil dans l’entrée.

## Fehler

problem-malformed = La demande était illisible. Veuillez recharger la page.
problem-not-signed-in = Cet appareil n’est plus enregistré. Veuillez vous adresser à l’accueil.
problem-not-allowed = Cela n’est pas autorisé ici.
problem-not-yours = Cela appartient à un autre appareil.
problem-origin-refused = La demande venait d’une page étrangère.
problem-unknown-office = Ce bureau n’existe pas.
problem-unknown-ticket = Ce numéro n’existe plus.
problem-unknown-service = Cette démarche n’est pas proposée ici.
problem-unknown-webhook = Cette connexion n’existe pas.
problem-unknown-device = Cet appareil n’existe pas.
problem-unknown-appointment = Ce rendez-vous n’existe pas.
problem-unknown-code = Nous ne connaissons pas ce code aujourd’hui. Veuillez le vérifier ou aller à l’accueil.
problem-unknown-route = Cette adresse n’existe pas.
problem-wrong-state = Cela n’est pas possible en ce moment.
problem-not-yet = Il est encore trop tôt pour cela.
problem-not-yet-until = Cela n’est possible qu’à partir de { $until }.
problem-service-closed = Cette démarche est fermée en ce moment.
problem-service-closed-until = Cette démarche est fermée jusqu’à { $until }.
problem-outside-hours = Cette démarche n’est pas ouverte maintenant.
problem-outside-hours-until = Cette démarche rouvre à { $until }.
problem-limit-reached = Tous les numéros du jour sont pris.
problem-day-closed = La journée n’est pas encore ouverte.
problem-stale-press = La demande est arrivée trop tard. Veuillez regarder et toucher encore une fois.
problem-overtaken = Entre-temps, autre chose s’est produit ; ce n’est plus possible.
problem-not-today = Ce rendez-vous n’est pas aujourd’hui.
problem-too-late-to-change = Il est trop tard pour un changement.
problem-link-expired = Ce lien a expiré.
problem-too-large = C’est trop à la fois.
problem-invalid = Une indication n’est pas correcte.
problem-key-reused = Cette demande a déjà servi à autre chose. Veuillez toucher encore une fois.
problem-too-many = Trop de tentatives. Veuillez attendre un instant.
problem-fault = Une erreur s’est produite sur le serveur. Veuillez réessayer.
problem-store-unavailable = La mémoire ne répond pas. Rien n’a changé, ou cela sera visible tout de suite.
problem-starting = Le serveur démarre.
problem-stopping = Le serveur s’arrête.
