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

## Wartedisplay

## Telefonticket

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
