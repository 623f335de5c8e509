# Aufruf, Deutsch. Eine Sprache ist eine Datei.
# Überschriften nennen, wer den Text zeigt oder spricht.

## Gemeinsam

common-failed = Das hat nicht geklappt. Bitte noch einmal versuchen.
common-wait-none = keine Wartezeit
common-wait-about = etwa { $minutes } min
common-wait-range = { $low }–{ $high } min
common-span-seconds = { $seconds } s
common-span-minutes = { $minutes } min
common-span-hours = { $hours } h { $minutes } min
common-language = Sprache
common-language-name = Deutsch
common-yes = Ja
common-no = Nein
common-back = Zurück
common-close = Schließen
common-connecting = Verbindung wird aufgebaut
common-disconnected = Verbindung unterbrochen
common-data-age = Stand: vor { $age }
common-data-none = Noch keine Daten
common-unanswered = Keine Antwort vom Server. Die Verbindung wird weiter versucht.
common-needs-script = Diese Seite braucht JavaScript.

## Start und Anmeldung

start-language-de = Deutsch
start-language-en = English

## Wartedisplay

wall-title = Aufruf
wall-room = Wartezeiten
wall-nobody = Bitte warten. Ihre Nummer wird hier gezeigt und angesagt.
wall-closed = Heute ist geschlossen.
wall-please-wait = Bitte warten
wall-waits = Wartezeit ab jetzt, in Minuten
wall-waiting = Es warten
wall-count = { $count ->
    [one] 1 wartet
   *[other] { $count } warten
}
wall-service-closed = geschlossen
wall-next = Als Nächste
wall-missed = Verpasst? Bitte zum Empfang.
wall-letters = Jeder Buchstabe ist ein anderes Anliegen.
wall-spoken = Nummer { $number }, { $counter }{ $way ->
    [nowhere] {""}
   *[other] , { $way }
}
wall-listen = Bitte auf die Ansage achten.
wall-hidden = Die Aufrufe sind ausgeblendet, weil sie nicht mehr stimmen könnten. Bitte am Empfang fragen.
wall-refused = Diese Anzeige ist nicht angemeldet.
wall-sound-off = Ton aus – hier tippen

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
phone-ahead = { $count ->
    [0] Niemand ist vor Ihnen
    [one] 1 Person vor Ihnen
   *[other] { $count } Personen vor Ihnen
}
phone-you-are-next = Sie sind als Nächste dran
phone-not-before = Sie können ab { $time } wieder aufgerufen werden
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
phone-pause = Ich brauche 20 Minuten mehr Zeit
phone-pause-longer = Noch einmal 20 Minuten Pause
phone-cancel = Ich komme nicht mehr
phone-cancel-really = Nummer zurückgeben?
phone-cancel-means = Sie verlieren Ihren Platz in der Reihe.
phone-cancel-yes = Ja, Nummer zurückgeben
phone-cancel-no = Nein, ich komme
phone-return-missed = Ich bin da, bitte wieder aufrufen
phone-return-away = Ich bin wieder da
phone-papers = Bitte bereithalten
phone-look-again = Neu laden: der Stand ändert sich hier nicht von selbst.
phone-link-dead = Dieser Link gilt nicht mehr. Bitte am Empfang fragen.

## Kiosk

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
ticket-wait-less = Sie warten weniger als
ticket-range = { $low }–{ $high } Minuten
ticket-minutes = { $minutes ->
    [one] { $minutes } Minute
   *[other] { $minutes } Minuten
}
ticket-leave = Sie können bis { $time } weggehen.
ticket-ahead = { $count ->
    [0] Sie sind als Nächstes dran
    [one] Eine Person vor Ihnen
   *[other] { $count } Personen vor Ihnen
}
ticket-link = Ihr Platz in der Reihe, auf Ihrem Telefon
ticket-comma = ,
ticket-papers = Bitte bereithalten: { $papers }.
ticket-follow = Ihre Nummer wird angezeigt und angesagt.

## Ansage

# Gesprochen: Nummer A, null eins sieben, bitte zu Schalter drei. Kein Punkt am Ende.
say-call = Nummer { $number }, bitte zu { $place }
say-call-way = Nummer { $number }, bitte zu { $place }, { $way }
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

## Aufsicht

## Bericht

## Fehler
