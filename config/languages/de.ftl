# Aufruf, Deutsch. Eine Sprache ist eine Datei.
# Überschriften nennen, wer den Text zeigt oder spricht.

## Gemeinsam

common-failed = Das hat nicht geklappt. Bitte noch einmal versuchen.
common-wait-none = keine Wartezeit
common-wait-about = etwa { $minutes } min
common-learning = Schätzung, lernt noch
common-range = { $low }–{ $high }
common-wait-range = { common-range } min
common-no-wait-no-counter = Zurzeit ist kein Schalter dafür offen
common-no-wait-no-step-free = Zurzeit ist kein stufenloser Schalter dafür offen
common-no-wait-closed = Zurzeit geschlossen: kein Schalter ist dafür offen
common-no-wait-situation = Zurzeit kann niemand sagen, wie lange es dauert
common-no-wait-stale = Zurzeit kann niemand sagen, wie lange es dauert
common-span-seconds = { $seconds } s
common-span-minutes = { $minutes } min
common-span-hours = { $hours } h { $minutes } min
common-language = Sprache
common-language-name = Deutsch
common-language-direction = ltr
common-accessibility = Barrierefreiheit
common-back = Zurück
common-close = Schließen
common-connecting = Verbindung wird aufgebaut
common-disconnected = Verbindung unterbrochen
common-data-age = Stand: vor { $age }
common-data-none = Noch keine Daten
common-unanswered = Keine Antwort vom Server. Die Verbindung wird weiter versucht.
common-needs-script = Diese Seite braucht JavaScript.

## Start und Anmeldung

start-title = Aufruf: womit wollen Sie anfangen?
start-heading = Nummer ziehen, aufrufen, ansehen
start-step-ticket = Nummer ziehen
start-step-ticket-how = Am Automaten ein Anliegen wählen.
start-step-call = „Nächste Nummer“ drücken
start-step-call-how = Am Schalter anmelden und öffnen.
start-step-watch = Auf die Anzeige schauen
start-step-watch-how = Die Nummer erscheint, mit Gong und Ansage.
start-open-kiosk = Automat öffnen
start-open-counter = { $label } öffnen
start-open-display = Anzeige öffnen
start-sign-in-hint = Schalter und Aufsicht brauchen eine Anmeldung. Beim ersten Mal hilft der Link, den „aufruf up“ im Terminal gezeigt hat.
start-sign-in = Anmelden
start-open = geöffnet
start-closed = geschlossen
start-practice = Übung
start-kiosk = Automat
start-kiosk-what = Hier ziehen Bürgerinnen und Bürger ihre Nummer.
start-display = Anzeige
start-display-what = Zeigt im Warteraum, wer dran ist und wohin.
start-counter = Schalter
start-counter-what = Hier rufen Beschäftigte auf, wiederholen, leiten weiter.
start-station = Station
start-station-what = Fotoautomat, Kasse, Ausgabefach: wer dorthin geschickt wurde, wird hier gerufen und zurückgemeldet.
start-desk = Empfang
start-desk-what = Nummern ausgeben und wiederfinden, einchecken, zu Hilfe kommen; auch mit einem Tablet.
start-open-desk = Empfang öffnen
start-supervisor = Aufsicht
start-supervisor-what = Der ganze Raum auf einen Blick; Schalter und Anliegen verschieben.
start-open-supervisor = Aufsicht öffnen
start-report = Bericht
start-report-what = Nummern und Wartezeiten von heute, je Anliegen und Stunde.
start-open-report = Bericht öffnen
start-appointments = Termine
start-appointments-what = Die Termine eines Tages; alle auf einmal verlegen oder absagen.
start-open-appointments = Termine öffnen
start-open-phonedesk = Telefonplatz für alle Ämter
start-evaluation = Auswertung
start-evaluation-what = Termine und Menschen ohne Termin: gebucht, gekommen, pünktlich.
start-open-evaluation = Auswertung öffnen
start-no-office = Noch kein Amt ist geladen.
start-account = Konto
start-password = Passwort
start-password-new = Neues Passwort
start-password-rule = Mindestens { $least } Zeichen. Ein ganzer Satz ist gut.
start-password-set = Passwort setzen
start-password-later = Später, erst einmal umsehen
start-first-heading = Willkommen
start-first-what = Sie sind angemeldet. Der Link galt nur einmal: Wählen Sie jetzt einen Namen und ein Passwort, mit denen Sie sich von nun an anmelden.
start-first-ask = Mit diesem Link melden Sie sich einmal an und wählen dann ein Passwort. Er gilt nur einmal.
start-first-spend = Anmelden und Passwort wählen
start-password-for = Sie sind angemeldet als { $who }. Der Link galt nur einmal: Wählen Sie jetzt Ihr Passwort.
start-no-password = Sie haben noch kein Passwort. Ohne Passwort kommen Sie nach dem Abmelden nicht wieder herein.
start-name-taken = Mit diesem Namen meldet sich schon jemand an. Bitte wählen Sie einen anderen.
start-signed-out = Sie sind abgemeldet.
start-sign-in-later = Zu viele Versuche. Bitte warten Sie einen Augenblick und versuchen Sie es dann noch einmal.
start-device-unknown = Diesen Geräteschlüssel gibt es nicht, oder er gilt nicht mehr.
start-device-other = Dieser Schlüssel ist nicht für ein einzelnes Gerät. Beschäftigte melden sich mit Konto und Passwort an.
start-forgot = Passwort vergessen? Die Verwaltung gibt Ihnen einen neuen Link.
start-sign-in-failed = Konto oder Passwort stimmt nicht.
start-password-weak = Bitte wählen Sie ein längeres Passwort, das sich nicht leicht erraten lässt.
start-oidc = Mit dem Konto der Stadt anmelden
start-oidc-or = Oder mit einem eigenen Konto und Passwort:
start-oidc-on = Sie sind angemeldet
start-oidc-go = Weiter
start-oidc-off = Auch beim Anmeldedienst der Stadt abmelden
start-oidc-away = Der Anmeldedienst der Stadt antwortet nicht. Bitte später noch einmal, oder mit eigenem Passwort.
start-oidc-refused = Die Anmeldung beim Anmeldedienst der Stadt passt nicht. Bitte der Technik sagen: der Grund steht im Protokoll des Servers.
start-oidc-group = Ihr Konto der Stadt hat hier keine Aufgabe. Bitte der Verwaltung sagen, wofür Sie es brauchen.
start-oidc-disabled = Dieses Konto ist hier gesperrt. Die Verwaltung hilft weiter.
start-oidc-again = Die Anmeldung hat zu lange gedauert oder wurde unterbrochen. Bitte noch einmal.
start-passkey = Zweiter Schritt
start-passkey-how = Ihr Passwort stimmt. Bestätigen Sie jetzt mit Ihrem Passkey.
start-passkey-press = Mit Passkey bestätigen
start-passkey-failed = Der Passkey hat nicht gepasst, oder es hat zu lange gedauert. Bitte noch einmal anmelden.
start-passkey-nowhere = Ihr Konto braucht einen Passkey. Den fragt der Browser nur über https und den Namen des Servers ab: bitte diese Adresse öffnen.
start-device = Dieses Gerät anmelden
start-device-token = Geräteschlüssel
start-device-what = Für Anzeigen und Automaten: der Schlüssel, den „aufruf token“ ausgibt.
start-device-pair = Einen Bildschirm mit einem Code koppeln
start-device-set = Gerät anmelden
start-new-tab = (neuer Tab)
start-home = Zum Anfang
start-problem-403 = Dafür fehlt die Berechtigung
start-problem-403-how = Bitte mit einem Konto anmelden, das diese Seite öffnen darf.
start-problem-origin = Diese Adresse kennt der Server nicht
start-problem-origin-how = Bitte der Technik sagen: dem Server fehlt die Angabe, unter welcher Adresse er aufgerufen wird.
start-problem-404 = Diese Seite gibt es nicht
start-problem-404-how = Vielleicht ein Tippfehler in der Adresse, oder der Link ist alt.
start-problem-410 = Dieser Link gilt nicht mehr
start-problem-410-how = Links zu Nummern gelten nur an ihrem Tag. Bitte am Empfang fragen.
start-problem-link-how = Er wurde schon benutzt, durch einen neueren ersetzt oder ist älter als ein Tag. Die Verwaltung gibt Ihnen einen neuen.
start-problem-429 = Zu viele Versuche
start-problem-429-how = Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.
start-problem-500 = Das hat nicht geklappt
start-problem-500-how = Der Fehler liegt bei uns. Bitte noch einmal versuchen.
start-problem-503 = Gerade nicht erreichbar
start-problem-503-how = Bitte in einem Augenblick noch einmal versuchen. Es ist nichts verloren.

## Neuer Bildschirm

pair-title = Bildschirm einrichten
pair-how = Auf der Tafel der Aufsicht bei „Geräte“ auf „Gerät koppeln“ drücken und diesen Code eintippen.
pair-changes = Der Code gilt nur kurz, dann erscheint ein neuer.
pair-insecure = Diese Adresse ist nicht verschlüsselt (https). Nach einem Neustart ohne Server bleibt der Bildschirm leer.
pair-done = Gekoppelt als %
pair-away = Keine Verbindung zum Server. Es geht von selbst weiter.
pair-token = Stattdessen mit einem Geräteschlüssel anmelden

## Erklärung zur Barrierefreiheit

statement-what = Diese Erklärung gilt für die Anzeigen, den Automaten, das Ticket auf dem Telefon und diese Seiten.
statement-how = Unser Maßstab ist die Norm EN 301 549. Bei jeder neuen Fassung prüfen das Programme. Menschen mit Behinderungen haben es noch nicht geprüft.
statement-gaps = Das geht noch nicht
statement-gap-signs = Es gibt keine Videos in Gebärdensprache.
statement-gap-easy = Die Texte in Leichter Sprache sind ein Entwurf.
statement-instead = Am Empfang hilft Ihnen jemand. Sie brauchen dafür weder Automat noch Telefon.
statement-report = Etwas geht für Sie nicht?
statement-write = Bitte schreiben Sie uns oder rufen Sie an.
statement-ask = Bitte sagen Sie es am Empfang.
statement-form = Formular
statement-enforcement = Unsere Antwort hilft Ihnen nicht? Die Durchsetzungsstelle vermittelt, ohne Kosten.

## Wartedisplay

wall-title = Aufruf
wall-room = Wartezeiten
wall-media = Bilder
wall-media-hold = Bilder anhalten
wall-media-go-on = Bilder weiter
wall-nobody = Bitte warten. Ihre Nummer wird hier gezeigt und angesagt.
wall-closed = Heute ist geschlossen.
wall-please-wait = Bitte warten
wall-desk-paused = Pause
wall-desk-back = Pause bis { $time }
wall-phrase-checked = yes
wall-phrase-wait = Bitte warten Sie einen Moment.
wall-phrase-sign = Bitte unterschreiben Sie hier.
wall-phrase-papers = Bitte zeigen Sie mir:
wall-phrase-come-back = Bitte kommen Sie wieder mit:
wall-phrase-done = Sie sind fertig. Auf Wiedersehen.
wall-more = { $count ->
    [one] 1 weitere Nummer im Wechsel
   *[other] { $count } weitere Nummern im Wechsel
}
wall-waits = Wartezeit ab jetzt, in Minuten
wall-waiting = Es warten
wall-count = { $count ->
    [one] 1 wartet
   *[other] { $count } warten
}
wall-service-closed = geschlossen
wall-not-today = heute voraussichtlich nicht mehr
wall-next = Als Nächste
wall-missed = Verpasst? Bitte zum Empfang.
wall-letters = Jeder Buchstabe ist ein anderes Anliegen.
wall-door = Automat kaputt? Nummer am Handy ziehen:
wall-door-code = Code
wall-moved = Jetzt bei „{ $service }“: { $numbers }{ $more ->
    [0] {""}
   *[other] {" "}und { $more } weitere
}. Ihr Platz in der Reihe bleibt.
wall-spoken = Nummer { $number }, { $counter }{ $way ->
    [nowhere] {""}
   *[other] , { $way }
}
wall-ask = Bitte am Empfang fragen.
wall-hidden = Die Aufrufe sind ausgeblendet, weil sie nicht mehr stimmen könnten. Bitte am Empfang fragen.
wall-refused = Diese Anzeige ist nicht angemeldet.
wall-unknown = Diese Anzeige gibt es in diesem Büro nicht.
wall-sound-off = Ton aus – hier tippen

## Pfeile an Anzeige und Telefon

place-left = nach links
place-right = nach rechts
place-up = die Treppe hoch
place-down = die Treppe hinunter
place-straight = geradeaus

## Telefonticket

phone-your-number = Ihre Nummer
phone-state-waiting = Sie warten
phone-state-called = Sie sind dran
phone-state-serving = Sie sind am Schalter
phone-state-parked = Kurz zurückgestellt
phone-state-away = Ihre Nummer macht Pause
phone-state-missed = Sie wurden aufgerufen
phone-state-finished = Fertig
phone-state-cancelled = Nummer zurückgegeben
phone-state-expired = Diese Nummer gilt nicht mehr
phone-leave = Sie können bis { $time } weggehen.
phone-moved = Ihre Nummer wurde um { $time } zu diesem Anliegen verschoben. Ihr Platz in der Reihe bleibt.
phone-longer-fewer-counters = Es dauert länger als angekündigt, weil weniger Schalter offen sind.
phone-ahead = { $count ->
    [0] Niemand ist vor Ihnen
    [one] 1 Person vor Ihnen
   *[other] { $count } Personen vor Ihnen
}
phone-you-are-next = Sie sind als Nächste dran
phone-not-before = Sie können ab { $time } wieder aufgerufen werden
phone-called-at = Sie wurden um { $time } aufgerufen
phone-missed-once-how = Sind Sie da? Dann bleiben Sie bitte im Warteraum.
phone-here = Ich bin da
phone-here-how = Gut. Sie stehen wieder in der Reihe und werden noch einmal aufgerufen.
phone-passed-appointment = { $count ->
    [one] 1 Person mit Termin kam vor Ihnen dran.
   *[other] { $count } Personen mit Termin kamen vor Ihnen dran.
}
phone-passed-other = { $count ->
    [one] 1 Person kam aus anderem Grund vor Ihnen dran.
   *[other] { $count } Personen kamen aus anderem Grund vor Ihnen dran.
}
phone-come = Bitte kommen Sie jetzt zu
phone-spoken-called = Nummer { $number } ist dran: { $counter }
phone-parked-how = Bitte bleiben Sie in der Nähe. Sie werden wieder aufgerufen.
phone-away-until = Pause bis { $time }
phone-away-how = Sie behalten Ihren Platz. Solange werden Sie nicht aufgerufen.
phone-missed-ago = vor { $age }
phone-missed-how = Sind Sie da? Dann kommen Sie bald wieder dran.
phone-missed-desk = Bitte melden Sie sich am Empfang.
phone-goodbye = Auf Wiedersehen.
phone-cancelled-how = Für eine neue Nummer gehen Sie bitte zum Automaten.
phone-expired-how = Für eine neue Nummer gehen Sie bitte zum Automaten.
phone-ring = Klingeln, wenn ich dran bin
phone-ring-on = Klingelt, solange diese Seite offen ist
phone-push = Nachricht, wenn ich dran bin
phone-push-on = Nachricht kommt, auch wenn die Seite zu ist
phone-push-denied = Dieser Browser erlaubt keine Nachrichten. Bitte lassen Sie die Seite offen.
phone-push-failed = Das ging nicht. Bitte lassen Sie diese Seite offen.
phone-no-https = Ohne https: keine Nachricht, wenn die Seite zu ist, und der Bildschirm kann ausgehen.
phone-later = Erst um { $from } bis { $to } aufgerufen werden
phone-pause = { $minutes ->
    [one] Ich brauche { $minutes } Minute mehr Zeit
   *[other] Ich brauche { $minutes } Minuten mehr Zeit
}
phone-pause-longer = { $minutes ->
    [one] Noch einmal { $minutes } Minute Pause
   *[other] Noch einmal { $minutes } Minuten Pause
}
phone-cancel = Ich komme nicht mehr
phone-cancel-really = Nummer zurückgeben?
phone-cancel-means = Sie verlieren Ihren Platz in der Reihe.
phone-cancel-yes = Ja, Nummer zurückgeben
phone-cancel-no = Nein, ich komme
phone-return-missed = Ich bin da, bitte wieder aufrufen
phone-return-away = Ich bin wieder da
phone-way-step-free = Weg ohne Stufen zeigen
phone-papers = Bitte bereithalten
phone-look-again = Neu laden: der Stand ändert sich hier nicht von selbst.
phone-link-dead = Dieser Link gilt nicht mehr. Bitte am Empfang fragen.

## Termine

book-title = Termin vereinbaren
book-question = Worum geht es?
book-several = Sie können bis zu { $most } Anliegen in einem Termin erledigen.
book-persons = Für wie viele Personen?
book-find = Freie Zeiten zeigen
book-walk-in = Ohne Termin heute:
book-choose = Bitte wählen Sie ein Anliegen oder mehrere, höchstens fünf.
book-when-ask = Wann passt es Ihnen?
book-takes = { $minutes ->
    [one] dauert etwa { $minutes } Minute
   *[other] dauert etwa { $minutes } Minuten
}
book-change = Anderes Anliegen
book-free = { $count ->
    [one] { $count } freie Zeit
   *[other] { $count } freie Zeiten
}
book-morning = Vormittag
book-afternoon = Nachmittag
book-later = Spätere Tage
book-none = In dieser Zeit ist nichts frei. Sie können auch ohne Termin kommen.
book-elsewhere = Frei in anderen Ämtern
book-taken = Diese Zeit ist gerade vergeben worden. Bitte wählen Sie eine andere.
book-expired = Die Zeit ist nicht mehr für Sie reserviert. Bitte wählen Sie noch einmal.
book-work-undone = Ihr Browser muss kurz etwas rechnen, damit Programme keine Termine horten. Das ging nicht: Bitte erlauben Sie JavaScript, oder rufen Sie an oder kommen Sie vorbei.
book-work-wait = Einen Augenblick, Ihre Zeit wird geholt …
book-next = Nächster freier Termin:
book-next-none = Zurzeit ist kein Termin frei.
wish-title = Bescheid bekommen, sobald etwas frei wird
wish-why = Wird eine passende Zeit frei, bekommen Sie eine Mail. Die Zeit ist dann { $span } für Sie reserviert.
wish-first = Frühestens am
wish-last = Spätestens am
wish-part = Zu welcher Zeit?
wish-any = Egal
wish-sites = Auch in diesen Ämtern
wish-mail = E-Mail-Adresse
wish-send = Bescheid bekommen
wish-noted = Sie bekommen eine Mail, sobald etwas frei wird.
wish-end = Nicht mehr suchen
wish-ended = Wir suchen nicht mehr
wish-ended-means = Ihre E-Mail-Adresse ist gelöscht.
wish-free = Eine Zeit ist frei geworden
wish-take = Diesen Termin buchen
wish-gone = Diese Zeit ist nicht mehr für Sie reserviert. Wir suchen weiter.
wish-subject = Frei geworden: { $when }
book-yours = Ihr Termin
book-when = { $day }, { $time } Uhr
book-day = { $day }
book-people = { $count ->
    [one] { $count } Person
   *[other] { $count } Personen
}
book-held = Bis { $time } Uhr ist diese Zeit für Sie reserviert.
book-nameless = Wir fragen nicht nach Ihrem Namen. Sie bekommen einen Code.
book-confirm = Termin buchen
book-other = Andere Zeit
book-papers = Bitte mitbringen
book-done = Ihr Termin ist gebucht.
book-moved = Ihr Termin ist verschoben.
book-here = Sie sind angemeldet. Ihre Nummer:
book-code = Ihr Code
book-code-is = Code für die Anmeldung im Amt: { $code }
book-code-picture = Ihr Code als Bild für den Automaten
book-code-how = Melden Sie sich damit am Automaten an, sobald Sie da sind.
book-keep = Wer diese Seite öffnen kann, kann den Termin ändern. Heben Sie ihre Adresse auf.
book-calendar = In den Kalender eintragen
book-missed = Dieser Termin ist vorbei.
book-again = Neuen Termin vereinbaren
book-move = Termin verschieben
book-cancel = Termin absagen
book-cancel-means = Die Zeit wird dann für andere frei.
book-cancel-yes = Ja, absagen
book-cancelled = Ihr Termin ist abgesagt
book-over = Diesen Termin gibt es nicht mehr
book-until-now = Bisher: { $time }
book-mail = E-Mail-Adresse (freiwillig)
book-mail-why = Dann bekommen Sie eine Mail mit Code, Erinnerung und Links zum Verschieben und Absagen. Am Ende des Tages Ihres Termins löschen wir die Adresse.
book-mail-wrong = Das ist keine E-Mail-Adresse. Sie können das Feld auch leer lassen.
book-mail-sent = Sie bekommen gleich eine Mail.
book-mail-failed = Ihre E-Mail-Adresse konnte nicht gespeichert werden. Bitte notieren Sie den Code.
mail-subject-booked = Ihr Termin: { $when }
mail-subject-moved = Ihr Termin ist verschoben: { $when }
mail-subject-cancelled = Ihr Termin ist abgesagt: { $when }
mail-subject-reminder = Erinnerung an Ihren Termin: { $when }
mail-reminder = Bitte denken Sie an Ihren Termin.
mail-release = Können Sie nicht kommen? Dann sagen Sie den Termin bitte ab, damit andere die Zeit bekommen.
mail-also = Zu dieser E-Mail-Adresse gibt es noch einen Termin: { $when }. Wenn Sie nur einen brauchen, sagen Sie den anderen bitte ab.
mail-foot = Diese Mail kommt von { $office }, weil jemand Ihre Adresse bei der Buchung angegeben hat. Am Ende des Tages Ihres Termins löschen wir sie.

## Nummer mit dem Code an der Tür

draw-how = Tragen Sie den Code ein, der gerade an der Tür angezeigt wird. Er ändert sich alle fünf Minuten.
draw-code = Code an der Tür (sechs Ziffern)
draw-none = In diesem Amt gibt es Nummern nur am Automaten und am Empfang.
draw-have = Sie haben schon die Nummer { $number }.
draw-show = Meine Nummer zeigen
draw-choose = Bitte wählen Sie ein Anliegen.
draw-wrong = Dieser Code gilt nicht mehr oder stimmt nicht. Bitte lesen Sie ihn an der Tür noch einmal ab.
draw-already = Mit diesem Code haben Sie schon eine Nummer gezogen. In fünf Minuten steht an der Tür ein neuer.
draw-nothing = Gerade ist kein Anliegen geöffnet.
draw-qr = QR-Code: Adresse dieser Seite

## Kiosk

kiosk-title = Nummer ziehen
kiosk-question = Wofür sind Sie da?
kiosk-touch = Bitte tippen. Sie bekommen eine Nummer.
kiosk-closed-title = Gerade ist geschlossen.
kiosk-closed-now = Jetzt gibt es hier keine Nummern.
kiosk-closed = geschlossen
kiosk-closed-closed = zurzeit geschlossen
kiosk-closed-day-closed = noch nicht geöffnet
kiosk-closed-hours = jetzt nicht geöffnet
kiosk-closed-limit = für heute sind alle Nummern vergeben
kiosk-closed-not-today = heute voraussichtlich nicht mehr erreichbar
kiosk-closed-no-numbers = zurzeit keine Nummern an diesem Automaten, bitte zum Empfang
kiosk-comma = ,
kiosk-opens-today = heute ab { $time } wieder geöffnet
kiosk-opens-on = wieder ab { $day }, { $time }
kiosk-waiting = { $count ->
    [0] niemand wartet
    [one] 1 Person wartet
   *[other] { $count } Personen warten
}
kiosk-reached-yes = heute sicher
kiosk-reached-likely = heute wahrscheinlich
kiosk-reached-no = heute voraussichtlich nicht mehr
kiosk-not-step-free = zurzeit kein stufenloser Schalter offen
kiosk-online = Geht auch von zu Hause: { $address }
kiosk-cut-off = Der Automat hat gerade keine Verbindung. Bitte gehen Sie zum Empfang.
kiosk-alone = Der Automat hat gerade keine Verbindung. Sie bekommen hier trotzdem eine Nummer.
kiosk-refused = Dieser Automat ist nicht angemeldet. Bitte gehen Sie zum Empfang.
kiosk-unknown = Diesen Automaten gibt es in diesem Büro nicht. Bitte gehen Sie zum Empfang.
kiosk-unanswered = Es kam keine Antwort. Bitte tippen Sie noch einmal auf dasselbe, Sie bekommen nur eine Nummer. Sonst gehen Sie bitte zum Empfang.

kiosk-appointment = Ich habe einen Termin
kiosk-needs = Ich brauche Hilfe oder mehr Platz
kiosk-large = Große Schrift
kiosk-help = Jemand soll kommen
kiosk-on = Weiter
kiosk-needs-title = Was brauchen Sie?
kiosk-needs-why = Sie müssen nichts begründen. Nur das Personal sieht es.
kiosk-needs-given = Vermerkt: { $needs }
kiosk-needs-change = Ändern
kiosk-need-step-free = Weg ohne Stufen
kiosk-need-escort = Bitte holen Sie mich ab
kiosk-need-visual-call = Ich höre den Aufruf nicht
kiosk-need-hearing-loop = Hörschleife
kiosk-need-interpreter = Dolmetschen
kiosk-need-more-room = Mehr Platz (Kinderwagen, Rollator)
kiosk-help-asked = Wir haben Bescheid gegeben. Bitte warten Sie hier.
kiosk-help-coming = Es kommt jemand zu Ihnen.
kiosk-help-nobody = Im Moment ist niemand frei. Bitte gehen Sie zum Empfang.
kiosk-help-failed = Das hat nicht geklappt. Bitte gehen Sie zum Empfang.

kiosk-code-title = Ihr Code
kiosk-code-where = Er steht in Ihrer Bestätigung. Sie können ihn auch scannen.
kiosk-code = Code
kiosk-keypad = Tastatur
kiosk-check-in = Anmelden
kiosk-erase = Löschen

kiosk-your-number = Ihre Nummer
kiosk-take-paper = Bitte nehmen Sie das Papier.
kiosk-no-paper = Heute ohne Papier: Bitte merken Sie sich die Nummer.
kiosk-qr = Auf Ihrem Telefon: scannen und Platz in der Reihe sehen
kiosk-qr-alt = Code für Ihr Telefon
kiosk-ahead = { $count ->
    [0] Sie sind als Nächstes dran.
    [one] 1 Person ist vor Ihnen.
   *[other] { $count } Personen sind vor Ihnen.
}
kiosk-learning = Die Wartezeiten sind geschätzt, die Schätzung lernt noch.
kiosk-expected = Sie warten etwa
kiosk-called-how = Ihre Nummer wird angezeigt und angesagt.
kiosk-papers = Bitte bereithalten
kiosk-done = Fertig
kiosk-longer = Länger zeigen
kiosk-still-there = Sind Sie noch da?
kiosk-ends-in = { $seconds ->
    [one] Die Anzeige beginnt in 1 Sekunde neu.
   *[other] Die Anzeige beginnt in { $seconds } Sekunden neu.
}
kiosk-more-time = Ja, weiter

kiosk-several = Mehrere Anliegen
kiosk-touch-several = Tippen Sie alles an, was Sie brauchen. Sie bekommen eine Nummer für alles.
kiosk-search = Anliegen suchen
kiosk-below = Weitere Anliegen
kiosk-goes-on = Hier geht es weiter
kiosk-chosen = { $count ->
    [0] Noch nichts gewählt
    [one] Weiter mit 1 Anliegen
   *[other] Weiter mit { $count } Anliegen
}
kiosk-one-ticket = eine Nummer für alles
kiosk-low = Tasten weiter unten
kiosk-matter = Ihre Anliegen
kiosk-bring = Bitte bringen Sie mit:
kiosk-wait-now = Zurzeit
kiosk-persons = Wie viele Personen?
kiosk-how-many = Wie viele?
kiosk-less = weniger
kiosk-more = mehr
kiosk-have = Ich habe alles: Nummer ziehen
kiosk-draw = Nummer ziehen
kiosk-come-back = Ich komme wieder
kiosk-come-back-means = So lange bleibt Ihr Platz in der Reihe: { $minutes } min.
kiosk-later = Lieber heute { $from } bis { $to }
kiosk-later-means = Ihr Platz bleibt. Sie werden nicht vor { $from } aufgerufen.
kiosk-later-taken = Bitte seien Sie um { $from } hier. Sie werden etwa bis { $to } aufgerufen.
kiosk-back-by = Ihr Platz bleibt. Bitte seien Sie bis { $time } zurück.
kiosk-online-alt = Code für Ihr Telefon: von zu Hause erledigen
kiosk-mine = Meine Nummer
kiosk-mine-title = Ihre Nummer
kiosk-mine-where = Nummer und die vier Zeichen daneben, oder das Papier unter den Leser halten.
kiosk-mine-code = Nummer und Zeichen
kiosk-mine-show = Anzeigen
kiosk-mine-unknown = Diese Nummer mit diesen Zeichen kennen wir heute nicht.
kiosk-print-again = Noch einmal drucken
kiosk-own-code = Ihre Zeichen für diesen Automaten:
kiosk-speech-on = Sprachausgabe an. Pfeil-Tasten: weiter und zurück. Eingabe-Taste: auswählen. Plus und Minus: lauter und leiser.
kiosk-speech-volume = Lautstärke { $percent } Prozent
kiosk-speech-chosen = gewählt
kiosk-speech-off = geht gerade nicht
kiosk-needs-help = Ich brauche Hilfe
kiosk-search-title = Was suchen Sie?
kiosk-search-typed = Ihre Buchstaben
kiosk-search-found = { $count ->
    [0] Nichts gefunden
    [one] 1 Anliegen
   *[other] { $count } Anliegen
}

## Papierticket

ticket-day = { $weekday ->
    [1] Mo
    [2] Di
    [3] Mi
    [4] Do
    [5] Fr
    [6] Sa
   *[7] So
} { $day }.{ $month }.
ticket-wait = Sie warten etwa
ticket-range = { common-range } Minuten
ticket-minutes = { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
}
ticket-leave = Sie können bis { $time } weggehen (Stand { $drawn }).
ticket-ahead = { $count ->
    [0] Sie sind als Nächstes dran
    [one] Eine Person vor Ihnen
   *[other] { $count } Personen vor Ihnen
}
ticket-link = Ihr Platz in der Reihe, auf Ihrem Telefon
ticket-code = Zeichen für den Automaten: { $code }
ticket-papers = Bitte bereithalten:
ticket-follow = Ihre Nummer wird angezeigt und angesagt.
ticket-alone = Ohne Verbindung ausgegeben. Ihre Nummer gilt.

## Ansage

# Gesprochen: Nummer A, null eins sieben, bitte zu Schalter drei. Kein Punkt am Ende.
say-call = Nummer { $number }, bitte zu { $place }
say-call-way = Nummer { $number }, bitte zu { $place }, { $way }
say-brief = { $number }, { $place }
say-test = Dies ist eine Probe, so klingt eine Ansage
say-counter = Schalter { $counter }
# Wie Wörter auf Schildern gesprochen werden (Schild: gesprochen).
say-place-names = Schalter: Schalter, Zimmer: Zimmer, Raum: Raum, Platz: Platz
# Die Zahlen 0 bis 99; die ersten zehn sind auch die Ziffern.
say-numbers =
    null, eins, zwei, drei, vier, fünf, sechs, sieben, acht, neun,
    zehn, elf, zwölf, dreizehn, vierzehn, fünfzehn, sechzehn, siebzehn, achtzehn, neunzehn,
    zwanzig, einundzwanzig, zweiundzwanzig, dreiundzwanzig, vierundzwanzig, fünfundzwanzig, sechsundzwanzig, siebenundzwanzig, achtundzwanzig, neunundzwanzig,
    dreißig, einunddreißig, zweiunddreißig, dreiunddreißig, vierunddreißig, fünfunddreißig, sechsunddreißig, siebenunddreißig, achtunddreißig, neununddreißig,
    vierzig, einundvierzig, zweiundvierzig, dreiundvierzig, vierundvierzig, fünfundvierzig, sechsundvierzig, siebenundvierzig, achtundvierzig, neunundvierzig,
    fünfzig, einundfünfzig, zweiundfünfzig, dreiundfünfzig, vierundfünfzig, fünfundfünfzig, sechsundfünfzig, siebenundfünfzig, achtundfünfzig, neunundfünfzig,
    sechzig, einundsechzig, zweiundsechzig, dreiundsechzig, vierundsechzig, fünfundsechzig, sechsundsechzig, siebenundsechzig, achtundsechzig, neunundsechzig,
    siebzig, einundsiebzig, zweiundsiebzig, dreiundsiebzig, vierundsiebzig, fünfundsiebzig, sechsundsiebzig, siebenundsiebzig, achtundsiebzig, neunundsiebzig,
    achtzig, einundachtzig, zweiundachtzig, dreiundachtzig, vierundachtzig, fünfundachtzig, sechsundachtzig, siebenundachtzig, achtundachtzig, neunundachtzig,
    neunzig, einundneunzig, zweiundneunzig, dreiundneunzig, vierundneunzig, fünfundneunzig, sechsundneunzig, siebenundneunzig, achtundneunzig, neunundneunzig

## Schalter

counter-title = Schalter
counter-acts = Was ich tun kann
counter-current = Wen ich bediene
counter-lists = Wer wartet
counter-state-closed = geschlossen
counter-state-open = geöffnet
counter-state-paused = Pause
counter-state-wrap-up = Nacharbeit

counter-act-take-over = Schalter übernehmen
counter-act-open = Schalter öffnen
counter-act-open-with = Öffnen mit …
counter-act-close = Schließen
counter-act-resume = Weiter arbeiten
counter-act-ready = Wieder bereit
counter-act-next = Nächste Nummer
counter-act-finish-next = Fertig, nächste Nummer
counter-act-finish-pause = Fertig, dann Pause
counter-act-finish-wrap-up = Fertig und Nacharbeit
counter-act-finish = Fertig
counter-act-arrived = Ist da
counter-act-repeat = Noch einmal rufen
counter-act-missed = Nicht erschienen
counter-act-withdraw = Zurücknehmen
counter-act-park = Parken
counter-act-transfer = Weiterleiten
counter-act-without = Ohne Ergebnis beenden
counter-act-direct = Ohne Nummer bedienen
counter-act-pause = Pause
counter-act-pause-after = Pause danach
counter-act-no-pause = Doch keine Pause
counter-act-wrap-up = Nacharbeit
counter-act-call = Aufrufen
counter-act-call-finish = Fertig und diese Nummer rufen
counter-act-resume-ticket = Weiter
counter-act-return = Zurück in die Reihe
counter-act-away = { $minutes } Minuten zurückstellen
counter-act-priority = Vorrang geben
counter-act-no-priority = Vorrang nehmen
counter-act-print = Noch einmal drucken
counter-act-note = Notiz schreiben
counter-act-note-change = Notiz ändern
counter-act-ready-for = Bereit: wer kommt, wird gerufen
counter-act-not-ready = Doch nicht von selbst rufen
counter-act-cancel = Nummer streichen
counter-act-phrase = Auf der Anzeige sagen
counter-phrase-title = Auf der Anzeige zu { $number } sagen
counter-phrase-yes = geprüft
counter-phrase-no = maschinell übersetzt, noch nicht geprüft
counter-phrase-none = Nichts mehr zeigen
counter-act-part = Nur ein Teil fertig
counter-act-pick = Bestimmte Nummer rufen
counter-act-services = Anliegen hinzufügen
counter-terminal-choose = Pfeile, Enter wählt, Esc lässt es
counter-terminal-write = Eine Zeile, Enter behält sie, Esc lässt es
counter-terminal-digits = Geparkte, nicht Erschienene und Spätere zurückholen
counter-terminal-keys = Pfeile, Enter: andere Taste · Entf: alle wie am Anfang · Esc: zurück
counter-terminal-key-stays = Diese Taste bleibt, wie sie ist.
counter-terminal-key-taken = Diese Taste geht nicht: bitte einen Buchstaben, ein Zeichen oder F1 bis F12.
counter-terminal-keys-not-kept = Gilt bis zum Ende, konnte aber nicht gespeichert werden: { $reason }

counter-help = Hilfe
counter-keys = Tasten und Ansicht
counter-keys-on = Tasten benutzen
counter-key-change = ändern
counter-key-change-of = { $act }: andere Taste
counter-key-press = Taste drücken …
counter-keys-reset = Alle Tasten wie am Anfang
counter-more = Mehr
counter-strip = Als schmalen Streifen öffnen
counter-desktop = Auf dem Bildschirm melden, wenn jemand wartet oder etwas zu lesen ist
counter-desktop-insecure = Meldungen auf dem Bildschirm gehen nur mit https.
counter-desktop-next = { $number } wartet.
counter-theme = Farben
counter-theme-paper = Hell
counter-theme-night = Dunkel
counter-theme-contrast = Hoher Kontrast

counter-services = Anliegen
counter-marks = Zu beachten
counter-language = Sprache
counter-waited = Gewartet
counter-left = noch { $range }
counter-why = Grund
counter-attempt = Aufruf
counter-attempt-count = zum { $count }. Mal
counter-note = Notiz
counter-note-title = { $number }: Notiz
counter-note-label = Für Kolleginnen und Kollegen
counter-note-hint = Nur Personal sieht sie. Am Ende des Tages wird sie gelöscht.
counter-note-keep = Notiz behalten
counter-slot = Termin
counter-misses = Nicht erschienen
counter-persons = Personen
counter-since-call = seit dem Aufruf
counter-at-counter = am Schalter
counter-seen = gezeigt auf { $seen } von { $displays } Anzeigen
counter-spoken = angesagt
counter-not-spoken = nicht angesagt
counter-nobody-saw = noch auf keiner Anzeige zu sehen
counter-mind-visual = hört den Aufruf nicht, bitte länger warten
counter-mind-escort = bitte abholen

counter-what-is-done = Was ist erledigt?
counter-nothing-done = Nichts erledigt: weiterleiten, parken oder ohne Ergebnis beenden.
counter-elsewhere = danach an einem anderen Schalter
counter-elsewhere-station = danach: { $station }
counter-add-service = Anliegen hinzufügen
counter-add-title = { $number }: Was noch?
counter-add-verb = Hinzufügen
counter-open-with = Womit öffnen?
counter-closed-line = Dieser Schalter ist geschlossen.
counter-taken = Diesen Schalter hat seit { $time } jemand anderes.
counter-taken-case = Wer übernimmt, übernimmt auch diese Nummer.
counter-wrap-up-line = Nacharbeit
counter-pause = Pause
counter-paused-until = { $reason }, zurück um { $time }
counter-pause-coming = Nach dieser Nummer beginnt die Pause.
counter-ready-line = Bereit. Wer als Nächstes kommt, wird sofort aufgerufen.
counter-next-up = Als Nächstes
counter-nobody-waits = Niemand wartet.

counter-list-queue = Als Nächstes
counter-list-parked = Geparkt
counter-list-missed = Nicht erschienen
counter-list-away = Kommt später
counter-queue = Als Nächstes ({ $count ->
    [one] 1 wartet
   *[other] { $count } warten
})
counter-parked = Geparkt
counter-missed = Nicht erschienen
counter-away = Kommt später
counter-not-before = wieder aufrufbar in { $left }
counter-my-lines = Meine Reihen
counter-line = { $count }, längste { $longest }
counter-line-none = niemand
counter-every-line = Alle Reihen des Büros
counter-colleagues = Andere Schalter

counter-transfer-title = { $number } weiterleiten
counter-to-service = An ein Anliegen
counter-to-counter = An einen Schalter
counter-to-station = An einen Automaten
counter-to-same-service = Zurück an dasselbe Anliegen
counter-to-closed = An einen geschlossenen Schalter
counter-not-before-label = Frühestens aufrufen
counter-now = sofort
counter-pause-title = Pause
counter-pause-after-title = Pause nach dieser Nummer
counter-pause-reason = Grund
counter-back-in = Zurück in
counter-back-open = offen
counter-channel = Wie?
counter-direct-title = Ohne Nummer bedienen
counter-missed-title = { $number } nicht erschienen?
counter-without-title = { $number } ohne Ergebnis beenden
counter-outcome = Wie endet es?
counter-outcome-not-possible = Heute nicht möglich
counter-outcome-left = Ist gegangen
counter-needs = Braucht
counter-needs-keep = Angaben übernehmen

counter-assigned = { $who }: diesem Schalter zugeteilt: { $services }
counter-assigned-until = { $who }: diesem Schalter bis { $time } zugeteilt: { $services }
counter-message = Aufsicht:
counter-message-read = Gelesen

counter-said-called = { $number } ist aufgerufen.
counter-said-serving = { $number } ist am Schalter.
counter-said-repeated = { $number } ist noch einmal aufgerufen.
counter-said-gone = { $number } ist nicht mehr an diesem Schalter.
counter-said-finished-nobody = { $number } ist fertig. Niemand wartet.
counter-said-mode-free = Der Schalter ist bereit.
counter-said-mode-paused = Pause.
counter-said-mode-wrap-up = Nacharbeit.
counter-said-mode-closed = Der Schalter ist geschlossen.
counter-said-mode-taken = Jemand anderes hat diesen Schalter übernommen.
counter-said-mode-called = Der Schalter ruft auf.
counter-said-mode-serving = Der Schalter bedient.

staff-stranded = { $count ->
    [one] Eine Nummer kann niemand aufrufen.
   *[other] { $count } Nummern kann niemand aufrufen.
}
staff-stranded-no-counter = kein Schalter dafür offen
staff-stranded-no-step-free = kein stufenloser Schalter dafür offen
staff-stranded-no-hearing-loop = kein Schalter mit Hörschleife dafür offen
staff-stranded-no-more-room = kein Schalter mit mehr Platz dafür offen
staff-stranded-counter-closed = wartet auf einen Schalter, der geschlossen ist
staff-stranded-station-closed = wartet auf einen Automaten, der geschlossen ist
staff-stranded-place-lacks = wartet auf einen Platz, der nicht hat, was gebraucht wird
staff-stranded-station-silent = wartet an einem Automaten, der sich nicht meldet
staff-and-more = und { $count } weitere
staff-help = { $device }: Jemand braucht Hilfe.
staff-help-accept = Es kommt jemand
staff-lists = Zu den Listen
staff-show-all = alle { $count } zeigen
staff-show-fewer = weniger zeigen
staff-refused = { $act }: nicht möglich.
staff-undo = Rückgängig
staff-practice = Übung: hier ist nichts echt, alles darf ausprobiert werden.
staff-case-kept = Was Sie sehen, bleibt stehen.
staff-presses-kept = { $count ->
    [one] Ein Druck wartet auf Antwort, höchstens { $seconds } Sekunden lang.
   *[other] { $count } Tastendrücke warten auf Antwort, höchstens { $seconds } Sekunden lang.
}
staff-press-given-up = Seit { $seconds } Sekunden keine Antwort. Der Druck wird nicht mehr gesendet; was gilt, zeigt die Seite, sobald sie wieder verbunden ist.
staff-sign-in = Anmelden
staff-account = Anmeldung
staff-home = Zum Anfang
staff-sign-out = Abmelden
staff-signed-in = Angemeldet: { $who }
staff-signed-in-nameless = Angemeldet, noch ohne Passwort
staff-signed-in-device = Dieses Gerät: { $who }
staff-line-not-signed-in = Sie sind nicht angemeldet.
staff-line-not-allowed = Diese Seite dürfen Sie nicht öffnen.
staff-line-origin-refused = Der Server kennt die Adresse dieser Seite nicht. Bitte der Technik sagen: im Protokoll steht, welche Angabe fehlt.
staff-line-unknown = Diese Seite gibt es in diesem Büro nicht.
staff-line-malformed = Diese Seite ist veraltet. Bitte neu laden.
staff-supervisor = Aufsicht
staff-desk = Empfang

staff-why-longest-wait = am längsten gewartet
staff-why-appointment = Termin
staff-why-priority = Vorrang
staff-why-boost = von der Aufsicht vorgezogen
staff-why-language = Sprache dieses Schalters
staff-why-only = sonst wartet niemand
staff-why-picked = ausgewählt
staff-why-returned = zurückgekommen
staff-why-early = Termin, früher möglich
staff-why-slot-in = Termin in { $minutes ->
    [one] 1 Minute
   *[other] { $minutes } Minuten
}
staff-why-slot-at = Termin { $time }
staff-need-step-free = stufenlos
staff-need-escort = bitte abholen
staff-need-visual-call = hört den Aufruf nicht
staff-need-hearing-loop = Hörschleife
staff-need-interpreter = Dolmetschen
staff-need-more-room = mehr Platz
staff-category-walk-in = ohne Termin
staff-category-priority = Vorrang
staff-category-appointment = Termin
staff-channel-counter = am Schalter
staff-channel-phone = am Telefon
staff-channel-mail = schriftlich
staff-channel-question = kurze Frage
staff-persons = { $count } Personen
staff-counter-calls = ruft { $number }
staff-counter-serves = bedient { $number }
staff-counter-free = frei
staff-counter-paused = Pause
staff-counter-paused-until = Pause bis { $time }
staff-counter-paused-for = Pause: { $reason }
staff-counter-wrap-up = Nacharbeit
staff-counter-closed = geschlossen

staff-did-something = Erledigt
staff-did-ticket-called = { $number } aufgerufen
staff-did-call-repeated = { $number } noch einmal aufgerufen
staff-did-call-withdrawn = Aufruf von { $number } zurückgenommen
staff-did-service-started = { $number } am Schalter
staff-did-service-finished = { $number } fertig
staff-did-ticket-missed = { $number } nicht erschienen
staff-did-ticket-parked = { $number } geparkt
staff-did-ticket-resumed = { $number } geht weiter
staff-did-ticket-returned = { $number } zurück in der Reihe
staff-did-ticket-paused = { $number } zurückgestellt
staff-did-ticket-transferred = { $number } weitergeleitet
staff-did-ticket-sent-to-station = { $number } zum Automaten geschickt
staff-did-ticket-cancelled = { $number } gestrichen
staff-did-ticket-issued = { $number } ausgegeben
staff-did-direct-service-started = { $number } ohne Wartezeit am Schalter
staff-did-services-set = Anliegen von { $number } geändert
staff-did-category-set = Vorrang von { $number } geändert
staff-did-needs-set = Angaben zu { $number } geändert
staff-did-ticket-boosted = { $number } vorgezogen oder zurückgestellt
staff-did-tickets-moved = Nummern verschoben
staff-did-tickets-moved-known = { $count } Nummern nach { $to } verschoben
staff-did-counter-opened = geöffnet
staff-did-counter-taken-over = übernommen
staff-did-counter-paused = Pause
staff-did-counter-resumed = arbeitet weiter
staff-did-wrap-up-begun = Nacharbeit
staff-did-counter-closed = geschlossen
staff-did-counter-assigned = neu zugeteilt
staff-did-gets = jetzt auch { $services }
staff-did-loses = ohne { $services }
staff-did-until = bis { $time }
staff-did-service-opened = Annahme geöffnet
staff-did-service-closed = Annahme geschlossen
staff-did-service-limited = Annahme begrenzt
staff-did-service-boosted = vorgezogen
staff-did-service-boosted-known = um { $minutes } Minuten vorgezogen
staff-did-policy-set = Reihenfolge geändert
staff-did-policy-set-known = Reihenfolge: { $preset }
staff-did-helper-called = { $helper } gerufen
staff-did-message-posted = Nachricht gezeigt
staff-did-message-cleared = Nachricht entfernt

staff-alarm = Alarm
staff-alarm-sure = Wirklich? Alarm auslösen
staff-alarm-chord = Stiller Alarm: zweimal drücken, oder Strg+Alt+A
staff-alarm-keys = Strg+Alt+A
staff-alarm-at = Alarm: { $place }.
staff-alarm-own = Der Alarm ist ausgelöst.
staff-alarm-nobody = Noch geht niemand hin.
staff-alarm-accepted = Es geht hin: { $by }.
staff-alarm-accept = Ich gehe hin
staff-alarm-end = Alarm beenden

press-unknown = „{ $what }“ gibt es nicht. Möglich: { $known }.
press-which-office = Dieses Token gilt für mehrere Büros ({ $offices }). Bitte --counter büro/{ $counter } angeben.
press-no-server = Der Server { $server } ist nicht zu erreichen ({ $reason }). Es wurde nichts gedrückt.
press-unanswered = Keine Antwort von { $server } ({ $reason }). Ob es gezählt hat, zeigt der Schalter.
press-certificate = Dem Zertifikat von { $server } wird nicht vertraut ({ $reason }). Es wurde nichts gedrückt.
staff-did-undone = Zurückgenommen

## Aufsicht

supervisor-title = Aufsicht
supervisor-waiting = { $count ->
    [one] wartet
   *[other] warten
}
supervisor-longest = längste Wartezeit
supervisor-of = { $count } von { $all }
supervisor-counters-open = Schaltern offen
supervisor-devices-away = { $count ->
    [one] Gerät meldet sich nicht
   *[other] Geräte melden sich nicht
}
supervisor-as-of-now = Stand: jetzt
supervisor-report = Bericht
supervisor-services = Anliegen
supervisor-service = Anliegen
supervisor-waits = wartet
supervisor-longest-short = längste
supervisor-expected = Wer jetzt zieht, wartet
supervisor-no-estimate = noch keine Schätzung
supervisor-target = Gegen das Ziel
supervisor-change = Ändern
supervisor-moves = Gesetzte Verschiebungen
supervisor-moves-revert = Zurücknehmen
supervisor-moves-since = seit { $time }
supervisor-moves-tickets = Nummern
supervisor-alerts = Warnungen
supervisor-alert-durability = Der Speicher kann bei einem Ausfall etwas verlieren
supervisor-alert-clock = Die Uhr des Servers stimmt nicht mit dem Tag des Amts überein
supervisor-alert-visual-call = { $place } meldet sich nicht: { $count ->
    [one] { $count } Person muss
   *[other] { $count } Personen müssen
} den Aufruf sehen
supervisor-alert-no-counter = { $place }: { $count } { $count ->
    [one] wartet
   *[other] warten
}, niemand kann sie aufrufen
supervisor-alert-printer = Drucker { $place } druckt nicht
supervisor-alert-over-target = { $place }: { $minutes ->
    [0] { $count } { $count ->
        [one] wartet
       *[other] warten
      } schon länger als das Ziel von { $target } min
   *[other] Wer jetzt zieht, wartet etwa { $minutes } min, Ziel { $target } min
  }
supervisor-alert-overbooked = { $count ->
    [one] { $count } Termin hat
   *[other] { $count } Termine haben
  } keinen Platz mehr
supervisor-overbooked-all = Alle ansehen, verlegen oder absagen
supervisor-overbooked-closed = dann ist geschlossen
supervisor-overbooked-counters = kein Schalter frei
supervisor-overbooked-walk-ins = nimmt Platz von Menschen ohne Termin
supervisor-alert-mute = { $place }: Ansagen sind nicht zu hören
supervisor-alert-device = { $place } meldet sich nicht
supervisor-alert-idle-counter = { $place } ist frei, obwohl { $count } warten
supervisor-alerts-more = { $count } weitere Warnungen
supervisor-book = Schichtbuch
supervisor-book-revert = Zurücknehmen
supervisor-book-ended = beendet
supervisor-book-told = vorhergesagt etwa { $told } min kürzer
supervisor-book-told-longer = vorhergesagt etwa { $told } min länger
supervisor-book-told-happened = vorhergesagt etwa { $told }, geschehen etwa { $happened } min kürzere längste Wartezeit
supervisor-book-not-compared = kein Vergleich über Mitternacht
supervisor-book-happened = geschehen etwa { $happened } min kürzer
supervisor-book-happened-longer = geschehen etwa { $happened } min länger
supervisor-by-supervisor = Aufsicht
supervisor-by-rule = Regel
supervisor-by-rule-named = Regel „{ $service } über { $over } min“
supervisor-by-closing = Annahmeschluss von selbst
supervisor-by-system = von selbst
supervisor-by-other = Personal
supervisor-helpers = Verstärkung
supervisor-helper-call = Rufen
supervisor-helper-call-who = { $helper } rufen
supervisor-helper-keep = Länger behalten
supervisor-helper-keep-who = { $helper } länger behalten
supervisor-helper-more = noch { $span }
supervisor-helper-here = gerufen { $since }
supervisor-helper-where = Wohin
supervisor-helper-anywhere = offen
supervisor-helper-until = Bleibt
supervisor-helper-planned = so lange wie vorgesehen
supervisor-advice = Vorschlag
supervisor-advice-before = Zuvor, um { $time }: { $effect }.
supervisor-advice-look = Jetzt suchen
supervisor-advice-unknown = Ob eine Verschiebung hilft, ist noch nicht durchgerechnet.
supervisor-advice-none = Zurzeit hilft keine einzelne Verschiebung merklich.
supervisor-advice-rests = Eben umgestellte Schalter bleiben noch, wie sie sind. Für sie wird ab { $time } wieder gesucht.
supervisor-advice-short = Niemand wartet voraussichtlich lange. Darum wird nach keiner Verschiebung gesucht.
supervisor-advice-horizon = Gerechnet für die nächsten { $minutes } Minuten.
supervisor-advice-until = Nimmt sich um { $time } selbst zurück.
supervisor-apply = Übernehmen
supervisor-drop = Verwerfen
supervisor-what-if = Was wäre wenn …
supervisor-what-if-how = Tippen sammelt jetzt Verschiebungen, statt sie auszuführen: in der Tafel der Schalter, bei Anliegen und Nummern.
supervisor-what-if-remove = Weglassen
supervisor-what-if-asking = Wird durchgerechnet …
supervisor-what-if-planned = geplant
supervisor-what-if-offline = Das lässt sich gerade nicht durchrechnen.
supervisor-what-if-refused = { $move }: { $why }
supervisor-what-if-overtaken = Inzwischen hat jemand etwas davon geändert. Nichts wurde übernommen.
supervisor-what-if-overtaken-by = Inzwischen hat jemand das geändert: { $what }. Nichts wurde übernommen.
supervisor-what-if-again = Noch einmal ansehen
supervisor-effect-longest = Längste Wartezeit
supervisor-effect-p95 = 19 von 20 warten höchstens
supervisor-effect-mean = Im Mittel
supervisor-effect-falls = { $what } sinkt um etwa { $minutes } Minuten ({ $low } bis { $high }).
supervisor-effect-falls-mixed = { $what } sinkt um etwa { $minutes } Minuten (zwischen { $low } kürzer und { $high } länger).
supervisor-effect-rises = { $what } steigt um etwa { $minutes } Minuten ({ $low } bis { $high }).
supervisor-effect-rises-mixed = { $what } steigt um etwa { $minutes } Minuten (zwischen { $low } kürzer und { $high } länger).
supervisor-effect-same = { $what } bleibt etwa gleich (zwischen { $low } kürzer und { $high } länger).
supervisor-effect-away = Etwa { $count } { $count ->
    [one] Person findet
   *[other] Personen finden
} die Annahme geschlossen.
supervisor-effect-unserved = Bis zum Schluss werden etwa { $then } Personen nicht aufgerufen, ohne die Änderung etwa { $now }.
supervisor-effect-col-wait = Wartezeit
supervisor-effect-col-now = jetzt
supervisor-effect-col-then = dann
supervisor-effect-col-change = Änderung in Minuten
supervisor-chance = In { $cases } von 10 Fällen besser.
supervisor-chance-all = In fast allen Fällen besser.
supervisor-chance-none = In kaum einem Fall besser.
supervisor-situations = Lagen
supervisor-situation-start = Auslösen
supervisor-situation-end = Beenden
supervisor-situation-means = Neue Nummern gibt es dann nicht; Anzeigen, Telefone und Schalter sagen es. Alles zusammen wird mit einem Druck beendet.
supervisor-rules = Regeln
supervisor-rule-says = Wartezeit bei { $service } über { $over } Minuten: { $counters } bedienen { $take }, bis sie unter { $under } ist.
supervisor-rule-turn-on = Einschalten
supervisor-rule-turn-off = Ausschalten
supervisor-rule-on = eingeschaltet
supervisor-rule-off = ausgeschaltet
supervisor-rule-acting = greift gerade
supervisor-rule-quiet = eingeschaltet, heute zurückgenommen
supervisor-rule = Regel
supervisor-rule-new = Neue Regel
supervisor-rule-what = Eine Regel hilft von selbst, wenn niemand an der Tafel ist: Wird eine Wartezeit zu lang, bedienen weitere Schalter das Anliegen mit.
supervisor-rule-wait = Wartezeit bei
supervisor-rule-over = über
supervisor-rule-minutes = Minuten
supervisor-rule-counters = Dann bedienen diese Schalter auch { $take }
supervisor-rule-already = bedient es schon
supervisor-rule-nobody = Kein Schalter kann das bedienen.
supervisor-rule-under = bis sie unter
supervisor-rule-minutes-end = Minuten liegt.
supervisor-rule-of-file = Diese Regel steht in der Büro-Datei. Dort wird sie geändert; hier lässt sie sich ausprobieren und schalten.
supervisor-rule-try = Auf gestern versuchen
supervisor-rule-try-first = Einschalten geht nach dem Versuch auf gestern.
supervisor-rule-write = Aufschreiben, noch nicht einschalten
supervisor-rule-remove = Löschen
supervisor-rule-no-day = Es ist kein früherer Tag mehr aufgehoben, an dem jemand aufgerufen wurde. Am Tag nach einem Öffnungstag lässt sich die Regel versuchen.
supervisor-rule-limits = Nicht nachgestellt: Wege zu Stationen, und wer bei anderer Wartezeit gekommen oder geblieben wäre.
supervisor-rule-day = { $date }, { $people } { $people ->
    [one] Person
   *[other] Personen
}:
supervisor-rule-idle = Die Regel hätte nichts getan.
supervisor-rule-acts = Die Regel hätte { $count ->
    [one] einmal
   *[other] { $count }-mal
} geholfen ({ $spans }).
supervisor-rule-effect = { $what }: etwa { $with } statt { $without } Minuten
supervisor-rule-mean-of = Im Mittel bei { $service }
supervisor-rule-mean-others = Im Mittel bei den anderen
supervisor-part-book = Schichtbuch
supervisor-part-services = Anliegen
supervisor-part-numbers = Nummern
supervisor-part-counters = Schalter
supervisor-part-roster = Dienstplan
supervisor-part-moves = Verschiebungen
supervisor-part-messages = Nachrichten
supervisor-part-devices = Geräte
supervisor-reached-last = heute sicher bis { $number }{ $beyond ->
    [0] {""}
   *[other] , { $beyond } danach nicht
  }
supervisor-reached-none = { $beyond ->
    [one] heute nicht sicher: die eine, die wartet
   *[other] heute nicht sicher: alle { $beyond }, die warten
  }
supervisor-before-closing-last = vor Schließung sicher bis { $number }, { $beyond } danach nicht
supervisor-before-closing-none = { $beyond ->
    [one] vor Schließung nicht sicher: die eine, die wartet
   *[other] vor Schließung nicht sicher: alle { $beyond }, die warten
  }
supervisor-stands-unserved = kein Schalter offen
supervisor-stands-so-far = bisher { $minutes } von { $target } min
supervisor-stands-nobody = niemand wartet
supervisor-stands-good = im Ziel
supervisor-stands-warn = wird knapp
supervisor-stands-needs = { $count } mit { $need }, kein solcher Schalter offen
supervisor-stands-bad = über dem Ziel
supervisor-closed = geschlossen
supervisor-closed-until = geschlossen bis { $time }
supervisor-open-service = Annahme öffnen
supervisor-close-service = Annahme schließen
supervisor-close-what = Wer schon wartet, wird noch bedient. Neue Nummern gibt es am Automaten erst wieder, wenn geöffnet ist.
supervisor-reason = Grund
supervisor-reason-none = ohne Angabe
supervisor-until-label = Endet von selbst
supervisor-until-further = nein, bis auf Weiteres
supervisor-until-never = nein, bis zum Aufruf
supervisor-until-cleared = nein, bis sie entfernt wird
supervisor-until = bis { $time }
supervisor-in = in { $span }
supervisor-limit = Begrenzen
supervisor-limit-label = Höchstens so viele Nummern heute
supervisor-limit-none = ohne Grenze
supervisor-boost = Vorziehen
supervisor-boosted = um { $minutes } min vorgezogen
supervisor-limited = höchstens { $limit } Nummern heute, { $drawn } gezogen
supervisor-boost-service = Vorziehen, als wären alle früher gekommen (ohne anderes Ende eine Stunde)
supervisor-earlier = { $minutes } Minuten früher
supervisor-grid = Wer macht was?
supervisor-why = Warum
supervisor-grid-how = Tippen verschiebt. Mit den Pfeiltasten von Feld zu Feld.
supervisor-for = Gilt
supervisor-for-good = bis auf Weiteres
supervisor-counter = Schalter
supervisor-since = seit
supervisor-cell-on = bedient
supervisor-cell-can = könnte bedienen
supervisor-cell-no = kann nicht bedienen
supervisor-cannot = { $counter } kann „{ $service }“ nicht bedienen.
supervisor-fixed = Zurzeit lässt sich hier nichts ändern.
supervisor-last-service = „{ $service }“ ist das letzte Anliegen von { $counter }. Ein Schalter ohne Anliegen wird geschlossen.
supervisor-assign = { $counter }, { $service }
supervisor-counter-open = Öffnen
supervisor-counter-close = Schließen
supervisor-counter-resume = Weiter arbeiten lassen
supervisor-counter-pause = In die Pause schicken
supervisor-back-in = Zurück in
supervisor-back-open = offen
supervisor-tickets = Nummern ({ $count })
supervisor-tickets-some = Nummern ({ $shown } von { $count })
supervisor-no-tickets = Keine Nummern.
supervisor-find = Suchen
supervisor-choose = Auswählen
supervisor-number = Nummer
supervisor-state = Stand
supervisor-waited = gewartet
supervisor-left = wartet noch
supervisor-place = Platz
supervisor-marks = Zu beachten
supervisor-language = Sprache
supervisor-slot = Termin
supervisor-not-before = wieder aufrufbar in
supervisor-misses = Nicht erschienen
supervisor-state-waiting = wartet
supervisor-state-called = aufgerufen
supervisor-state-serving = am Schalter
supervisor-state-parked = geparkt
supervisor-state-away = kommt später
supervisor-state-missed = nicht erschienen
supervisor-state-finished = fertig
supervisor-state-cancelled = gestrichen
supervisor-state-expired = abgelaufen
supervisor-move-chosen = { $count ->
    [one] Eine Nummer verschieben nach
   *[other] { $count } Nummern verschieben nach
}
supervisor-move-dropped = { $count ->
    [one] { $numbers } wartet nicht mehr und wird nicht verschoben.
   *[other] { $numbers } warten nicht mehr und werden nicht verschoben.
}
supervisor-move-verb = Verschieben
supervisor-transfer = Weiterleiten
supervisor-transfer-to = Weiterleiten an
supervisor-ticket-earlier = { $minutes } Minuten vor
supervisor-ticket-later = { $minutes } Minuten zurück
supervisor-ticket-priority = Vorrang geben
supervisor-ticket-no-priority = Vorrang nehmen
supervisor-ticket-return = Zurück in die Reihe
supervisor-ticket-print = Noch einmal drucken
supervisor-ticket-cancel = Nummer streichen
supervisor-messages = Nachrichten
supervisor-messages-none = Keine Nachricht wird gezeigt.
supervisor-message-new = Neue Nachricht
supervisor-message-for = Für wen?
supervisor-message-for-public = Für Wartende, auf Anzeigen und Telefonen
supervisor-message-for-staff = Für Kolleginnen und Kollegen an den Schaltern
supervisor-message-where = Nur hier zeigen (ohne Auswahl überall)
supervisor-message-speak = Auch ansagen
supervisor-message-post = Zeigen
supervisor-message-clear = Entfernen
supervisor-webhooks = Andere Systeme
supervisor-webhooks-waiting = { $count ->
    [one] 1 Eintrag wartet
   *[other] { $count } Einträge warten
}
supervisor-webhooks-dead = { $count ->
    [one] 1 Meldung abgelehnt
   *[other] { $count } Meldungen abgelehnt
}
supervisor-webhooks-since = nimmt seit { $time } nichts an: { $fault }
supervisor-webhooks-again = Noch einmal senden
supervisor-webhooks-sent = Wird noch einmal gesendet.
supervisor-webhooks-unread = Der Server antwortet nicht.
supervisor-devices = Geräte
supervisor-device = Gerät
supervisor-device-online = da
supervisor-device-late = verspätet
supervisor-device-offline = meldet sich nicht
supervisor-device-unknown = noch nie gesehen
supervisor-device-pair = Gerät koppeln
supervisor-device-pair-how = Ein neuer Bildschirm zeigt seinen Code unter { $address }, ein Kasten mit Drucker oder Lautsprecher nennt ihn in seinem Protokoll. Tippen Sie den Code hier ein.
supervisor-device-code = Code des Geräts
supervisor-device-unknown-code = Diesen Code zeigt kein Gerät. Er gilt nur kurz und nur einmal.
supervisor-device-which = Welches Gerät ist das?
supervisor-device-name = Name (leer: wie in der Amtsdatei)
supervisor-device-move = Umziehen: ab jetzt ist es
supervisor-device-stay = bleibt, was es ist
supervisor-device-change = Ändern
supervisor-device-identify = Namen zeigen
supervisor-device-reload = Neu laden
supervisor-device-away = Entkoppeln
supervisor-device-version = Fassung { $version }
supervisor-device-outdated = alte Fassung { $version }
supervisor-device-keeps-ready = übersteht ein Neuladen ohne Server
supervisor-device-keeps-insecure = zeigt nach einem Neuladen ohne Server nichts: dafür braucht es https
supervisor-device-keeps-unsupported = zeigt nach einem Neuladen ohne Server nichts: das kann sein Browser nicht
supervisor-device-keeps-failed = zeigt nach einem Neuladen ohne Server nichts: der Browser speichert die Seite nicht
supervisor-device-paired = gekoppelt
supervisor-device-unpaired = nicht gekoppelt
supervisor-printer-preview = Ticket ansehen
supervisor-printer-sample = So sieht ein Ticket an diesem Drucker aus
supervisor-delay = { $ms } ms
supervisor-seen = zuletzt vor { $age }
supervisor-kind-display = Anzeige
supervisor-kind-kiosk = Automat
supervisor-kind-printer = Drucker
supervisor-kind-announcer = Ansage
supervisor-kind-station = Selbstbedienung
supervisor-kind-counter = Schalter
supervisor-sound = Ton in den Räumen
supervisor-sound-more = Ton
supervisor-sound-good = wird gehört
supervisor-sound-mute = kein Gerät ist zu hören
supervisor-sound-none = kein Gerät mit Ton
supervisor-sound-volume = Lautstärke { $percent } %
supervisor-sound-test = Probeansage
supervisor-sound-tone = Rauschen zum Einstellen
supervisor-sound-tone-means = Das Rauschen ist acht Sekunden lang so laut wie Sprache.
supervisor-silence-now = Ruhe jetzt
supervisor-silence-end = Ruhe beenden
supervisor-silent = Ruhe, bis sie beendet wird
supervisor-silent-until = Ruhe bis { $time }
supervisor-quiet-until = Ruhezeit bis { $time }
supervisor-voice-none = keine Stimme, nur Gong
supervisor-voice-missing = nicht installiert
supervisor-voice-passed = nicht { $voice }: { $why }
supervisor-says-ready = Ton bereit
supervisor-says-playing = spricht gerade
supervisor-says-blocked = Ton gesperrt
supervisor-says-off = Ton aus
supervisor-says-paper-low = Papier wird knapp
supervisor-says-paper-out = kein Papier
supervisor-says-cover-open = Klappe offen
supervisor-says-signs-left-out = auf Tickets fehlen Zeichen
supervisor-says-numbers-not-taken = Nummern von Papieren fehlen
supervisor-says-cutter = Schneider klemmt
supervisor-says-offline = Drucker antwortet nicht
supervisor-says-untrusted = Zertifikat des Druckers wird nicht anerkannt
supervisor-roster = Dienstplan
supervisor-roster-today = Dienstplan heute
supervisor-roster-change = Ändern
supervisor-roster-counts = Besetzte Schalter in jeder halben Stunde
supervisor-roster-none = Für heute gibt es keinen Plan. Die Schätzung rechnet mit den Schaltern, die offen sind, und damit, dass sie bleiben, bis alle im Haus bedient sind.
supervisor-roster-means = Der Plan sagt, wie viele Schalter da sein werden. Er öffnet und schließt keinen. Ein einzelner Tag gilt vor dem Wochentag.
supervisor-roster-single = Ein einzelner Tag
supervisor-roster-plan = Planen
supervisor-roster-is-unsaved = nicht gesichert
supervisor-roster-is-empty = kein Plan
supervisor-roster-is-changed = hier geplant
supervisor-roster-is-file = aus der Amtsdatei
supervisor-roster-on = im Dienst
supervisor-roster-break = Pause
supervisor-roster-off = nicht da
supervisor-roster-part = zum Teil,
supervisor-roster-sign-break = P
supervisor-roster-from = von
supervisor-roster-to = bis
supervisor-roster-count = besetzt
supervisor-roster-all = alle Schalter
supervisor-roster-fill = Eintragen
supervisor-roster-copy = Übernehmen von
supervisor-roster-how = Tippen wechselt: im Dienst, Pause (P), nicht da. ½: ändert sich in dieser halben Stunde. Mit den Pfeiltasten von Feld zu Feld.
supervisor-roster-save = Sichern
supervisor-roster-save-mine = Meinen Plan sichern
supervisor-roster-drop = Änderung verwerfen
supervisor-roster-remove = Plan entfernen
supervisor-roster-days = Alle Tage
supervisor-roster-saved = Gesichert.
supervisor-roster-unread = Der Dienstplan lässt sich gerade nicht lesen. Bitte schließen und noch einmal öffnen.
supervisor-roster-backwards = Das Ende muss nach dem Anfang liegen.
supervisor-roster-many = Ein Tag hat höchstens { $count } Zeiten.
supervisor-roster-overtaken = Inzwischen hat jemand anders diesen Tag geändert. „Änderung verwerfen“ zeigt dessen Plan, „Meinen Plan sichern“ ersetzt ihn.
supervisor-shares = Für Menschen ohne Termin
supervisor-shares-means = So viel der Zeit an den Schaltern bleibt an diesem Tag frei von Terminen. Die erste Zeile, die passt, gilt; sonst die Amtsdatei. Gebuchte Termine bleiben.
supervisor-shares-one = { $percent } % von { $from } bis { $to }: { $services }
supervisor-shares-all = alle Anliegen
supervisor-shares-percent = Prozent
supervisor-shares-service = Anliegen
supervisor-shares-add = Freihalten
supervisor-shares-remove = Entfernen
supervisor-roster-effect = Was das heute bewirkt
supervisor-curve = Wartezeit heute, und wie es weitergeht
supervisor-curve-none = Noch keine Kurve: Dafür muss heute erst jemand bedient worden sein.
supervisor-curve-now = Zuletzt im Mittel { $minutes } Minuten Wartezeit.
supervisor-curve-ahead = Am längsten wird es gegen { $time }: { $low } bis { $high } Minuten.
supervisor-curve-no-ahead = Wie es weitergeht, ist gerade nicht bekannt.
supervisor-curve-figures = Als Tabelle
supervisor-curve-time = Uhrzeit
supervisor-curve-wait = Wartezeit in Minuten
supervisor-curve-arrivals = Neue Nummern
supervisor-curve-mark = jetzt
supervisor-fair-longest = Längste Wartezeit heute { $minutes } min
supervisor-fair-over = über 60 min: { $percent } %
supervisor-fair-few = über 60 min: noch zu wenige Nummern
supervisor-fair-overtakings = überholt: { $count } von { $called } Aufrufen
supervisor-order = Reihenfolge
supervisor-order-set = Reihenfolge ändern
supervisor-preset-balanced = ausgewogen
supervisor-preset-balanced-means = Vorrang und Termine kommen früher dran; niemand wird unbegrenzt überholt.
supervisor-preset-punctual = pünktlich
supervisor-preset-punctual-means = Termine fast immer pünktlich, ohne Termin dauert es länger.
supervisor-preset-plain = der Reihe nach
supervisor-preset-plain-means = Wer zuerst kommt, kommt zuerst dran.
supervisor-day = Tag
supervisor-day-open = Tag eröffnen
supervisor-day-close = Tag schließen
supervisor-day-open-means = Die Nummern beginnen von vorn.
supervisor-day-close-means = Wer noch wartet, verliert die Nummer. Das lässt sich nicht zurücknehmen.
supervisor-day-force = Auch wenn noch jemand aufgerufen oder am Schalter ist
supervisor-day-closed = Der Tag ist nicht eröffnet. Es gibt keine Nummern.
supervisor-lost = Diese Nummern sind durch einen Ausfall verloren gegangen:
supervisor-clock-jumped = Die Uhr des Speichers ist um { $minutes } { $minutes ->
    [one] Minute
   *[other] Minuten
  } { $way ->
    [ahead] vorgesprungen
   *[back] zurückgesprungen
  }. Das Amt geht nach der Zeit davor. Bitte die Uhr des Servers richten lassen.
supervisor-worry-database = Die Datenbank antwortet nicht. Gerufen wird weiter; Berichte und neue Anmeldungen warten.
supervisor-worry-history = Der Bericht wird gerade nicht geschrieben und holt später auf.
supervisor-worry-task = Ein Teil des Servers ist ausgefallen und wurde neu begonnen. Bitte der Technik Bescheid geben.
supervisor-worry-durability = Der Speicher kann bei einem Ausfall Gerufenes vergessen. Bitte der Technik Bescheid geben.
supervisor-worry-replicas = Es gibt zu wenige Speicher: Fällt einer aus, steht das Amt still. Bitte der Technik Bescheid geben.
supervisor-worry-one-store = Ein Speicher ist ausgefallen, und das Amt läuft mit dem letzten weiter: Fällt auch er aus, geht Gerufenes verloren. Bitte sofort der Technik Bescheid geben.
supervisor-worry-clock = Das Amt geht der Uhr des Servers { $minutes } { $minutes ->
    [one] Minute
   *[other] Minuten
  } voraus.
supervisor-worry-fork = Der Speicher hat nach einem Ausfall Einträge verloren. Die Nummern gehen oberhalb der verlorenen weiter.
supervisor-worry-past = Ob der Speicher vollständig ist, konnte beim Start niemand bestätigen. Bitte fragen, ob Nummern doppelt sind.
supervisor-worry-deletion = Die Uhr ist um mehr als eine Woche gesprungen: Es wird nichts gelöscht, bis die Technik bestätigt, dass sie stimmt, oder ein Tag vergangen ist.
supervisor-worry-forecast = Niemand erfährt gerade, wie lange es dauert: Die Vorhersage fehlt. Gerufen wird weiter. Bitte der Technik sagen.
supervisor-worry-day = Der Tag lässt sich nicht öffnen.
supervisor-worry-mute = In { $zone } ist keine Ansage zu hören: kein Gerät dort hat gerade Ton.
supervisor-worry-not-made = Etwas kann nicht gezeigt oder gesagt werden ({ $detail }). Alles andere läuft weiter. Bitte der Technik Bescheid geben.
supervisor-worry-file = Die geänderte Amtsdatei gilt noch nicht. Bitte der Technik sagen.
supervisor-worry-certificate = Das erneuerte Zertifikat ist nicht lesbar. Bitte der Technik sagen.
supervisor-worry-restarted = Ein Gerät hat einen Teil seiner Arbeit neu begonnen: { $detail }. Es läuft weiter. Bitte der Technik sagen.
supervisor-worry-webhooks = Andere Systeme nehmen nicht an, was ihnen gemeldet wird ({ $detail }). Nichts ist verloren; es wird wieder versucht.
supervisor-worry-voices = Keine Stimme dieses Rechners spricht: { $detail }. In diesen Sprachen wird nicht angesagt. espeak-ng spricht alle.
supervisor-worry-letters = Meldungen erreichen nicht, wen sie sollen ({ $detail }). Sie stehen weiter hier. Bitte der Technik sagen.
letters-subject-began = { $office }: { $what }
letters-subject-ended = { $office }: beendet: { $what }
letters-began = Seit { $since } Uhr: { $what }.
letters-ended = Um { $until } Uhr beendet, nach { $minutes } { $minutes ->
    [one] Minute
   *[other] Minuten
  }: { $what }.
letters-detail = Meldung: { $detail }
letters-foot = Diese Nachricht hat Aufruf für { $office } verschickt. Wer sie bekommt, steht in der Amtsdatei.
supervisor-clock-right = Die Uhr stimmt jetzt
supervisor-said-opened = Anliegen { $letter } ist geöffnet.
supervisor-said-closed = Anliegen { $letter } ist geschlossen.
supervisor-said-assigned = { $counter } hat neue Anliegen.
supervisor-said-help = Jemand braucht Hilfe.
staff-reason-system-down = Fachverfahren gestört
staff-reason-staff-short = zu wenig Personal
staff-reason-meeting = Besprechung
staff-reason-evacuation = Räumung
staff-reason-full = zu voll
staff-reason-hours = außerhalb der Zeiten
staff-reason-limit = Grenze erreicht
staff-reason-not-today = heute nicht mehr zu schaffen

## Bericht

report-title = Tagesbericht
report-day = Tag
report-date = { $day }.{ $month }.{ $year }
report-show = Anzeigen
report-empty = An diesem Tag wurde keine Nummer gezogen.
report-total = Ganzer Tag
report-by-service = Nach Anliegen
report-by-hour = Nach Stunde
report-service = Anliegen
report-hour = Gezogen
report-hour-span = { $from }–{ $to } Uhr
report-tickets = Nummern
report-served = Bedient
report-open = Noch offen
report-missed = Nicht erschienen
report-cancelled = Abgesagt
report-wait-mean = Wartezeit, Mittel
report-wait-median = Wartezeit, Median
report-wait-p90 = 90 % warteten höchstens
report-wait-means = Die Wartezeit reicht vom Ziehen der Nummer (bei Terminen von der vereinbarten Zeit) bis zum ersten Aufruf.
report-hidden = Ein Strich steht, wo es weniger als { $least } Werte gibt.
report-hidden-label = nicht angegeben, weniger als { $least } Werte
report-plot-tickets = Nummern je Stunde
report-plot-wait = Median der Wartezeit je Stunde, in Minuten
report-share = { $percent } %
report-told = Angesagt und eingetroffen
report-told-sentence = Von { $promises } angesagten Wartezeiten { $weeks ->
    [1] einer Woche
   *[other] aus { $weeks } Wochen
  } lagen { $covered } % in der gezeigten Spanne, { $later } % der Menschen wurden später aufgerufen als gezeigt. Im Mittel lag die Ansage { $error } Min. daneben.
report-told-few = Für eine Aussage gibt es noch zu wenige angesagte Wartezeiten.
report-told-promises = Angesagt
report-told-covered = In der Spanne
report-told-after = Später als gezeigt
report-told-error = Mittlere Abweichung
report-told-bias = Im Mittel
report-told-changed = Geändert
report-told-minutes = { $minutes } Min.
report-told-earlier = { $minutes } Min. früher
report-told-later = { $minutes } Min. später
report-told-total = Alle Anliegen
report-told-by-week = Nach Woche
report-told-week = Woche
report-told-week-of = KW { $week }, ab { $day }.{ $month }.
report-told-plot = In der gezeigten Spanne aufgerufen, in Prozent je Kalenderwoche
report-told-means = Gezählt wird bis zum ersten Aufruf, auch wenn niemand kam. „Geändert“ sind Nummern, deren Anliegen, Kategorie oder Schalter geändert wurde, die pausierten, abgesagt wurden oder verfielen; sie zählen sonst nicht mit.

## Termine eines Tages

appointments-title = Termine
appointments-choose = Auswahl
appointments-time = Termin
appointments-code = Code
appointments-told = Nachricht
appointments-told-mail = bekommt eine Mail
appointments-told-refused = Mailadresse wird nicht angenommen
appointments-told-none = keine Mailadresse
appointments-told-unknown = im Moment nicht bekannt
appointments-room = Platz
appointments-has-room = ja
appointments-from = von
appointments-until = bis vor
appointments-all = alle
appointments-only = nur ohne Platz
appointments-back = Zurück zu den Terminen
appointments-lacking = Termine ohne Platz, weil Dienstplan, Öffnungszeiten oder Anteile geändert wurden:
appointments-count = { $count ->
    [one] 1 Termin
   *[other] { $count } Termine
  }
appointments-left = { $count } weitere stehen hier nicht: höchstens { $most } auf einmal. Wählen Sie eine kürzere Zeit.
appointments-what = Was soll mit den gewählten Terminen geschehen?
appointments-move = Verlegen: jeder auf die freie Zeit, die seiner Uhrzeit am nächsten liegt, am ersten Tag mit Platz ab dem
appointments-to = Tag
appointments-cancel = Absagen
appointments-preview = Vorschau
appointments-preview-means = Noch ändert sich nichts.
appointments-none = An diesem Tag gibt es keine solchen Termine mehr.
appointments-days = Tage mit Terminen
appointments-will-move = { $count ->
    [one] 1 Termin wird verlegt
   *[other] { $count } Termine werden verlegt
  }
appointments-will-cancel = { $count ->
    [one] 1 Termin wird abgesagt
   *[other] { $count } Termine werden abgesagt
  }
appointments-move-means = Wer eine Mailadresse hinterlassen hat, bekommt die neue Zeit mit Kalenderdatei. Code und Link bleiben gültig. Wer verlegt wurde, kann danach zurückverlegt werden.
appointments-cancel-means = Wer eine Mailadresse hinterlassen hat, bekommt eine Absage. Eine Absage lässt sich nicht zurücknehmen.
appointments-new-time = Neue Zeit
appointments-no-place = keine freie Zeit gefunden, bleibt stehen
appointments-do-move = { $count ->
    [one] 1 Termin verlegen
   *[other] { $count } Termine verlegen
  }
appointments-do-cancel = { $count ->
    [one] 1 Termin absagen
   *[other] { $count } Termine absagen
  }
appointments-untold = { $count ->
    [one] 1 Person kann keine Mail bekommen
   *[other] { $count } Personen können keine Mail bekommen
  }
appointments-untold-why = Diese Liste lässt sich drucken. Wer über ein anderes System gebucht hat, steht dort unter der Kennung neben dem Code.
appointments-moved = { $count ->
    [one] 1 Termin ist verlegt.
   *[other] { $count } Termine sind verlegt.
  }
appointments-cancelled = { $count ->
    [one] 1 Termin ist abgesagt.
   *[other] { $count } Termine sind abgesagt.
  }
appointments-gone = { $count ->
    [one] 1 gab es inzwischen nicht mehr.
   *[other] { $count } gab es inzwischen nicht mehr.
  }
appointments-refused = { $count ->
    [one] 1 Termin blieb, wie er war
   *[other] { $count } Termine blieben, wie sie waren
  }
appointments-why = Warum
appointments-did = { $count ->
    [one] 1 geänderter Termin
   *[other] { $count } geänderte Termine
  }
appointments-move-back = { $count ->
    [one] Zurückverlegen
   *[other] Alle { $count } zurückverlegen
  }

## Auswertung der Termine

evaluation-title = Auswertung
evaluation-from = Von
evaluation-to = bis
evaluation-csv = Als CSV laden
evaluation-since = Nicht erschienen, abgesagt und Vorlauf sind bekannt ab { $day }.
evaluation-few = Für eine Aussage gibt es zu wenige Besuche.
evaluation-hour = Stunde
evaluation-class = Bereich
evaluation-hours-long = { $hours } Std.
evaluation-hours = Termine und Menschen ohne Termin je Stunde
evaluation-hours-says = { $booked } Termine waren gebucht, { $walk } Menschen kamen ohne Termin.
evaluation-missed-says = Zu { $percent } % der Termine kam niemand.
evaluation-use = Auslastung je Stunde
evaluation-use-says = Von der Zeit, die für Termine angeboten wird, waren { $percent } % gebucht.
evaluation-use-busiest = Am vollsten ist die Stunde ab { $hour }.
evaluation-use-means = Angeboten ist, was Dienstplan, Öffnungszeiten und Anteile von heute an diesen Tagen zulassen.
evaluation-overbooked = Zurzeit wird { $more } % mehr angeboten als der Anteil für Termine: Zu { $missed } % der letzten { $booked } Termine kam niemand. Von denen, die kamen, wurden { $kept } % pünktlich aufgerufen. Jeder Termin hat weiterhin seinen eigenen Schalter; kommen mehr Menschen als erwartet, warten Menschen ohne Termin länger.
evaluation-overbooked-few = Zurzeit wird nichts überbucht: Solange weniger als { $least } Termine bekannt sind, ist ungewiss, wie viele Menschen nicht kommen.
evaluation-overbooked-late = Zurzeit wird nichts überbucht: Zuletzt wurden { $kept } % derer, die zu ihrem Termin kamen, pünktlich aufgerufen; nötig sind { $least } %.
evaluation-overbooked-reliable = Zurzeit wird nichts überbucht: Zuletzt kamen fast alle.
evaluation-services = Auslastung je Anliegen
evaluation-services-says = Anliegen teilen sich Schalter: die angebotenen Stunden lassen sich nicht addieren.
evaluation-punctual = Pünktlich aufgerufen
evaluation-punctual-says = { $percent } % wurden höchstens { $minutes } Minuten nach ihrem Termin aufgerufen, oder nach der Anmeldung, wenn sie später kamen.
evaluation-waits = Wartezeit ohne Termin, an denselben Tagen
evaluation-waits-says = Wer ohne Termin kam, wartete im Median { $median } Minuten; neun von zehn höchstens { $most }.
evaluation-late = Wann Menschen zu ihrem Termin kommen
evaluation-late-says = Neun von zehn sind spätestens { $minutes } Minuten nach ihrem Termin da; eine negative Zahl heißt davor.
evaluation-class-late = { $low } bis { $high } Min.
evaluation-class-late-under = mehr als { $end } Min.
evaluation-class-late-over = { $end } Min. und später
evaluation-ahead = Wie lange vorher gebucht wird
evaluation-ahead-says = Gezählt sind Termine, die nicht abgesagt wurden.
evaluation-cancelled-says = { $count ->
    [one] 1 wurde abgesagt.
   *[other] { $count } wurden abgesagt.
  }
evaluation-class-ahead = { $low } bis unter { $high } Tage
evaluation-class-ahead-under = unter { $end } Tag
evaluation-class-ahead-over = { $end } Tage und mehr
evaluation-days = Anteil ohne Termin je Tag
evaluation-days-says = { $percent } % aller, die kamen, hatten keinen Termin.
evaluation-series-booked = Gebucht
evaluation-series-taken = Gekommen
evaluation-series-missed = Nicht erschienen
evaluation-series-walk-ins = Ohne Termin
evaluation-series-used = Auslastung
evaluation-series-offered-hours = Angeboten
evaluation-series-booked-hours = Gebucht
evaluation-series-punctual = Pünktlich
evaluation-series-wait-median = Median
evaluation-series-wait-p90 = 90 % warteten höchstens
evaluation-series-share = Ohne Termin
evaluation-study = Wie viele Termine diese Besetzung trägt
evaluation-study-means = Tage wie diese werden simuliert: mit so vielen Menschen ohne Termin wie zuletzt, und mit einem Termin je Stunde mehr oder weniger. Getragen ist, was in mindestens 86 % der Fälle binnen { $minutes } Minuten aufgerufen wird.
evaluation-study-ask = Ausrechnen, dauert bis zu einer Minute
evaluation-study-most = { $count ->
    [one] Diese Besetzung trägt etwa 1 Termin am Tag.
   *[other] Diese Besetzung trägt etwa { $count } Termine am Tag.
  }
evaluation-study-none = Schon so viele Termine wie jetzt trägt diese Besetzung nicht.
evaluation-study-full = Mehr Termine lassen sich nicht buchen: Öffnungszeiten, Dienstplan und der Anteil für Menschen ohne Termin lassen keinen Platz.
evaluation-study-slots = Termine
evaluation-study-kept = Pünktlich aufgerufen
evaluation-study-overdue = Mit Termin: 90 % warten höchstens
evaluation-study-walk-in = Ohne Termin: 90 % warten höchstens
evaluation-study-day = { $count } am Tag
evaluation-study-now = (wie jetzt)
evaluation-study-less = (einer je Stunde weniger)
evaluation-study-more = (einer je Stunde mehr)
evaluation-study-range = { $low } bis { $high }
evaluation-study-how = { $days } simulierte Tage; die kleine Spanne umfasst acht von zehn davon.

## Vorführung

demo-message-briefly = Heute geht es zügig. Danke für Ihre Geduld.
demo-message-papers = Bitte halten Sie Ihren Ausweis bereit.
demo-message-photo = Fotos können Sie am Automaten im Eingang machen.

## Fehler

# Was eine Ablehnung sagt: ein Satz, was los ist; wenn möglich ein zweiter, was hilft.
problem-malformed = Die Anfrage war unlesbar. Bitte die Seite neu laden.
problem-not-signed-in = Sie sind nicht mehr angemeldet. Bitte neu anmelden.
problem-not-allowed = Dafür reicht Ihre Berechtigung nicht.
problem-not-yours = Das gehört zu einem anderen Platz.
problem-picking-not-allowed = In diesem Büro wird nur der Reihe nach aufgerufen.
problem-origin-refused = Die Anfrage kam von einer fremden Seite.
problem-unknown-office = Dieses Büro gibt es nicht.
problem-unknown-counter = Diesen Schalter gibt es nicht.
problem-unknown-ticket = Diese Nummer gibt es nicht mehr.
problem-unknown-service = Dieses Anliegen gibt es hier nicht.
problem-unknown-zone = Diesen Raum gibt es nicht.
problem-unknown-display = Diese Anzeige gibt es nicht.
problem-unknown-device = Dieses Gerät gibt es nicht.
problem-unknown-webhook = Diese Verbindung zu einem anderen System gibt es nicht.
problem-unknown-message = Diese Nachricht ist schon entfernt.
problem-unknown-appointment = Diesen Termin gibt es nicht.
problem-unknown-code = Diesen Code kennen wir heute nicht. Bitte prüfen Sie ihn, oder gehen Sie zum Empfang.
problem-unknown-route = Diese Adresse gibt es nicht.
problem-method-not-allowed = Das geht an dieser Adresse nicht.
problem-counter-busy = Am Schalter ist noch jemand.
problem-counter-busy-number = { $number } ist noch am Schalter. Erst fertig melden oder parken.
problem-counter-closed = Der Schalter ist geschlossen.
problem-counter-paused = Der Schalter macht Pause.
problem-counter-idle = Am Schalter ist niemand.
problem-counter-held = Diesen Schalter hat jemand anderes. Sie können ihn übernehmen.
problem-cannot-serve = Das kann dieser Schalter nicht bedienen.
problem-cannot-serve-number = { $number } kann dieser Schalter nicht bedienen.
problem-needs-not-met = Diesem Schalter fehlt, was gebraucht wird.
problem-needs-not-met-number = Diesem Schalter fehlt, was { $number } braucht.
problem-ticket-not-waiting = Diese Nummer wartet nicht mehr.
problem-ticket-not-waiting-number = { $number } ist schon an einem anderen Schalter.
problem-not-arrived = Noch ist niemand da. Erst „Ist da“ drücken.
problem-not-arrived-number = { $number } ist noch nicht da. Erst „Ist da“ drücken.
problem-wrong-state = Das geht im Moment nicht.
problem-wrong-state-number = Das geht mit { $number } im Moment nicht.
problem-not-yet = Dafür ist es noch zu früh.
problem-not-yet-until = Das geht erst um { $until }.
problem-service-closed = Dieses Anliegen ist gerade geschlossen.
problem-service-closed-until = Dieses Anliegen ist bis { $until } geschlossen.
problem-outside-hours = Dieses Anliegen ist jetzt nicht geöffnet.
problem-outside-hours-until = Dieses Anliegen ist ab { $until } wieder geöffnet.
problem-limit-reached = Für heute sind alle Nummern vergeben.
problem-day-closed = Der Tag ist noch nicht eröffnet.
problem-stale-press = Der Druck kam zu spät an. Bitte noch einmal schauen und drücken.
problem-nothing-to-undo = Es gibt nichts zurückzunehmen.
problem-too-late-to-undo = Zurücknehmen geht nur { $seconds } Sekunden lang.
problem-overtaken = Inzwischen ist etwas anderes geschehen, deshalb geht das nicht mehr.
problem-slot-taken = Diese Zeit ist vergeben.
problem-slot-taken-next-free = Diese Zeit ist vergeben. Frei ist wieder { $next_free }.
problem-slot-invalid = Zu dieser Zeit gibt es keine Termine.
problem-not-today = Dieser Termin ist nicht heute.
problem-too-late-to-change = Für eine Änderung ist es zu spät.
problem-lease-expired = Der Nummernvorrat dieses Geräts ist abgelaufen.
problem-link-expired = Dieser Link ist abgelaufen.
problem-log-trimmed = So weit zurück wird nichts mehr aufbewahrt.
problem-too-large = Das ist zu viel auf einmal.
problem-not-json = Die Anfrage war unlesbar. Bitte die Seite neu laden.
problem-invalid = Eine Angabe stimmt nicht.
problem-key-missing = Die Anfrage war unvollständig. Bitte die Seite neu laden.
problem-key-reused = Dieser Druck war schon für etwas anderes. Bitte noch einmal drücken.
problem-too-many = Das waren zu viele Versuche. Bitte kurz warten.
problem-fault = Auf dem Server ist etwas schiefgegangen. Bitte noch einmal versuchen.
problem-store-unavailable = Der Speicher antwortet nicht. Es wurde nichts geändert, oder es gilt und wird gleich sichtbar.
problem-starting = Der Server startet gerade.
problem-stopping = Der Server wird gerade beendet.

# Empfang

desk-title = Empfang
desk-draw = Neue Nummer
desk-give = Nummer ausgeben
desk-check-in = Termin einchecken
desk-code = Code der Bestätigung
desk-services = Anliegen
desk-waiting = { $count ->
    [0] niemand wartet
    [one] eine Person wartet
   *[other] { $count } warten
}
desk-closed = geschlossen
desk-numbers = Nummern
desk-mind = Zu beachten
desk-priority-means = wenn Warten nicht zumutbar ist; niemand muss es begründen
desk-no-paper = kein Papier, nur Code fürs Telefon
desk-printer = Drucker
desk-printer-silent = { $printer } (meldet sich nicht)
desk-which = Für welches Anliegen?
desk-given = Zuletzt ausgegeben
desk-ahead = Davor
desk-expected = Wartezeit
desk-paper = Papier
desk-qr = Aufs Telefon: scannen
desk-qr-alt = Code dieser Nummer für das Telefon
desk-find = Nummer suchen
desk-find-service = Anliegen
desk-find-time = Gezogen etwa um
desk-any = alle
desk-found = Gefunden
desk-found-none = Keine solche Nummer ist noch im Haus.
desk-offices = Andere Ämter

station-title = Station

# Telefonzentrale
phonedesk-title = Telefonplatz
phonedesk-find = Anliegen, Code oder Nummer
phonedesk-how = Ein Buchstabe oder der Anfang eines Anliegens zeigt die nächsten freien Zeiten, ein Code den Termin, eine Nummer den Platz in der Schlange.
phonedesk-persons = Personen
phonedesk-search = Suchen
phonedesk-offices = Alle Ämter
phonedesk-left = { $count ->
    [one] 1 weiteres Amt steht hier nicht; die Suche findet auch dort.
   *[other] { $count } weitere Ämter stehen hier nicht; die Suche findet auch dort.
  }
phonedesk-service = Anliegen
phonedesk-office = Amt
phonedesk-now = Jetzt ohne Termin
phonedesk-next = Nächster Termin
phonedesk-none-soon = keiner in vier Wochen
phonedesk-nothing-bookable = Hier lassen sich keine Termine buchen.
phonedesk-numbers = Nummern von heute
phonedesk-slots = Die nächsten freien Zeiten
phonedesk-from = Ab
phonedesk-places = Wo es das gibt
phonedesk-nothing = Dazu gibt es kein Anliegen, keinen Termin und keine Nummer.
phonedesk-reference = Kennung im anderen System:
phonedesk-here = Die Person ist angemeldet und hat eine Nummer.
phonedesk-missed = Dieser Termin ist vorbei.
phonedesk-code = Code zum Vorlesen
phonedesk-cancel-means = Die Zeit wird frei. Das lässt sich nicht zurücknehmen.
phonedesk-no-slot = In den nächsten vier Wochen ist keine Zeit frei.
phonedesk-new = Neue Suche
phonedesk-mail = Mailadresse für Code und Kalenderdatei
phonedesk-language = Sprache der Mail
phonedesk-send = Mail senden
phonedesk-booked = Der Termin ist gebucht.
phonedesk-moved = Der Termin ist verlegt.
phonedesk-mailed = Die Mail wird gleich gesendet.
phonedesk-cancelled = Der Termin ist abgesagt.
phonedesk-taken = Diese Zeit ist gerade vergeben worden. Das ist noch frei:
phonedesk-mail-failed = Die Mailadresse konnte nicht gespeichert werden. Der Termin gilt.
phonedesk-wish = Nichts passt? Wunsch vormerken
phonedesk-wish-means = Wird eine passende Zeit frei, ist sie { $span } reserviert und steht auf dieser Seite, zuerst für die, die am längsten warten. Sie rufen an, oder die Person ruft wieder an und nennt einen Code.
phonedesk-wish-phone = Telefonnummer (kann leer bleiben)
phonedesk-wish-note = Wunsch vormerken
phonedesk-wish-noted = Der Wunsch ist vorgemerkt. Lesen Sie den Code vor.
phonedesk-wish-of = Wunsch nach einem Termin
phonedesk-wish-freed = Frei geworden für vorgemerkte Wünsche
phonedesk-wish-call = Anrufen:
phonedesk-wish-calls = Die Person ruft wieder an.
phonedesk-wish-code = Code des Wunsches:
phonedesk-wish-until = reserviert bis { $time }
phonedesk-wish-take = Passt: buchen
phonedesk-wish-pass = Nicht erreicht oder passt nicht: an die nächste Person
phonedesk-wish-passed = Die Zeit geht an die nächste Person in der Reihe.
phonedesk-wish-waits = Noch ist nichts frei. Eine frei gewordene Zeit ist { $span } reserviert und steht am Telefonplatz.
phonedesk-wish-end = Wunsch beenden
phonedesk-wish-ended = Der Wunsch ist beendet, die Telefonnummer gelöscht.
phonedesk-wish-over = Dieser Wunsch ist zu Ende.
phonedesk-wish-gone = Diese Zeit ist für diesen Wunsch nicht mehr reserviert.
phonedesk-keys = Tasten drücken Knöpfe
# Buchstabiertafel der DIN 5009: ein Zeichen, ein Leerzeichen, das Wort.
phonedesk-alphabet =
    A Aachen, B Berlin, C Chemnitz, D Düsseldorf, E Essen, F Frankfurt, G Goslar, H Hamburg, I Ingelheim,
    J Jena, K Köln, L Leipzig, M München, N Nürnberg, O Offenbach, P Potsdam, Q Quickborn, R Rostock,
    S Salzwedel, T Tübingen, U Unna, V Völklingen, W Wuppertal, X Xanten, Y Ypsilon, Z Zwickau

# Alle Ämter einer Stadt

offices-title = Alle Ämter
offices-office = Amt
offices-state = Zustand
offices-counters = Schalter
offices-waiting = Wartende
offices-longest = längste Wartezeit
offices-expected = erwartet
offices-alerts = Warnungen
offices-open = { $open } von { $all } offen
offices-target = Ziel { $target } min
offices-state-away = nicht erreichbar
offices-state-no-counter = kein Schalter offen
offices-state-needs = kein passender Schalter
offices-state-over-target = über dem Ziel
offices-state-tight = wird knapp
offices-state-unknown = ohne Schätzung
offices-state-on-target = im Ziel
offices-state-closed = geschlossen
offices-alert-durability = Speicher unsicher
offices-alert-clock = Uhr geht nach
offices-alert-visual-call = Aufruf nicht zu sehen
offices-alert-no-counter = Wartende ohne Schalter
offices-alert-printer = Drucker
offices-alert-over-target = Wartezeit
offices-alert-overbooked = Termine ohne Platz
offices-alert-mute = Ansage
offices-alert-device = Gerät
offices-alert-idle-counter = Schalter ruft nicht
start-open-offices = Alle Ämter auf einen Blick
staff-all-offices = Alle Ämter

## Verwaltung

admin-title = Verwaltung
admin-people = Konten
admin-devices = Geräte
admin-tokens = Zugangsschlüssel
admin-audit = Protokoll
admin-open = Konten, Geräte, Zugangsschlüssel, Protokoll
admin-roles = Aufgaben
admin-role = Aufgabe
admin-role-admin = Verwaltung
admin-role-supervisor = Aufsicht
admin-role-clerk = Schalter
admin-role-desk = Empfang
admin-role-observer = Nur lesen
admin-role-booking = Terminbuchung
admin-role-display = Anzeige
admin-role-kiosk = Automat
admin-role-station = Station
admin-role-printer = Drucker
admin-role-announcer = Ansage
admin-office = Amt
admin-office-all = alle Ämter
admin-no-role = keine Aufgabe
admin-nameless = ohne Namen
admin-me = Das sind Sie.
admin-state = Zustand
admin-state-good = kann sich anmelden
admin-state-invited = noch ohne Passwort
admin-state-disabled = gesperrt
admin-invite = Kollegin oder Kollegen einladen
admin-invite-how = Sie geben einen Namen und die erste Aufgabe an und bekommen einen Link. Mit ihm wählt die Person ihr Passwort selbst.
admin-invite-press = Konto anlegen und Link zeigen
admin-name-taken = Mit diesem Namen gibt es schon ein Konto.
admin-name-missing = Bitte einen Namen angeben, mit dem sich die Person anmeldet.
admin-last = Das geht nicht: Danach könnte niemand mehr verwalten. Geben Sie die Aufgabe „Verwaltung“ für alle Ämter zuerst einem anderen Konto.
admin-disabled-no-link = Das Konto ist gesperrt. Erst entsperren, dann einen Link ausgeben.
admin-add = Aufgabe geben
admin-take = Nehmen
admin-take-how = Wird eine Aufgabe genommen, muss sich die Person neu anmelden.
admin-entry = Zugang
admin-link = Neuen Link ausgeben
admin-link-how = Damit wählt die Person ein neues Passwort. Der Link davor gilt nicht mehr.
admin-sign-out = Überall abmelden
admin-sign-out-how = Jede offene Anmeldung endet gleich. Das Passwort bleibt.
admin-disable = Sperren
admin-disable-how = Niemand kann sich mehr mit diesem Konto anmelden; jede offene Anmeldung endet.
admin-enable = Entsperren
admin-enable-how = Das Passwort ist dasselbe wie vorher.
admin-link-for = Link für { $who }
admin-link-what = Der Link wird nur jetzt gezeigt, gilt einmal und einen Tag lang. Geben Sie ihn nur an diese Person weiter.
admin-link-here = Link
admin-link-back = Zum Konto
admin-done-add = Die Aufgabe ist gegeben.
admin-done-take = Die Aufgabe ist genommen.
admin-done-disable = Das Konto ist gesperrt.
admin-done-enable = Das Konto ist entsperrt.
admin-done-sign-out = Alle Anmeldungen dieses Kontos enden gleich.
admin-done-rename = Das Gerät hat seinen neuen Namen.
admin-done-move = Das Gerät ist umgezogen.
admin-done-away = Das Gerät ist entkoppelt.
admin-done-reload = Das Gerät lädt seine Seite neu.
admin-done-identify = Das Gerät zeigt jetzt kurz seinen Namen.
admin-done-revoke = Der Schlüssel gilt nicht mehr. Seine Verbindungen enden gleich.
admin-devices-how = Alle gekoppelten Geräte der Ämter, die dieser Server führt. Ein kaputtes Gerät wird entkoppelt, das neue mit seinem Code gekoppelt.
admin-devices-pair = Neues Gerät koppeln: auf der Seite der Aufsicht
admin-devices-none = Hier ist kein Gerät gekoppelt.
admin-seen = zuletzt gesehen { $at }
admin-seen-never = noch nie gesehen
admin-device-name = Name (leer: wie in der Amtsdatei)
admin-device-to = Umziehen: ab jetzt ist es
admin-rename = Umbenennen
admin-move = Umziehen
admin-tokens-how = Ein Schlüssel lässt ein Gerät oder ein Programm herein. „aufruf token“ gibt neue aus.
admin-tokens-more = Es gibt { $count } Schlüssel; hier stehen die neuesten. Alle nennt „aufruf tokens“.
admin-tokens-none = Es gibt keinen gültigen Schlüssel.
admin-token = Schlüssel
admin-used = Zuletzt benutzt
admin-used-never = nie
admin-expires = Gilt bis
admin-expires-never = unbegrenzt
admin-revoke = Widerrufen
admin-audit-how = Was Verwaltung und Aufsicht getan haben. Was jemand am Schalter tut, steht hier nie. Einträge werden nach einem Jahr gelöscht.
admin-audit-any = alle
admin-audit-at = Wann
admin-audit-by = Wer
admin-audit-act = Was
admin-audit-about = Näheres
admin-audit-from = Von
admin-audit-to = Bis
admin-audit-show = Anzeigen
admin-audit-file = Als Tabelle herunterladen (CSV)
admin-audit-older = Ältere Einträge
admin-audit-none = Kein Eintrag passt.
admin-audit-command-line = Befehlszeile
admin-settings = Einstellungen
admin-settings-how = Was hier geändert wird, gilt statt der Amtsdatei, auch nach späteren Fassungen der Datei, bis es zurückgenommen wird.
admin-set-what = Was soll sich ändern
admin-set-day = Besonderer Tag (nur dafür)
admin-set-choose = Wählen
admin-set-value-choice = Neuer Wert
admin-set-value-lines = Neuer Wert, je Zeile einer (Zeiten als 08:00-12:00; leer: geschlossen oder nichts)
admin-set-value-number = Neuer Wert (leer: keiner)
admin-set-value-text = Neuer Wert
admin-set-from = Ab
admin-set-press = Einstellen
admin-set-key = Schlüssel
admin-set-page = Hier eingestellt
admin-set-file = Amtsdatei
admin-set-since = Seit
admin-set-counts = gilt
admin-set-coming = kommt noch
admin-set-idle = die Datei hat keinen Platz dafür
admin-set-back = Zurücknehmen
admin-set-none = Hier ist nichts eingestellt; es gilt die Amtsdatei.
admin-set-hours = Öffnungszeiten
admin-set-mon = Montag
admin-set-tue = Dienstag
admin-set-wed = Mittwoch
admin-set-thu = Donnerstag
admin-set-fri = Freitag
admin-set-sat = Samstag
admin-set-sun = Sonntag
admin-set-special = Besonderer Tag
admin-set-holidays = Geschlossene Tage (Daten), außer den Feiertagen des Landes
admin-set-services = Anliegen
admin-set-counters = Schalter
admin-set-zones = Wartebereich
admin-set-situations = Lage
admin-set-texts = Texte und Regeln
admin-set-ticket = Text auf dem Ticket
admin-set-close-intake = Annahme schließen
admin-set-services-names = Name
admin-set-services-target-minutes = Ziel für die Wartezeit, Minuten
admin-set-services-minutes = Erwartete Minuten
admin-set-services-daily-limit = Nummern je Tag
admin-set-services-hints = Hinweis
admin-set-services-papers = Mitzubringende Unterlagen
admin-set-counters-label = Beschriftung
admin-set-counters-services = Anliegen
admin-set-counters-features = Ausstattung
admin-set-counters-way = Weg
admin-set-zones-names = Name
admin-set-displays = Anzeige
admin-set-displays-zones = Gezeigte Wartebereiche
admin-set-situations-displays = Text auf Anzeigen
admin-set-situations-phones = Text auf Telefonen
admin-set-situations-counters = Text für Schalter
admin-set-call = Ansage eines Aufrufs
admin-set-call-way = Ansage mit Weg
admin-set-call-brief = Kurze Ansage
admin-set-calls = Aufrufe
admin-set-recall-limit = Wie oft erneut aufgerufen wird
admin-set-recall-pause = Sekunden bis zum erneuten Aufruf
admin-set-repeat-after = Sekunden, nach denen die Ansage wiederholt wird (0: nie)
admin-set-missed-shown = Sekunden, die ein verpasster Aufruf sichtbar bleibt
admin-set-show = Unterschied zeigen
admin-set-difference = Das ändert sich: { $key }
admin-set-before = Bisher
admin-set-after = Künftig
admin-set-nothing = nichts
admin-set-warned = Zu bedenken:
admin-fault-no-page = Diesen Schlüssel stellt keine Seite ein.
admin-fault-no-row = { $what } gibt es in { $table } nicht.
admin-fault-misfit = Der Wert nennt etwas, was es im Amt nicht gibt oder was dieser Schalter nicht bedienen kann.
admin-fault-range = Es muss eine Zahl von { $low } bis { $high } sein.
admin-fault-text = Es muss ein Text mit 1 bis 400 Zeichen sein.
admin-fault-id = Nur Buchstaben ohne Umlaute, Ziffern, _ und -, ohne Leerzeichen.
admin-fault-language = Das ist keine Sprache wie de, en oder tr.
admin-fault-choice = Möglich sind: { $words }.
admin-fault-twice = „{ $what }“ steht zweimal da.
admin-fault-whole = Es muss eine ganze Zahl sein.
admin-fault-number = Es muss eine Zahl sein.
admin-fault-list = Es muss eine Liste sein, je Zeile ein Eintrag.
admin-fault-span = Zeiten so schreiben: 08:00-12:00, je Zeile eine; das letzte Ende ist 24:00.
admin-fault-span-ends = „{ $span }“ endet, bevor es beginnt. Was über Mitternacht geht, in zwei Zeilen.
admin-fault-span-order = { $span } muss nach { $before } kommen, ohne Überschneidung.
admin-fault-date = Das ist kein Tag des Kalenders. So schreiben: 2026-12-24.
admin-fault-day-over = Dieser Tag ist vorbei; heute ist { $day }.
admin-fault-day-far = Das ist mehr als { $days } Tage entfernt.
admin-fault-must-say = { $words } muss vorkommen, sonst hört es niemand.
admin-fault-brace = { $what } ist nicht bekannt, nur { $words }.
admin-fault-brace-half = Einer geschweiften Klammer fehlt die andere Hälfte. Möglich sind: { $words }.
admin-fault-never-spoken = Wird nie gesprochen: { $language } wird als { $base } gesprochen.
admin-fault-one-service = Mindestens einer muss dastehen.
admin-fault-own-counter = Diese Anzeige zeigt nur ihren Schalter.
admin-fault-skills = Der Schalter kann { $what } nicht bedienen.
admin-fault-pair = Sie setzt eine andere Anzeige fort und braucht dieselben Wartebereiche wie { $what }.
admin-fault-too-long = Zu lang; höchstens { $most } Zeichen.
admin-fault-too-many = Hier ist zu viel eingestellt, höchstens { $most } Schlüssel. Etwas davon in die Amtsdatei schreiben.
admin-fault-no-such = Das Amt hat diese Zeile nicht, oder nicht das, was der Wert nennt.
admin-fault-unserved = Kein Schalter kann es bedienen.
admin-fault-retired = Öffnet mit { $what }; das gibt es nicht mehr.
admin-fault-unseen = Hier sind Schalter, aber keine Anzeige zeigt ihre Aufrufe.
admin-fault-never-open = Das Amt öffnet nie.
admin-fault-unnamed = Es fehlt der Text in: { $languages }.
admin-fault-other = Die Prüfung sagt (englisch): { $said }
admin-done-setting-lay = Die Einstellung gilt ab ihrem Tag.
admin-done-setting-back = Die Einstellung ist zurückgenommen; es gilt die Amtsdatei.
admin-act-signed-in = hat sich angemeldet
admin-act-account-made = Konto angelegt
admin-act-roles-set = Aufgaben geändert
admin-act-account-disabled = Konto gesperrt
admin-act-account-enabled = Konto entsperrt
admin-act-signed-out-everywhere = überall abgemeldet
admin-act-link-made = Link ausgegeben
admin-act-token-made = Schlüssel ausgegeben
admin-act-token-revoked = Schlüssel widerrufen
admin-act-device-paired = Gerät gekoppelt
admin-act-device-renamed = Gerät umbenannt
admin-act-device-moved = Gerät umgezogen
admin-act-device-sent-away = Gerät entkoppelt
admin-act-counter-assigned = Schalter neu zugeteilt
admin-act-tickets-moved = Nummern verschoben
admin-act-ticket-boosted = Nummer vorgezogen
admin-act-service-boosted = Anliegen vorgezogen
admin-act-moves-applied = Maßnahmen angewendet
admin-act-moves-reverted = Maßnahmen zurückgenommen
admin-act-service-opened = Annahme geöffnet
admin-act-service-closed = Annahme geschlossen
admin-act-service-limited = Annahme begrenzt
admin-act-policy-set = Reihenfolge geändert
admin-act-rule-set = Dauerregel geändert
admin-act-helper-called = Hilfe gerufen
admin-act-roster-set = Dienstplan geändert
admin-act-walk-ins-set = Anteil ohne Termin geändert
admin-act-message-posted = Nachricht gezeigt
admin-act-message-cleared = Nachricht entfernt
admin-act-zone-silenced = Ansage stumm
admin-act-silence-ended = Ansage wieder an
admin-act-call-tested = Probeaufruf
admin-act-setting-laid = Einstellung über die Amtsdatei gelegt
admin-act-setting-taken-back = Einstellung zurückgenommen
admin-act-day-opened = Tag geöffnet
admin-act-day-closed = Tag geschlossen
admin-passkeys = Zweiter Schritt: Passkeys
admin-passkeys-how = Mit einem Passkey (Fingerabdruck, Sicherheitsschlüssel, Telefon) reicht Ihr Passwort allein nicht mehr, um sich anzumelden. Hinterlegen Sie zwei, falls einer verloren geht.
admin-passkeys-none = Sie haben noch keinen Passkey.
admin-passkeys-no-token = Nur ein Konto mit Passwort kann Passkeys haben.
admin-passkeys-no-address = Hier geht das nicht: Browser legen Passkeys nur an, wenn der Server über https und mit einem Namen erreicht wird, nicht über eine Nummer wie 192.168.1.10.
admin-passkey = Passkey
admin-passkey-name = Name, an dem Sie ihn erkennen
admin-passkey-add = Passkey anlegen
admin-passkey-failed = Es wurde kein Passkey angelegt. Bitte noch einmal versuchen.
admin-passkey-made = angelegt { $at }
admin-passkey-used = zuletzt benutzt { $at }
admin-passkey-remove = Entfernen
admin-no-passkeys = Passkeys entfernen
admin-no-passkeys-how = Falls alle verloren sind: danach reicht das Passwort.
admin-done-passkey = Der Passkey ist angelegt. Bei der nächsten Anmeldung wird nach ihm gefragt.
admin-done-passkey-gone = Der Passkey ist entfernt.
admin-done-no-passkeys = Die Passkeys sind entfernt.
admin-act-passkey-added = Passkey angelegt
admin-act-passkey-removed = Passkey entfernt
admin-act-passkeys-removed = alle Passkeys entfernt
admin-outside = Diese Person meldet sich mit dem Konto der Stadt an. Ihre Aufgaben kommen bei jeder Anmeldung aus ihren Gruppen dort.

## Schnittstelle

api-title = Schnittstelle
api-what = Was andere Programme fragen und tun dürfen, mit einem Beispiel zu jedem Befehl.
api-english = Namen und Erklärungen sind englisch, wie auf der Leitung. Dasselbe für Programme:
api-asked = Befehle und Wege
api-live = Die stehende Leitung
api-live-what = Ein Socket zeigt eine Tafel: Begrüßung, die ganze Tafel, und danach jede Änderung.
api-help = Anschließen, Schritt für Schritt
api-contents = Inhalt
api-commands = Befehle
api-commands-what = Ein Befehl geht an POST /api/v1/offices/Amt/commands, mit einem Schlüssel im Kopf Idempotency-Key: derselbe Schlüssel noch einmal ist derselbe Druck.
api-ways = Wege
api-who = Wer darf:
api-body = Gesendet wird:
api-said = Was ein Gerät sagt
api-heard = Was ein Gerät hört
api-shapes = Formen
api-shapes-what = Woraus Antworten und Tafeln bestehen.
api-field = Feld
api-kind = Art
api-meaning = Bedeutung
api-must = muss dabei sein
api-example = Beispiel

## Hilfe

help-title = Hilfe
help-open = Hilfe öffnen
help-find = In der Hilfe suchen
help-search = Suchen
help-chapters = Kapitel der Hilfe
help-technical = Technische Seiten (englisch)
help-papers = Papiere für den Betrieb
help-found = { $count ->
    [0] Nichts gefunden. Ein kürzeres Wort hilft oft.
    [one] Eine Stelle.
   *[other] { $count } Stellen, die besten zuerst.
}
