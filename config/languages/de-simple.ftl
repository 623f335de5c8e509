# Aufruf, Deutsch in Leichter Sprache. Was Bürgerinnen und Bürger sehen; gesprochen wird wie in de.ftl.
# Entwurf: Menschen, die Leichte Sprache brauchen, haben diese Texte noch nicht geprüft.

## Gemeinsam

common-language-draft = Entwurf: noch nicht von Leserinnen und Lesern geprüft.
common-failed = Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.
common-wait-none = Sie müssen nicht warten
common-wait-about = { $minutes ->
    [one] ungefähr { $minutes } Minute
   *[other] ungefähr { $minutes } Minuten
}
common-learning = Die Zeit ist geschätzt.
common-range = { $low } bis { $high }
common-wait-range = { common-range } Minuten
common-no-wait-no-counter = Gerade ist kein Schalter dafür offen
common-no-wait-no-step-free = Gerade ist kein Schalter ohne Stufen dafür offen
common-no-wait-closed = Gerade geschlossen: kein Schalter ist dafür offen
common-no-wait-situation = Wir wissen gerade nicht: Wie lange dauert es?
common-no-wait-stale = Wir wissen gerade nicht: Wie lange dauert es?
common-span-seconds = { $seconds ->
    [one] { $seconds } Sekunde
   *[other] { $seconds } Sekunden
}
common-span-minutes = { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
}
common-span-hours = mehr als { $hours ->
    [one] { $hours } Stunde
   *[other] { $hours } Stunden
}
common-language = Sprache
common-language-name = Deutsch in Leichter Sprache
common-language-direction = ltr
common-accessibility = Ohne Hindernisse
common-back = Zurück
common-close = Schließen
common-connecting = Bitte warten
common-disconnected = Verbindung unterbrochen
common-data-age = Das war vor { $age } so
common-data-none = Wir wissen noch nichts
common-unanswered = Der Computer antwortet nicht. Wir versuchen es weiter.
common-needs-script = Diese Seite braucht JavaScript.

## Start und Anmeldung

start-home = Zum Anfang
start-problem-404 = Diese Seite gibt es nicht
start-problem-404-how = Vielleicht ist die Adresse falsch. Oder der Link ist alt.
start-problem-410 = Dieser Link gilt nicht mehr
start-problem-410-how = Der Link gilt nur an einem Tag. Bitte fragen Sie am Empfang.
start-problem-429 = Das waren zu viele Versuche
start-problem-429-how = Bitte warten Sie eine Minute. Dann versuchen Sie es noch einmal.
start-problem-500 = Das hat nicht geklappt
start-problem-500-how = Wir haben einen Fehler gemacht. Bitte versuchen Sie es noch einmal.
start-problem-503 = Das geht gerade nicht
start-problem-503-how = Bitte versuchen Sie es gleich noch einmal. Nichts ist verloren.

## Erklärung zur Barrierefreiheit

statement-what = Hier steht: Können alle Menschen unsere Bildschirme, den Automaten und das Telefon-Ticket benutzen?
statement-how = Es gibt Regeln dafür. Sie heißen EN 301 549. Computer prüfen die Regeln. Menschen mit Behinderung haben noch nicht geprüft.
statement-gaps = Das geht noch nicht
statement-gap-signs = Es gibt keine Filme in Gebärden-Sprache.
statement-gap-easy = Die Texte in Leichter Sprache sind noch nicht fertig.
statement-instead = Am Empfang hilft Ihnen jemand. Sie brauchen dafür keinen Automaten und kein Telefon.
statement-report = Geht etwas nicht?
statement-write = Bitte schreiben Sie uns. Oder rufen Sie an.
statement-ask = Bitte sagen Sie das am Empfang.
statement-form = Hier schreiben
statement-enforcement = Hilft unsere Antwort nicht? Dann hilft die Durchsetzungs-Stelle. Das kostet nichts.

## Wartedisplay

wall-title = Aufruf
wall-room = Warte-Zeiten
wall-media = Bilder
wall-media-hold = Bilder anhalten
wall-media-go-on = Bilder weiter zeigen
wall-nobody = Bitte warten Sie. Ihre Nummer kommt hier. Sie hören sie auch.
wall-closed = Heute ist geschlossen.
wall-please-wait = Bitte warten
wall-desk-paused = Pause
wall-desk-back = Pause bis { $time } Uhr
wall-phrase-checked = no
wall-phrase-wait = Bitte warten Sie kurz.
wall-phrase-sign = Bitte schreiben Sie hier Ihren Namen.
wall-phrase-papers = Bitte zeigen Sie:
wall-phrase-come-back = Bitte kommen Sie wieder. Bringen Sie mit:
wall-phrase-done = Wir sind fertig. Auf Wiedersehen.
wall-more = { $count ->
    [one] Noch 1 Nummer kommt gleich.
   *[other] Noch { $count } Nummern kommen gleich.
}
wall-waits = So lange warten Sie, in Minuten
wall-waiting = So viele warten
wall-count = { $count ->
    [one] { $count } wartet
   *[other] { $count } warten
}
wall-service-closed = geschlossen
wall-not-today = heute wahrscheinlich nicht mehr
wall-next = Danach
wall-missed = Nicht gehört? Bitte zum Empfang.
wall-letters = Jeder Buchstabe ist für etwas anderes.
wall-door = Ist der Automat kaputt? Dann holen Sie die Nummer mit dem Handy:
wall-door-code = Code
wall-moved = Jetzt bei „{ $service }“: { $numbers }{ $more ->
    [0] {""}
   *[other] {" "}und { $more } mehr
}. Sie behalten Ihren Platz.
wall-spoken = Nummer { $number }, { $counter }{ $way ->
    [nowhere] {""}
   *[other] , { $way }
}
wall-ask = Bitte fragen Sie am Empfang.
wall-hidden = Wir zeigen gerade keine Nummern. Sie könnten falsch sein. Bitte fragen Sie am Empfang.
wall-refused = Diese Anzeige ist nicht angemeldet.
wall-unknown = Diese Anzeige gibt es hier nicht.
wall-sound-off = Der Ton ist aus – hier tippen

## Pfeile an Anzeige und Telefon

place-left = nach links
place-right = nach rechts
place-up = die Treppe hoch
place-down = die Treppe runter
place-straight = geradeaus

## Telefonticket

phone-your-number = Ihre Nummer
phone-state-waiting = Sie warten
phone-state-called = Sie sind dran
phone-state-serving = Sie sind am Schalter
phone-state-parked = Bitte warten Sie noch kurz
phone-state-away = Ihre Nummer macht Pause
phone-state-missed = Wir haben Sie gerufen
phone-state-finished = Fertig
phone-state-cancelled = Sie haben die Nummer zurückgegeben
phone-state-expired = Diese Nummer gilt nicht mehr
phone-leave = Sie können weggehen. Kommen Sie um { $time } Uhr zurück.
phone-moved = Ihre Nummer hat seit { $time } Uhr dieses neue Thema. Sie behalten Ihren Platz.
phone-longer-fewer-counters = Es dauert länger. Es sind weniger Schalter offen.
phone-ahead = { $count ->
    [0] Vor Ihnen ist niemand
    [one] Vor Ihnen ist { $count } Mensch
   *[other] Vor Ihnen sind { $count } Menschen
}
phone-you-are-next = Danach sind Sie dran
phone-not-before = Wir rufen Sie wieder ab { $time } Uhr
phone-called-at = Wir haben Sie um { $time } Uhr gerufen
phone-missed-once-how = Sind Sie da? Dann bleiben Sie bitte hier.
phone-here = Ich bin da
phone-here-how = Gut. Wir rufen Sie noch einmal.
phone-passed-appointment = { $count ->
    [one] { $count } Mensch hatte einen Termin. Er war vor Ihnen dran.
   *[other] { $count } Menschen hatten einen Termin. Sie waren vor Ihnen dran.
}
phone-passed-other = { $count ->
    [one] { $count } Mensch war vor Ihnen dran. Das hatte einen anderen Grund.
   *[other] { $count } Menschen waren vor Ihnen dran. Das hatte einen anderen Grund.
}
phone-come = Kommen Sie jetzt bitte zu
phone-spoken-called = Nummer { $number } ist dran: { $counter }
phone-parked-how = Bitte bleiben Sie in der Nähe. Wir rufen Sie wieder.
phone-away-until = Pause bis { $time } Uhr
phone-away-how = Ihr Platz bleibt. In der Pause rufen wir Sie nicht.
phone-missed-ago = vor { $age }
phone-missed-how = Sind Sie da? Dann sind Sie bald wieder dran.
phone-missed-desk = Bitte gehen Sie zum Empfang.
phone-goodbye = Auf Wiedersehen.
phone-cancelled-how = Brauchen Sie eine neue Nummer? Dann gehen Sie bitte zum Automaten.
phone-expired-how = Brauchen Sie eine neue Nummer? Dann gehen Sie bitte zum Automaten.
phone-ring = Klingeln, wenn ich dran bin
phone-ring-on = Es klingelt. Lassen Sie diese Seite offen.
phone-push = Nachricht auf mein Handy
phone-push-on = Sie bekommen eine Nachricht
phone-push-denied = Ihr Handy erlaubt keine Nachrichten. Bitte lassen Sie die Seite offen.
phone-push-failed = Das geht nicht. Bitte lassen Sie die Seite offen.
phone-no-https = Hier gibt es keine Nachrichten. Bitte lassen Sie die Seite offen und das Handy an.
phone-later = Später aufrufen: { $from } bis { $to }
phone-pause = { $minutes ->
    [one] Ich brauche noch { $minutes } Minute
   *[other] Ich brauche noch { $minutes } Minuten
}
phone-pause-longer = { $minutes ->
    [one] Noch { $minutes } Minute Pause
   *[other] Noch { $minutes } Minuten Pause
}
phone-cancel = Ich komme nicht mehr
phone-cancel-really = Wollen Sie die Nummer zurückgeben?
phone-cancel-means = Dann ist Ihr Platz weg.
phone-cancel-yes = Ja, zurückgeben
phone-cancel-no = Nein, ich komme
phone-return-missed = Ich bin da, bitte noch einmal rufen
phone-return-away = Ich bin wieder da
phone-way-step-free = Weg ohne Stufen
phone-papers = Das brauchen Sie
phone-look-again = Hier tippen: Dann sehen Sie, was neu ist.
phone-link-dead = Dieser Link gilt nicht mehr. Bitte fragen Sie am Empfang.

## Termine

book-title = Einen Termin machen
book-question = Was brauchen Sie?
book-several = Sie können bis zu { $most } Sachen auswählen.
book-persons = Wie viele Personen kommen?
book-find = Freie Zeiten zeigen
book-walk-in = Heute ohne Termin:
book-choose = Bitte wählen Sie etwas aus. Sie können höchstens 5 Sachen auswählen.
book-when-ask = Wann wollen Sie kommen?
book-takes = { $minutes ->
    [one] Das dauert etwa { $minutes } Minute.
   *[other] Das dauert etwa { $minutes } Minuten.
}
book-change = Etwas anderes
book-free = { $count ->
    [one] { $count } Zeit ist frei
   *[other] { $count } Zeiten sind frei
}
book-morning = Vormittag
book-afternoon = Nachmittag
book-later = Spätere Tage
book-none = An diesen Tagen ist nichts frei. Sie können auch ohne Termin kommen.
book-elsewhere = Hier ist noch etwas frei
book-taken = Jemand anders hat diese Zeit. Bitte wählen Sie eine andere Zeit.
book-expired = Sie haben zu lange gewartet. Bitte wählen Sie noch einmal.
book-work-undone = Ihr Gerät muss kurz rechnen. Das ging nicht. Bitte schalten Sie JavaScript ein. Oder rufen Sie uns an. Oder kommen Sie zu uns.
book-work-wait = Bitte warten Sie kurz …
book-next = Der nächste freie Termin:
book-next-none = Im Moment ist kein Termin frei.
wish-title = Wir sagen Ihnen, wenn etwas frei wird
wish-why = Wird eine Zeit frei? Dann bekommen Sie eine Mail. Die Zeit ist dann { $span } für Sie reserviert.
wish-first = Ab diesem Tag
wish-last = Bis zu diesem Tag
wish-part = Wann können Sie?
wish-any = Immer
wish-sites = Auch hier
wish-mail = E-Mail-Adresse
wish-send = Mir Bescheid sagen
wish-noted = Sie bekommen eine Mail, wenn etwas frei wird.
wish-end = Bitte nicht mehr suchen
wish-ended = Wir suchen nicht mehr
wish-ended-means = Ihre E-Mail-Adresse ist gelöscht.
wish-free = Eine Zeit ist frei
wish-take = Diese Zeit nehmen
wish-gone = Diese Zeit ist nicht mehr frei. Wir suchen weiter.
wish-subject = Jetzt frei: { $when }
book-yours = Ihr Termin
book-when = { $day }, { $time } Uhr
book-day = { $day }
book-people = { $count ->
    [one] { $count } Person
   *[other] { $count } Personen
}
book-held = Wir halten die Zeit für Sie frei. Bis { $time } Uhr.
book-nameless = Sie müssen keinen Namen sagen. Sie bekommen einen Code.
book-confirm = Termin nehmen
book-other = Andere Zeit
book-papers = Bitte bringen Sie mit
book-done = Sie haben jetzt einen Termin.
book-moved = Sie haben jetzt eine andere Zeit.
book-here = Wir wissen: Sie sind da. Ihre Nummer:
book-code = Ihr Code
book-code-is = Ihr Code für den Automaten: { $code }
book-code-picture = Ihr Code als Bild für den Automaten
book-code-how = Sind Sie im Amt? Dann zeigen Sie dem Automaten den Code.
book-keep = Merken Sie sich diese Seite. Hier können Sie den Termin ändern.
book-calendar = In den Kalender
book-missed = Dieser Termin ist vorbei.
book-again = Neuen Termin machen
book-move = Andere Zeit nehmen
book-cancel = Termin absagen
book-cancel-means = Dann kann jemand anders kommen.
book-cancel-yes = Ja, absagen
book-cancelled = Sie haben den Termin abgesagt
book-over = Diesen Termin gibt es nicht mehr
book-until-now = Jetzt ist der Termin: { $time }
book-mail = Ihre E-Mail-Adresse. Sie müssen sie nicht angeben.
book-mail-why = Wir schicken Ihnen dann den Code. Wir erinnern Sie an den Termin. Und Sie können den Termin ändern. Nach dem Tag löschen wir die Adresse.
book-mail-wrong = Das ist keine E-Mail-Adresse. Sie können das Feld auch leer lassen.
book-mail-sent = Sie bekommen gleich eine E-Mail.
book-mail-failed = Wir konnten Ihre E-Mail-Adresse nicht speichern. Bitte schreiben Sie den Code auf.
mail-subject-booked = Ihr Termin: { $when }
mail-subject-moved = Ihr Termin hat eine neue Zeit: { $when }
mail-subject-cancelled = Ihr Termin ist abgesagt: { $when }
mail-subject-reminder = Denken Sie an Ihren Termin: { $when }
mail-reminder = Denken Sie bitte an Ihren Termin.
mail-release = Können Sie nicht kommen? Dann sagen Sie den Termin bitte ab. Andere Menschen freuen sich über die Zeit.
mail-also = Sie haben noch einen Termin: { $when }. Brauchen Sie nur einen? Dann sagen Sie den anderen bitte ab.
mail-foot = Diese E-Mail kommt von { $office }. Jemand hat Ihre Adresse bei der Buchung angegeben. Nach dem Tag löschen wir die Adresse.

## Nummer mit dem Code an der Tür

draw-how = An der Tür steht ein Code. Schreiben Sie den Code hier hinein. Alle fünf Minuten gibt es einen neuen Code.
draw-code = Code von der Tür (sechs Zahlen)
draw-none = Nummern gibt es in diesem Amt nur am Automaten und am Empfang.
draw-have = Sie haben schon die Nummer { $number }.
draw-show = Meine Nummer zeigen
draw-choose = Bitte wählen Sie: Was brauchen Sie?
draw-wrong = Der Code ist falsch oder zu alt. Bitte lesen Sie den Code an der Tür noch einmal.
draw-already = Sie haben mit diesem Code schon eine Nummer. In fünf Minuten gibt es an der Tür einen neuen Code.
draw-nothing = Jetzt ist nichts offen.
draw-qr = QR-Code: So kommen Sie auf diese Seite

## Kiosk

kiosk-title = Nummer holen
kiosk-question = Was möchten Sie machen?
kiosk-touch = Bitte tippen Sie darauf. Dann bekommen Sie eine Nummer.
kiosk-closed-title = Gerade ist geschlossen.
kiosk-closed-now = Jetzt gibt es hier keine Nummern.
kiosk-closed = geschlossen
kiosk-closed-closed = gerade geschlossen
kiosk-closed-day-closed = noch nicht offen
kiosk-closed-hours = jetzt nicht offen
kiosk-closed-limit = heute gibt es keine Nummern mehr
kiosk-closed-not-today = heute wahrscheinlich nicht mehr
kiosk-closed-no-numbers = Hier gibt es gerade keine Nummern. Bitte gehen Sie zum Empfang.
kiosk-comma = ,
kiosk-opens-today = heute ab { $time } Uhr wieder offen
kiosk-opens-on = wieder offen: { $day }, ab { $time } Uhr
kiosk-waiting = { $count ->
    [0] niemand wartet
    [one] { $count } Mensch wartet
   *[other] { $count } Menschen warten
}
kiosk-reached-yes = heute sicher
kiosk-reached-likely = heute wahrscheinlich
kiosk-reached-no = heute wahrscheinlich nicht mehr
kiosk-not-step-free = gerade kein Schalter ohne Stufen offen
kiosk-online = Das geht auch zu Hause: { $address }
kiosk-cut-off = Der Automat geht gerade nicht. Bitte gehen Sie zum Empfang.
kiosk-alone = Der Automat hat gerade keine Verbindung. Sie bekommen hier trotzdem eine Nummer.
kiosk-refused = Der Automat geht nicht. Bitte gehen Sie zum Empfang.
kiosk-unknown = Diesen Automaten gibt es hier nicht. Bitte gehen Sie zum Empfang.
kiosk-unanswered = Es kam keine Antwort. Bitte tippen Sie noch einmal auf das Gleiche. Sie bekommen nur eine Nummer. Oder gehen Sie zum Empfang.

kiosk-appointment = Ich habe einen Termin
kiosk-needs = Ich brauche Hilfe oder mehr Platz
kiosk-large = Große Schrift
kiosk-help = Ein Mensch soll kommen
kiosk-on = Weiter
kiosk-needs-title = Was brauchen Sie?
kiosk-needs-why = Sie müssen nicht sagen, warum. Nur wir vom Amt sehen das.
kiosk-needs-given = Das wissen wir: { $needs }
kiosk-needs-change = Ändern
kiosk-need-step-free = Weg ohne Stufen
kiosk-need-escort = Bitte holen Sie mich ab
kiosk-need-visual-call = Ich höre den Aufruf nicht
kiosk-need-hearing-loop = Hilfe für mein Hör-Gerät
kiosk-need-interpreter = Jemand soll übersetzen
kiosk-need-more-room = Mehr Platz für Kinder-Wagen oder Rollator
kiosk-help-asked = Wir haben jemanden gerufen. Bitte warten Sie hier.
kiosk-help-coming = Jemand kommt zu Ihnen.
kiosk-help-nobody = Gerade hat niemand Zeit. Bitte gehen Sie zum Empfang.
kiosk-help-failed = Das hat nicht geklappt. Bitte gehen Sie zum Empfang.

kiosk-code-title = Ihr Code
kiosk-code-where = Der Code steht in Ihrem Brief oder in Ihrer E-Mail. Sie können ihn auch scannen.
kiosk-code = Code
kiosk-keypad = Tasten
kiosk-check-in = Ich bin da
kiosk-erase = Löschen

kiosk-your-number = Ihre Nummer
kiosk-take-paper = Bitte nehmen Sie den Zettel.
kiosk-no-paper = Heute gibt es keinen Zettel. Bitte merken Sie sich die Nummer.
kiosk-qr = Für Ihr Handy: scannen und sehen, wann Sie dran sind
kiosk-qr-alt = Code für Ihr Handy
kiosk-ahead = { $count ->
    [0] Danach sind Sie dran.
    [one] Vor Ihnen ist { $count } Mensch.
   *[other] Vor Ihnen sind { $count } Menschen.
}
kiosk-learning = Die Zeiten sind geschätzt.
kiosk-expected = So lange warten Sie:
kiosk-called-how = Sie sehen und hören Ihre Nummer.
kiosk-papers = Das brauchen Sie
kiosk-done = Fertig
kiosk-longer = Länger zeigen
kiosk-still-there = Sind Sie noch da?
kiosk-ends-in = { $seconds ->
    [one] In { $seconds } Sekunde fangen wir neu an.
   *[other] In { $seconds } Sekunden fangen wir neu an.
}
kiosk-more-time = Ja, weiter

kiosk-several = Ich brauche mehr als eine Sache
kiosk-touch-several = Tippen Sie auf alles, was Sie brauchen. Sie bekommen eine Nummer.
kiosk-search = Suchen
kiosk-below = Hier gibt es noch mehr
kiosk-goes-on = Hier gibt es noch mehr
kiosk-chosen = { $count ->
    [0] Sie haben noch nichts gewählt
    [one] Weiter mit 1 Sache
   *[other] Weiter mit { $count } Sachen
}
kiosk-one-ticket = Sie bekommen nur eine Nummer
kiosk-low = Tasten weiter unten
kiosk-matter = Das brauchen Sie
kiosk-bring = Das müssen Sie mitbringen:
kiosk-wait-now = Jetzt gerade
kiosk-persons = Wie viele Menschen sind Sie?
kiosk-how-many = Wie viele brauchen Sie?
kiosk-less = weniger
kiosk-more = mehr
kiosk-have = Ich habe alles. Ich möchte eine Nummer
kiosk-draw = Ich möchte eine Nummer
kiosk-come-back = Ich komme später wieder
kiosk-come-back-means = So lange bleibt Ihr Platz frei: { $minutes } min.
kiosk-later = Lieber später: { $from } bis { $to }
kiosk-later-means = Ihr Platz bleibt. Wir rufen Sie nicht vor { $from } auf.
kiosk-later-taken = Bitte kommen Sie um { $from }. Wir rufen Sie etwa bis { $to } auf.
kiosk-back-by = Ihr Platz bleibt frei. Bitte kommen Sie bis { $time } zurück.
kiosk-online-alt = Code für Ihr Handy: Sie können es zu Hause machen
kiosk-mine = Ich habe schon eine Nummer
kiosk-mine-title = Ihre Nummer
kiosk-mine-where = Tippen Sie Ihre Nummer ein. Dann die vier Zeichen daneben. Oder halten Sie Ihr Papier vor den Leser.
kiosk-mine-code = Nummer und Zeichen
kiosk-mine-show = Zeigen
kiosk-mine-unknown = Diese Nummer kennen wir heute nicht. Sind alle Zeichen richtig?
kiosk-print-again = Noch einmal drucken
kiosk-own-code = Ihre Zeichen für dieses Gerät:
kiosk-speech-on = Das Gerät liest jetzt vor. Mit den Pfeil-Tasten gehen Sie weiter oder zurück. Mit der Eingabe-Taste wählen Sie aus. Plus macht lauter. Minus macht leiser.
kiosk-speech-volume = Das Gerät ist { $percent } Prozent laut
kiosk-speech-chosen = gewählt
kiosk-speech-off = geht gerade nicht
kiosk-needs-help = Ich brauche Hilfe
kiosk-search-title = Was suchen Sie?
kiosk-search-typed = Ihre Buchstaben
kiosk-search-found = { $count ->
    [0] Wir haben nichts gefunden
    [one] 1 Sache
   *[other] { $count } Sachen
}

## Papierticket

ticket-day = { $weekday ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
} { $day }.{ $month }.
ticket-wait = So lange warten Sie:
ticket-range = { common-wait-range }
ticket-minutes = { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
}
ticket-leave = Sie können weggehen. Kommen Sie um { $time } Uhr zurück. (Das war um { $drawn } Uhr so.)
ticket-ahead = { $count ->
    [0] Danach sind Sie dran
    [one] Vor Ihnen ist { $count } Mensch
   *[other] Vor Ihnen sind { $count } Menschen
}
ticket-link = Auf Ihrem Handy sehen Sie: Wann bin ich dran?
ticket-code = Zeichen für den Automaten: { $code }
ticket-papers = Das brauchen Sie:
ticket-follow = Sie sehen und hören Ihre Nummer.
ticket-alone = Der Automat hatte keine Verbindung. Ihre Nummer gilt trotzdem.

## Aufsicht

staff-reason-system-down = der Computer geht nicht
staff-reason-staff-short = es sind zu wenig Menschen bei der Arbeit
staff-reason-meeting = Besprechung
staff-reason-evacuation = alle müssen raus
staff-reason-full = zu voll
staff-reason-hours = jetzt nicht offen
staff-reason-limit = keine Nummern mehr
staff-reason-not-today = heute nicht mehr

## Vorführung

demo-message-briefly = Heute geht es schnell. Danke, dass Sie warten.
demo-message-papers = Bitte halten Sie Ihren Ausweis bereit.
demo-message-photo = Am Eingang steht ein Automat für Fotos.

## Fehler

problem-malformed = Das hat nicht geklappt. Bitte laden Sie die Seite neu.
problem-not-signed-in = Dieses Gerät ist nicht mehr angemeldet. Bitte fragen Sie am Empfang.
problem-not-allowed = Das dürfen Sie hier nicht.
problem-not-yours = Das gehört zu einem anderen Gerät.
problem-origin-refused = Das kam von einer fremden Seite.
problem-unknown-office = Dieses Amt gibt es nicht.
problem-unknown-ticket = Diese Nummer gibt es nicht mehr.
problem-unknown-service = Das gibt es hier nicht.
problem-unknown-webhook = Diese Verbindung gibt es nicht.
problem-unknown-device = Dieses Gerät gibt es nicht.
problem-unknown-appointment = Diesen Termin gibt es nicht.
problem-unknown-code = Diesen Code kennen wir heute nicht. Ist er richtig? Sonst gehen Sie bitte zum Empfang.
problem-unknown-route = Diese Adresse gibt es nicht.
problem-wrong-state = Das geht gerade nicht.
problem-not-yet = Dafür ist es noch zu früh.
problem-not-yet-until = Das geht erst um { $until } Uhr.
problem-service-closed = Das ist gerade geschlossen.
problem-service-closed-until = Das ist bis { $until } Uhr geschlossen.
problem-outside-hours = Das ist jetzt nicht offen.
problem-outside-hours-until = Das ist ab { $until } Uhr wieder offen.
problem-limit-reached = Heute gibt es keine Nummern mehr.
problem-day-closed = Wir haben noch nicht offen.
problem-stale-press = Das war zu spät. Bitte schauen Sie und tippen Sie noch einmal.
problem-overtaken = Das geht nicht mehr. Es ist schon etwas anderes passiert.
problem-not-today = Dieser Termin ist nicht heute.
problem-too-late-to-change = Dafür ist es zu spät.
problem-link-expired = Dieser Link gilt nicht mehr.
problem-too-large = Das ist zu viel auf einmal.
problem-invalid = Etwas stimmt nicht.
problem-key-reused = Das hat nicht geklappt. Bitte tippen Sie noch einmal.
problem-too-many = Das waren zu viele Versuche. Bitte warten Sie kurz.
problem-fault = Wir haben einen Fehler gemacht. Bitte versuchen Sie es noch einmal.
problem-store-unavailable = Der Computer antwortet nicht. Bitte warten Sie kurz.
problem-starting = Der Computer startet gerade.
problem-stopping = Der Computer wird gerade ausgemacht.
