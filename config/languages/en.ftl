# Aufruf, English. A language is a file.
# Headings say who shows or speaks the text.

## Gemeinsam

common-failed = That did not work. Please try again.
common-wait-none = no wait
common-wait-about = about { $minutes } min
common-wait-range = { $low }–{ $high } min
common-span-seconds = { $seconds } s
common-span-minutes = { $minutes } min
common-span-hours = { $hours } h { $minutes } min
common-language = Language
common-language-name = English
common-yes = Yes
common-no = No
common-back = Back
common-close = Close
common-connecting = Connecting
common-disconnected = Connection lost
common-data-age = As of { $age } ago
common-data-none = No data yet
common-unanswered = No answer from the server. Still trying to connect.
common-needs-script = This page needs JavaScript.

## Start und Anmeldung

start-language-de = Deutsch
start-language-en = English

## Wartedisplay

wall-title = Calls
wall-room = Waiting times
wall-nobody = Please wait. Your number will be shown here and spoken.
wall-closed = We are closed today.
wall-please-wait = Please wait
wall-waits = Wait from now, in minutes
wall-waiting = People waiting
wall-count = { $count } waiting
wall-service-closed = closed
wall-next = Next
wall-missed = Missed? Please go to reception.
wall-letters = Each letter is a different matter.
wall-spoken = Number { $number }, { $counter }{ $way ->
    [nowhere] {""}
   *[other] , { $way }
}
wall-listen = Please listen for the announcement.
wall-hidden = Calls are hidden because they may be out of date. Please ask at the reception desk.
wall-refused = This display is not signed in.
wall-sound-off = Sound off – tap here

## Telefonticket

phone-your-number = Your number
phone-state-waiting = You are waiting
phone-state-called = It is your turn
phone-state-serving = You are at the counter
phone-state-parked = On hold for a moment
phone-state-away = Your number is paused
phone-state-missed = You were called
phone-state-finished = Done
phone-state-cancelled = Number given up
phone-state-expired = This number is no longer valid
phone-ahead = { $count ->
    [0] Nobody is before you
    [one] 1 person before you
   *[other] { $count } people before you
}
phone-you-are-next = You are next
phone-not-before = You can be called again from { $time }
phone-passed-appointment = { $count ->
    [one] 1 person with an appointment went before you.
   *[other] { $count } people with an appointment went before you.
}
phone-passed-other = { $count ->
    [one] 1 person went before you for another reason.
   *[other] { $count } people went before you for another reason.
}
phone-come = Please come now to
phone-spoken-called = Number { $number }, it is your turn: { $counter }
phone-parked-how = Please stay close. You will be called again.
phone-away-until = Paused until { $time }
phone-away-how = You keep your place. You will not be called until then.
phone-missed-ago = { $age } ago
phone-missed-how = Are you here? Then it will be your turn again soon.
phone-missed-desk = Please go to the reception desk.
phone-goodbye = Goodbye.
phone-cancelled-how = For a new number, please go to the ticket machine.
phone-expired-how = For a new number, please go to the ticket machine.
phone-ring = Ring when it is my turn
phone-ring-on = Rings while this page is open
phone-pause = I need 20 more minutes
phone-pause-longer = Another 20 minutes
phone-cancel = I am not coming
phone-cancel-really = Give up your number?
phone-cancel-means = You lose your place in the line.
phone-cancel-yes = Yes, give up my number
phone-cancel-no = No, I am coming
phone-return-missed = I am here, please call me again
phone-return-away = I am back
phone-papers = Please have ready
phone-look-again = Load again: this page does not change by itself.
phone-link-dead = This link is no longer valid. Please ask at the reception desk.

## Kiosk

## Papierticket

ticket-day = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
} { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
ticket-wait = You will wait about
ticket-wait-less = You will wait less than
ticket-range = { $low }–{ $high } minutes
ticket-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
ticket-leave = You may leave until { $time }.
ticket-ahead = { $count ->
    [0] You are next
    [one] One person before you
   *[other] { $count } people before you
}
ticket-link = Your place in the queue, on your phone
ticket-comma = ,
ticket-papers = Please have ready: { $papers }.
ticket-follow = Your number will be shown and spoken.

## Ansage

# Spoken: Number A, zero one seven, please go to counter three. No full stop at the end.
say-call = Number { $number }, please go to { $place }
say-call-way = Number { $number }, please go to { $place }, { $way }
say-counter = counter { $counter }
# How words on signs are spoken (sign: spoken).
say-place-names = Schalter: counter, Zimmer: room, Raum: room, Platz: desk, Kasse: cash desk, Büro: office
# The numbers 0 to 99; the first ten are the digits too.
say-numbers =
    zero, one, two, three, four, five, six, seven, eight, nine,
    ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, eighteen, nineteen,
    twenty, twenty-one, twenty-two, twenty-three, twenty-four, twenty-five, twenty-six, twenty-seven, twenty-eight, twenty-nine,
    thirty, thirty-one, thirty-two, thirty-three, thirty-four, thirty-five, thirty-six, thirty-seven, thirty-eight, thirty-nine,
    forty, forty-one, forty-two, forty-three, forty-four, forty-five, forty-six, forty-seven, forty-eight, forty-nine,
    fifty, fifty-one, fifty-two, fifty-three, fifty-four, fifty-five, fifty-six, fifty-seven, fifty-eight, fifty-nine,
    sixty, sixty-one, sixty-two, sixty-three, sixty-four, sixty-five, sixty-six, sixty-seven, sixty-eight, sixty-nine,
    seventy, seventy-one, seventy-two, seventy-three, seventy-four, seventy-five, seventy-six, seventy-seven, seventy-eight, seventy-nine,
    eighty, eighty-one, eighty-two, eighty-three, eighty-four, eighty-five, eighty-six, eighty-seven, eighty-eight, eighty-nine,
    ninety, ninety-one, ninety-two, ninety-three, ninety-four, ninety-five, ninety-six, ninety-seven, ninety-eight, ninety-nine

## Schalter

## Aufsicht

## Bericht

## Fehler
