# Aufruf, English. A language is a file.
# Headings say who shows or speaks the text.

## Gemeinsam

common-failed = That did not work. Please try again.
common-wait-none = no wait
common-wait-about = about { $minutes } min
common-learning = estimate, still learning
common-range = { $low }–{ $high }
common-wait-range = { common-range } min
common-no-wait-no-counter = No counter is open for this at the moment
common-no-wait-no-step-free = No step-free counter is open for this at the moment
common-no-wait-closed = Closed at the moment: no counter is open for this
common-no-wait-situation = Nobody can say at the moment how long it will take
common-no-wait-stale = Nobody can say at the moment how long it will take
common-span-seconds = { $seconds } s
common-span-minutes = { $minutes } min
common-span-hours = { $hours } h { $minutes } min
common-language = Language
common-language-name = English
common-language-direction = ltr
common-accessibility = Accessibility
common-back = Back
common-close = Close
common-connecting = Connecting
common-disconnected = Connection lost
common-data-age = As of { $age } ago
common-data-none = No data yet
common-unanswered = No answer from the server. Still trying to connect.
common-needs-script = This page needs JavaScript.

## Start und Anmeldung

start-title = Aufruf: where do you want to start?
start-heading = Take a number, call it, see it
start-step-ticket = Take a number
start-step-ticket-how = Choose a service at the kiosk.
start-step-call = Press “Next number”
start-step-call-how = Sign in at the counter and open it.
start-step-watch = Watch the display
start-step-watch-how = The number appears, with a gong and a voice.
start-open-kiosk = Open the kiosk
start-open-counter = Open { $label }
start-open-display = Open the display
start-sign-in-hint = Counters and the supervisor’s table need you to sign in. The first time, use the link that “aufruf up” printed in the terminal.
start-sign-in = Sign in
start-open = open
start-closed = closed
start-practice = practice
start-kiosk = Kiosk
start-kiosk-what = Where citizens take their number.
start-display = Display
start-display-what = Shows the waiting room whose turn it is, and where.
start-counter = Counter
start-counter-what = Where clerks call, repeat and pass on.
start-station = Station
start-station-what = Photo terminal, cash desk, locker: whoever was sent there is called here and reported back.
start-desk = Reception
start-desk-what = Give out and find numbers, check in, come to help; on a tablet too.
start-open-desk = Open reception
start-supervisor = Supervisor
start-supervisor-what = The whole room at a glance; move counters and services.
start-open-supervisor = Open the supervisor’s table
start-report = Report
start-report-what = Today’s numbers and waits, by service and hour.
start-open-report = Open the report
start-appointments = Appointments
start-appointments-what = The appointments of a day; move or cancel all of them at once.
start-open-appointments = Open the appointments
start-open-phonedesk = Phone desk for all offices
start-evaluation = Evaluation
start-evaluation-what = Appointments and walk-ins: booked, taken up, in time.
start-open-evaluation = Open the evaluation
start-no-office = No office is loaded yet.
start-account = Account
start-password = Password
start-password-new = New password
start-password-rule = At least { $least } characters. A whole sentence is good.
start-password-set = Set password
start-password-later = Later, look around first
start-first-heading = Welcome
start-first-what = You are signed in. The link worked only once: now choose a name and a password to sign in with from now on.
start-first-ask = This link signs you in once; then you choose a password. It works only once.
start-first-spend = Sign in and choose a password
start-password-for = You are signed in as { $who }. The link worked only once: choose your password now.
start-no-password = You have no password yet. Without one you cannot come back in after signing out.
start-name-taken = Somebody signs in with this name already. Please choose another.
start-signed-out = You are signed out.
start-sign-in-later = Too many attempts. Please wait a moment and then try again.
start-device-unknown = There is no such device token, or it is no longer valid.
start-device-other = This token is not for a single device. Staff sign in with account and password.
start-forgot = Forgot your password? Your administrator gives you a new link.
start-sign-in-failed = Account or password is wrong.
start-password-weak = Please choose a longer password that is not easily guessed.
start-oidc = Sign in with the city’s account
start-oidc-or = Or with an account and password of its own:
start-oidc-on = You are signed in
start-oidc-go = Go on
start-oidc-off = Sign out at the city’s sign-in service too
start-oidc-away = The city’s sign-in service does not answer. Please try later, or use a password of your own.
start-oidc-refused = The answer of the city’s sign-in service is not right. Please tell your technicians: the reason is in the server’s log.
start-oidc-group = Your account has no role here. Please tell the administrators what you need it for.
start-oidc-disabled = This account is disabled here. The administrators can help.
start-oidc-again = Signing in took too long, or was interrupted. Please try again.
start-passkey = Second step
start-passkey-how = Your password is right. Now confirm with your passkey.
start-passkey-press = Confirm with a passkey
start-passkey-failed = The passkey did not fit, or it took too long. Please sign in again.
start-passkey-nowhere = Your account needs a passkey. Browsers ask for it only by https and the name of the server: please open that address.
start-device = Sign in this device
start-device-token = Device token
start-device-what = For displays and kiosks: the token that “aufruf token” prints.
start-device-pair = Pair a screen with a code
start-device-set = Sign in device
start-new-tab = (new tab)
start-home = Back to the start
start-problem-403 = You may not open this page
start-problem-403-how = Please sign in with an account that may.
start-problem-origin = The server does not know this address
start-problem-origin-how = Please tell your technician: the server was not told under which address it is opened.
start-problem-404 = This page does not exist
start-problem-404-how = There may be a typo in the address, or the link is old.
start-problem-410 = This link is no longer valid
start-problem-410-how = Links to numbers are valid on their day only. Please ask at the reception desk.
start-problem-link-how = It was used already, replaced by a newer one, or is older than a day. Your administrator gives you a new one.
start-problem-429 = Too many attempts
start-problem-429-how = Please wait a minute, then try again.
start-problem-500 = That did not work
start-problem-500-how = The fault is ours. Please try again.
start-problem-503 = Not reachable just now
start-problem-503-how = Please try again in a moment. Nothing is lost.

## Neuer Bildschirm

pair-title = Set up a screen
pair-how = On the supervisor’s table, at “Devices”, press “Pair a device” and type this code.
pair-changes = The code is good for a short time, then another one appears.
pair-insecure = This address is not encrypted (https). After a restart without the server the screen stays empty.
pair-done = Paired as %
pair-away = No connection to the server. It goes on by itself.
pair-token = Sign in with a device token instead

## Erklärung zur Barrierefreiheit

statement-what = This statement is about the displays, the kiosk, the ticket on the phone and these pages.
statement-how = We follow the standard EN 301 549. Programs check every new release. People with disabilities have not checked it yet.
statement-gaps = What does not work yet
statement-gap-signs = There are no videos in sign language.
statement-gap-easy = The texts in easy German are a draft.
statement-instead = Somebody at reception helps you. You need neither kiosk nor phone for that.
statement-report = Something does not work for you?
statement-write = Please write to us or call us.
statement-ask = Please tell us at reception.
statement-form = Form
statement-enforcement = Our answer does not help you? The enforcement body mediates, free of charge.

## Wartedisplay

wall-title = Calls
wall-room = Waiting times
wall-media = Pictures
wall-media-hold = Stop the pictures
wall-media-go-on = Go on with the pictures
wall-nobody = Please wait. Your number will be shown here and spoken.
wall-closed = We are closed today.
wall-please-wait = Please wait
wall-desk-paused = Break
wall-desk-back = Break until { $time }
wall-phrase-checked = yes
wall-phrase-wait = Please wait a moment.
wall-phrase-sign = Please sign here.
wall-phrase-papers = Please show me:
wall-phrase-come-back = Please come back with:
wall-phrase-done = You are finished. Goodbye.
wall-more = { $count ->
    [one] 1 more number, taking turns
   *[other] { $count } more numbers, taking turns
}
wall-waits = Wait from now, in minutes
wall-waiting = People waiting
wall-count = { $count } waiting
wall-service-closed = closed
wall-not-today = probably not today
wall-next = Next
wall-missed = Missed? Please go to reception.
wall-letters = Each letter is a different matter.
wall-door = Kiosk broken? Take a number on your phone:
wall-door-code = Code
wall-moved = Now at “{ $service }”: { $numbers }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
}. Your place in line stays.
wall-spoken = Number { $number }, { $counter }{ $way ->
    [nowhere] {""}
   *[other] , { $way }
}
wall-ask = Please ask at reception.
wall-hidden = Calls are hidden because they may be out of date. Please ask at the reception desk.
wall-refused = This display is not signed in.
wall-unknown = There is no such display in this office.
wall-sound-off = Sound off – tap here

## Pfeile an Anzeige und Telefon

place-left = to the left
place-right = to the right
place-up = up the stairs
place-down = down the stairs
place-straight = straight ahead

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
phone-leave = You may leave until { $time }.
phone-moved = Your number was moved to this matter at { $time }. Your place in line stays.
phone-longer-fewer-counters = It takes longer than announced, because fewer counters are open.
phone-ahead = { $count ->
    [0] Nobody is before you
    [one] 1 person before you
   *[other] { $count } people before you
}
phone-you-are-next = You are next
phone-not-before = You can be called again from { $time }
phone-called-at = You were called at { $time }
phone-missed-once-how = Are you here? Then please stay in the waiting room.
phone-here = I am here
phone-here-how = Good. You are back in line and will be called once more.
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
phone-push = Message me when it is my turn
phone-push-on = A message comes even if this page is closed
phone-push-denied = This browser allows no messages. Please keep this page open.
phone-push-failed = That did not work. Please keep this page open.
phone-no-https = Without https: no message once this page is closed, and the screen may turn off.
phone-later = Be called only from { $from } to { $to }
phone-pause = { $minutes ->
    [one] I need { $minutes } more minute
   *[other] I need { $minutes } more minutes
}
phone-pause-longer = { $minutes ->
    [one] Another { $minutes } minute
   *[other] Another { $minutes } minutes
}
phone-cancel = I am not coming
phone-cancel-really = Give up your number?
phone-cancel-means = You lose your place in the line.
phone-cancel-yes = Yes, give up my number
phone-cancel-no = No, I am coming
phone-return-missed = I am here, please call me again
phone-return-away = I am back
phone-way-step-free = Show the way without steps
phone-papers = Please have ready
phone-look-again = Load again: this page does not change by itself.
phone-link-dead = This link is no longer valid. Please ask at the reception desk.

## Termine

book-title = Book an appointment
book-question = What is it about?
book-several = You can settle up to { $most } matters in one appointment.
book-persons = For how many people?
book-find = Show free times
book-walk-in = Without an appointment today:
book-choose = Please choose one service or more, five at most.
book-when-ask = When does it suit you?
book-takes = { $minutes ->
    [one] takes about { $minutes } minute
   *[other] takes about { $minutes } minutes
}
book-change = Another service
book-free = { $count ->
    [one] { $count } free time
   *[other] { $count } free times
}
book-morning = Morning
book-afternoon = Afternoon
book-later = Later days
book-none = Nothing is free in this time. You can also come without an appointment.
book-elsewhere = Free in other offices
book-taken = This time has just been taken. Please choose another one.
book-expired = This time is no longer kept for you. Please choose again.
book-work-undone = Your browser has to calculate for a moment, so that programs cannot hoard appointments. That did not work: please allow JavaScript and try again, or call us or come by.
book-work-wait = One moment, your time is being fetched …
book-next = Next free appointment:
book-next-none = No appointment is free at the moment.
wish-title = Be told as soon as something is free
wish-why = When a time that suits you becomes free, you get a mail. The time is then kept for you for { $span }.
wish-first = Not before
wish-last = Not after
wish-part = At what time?
wish-any = Any time
wish-sites = Also in these offices
wish-mail = Mail address
wish-send = Tell me
wish-noted = You get a mail as soon as something is free.
wish-end = Stop looking
wish-ended = We have stopped looking
wish-ended-means = Your mail address is deleted.
wish-free = A time has become free
wish-take = Book this appointment
wish-gone = This time is no longer kept for you. We go on looking.
wish-subject = Now free: { $when }
book-yours = Your appointment
book-when = { $day }, { $time }
book-day = { $day }
book-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
book-held = This time is kept for you until { $time }.
book-nameless = We do not ask for your name. You get a code.
book-confirm = Book it
book-other = Another time
book-papers = Please bring
book-done = Your appointment is booked.
book-moved = Your appointment has been moved.
book-here = You are checked in. Your number:
book-code = Your code
book-code-is = Code for checking in at the office: { $code }
book-code-picture = Your code as a picture for the kiosk
book-code-how = Check in with it at the kiosk as soon as you are there.
book-keep = Whoever can open this page can change the appointment. Please keep its address.
book-calendar = Add to the calendar
book-missed = This appointment is over.
book-again = Book a new appointment
book-move = Move the appointment
book-cancel = Cancel the appointment
book-cancel-means = The time is then free for others.
book-cancel-yes = Yes, cancel it
book-cancelled = Your appointment is cancelled
book-over = This appointment does not exist any more
book-until-now = Until now: { $time }
book-mail = E-mail address (optional)
book-mail-why = You then get a mail with the code, a reminder, and links to move or cancel the appointment. We delete the address at the end of the day of your appointment.
book-mail-wrong = This is not an e-mail address. You can also leave the field empty.
book-mail-sent = You will get a mail in a moment.
book-mail-failed = Your e-mail address could not be saved. Please note the code.
mail-subject-booked = Your appointment: { $when }
mail-subject-moved = Your appointment has been moved: { $when }
mail-subject-cancelled = Your appointment has been cancelled: { $when }
mail-subject-reminder = Reminder of your appointment: { $when }
mail-reminder = Please remember your appointment.
mail-release = You cannot come? Then please cancel the appointment, so that somebody else gets the time.
mail-also = There is another appointment for this e-mail address: { $when }. If you need only one, please cancel the other.
mail-foot = This mail comes from { $office }, because somebody gave your address when booking. We delete it at the end of the day of your appointment.

## Ticket by the code at the door

draw-how = Enter the code that is shown at the door now. It changes every five minutes.
draw-code = Code at the door (six digits)
draw-none = In this office numbers are given only at the kiosk and at reception.
draw-have = You already have number { $number }.
draw-show = Show my number
draw-choose = Please choose what you came for.
draw-wrong = This code is no longer valid, or not right. Please read it at the door once more.
draw-already = You have already taken a number with this code. In five minutes there is a new one at the door.
draw-nothing = Nothing is open at present.
draw-qr = QR code: address of this page

## Kiosk

kiosk-title = Take a number
kiosk-question = What are you here for?
kiosk-touch = Please touch. You will get a number.
kiosk-closed-title = We are closed at the moment.
kiosk-closed-now = There are no numbers here now.
kiosk-closed = closed
kiosk-closed-closed = closed at the moment
kiosk-closed-day-closed = not open yet
kiosk-closed-hours = not open now
kiosk-closed-limit = all numbers for today are taken
kiosk-closed-not-today = probably not reached today any more
kiosk-closed-no-numbers = no numbers at this machine at the moment, please go to reception
kiosk-comma = ,
kiosk-opens-today = open again today from { $time }
kiosk-opens-on = again from { $day }, { $time }
kiosk-waiting = { $count ->
    [0] nobody waiting
    [one] 1 person waiting
   *[other] { $count } people waiting
}
kiosk-reached-yes = today for sure
kiosk-reached-likely = probably today
kiosk-reached-no = probably not today any more
kiosk-not-step-free = no step-free counter open now
kiosk-online = Also possible from home: { $address }
kiosk-cut-off = This machine has no connection at the moment. Please go to reception.
kiosk-alone = This machine has no connection at the moment. You still get a number here.
kiosk-refused = This machine is not signed in. Please go to reception.
kiosk-unknown = There is no such machine in this office. Please go to reception.
kiosk-unanswered = There was no answer. Please touch the same again, you will get one number only. Otherwise please go to reception.

kiosk-appointment = I have an appointment
kiosk-needs = I need help or more room
kiosk-large = Large text
kiosk-help = Please send somebody
kiosk-on = Continue
kiosk-needs-title = What do you need?
kiosk-needs-why = You need not say why. Only staff will see it.
kiosk-needs-given = Noted: { $needs }
kiosk-needs-change = Change
kiosk-need-step-free = A way without steps
kiosk-need-escort = Please fetch me
kiosk-need-visual-call = I cannot hear the call
kiosk-need-hearing-loop = Hearing loop
kiosk-need-interpreter = Interpreter
kiosk-need-more-room = More room (pram, walking frame)
kiosk-help-asked = We have told somebody. Please wait here.
kiosk-help-coming = Somebody is coming to you.
kiosk-help-nobody = Nobody is free at the moment. Please go to reception.
kiosk-help-failed = That did not work. Please go to reception.

kiosk-code-title = Your code
kiosk-code-where = It is in your confirmation. You can also scan it.
kiosk-code = Code
kiosk-keypad = Keyboard
kiosk-check-in = Check in
kiosk-erase = Delete

kiosk-your-number = Your number
kiosk-take-paper = Please take the paper.
kiosk-no-paper = No paper today: please remember the number.
kiosk-qr = On your phone: scan and see your place in the queue
kiosk-qr-alt = Code for your phone
kiosk-ahead = { $count ->
    [0] You are next.
    [one] 1 person is before you.
   *[other] { $count } people are before you.
}
kiosk-learning = The waits are estimates that are still learning.
kiosk-expected = You will wait about
kiosk-called-how = Your number will be shown and spoken.
kiosk-papers = Please have ready
kiosk-done = Done
kiosk-longer = Show longer
kiosk-still-there = Are you still there?
kiosk-ends-in = { $seconds ->
    [one] The screen starts again in 1 second.
   *[other] The screen starts again in { $seconds } seconds.
}
kiosk-more-time = Yes, continue

kiosk-several = Several matters
kiosk-touch-several = Touch all that you need. You get one number for all of it.
kiosk-search = Search
kiosk-below = More services
kiosk-goes-on = There is more below
kiosk-chosen = { $count ->
    [0] Nothing chosen yet
    [one] Go on with 1 matter
   *[other] Go on with { $count } matters
}
kiosk-one-ticket = one number for all of it
kiosk-low = Buttons further down
kiosk-matter = What you are here for
kiosk-bring = Please bring:
kiosk-wait-now = At the moment
kiosk-persons = How many people?
kiosk-how-many = How many?
kiosk-less = less
kiosk-more = more
kiosk-have = I have everything: take a number
kiosk-draw = Take a number
kiosk-come-back = I will come back
kiosk-come-back-means = Your place is kept for { $minutes } minutes.
kiosk-later = Rather today { $from } to { $to }
kiosk-later-means = Your place is kept. You are not called before { $from }.
kiosk-later-taken = Please be here at { $from }. You will be called by about { $to }.
kiosk-back-by = Your place is kept. Please be back by { $time }.
kiosk-online-alt = Code for your phone: do it from home
kiosk-mine = My number
kiosk-mine-title = Your number
kiosk-mine-where = The number and the four signs beside it, or hold the paper under the reader.
kiosk-mine-code = Number and signs
kiosk-mine-show = Show
kiosk-mine-unknown = We do not know this number with these signs today.
kiosk-print-again = Print again
kiosk-own-code = Your signs for this machine:
kiosk-speech-on = Speech is on. Arrow keys: on and back. Enter: choose. Plus and minus: louder and softer.
kiosk-speech-volume = Volume { $percent } per cent
kiosk-speech-chosen = chosen
kiosk-speech-off = not possible now
kiosk-needs-help = I need help
kiosk-search-title = What are you looking for?
kiosk-search-typed = Your letters
kiosk-search-found = { $count ->
    [0] Nothing found
    [one] 1 service
   *[other] { $count } services
}

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
ticket-range = { common-range } minutes
ticket-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
ticket-leave = You may leave until { $time } (as of { $drawn }).
ticket-ahead = { $count ->
    [0] You are next
    [one] One person before you
   *[other] { $count } people before you
}
ticket-link = Your place in the queue, on your phone
ticket-code = Signs for the machine: { $code }
ticket-papers = Please have ready:
ticket-follow = Your number will be shown and spoken.
ticket-alone = Issued without a connection. Your number is valid.

## Ansage

# Spoken: Number A, zero one seven, please go to counter three. No full stop at the end.
say-call = Number { $number }, please go to { $place }
say-call-way = Number { $number }, please go to { $place }, { $way }
say-brief = { $number }, { $place }
say-test = This is a test, this is how a call sounds
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

counter-title = Counter
counter-acts = What I can do
counter-current = Whom I serve
counter-lists = Who is waiting
counter-state-closed = closed
counter-state-open = open
counter-state-paused = break
counter-state-wrap-up = wrapping up

counter-act-take-over = Take over this counter
counter-act-open = Open the counter
counter-act-open-with = Open with …
counter-act-close = Close
counter-act-resume = Back to work
counter-act-ready = Ready again
counter-act-next = Next number
counter-act-finish-next = Done, next number
counter-act-finish-pause = Done, then break
counter-act-finish-wrap-up = Done, then wrap up
counter-act-finish = Done
counter-act-arrived = Is here
counter-act-repeat = Call again
counter-act-missed = Did not come
counter-act-withdraw = Withdraw
counter-act-park = Park
counter-act-transfer = Transfer
counter-act-without = End without result
counter-act-direct = Serve without number
counter-act-pause = Break
counter-act-pause-after = Break after this
counter-act-no-pause = No break after all
counter-act-wrap-up = Wrap up
counter-act-call = Call
counter-act-call-finish = Done, call this number
counter-act-resume-ticket = Resume
counter-act-return = Back in line
counter-act-away = Put back { $minutes } minutes
counter-act-priority = Give priority
counter-act-no-priority = Take priority away
counter-act-print = Print again
counter-act-note = Write a note
counter-act-note-change = Change the note
counter-act-ready-for = Ready: call whoever comes
counter-act-not-ready = Do not call by itself
counter-act-cancel = Cancel the number
counter-act-phrase = Say on the display
counter-phrase-title = Say on the display to { $number }
counter-phrase-yes = reviewed
counter-phrase-no = machine-translated, not reviewed yet
counter-phrase-none = Show nothing any more
counter-act-part = Only a part is done
counter-act-pick = Call a certain number
counter-act-services = Add a service
counter-terminal-choose = Arrows, Enter chooses, Esc leaves
counter-terminal-write = One line, Enter keeps it, Esc leaves it
counter-terminal-digits = Bring back who is parked, not here or coming later
counter-terminal-keys = Arrows, Enter: another key · Del: all as at first · Esc: back
counter-terminal-key-stays = This key stays as it is.
counter-terminal-key-taken = This key cannot be used: please a letter, a sign or F1 to F12.
counter-terminal-keys-not-kept = Holds until the end, but could not be kept: { $reason }

counter-help = Help
counter-keys = Keys and view
counter-keys-on = Use keys
counter-key-change = change
counter-key-change-of = { $act }: another key
counter-key-press = Press a key …
counter-keys-reset = All keys as at first
counter-more = More
counter-strip = Open as a narrow strip
counter-desktop = Tell me on the desktop when somebody waits or there is something to read
counter-desktop-insecure = Notifications on the desktop need https.
counter-desktop-next = { $number } is waiting.
counter-theme = Colours
counter-theme-paper = Light
counter-theme-night = Dark
counter-theme-contrast = High contrast

counter-services = Services
counter-marks = Please note
counter-language = Language
counter-waited = Waited
counter-left = { $range } to go
counter-why = Reason
counter-attempt = Call
counter-attempt-count = no. { $count }
counter-note = Note
counter-note-title = { $number }: note
counter-note-label = For colleagues
counter-note-hint = Only staff see it. It is deleted at the end of the day.
counter-note-keep = Keep the note
counter-slot = Appointment
counter-misses = Did not come
counter-persons = Persons
counter-since-call = since the call
counter-at-counter = at the counter
counter-seen = shown on { $seen } of { $displays } displays
counter-spoken = spoken
counter-not-spoken = not spoken
counter-nobody-saw = not on any display yet
counter-mind-visual = cannot hear the call, please wait longer
counter-mind-escort = please fetch

counter-what-is-done = What is done?
counter-nothing-done = Nothing done: transfer, park or end without result.
counter-elsewhere = then at another counter
counter-elsewhere-station = then: { $station }
counter-add-service = Add a service
counter-add-title = { $number }: what else?
counter-add-verb = Add
counter-open-with = Open with what?
counter-closed-line = This counter is closed.
counter-taken = Somebody else has had this counter since { $time }.
counter-taken-case = Whoever takes over takes this number too.
counter-wrap-up-line = Wrapping up
counter-pause = Break
counter-paused-until = { $reason }, back at { $time }
counter-pause-coming = The break begins after this number.
counter-ready-line = Ready. Whoever comes next is called at once.
counter-next-up = Next
counter-nobody-waits = Nobody is waiting.

counter-list-queue = Next
counter-list-parked = Parked
counter-list-missed = Did not come
counter-list-away = Comes later
counter-queue = Next ({ $count ->
    [one] 1 waiting
   *[other] { $count } waiting
})
counter-parked = Parked
counter-missed = Did not come
counter-away = Coming later
counter-not-before = can be called in { $left }
counter-my-lines = My lines
counter-line = { $count }, longest { $longest }
counter-line-none = nobody
counter-every-line = All lines of the office
counter-colleagues = Other counters

counter-transfer-title = Transfer { $number }
counter-to-service = To a service
counter-to-counter = To a counter
counter-to-station = To a machine
counter-to-same-service = Back to the same service
counter-to-closed = To a closed counter
counter-not-before-label = Call not before
counter-now = at once
counter-pause-title = Break
counter-pause-after-title = Break after this number
counter-pause-reason = Reason
counter-back-in = Back in
counter-back-open = open
counter-channel = How?
counter-direct-title = Serve without number
counter-missed-title = { $number } not here?
counter-without-title = End { $number } without result
counter-outcome = How does it end?
counter-outcome-not-possible = Not possible today
counter-outcome-left = Has left
counter-needs = Needs
counter-needs-keep = Keep these

counter-assigned = { $who }: this counter now has { $services }
counter-assigned-until = { $who }: until { $time } this counter has { $services }
counter-message = Supervisor:
counter-message-read = Read

counter-said-called = { $number } is called.
counter-said-serving = { $number } is at the counter.
counter-said-repeated = { $number } is called again.
counter-said-gone = { $number } is no longer at this counter.
counter-said-finished-nobody = { $number } is done. Nobody is waiting.
counter-said-mode-free = The counter is ready.
counter-said-mode-paused = Break.
counter-said-mode-wrap-up = Wrapping up.
counter-said-mode-closed = The counter is closed.
counter-said-mode-taken = Somebody else took over this counter.
counter-said-mode-called = The counter is calling.
counter-said-mode-serving = The counter is serving.

staff-stranded = { $count ->
    [one] Nobody can call one number.
   *[other] Nobody can call { $count } numbers.
}
staff-stranded-no-counter = no counter is open for it
staff-stranded-no-step-free = no step-free counter is open for it
staff-stranded-no-hearing-loop = no counter with a hearing loop is open for it
staff-stranded-no-more-room = no counter with more room is open for it
staff-stranded-counter-closed = waits for a counter that is closed
staff-stranded-station-closed = waits for a machine that is closed
staff-stranded-place-lacks = waits for a place that lacks what is needed
staff-stranded-station-silent = waits at a machine that does not answer
staff-and-more = and { $count } more
staff-help = { $device }: somebody needs help.
staff-help-accept = Somebody is coming
staff-lists = To the lists
staff-show-all = show all { $count }
staff-show-fewer = show fewer
staff-refused = { $act }: not possible.
staff-undo = Undo
staff-practice = Practice: nothing here is real, everything may be tried.
staff-case-kept = What you see stays here.
staff-presses-kept = { $count ->
    [one] One press is waiting for an answer, { $seconds } seconds at most.
   *[other] { $count } presses are waiting for an answer, { $seconds } seconds at most.
}
staff-press-given-up = No answer for { $seconds } seconds. The press is not sent any more; what counts is on this page as soon as it is connected again.
staff-sign-in = Sign in
staff-account = Sign-in
staff-home = Start page
staff-sign-out = Sign out
staff-signed-in = Signed in: { $who }
staff-signed-in-nameless = Signed in, no password yet
staff-signed-in-device = This device: { $who }
staff-line-not-signed-in = You are not signed in.
staff-line-not-allowed = You may not open this page.
staff-line-origin-refused = The server does not know the address of this page. Please tell your technician: its log says which option is missing.
staff-line-unknown = There is no such page in this office.
staff-line-malformed = This page is out of date. Please reload.
staff-supervisor = Supervisor
staff-desk = Reception

staff-why-longest-wait = longest wait
staff-why-appointment = appointment
staff-why-priority = priority
staff-why-boost = moved up by the supervisor
staff-why-language = this counter's language
staff-why-only = nobody else is waiting
staff-why-picked = picked
staff-why-returned = came back
staff-why-early = appointment, can be earlier
staff-why-slot-in = appointment in { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
staff-why-slot-at = appointment { $time }
staff-need-step-free = step-free
staff-need-escort = please fetch
staff-need-visual-call = cannot hear the call
staff-need-hearing-loop = hearing loop
staff-need-interpreter = interpreter
staff-need-more-room = more room
staff-category-walk-in = no appointment
staff-category-priority = priority
staff-category-appointment = appointment
staff-channel-counter = at the counter
staff-channel-phone = on the phone
staff-channel-mail = in writing
staff-channel-question = a quick question
staff-persons = { $count } persons
staff-counter-calls = calls { $number }
staff-counter-serves = serves { $number }
staff-counter-free = free
staff-counter-paused = break
staff-counter-paused-until = break until { $time }
staff-counter-paused-for = break: { $reason }
staff-counter-wrap-up = wrapping up
staff-counter-closed = closed

staff-did-something = Done
staff-did-ticket-called = { $number } called
staff-did-call-repeated = { $number } called again
staff-did-call-withdrawn = Call of { $number } withdrawn
staff-did-service-started = { $number } at the counter
staff-did-service-finished = { $number } done
staff-did-ticket-missed = { $number } did not come
staff-did-ticket-parked = { $number } parked
staff-did-ticket-resumed = { $number } goes on
staff-did-ticket-returned = { $number } back in line
staff-did-ticket-paused = { $number } put back
staff-did-ticket-transferred = { $number } transferred
staff-did-ticket-sent-to-station = { $number } sent to the machine
staff-did-ticket-cancelled = { $number } cancelled
staff-did-ticket-issued = { $number } issued
staff-did-direct-service-started = { $number } at the counter without waiting
staff-did-services-set = Services of { $number } changed
staff-did-category-set = Priority of { $number } changed
staff-did-needs-set = Details of { $number } changed
staff-did-ticket-boosted = { $number } moved up or down
staff-did-tickets-moved = Numbers moved
staff-did-tickets-moved-known = { $count } numbers moved to { $to }
staff-did-counter-opened = opened
staff-did-counter-taken-over = taken over
staff-did-counter-paused = on a break
staff-did-counter-resumed = back to work
staff-did-wrap-up-begun = wrap-up
staff-did-counter-closed = closed
staff-did-counter-assigned = new services assigned
staff-did-gets = now also { $services }
staff-did-loses = without { $services }
staff-did-until = until { $time }
staff-did-service-opened = intake opened
staff-did-service-closed = intake closed
staff-did-service-limited = intake limited
staff-did-service-boosted = moved up
staff-did-service-boosted-known = moved up by { $minutes } minutes
staff-did-policy-set = Order changed
staff-did-policy-set-known = Order: { $preset }
staff-did-helper-called = { $helper } called in
staff-did-message-posted = Message shown
staff-did-message-cleared = Message removed

staff-alarm = Alarm
staff-alarm-sure = Really? Raise the alarm
staff-alarm-chord = Silent alarm: press twice, or Ctrl+Alt+A
staff-alarm-keys = Ctrl+Alt+A
staff-alarm-at = Alarm: { $place }.
staff-alarm-own = The alarm is raised.
staff-alarm-nobody = Nobody is going yet.
staff-alarm-accepted = Going there: { $by }.
staff-alarm-accept = I am going
staff-alarm-end = End the alarm

press-unknown = There is no “{ $what }”. Possible: { $known }.
press-which-office = This token is for several offices ({ $offices }). Please say --counter office/{ $counter }.
press-no-server = The server { $server } cannot be reached ({ $reason }). Nothing was pressed.
press-unanswered = No answer from { $server } ({ $reason }). The counter shows whether it counted.
press-certificate = The certificate of { $server } is not trusted ({ $reason }). Nothing was pressed.
staff-did-undone = Taken back

## Aufsicht

supervisor-title = Supervisor
supervisor-waiting = waiting
supervisor-longest = longest wait
supervisor-of = { $count } of { $all }
supervisor-counters-open = counters open
supervisor-devices-away = { $count ->
    [one] device does not answer
   *[other] devices do not answer
}
supervisor-as-of-now = as of now
supervisor-report = Report
supervisor-services = Services
supervisor-service = Service
supervisor-waits = waiting
supervisor-longest-short = longest
supervisor-expected = Wait if drawn now
supervisor-no-estimate = no estimate yet
supervisor-target = Against the target
supervisor-change = Change
supervisor-moves = Sets of moves
supervisor-moves-revert = Take back
supervisor-moves-since = since { $time }
supervisor-moves-tickets = Numbers
supervisor-alerts = Alerts
supervisor-alert-durability = The store may lose something after a failure
supervisor-alert-clock = The clock of the server does not agree with the office's day
supervisor-alert-visual-call = { $place } does not answer: { $count ->
    [one] { $count } person has
   *[other] { $count } people have
} to see the call
supervisor-alert-no-counter = { $place }: { $count } waiting, nobody can call them
supervisor-alert-printer = Printer { $place } does not print
supervisor-alert-over-target = { $place }: { $minutes ->
    [0] { $count } waiting longer already than the target of { $target } min
   *[other] who draws a number now waits about { $minutes } min, target { $target } min
  }
supervisor-alert-overbooked = { $count ->
    [one] { $count } appointment has
   *[other] { $count } appointments have
  } no room any more
supervisor-overbooked-all = See all, move or cancel them
supervisor-overbooked-closed = the office is closed then
supervisor-overbooked-counters = no counter is free
supervisor-overbooked-walk-ins = takes room kept for people without an appointment
supervisor-alert-mute = { $place }: announcements cannot be heard
supervisor-alert-device = { $place } does not answer
supervisor-alert-idle-counter = { $place } is free although { $count } are waiting
supervisor-alerts-more = { $count } more alerts
supervisor-book = Shift book
supervisor-book-revert = Take back
supervisor-book-ended = ended
supervisor-book-told = predicted about { $told } min shorter
supervisor-book-told-longer = predicted about { $told } min longer
supervisor-book-told-happened = predicted about { $told }, happened about { $happened } min shorter longest wait
supervisor-book-not-compared = not compared past midnight
supervisor-book-happened = happened about { $happened } min shorter
supervisor-book-happened-longer = happened about { $happened } min longer
supervisor-by-supervisor = Supervisor
supervisor-by-rule = Rule
supervisor-by-rule-named = rule “{ $service } over { $over } min”
supervisor-by-closing = closing by itself
supervisor-by-system = by itself
supervisor-by-other = Staff
supervisor-helpers = Reinforcements
supervisor-helper-call = Call
supervisor-helper-call-who = Call { $helper }
supervisor-helper-keep = Keep longer
supervisor-helper-keep-who = Keep { $helper } longer
supervisor-helper-more = for another { $span }
supervisor-helper-here = called { $since }
supervisor-helper-where = Where
supervisor-helper-anywhere = open
supervisor-helper-until = Stays
supervisor-helper-planned = as long as planned
supervisor-advice = Advice
supervisor-advice-before = Before, at { $time }: { $effect }.
supervisor-advice-look = Look now
supervisor-advice-unknown = It has not been worked out yet whether a move helps.
supervisor-advice-none = At the moment no single move helps noticeably.
supervisor-advice-rests = Counters that were just moved stay as they are for now. Moves for them are looked for again from { $time }.
supervisor-advice-short = Nobody is expected to wait long. So no move is looked for.
supervisor-advice-horizon = Worked out for the next { $minutes } minutes.
supervisor-advice-until = Takes itself back at { $time }.
supervisor-apply = Apply
supervisor-drop = Drop
supervisor-what-if = What if …
supervisor-what-if-how = Presses now gather moves instead of making them: in the grid of counters, at services and numbers.
supervisor-what-if-remove = Leave out
supervisor-what-if-asking = Working it out …
supervisor-what-if-planned = planned
supervisor-what-if-offline = This cannot be worked out at the moment.
supervisor-what-if-refused = { $move }: { $why }
supervisor-what-if-overtaken = Somebody has changed something of this meanwhile. Nothing was applied.
supervisor-what-if-overtaken-by = Somebody has changed this meanwhile: { $what }. Nothing was applied.
supervisor-what-if-again = Look again
supervisor-effect-longest = Longest wait
supervisor-effect-p95 = 19 of 20 wait at most
supervisor-effect-mean = On average
supervisor-effect-falls = { $what } falls by about { $minutes } minutes ({ $low } to { $high }).
supervisor-effect-falls-mixed = { $what } falls by about { $minutes } minutes (between { $low } shorter and { $high } longer).
supervisor-effect-rises = { $what } rises by about { $minutes } minutes ({ $low } to { $high }).
supervisor-effect-rises-mixed = { $what } rises by about { $minutes } minutes (between { $low } shorter and { $high } longer).
supervisor-effect-same = { $what } stays about the same (between { $low } shorter and { $high } longer).
supervisor-effect-away = About { $count } { $count ->
    [one] person finds
   *[other] people find
} the intake closed.
supervisor-effect-unserved = By closing time about { $then } people are not called; without the change about { $now }.
supervisor-effect-col-wait = Wait
supervisor-effect-col-now = now
supervisor-effect-col-then = then
supervisor-effect-col-change = Change in minutes
supervisor-chance = Better in { $cases } of 10 cases.
supervisor-chance-all = Better in nearly all cases.
supervisor-chance-none = Better in hardly any case.
supervisor-situations = Situations
supervisor-situation-start = Start
supervisor-situation-end = End
supervisor-situation-means = Then no new numbers are given out; screens, phones and counters say so. All of it is ended with one press.
supervisor-rules = Rules
supervisor-rule-says = Wait for { $service } over { $over } minutes: { $counters } serve { $take } until it is under { $under }.
supervisor-rule-turn-on = Switch on
supervisor-rule-turn-off = Switch off
supervisor-rule-on = switched on
supervisor-rule-off = switched off
supervisor-rule-acting = acting now
supervisor-rule-quiet = switched on, taken back today
supervisor-rule = Rule
supervisor-rule-new = New rule
supervisor-rule-what = A rule helps by itself when nobody is at the table: if a wait becomes too long, more counters take the service too.
supervisor-rule-wait = Wait for
supervisor-rule-over = over
supervisor-rule-minutes = minutes
supervisor-rule-counters = Then these counters also take { $take }
supervisor-rule-already = takes it already
supervisor-rule-nobody = No counter can take it.
supervisor-rule-under = until it is under
supervisor-rule-minutes-end = minutes.
supervisor-rule-of-file = This rule stands in the office file. It is changed there; here it can be tried and switched.
supervisor-rule-try = Try on yesterday
supervisor-rule-try-first = It can be switched on after it was tried on yesterday.
supervisor-rule-write = Write down, not yet on
supervisor-rule-remove = Delete
supervisor-rule-no-day = No earlier day on which somebody was called is kept any more. The rule can be tried on the day after a day on which the office was open.
supervisor-rule-limits = Not lived again: ways to stations, and who would have come or stayed if waits had been others.
supervisor-rule-day = { $date }, { $people } { $people ->
    [one] person
   *[other] people
}:
supervisor-rule-idle = The rule would have done nothing.
supervisor-rule-acts = The rule would have helped { $count ->
    [one] once
   *[other] { $count } times
} ({ $spans }).
supervisor-rule-effect = { $what }: about { $with } instead of { $without } minutes
supervisor-rule-mean-of = On average for { $service }
supervisor-rule-mean-others = On average for the others
supervisor-part-book = Shift book
supervisor-part-services = Services
supervisor-part-numbers = Numbers
supervisor-part-counters = Counters
supervisor-part-roster = Roster
supervisor-part-moves = Moves
supervisor-part-messages = Messages
supervisor-part-devices = Devices
supervisor-reached-last = served today for sure up to { $number }{ $beyond ->
    [0] {""}
   *[other] , not the { $beyond } after it
  }
supervisor-reached-none = { $beyond ->
    [one] not sure today: the one who waits
   *[other] not sure today: all { $beyond } who wait
  }
supervisor-before-closing-last = called before closing for sure up to { $number }, not the { $beyond } after it
supervisor-before-closing-none = { $beyond ->
    [one] not sure before closing: the one who waits
   *[other] not sure before closing: all { $beyond } who wait
  }
supervisor-stands-unserved = no counter open
supervisor-stands-so-far = { $minutes } of { $target } min so far
supervisor-stands-nobody = nobody waits
supervisor-stands-good = on target
supervisor-stands-warn = getting tight
supervisor-stands-needs = { $count } with { $need }, no such counter open
supervisor-stands-bad = over target
supervisor-closed = closed
supervisor-closed-until = closed until { $time }
supervisor-open-service = Open intake
supervisor-close-service = Close intake
supervisor-close-what = Whoever waits already will still be served. The kiosk gives no new numbers until it is open again.
supervisor-reason = Reason
supervisor-reason-none = not given
supervisor-until-label = Ends by itself
supervisor-until-further = no, until further notice
supervisor-until-never = no, until the call
supervisor-until-cleared = no, until it is removed
supervisor-until = until { $time }
supervisor-in = in { $span }
supervisor-limit = Limit
supervisor-limit-label = At most this many numbers today
supervisor-limit-none = no limit
supervisor-boost = Move up
supervisor-boosted = brought forward { $minutes } min
supervisor-limited = at most { $limit } numbers today, { $drawn } drawn
supervisor-boost-service = Bring forward, as if everybody had come earlier (one hour unless it ends otherwise)
supervisor-earlier = { $minutes } minutes earlier
supervisor-grid = Who does what?
supervisor-why = Why
supervisor-grid-how = Touch to move. Arrow keys walk from cell to cell.
supervisor-for = Holds
supervisor-for-good = until further notice
supervisor-counter = Counter
supervisor-since = since
supervisor-cell-on = serves
supervisor-cell-can = could serve
supervisor-cell-no = cannot serve
supervisor-cannot = { $counter } cannot serve “{ $service }”.
supervisor-fixed = Nothing can be changed here at the moment.
supervisor-last-service = “{ $service }” is the last service of { $counter }. A counter without services should be closed.
supervisor-assign = { $counter }, { $service }
supervisor-counter-open = Open
supervisor-counter-close = Close
supervisor-counter-resume = Back to work
supervisor-counter-pause = Send on a break
supervisor-back-in = Back in
supervisor-back-open = open
supervisor-tickets = Numbers ({ $count })
supervisor-tickets-some = Numbers ({ $shown } of { $count })
supervisor-no-tickets = No numbers.
supervisor-find = Find
supervisor-choose = Choose
supervisor-number = Number
supervisor-state = State
supervisor-waited = waited
supervisor-left = still waits
supervisor-place = Place
supervisor-marks = Please note
supervisor-language = Language
supervisor-slot = Appointment
supervisor-not-before = can be called in
supervisor-misses = Did not come
supervisor-state-waiting = waiting
supervisor-state-called = called
supervisor-state-serving = at the counter
supervisor-state-parked = parked
supervisor-state-away = coming later
supervisor-state-missed = did not come
supervisor-state-finished = done
supervisor-state-cancelled = cancelled
supervisor-state-expired = expired
supervisor-move-chosen = { $count ->
    [one] Move one number to
   *[other] Move { $count } numbers to
}
supervisor-move-dropped = { $count ->
    [one] { $numbers } no longer waits and is not moved.
   *[other] { $numbers } no longer wait and are not moved.
}
supervisor-move-verb = Move
supervisor-transfer = Transfer
supervisor-transfer-to = Transfer to
supervisor-ticket-earlier = { $minutes } minutes up
supervisor-ticket-later = { $minutes } minutes back
supervisor-ticket-priority = Give priority
supervisor-ticket-no-priority = Take priority away
supervisor-ticket-return = Back in line
supervisor-ticket-print = Print again
supervisor-ticket-cancel = Cancel the number
supervisor-messages = Messages
supervisor-messages-none = No message is shown.
supervisor-message-new = New message
supervisor-message-for = For whom?
supervisor-message-for-public = For those who wait, on displays and phones
supervisor-message-for-staff = For colleagues at the counters
supervisor-message-where = Show only here (none chosen: everywhere)
supervisor-message-speak = Speak it too
supervisor-message-post = Show
supervisor-message-clear = Remove
supervisor-webhooks = Other systems
supervisor-webhooks-waiting = { $count ->
    [one] 1 entry waits
   *[other] { $count } entries wait
}
supervisor-webhooks-dead = { $count ->
    [one] 1 message refused
   *[other] { $count } messages refused
}
supervisor-webhooks-since = takes nothing since { $time }: { $fault }
supervisor-webhooks-again = Send again
supervisor-webhooks-sent = It is sent again.
supervisor-webhooks-unread = The server does not answer.
supervisor-devices = Devices
supervisor-device = Device
supervisor-device-online = there
supervisor-device-late = late
supervisor-device-offline = does not answer
supervisor-device-unknown = never seen
supervisor-device-pair = Pair a device
supervisor-device-pair-how = A new screen shows its code at { $address }, a box with a printer or a loudspeaker says it in its log. Type the code here.
supervisor-device-code = Code of the device
supervisor-device-unknown-code = No device shows this code. It is good for a short time, and once.
supervisor-device-which = Which device is this?
supervisor-device-name = Name (empty: as in the office file)
supervisor-device-move = Move: from now on it is
supervisor-device-stay = stays what it is
supervisor-device-change = Change
supervisor-device-identify = Show its name
supervisor-device-reload = Load again
supervisor-device-away = End the pairing
supervisor-device-version = version { $version }
supervisor-device-outdated = old version { $version }
supervisor-device-keeps-ready = survives a reload without the server
supervisor-device-keeps-insecure = shows nothing after a reload without the server: that needs https
supervisor-device-keeps-unsupported = shows nothing after a reload without the server: its browser cannot do that
supervisor-device-keeps-failed = shows nothing after a reload without the server: the browser does not keep the page
supervisor-device-paired = paired
supervisor-device-unpaired = not paired
supervisor-printer-preview = Look at a ticket
supervisor-printer-sample = What a ticket of this printer looks like
supervisor-delay = { $ms } ms
supervisor-seen = last { $age } ago
supervisor-kind-display = display
supervisor-kind-kiosk = kiosk
supervisor-kind-printer = printer
supervisor-kind-announcer = announcer
supervisor-kind-station = self-service
supervisor-kind-counter = counter
supervisor-sound = Sound in the rooms
supervisor-sound-more = Sound
supervisor-sound-good = is heard
supervisor-sound-mute = no device can be heard
supervisor-sound-none = no device with sound
supervisor-sound-volume = volume { $percent } %
supervisor-sound-test = Test announcement
supervisor-sound-tone = Noise for setting the level
supervisor-sound-tone-means = The noise lasts eight seconds and is as loud as speech.
supervisor-silence-now = Silence now
supervisor-silence-end = End silence
supervisor-silent = silent until it is ended
supervisor-silent-until = silent until { $time }
supervisor-quiet-until = quiet hours until { $time }
supervisor-voice-none = no voice, gong only
supervisor-voice-missing = not installed
supervisor-voice-passed = not { $voice }: { $why }
supervisor-says-ready = sound ready
supervisor-says-playing = speaking now
supervisor-says-blocked = sound blocked
supervisor-says-off = sound off
supervisor-says-paper-low = paper is getting low
supervisor-says-paper-out = no paper
supervisor-says-cover-open = cover open
supervisor-says-signs-left-out = signs are missing on tickets
supervisor-says-numbers-not-taken = numbers on papers are missing
supervisor-says-cutter = cutter jammed
supervisor-says-untrusted = the printer’s certificate is not trusted
supervisor-says-offline = printer does not answer
supervisor-roster = Roster
supervisor-roster-today = Roster today
supervisor-roster-change = Change
supervisor-roster-counts = Counters on duty in each half hour
supervisor-roster-none = There is no plan for today. The estimate counts the counters that are open, and that they stay until everybody inside is served.
supervisor-roster-means = The plan says how many counters will be there. It opens and closes none. A single day goes before the weekday.
supervisor-roster-single = A single day
supervisor-roster-plan = Plan it
supervisor-roster-is-unsaved = not saved
supervisor-roster-is-empty = no plan
supervisor-roster-is-changed = planned here
supervisor-roster-is-file = from the office file
supervisor-roster-on = on duty
supervisor-roster-break = break
supervisor-roster-off = not there
supervisor-roster-part = in part,
supervisor-roster-sign-break = B
supervisor-roster-from = from
supervisor-roster-to = to
supervisor-roster-count = on duty
supervisor-roster-all = all counters
supervisor-roster-fill = Enter
supervisor-roster-copy = Copy from
supervisor-roster-how = A press changes it: on duty, break (B), not there. ½: changes within this half hour. Arrow keys move from cell to cell.
supervisor-roster-save = Save
supervisor-roster-save-mine = Save my plan
supervisor-roster-drop = Drop the change
supervisor-roster-remove = Remove the plan
supervisor-roster-days = All days
supervisor-roster-saved = Saved.
supervisor-roster-unread = The roster cannot be read at the moment. Please close this and open it again.
supervisor-roster-backwards = The end must be after the beginning.
supervisor-roster-many = A day has at most { $count } spans.
supervisor-roster-overtaken = Somebody else has changed this day meanwhile. “Drop the change” shows their plan, “Save my plan” replaces it.
supervisor-shares = For people without an appointment
supervisor-shares-means = So much of the time at the counters stays free of appointments on this day. The first row that fits counts, else the office file. Booked appointments stay.
supervisor-shares-one = { $percent } % from { $from } to { $to }: { $services }
supervisor-shares-all = all services
supervisor-shares-percent = Per cent
supervisor-shares-service = Service
supervisor-shares-add = Keep free
supervisor-shares-remove = Remove
supervisor-roster-effect = What it does today
supervisor-curve = Waits today, and how they go on
supervisor-curve-none = No curve yet: somebody must have been served today first.
supervisor-curve-now = Last { $minutes } minutes of waiting on average.
supervisor-curve-ahead = Longest at about { $time }: { $low } to { $high } minutes.
supervisor-curve-no-ahead = How it goes on is not known just now.
supervisor-curve-figures = As a table
supervisor-curve-time = Time
supervisor-curve-wait = Wait in minutes
supervisor-curve-arrivals = New tickets
supervisor-curve-mark = now
supervisor-fair-longest = Longest wait today { $minutes } min
supervisor-fair-over = over 60 min: { $percent } %
supervisor-fair-few = over 60 min: too few tickets yet
supervisor-fair-overtakings = overtaken: { $count } of { $called } calls
supervisor-order = Order
supervisor-order-set = Change the order
supervisor-preset-balanced = balanced
supervisor-preset-balanced-means = Priority and appointments come earlier; nobody is overtaken without bound.
supervisor-preset-punctual = punctual
supervisor-preset-punctual-means = Appointments nearly always on time, without one it takes longer.
supervisor-preset-plain = first come
supervisor-preset-plain-means = First come, first served.
supervisor-day = Day
supervisor-day-open = Open the day
supervisor-day-close = Close the day
supervisor-day-open-means = The numbers start from the beginning.
supervisor-day-close-means = Whoever still waits loses the number. This cannot be undone.
supervisor-day-force = Even if somebody is called or at a counter
supervisor-day-closed = The day is not open. There are no numbers.
supervisor-lost = These numbers were lost in a failure:
supervisor-clock-jumped = The store’s clock jumped { $way ->
    [ahead] ahead
   *[back] back
  } by { $minutes } { $minutes ->
    [one] minute
   *[other] minutes
  }. The office goes by the time before. Please have the server’s clock set right.
supervisor-worry-database = The database does not answer. Calling goes on; reports and new sign-ins wait.
supervisor-worry-history = The report is not being written and catches up later.
supervisor-worry-task = A part of the server failed and was begun again. Please tell your technician.
supervisor-worry-durability = The store may forget calls after a failure. Please tell your technician.
supervisor-worry-replicas = There are too few stores: if one fails, the office comes to a stop. Please tell your technician.
supervisor-worry-one-store = A store has failed, and the office goes on with the last one: if it fails too, calls are lost. Please tell your technician at once.
supervisor-worry-clock = The office is { $minutes } { $minutes ->
    [one] minute
   *[other] minutes
  } ahead of the server’s clock.
supervisor-worry-fork = The store lost entries in a failure. Numbers go on above the lost ones.
supervisor-worry-past = At the start nobody could confirm that the store is whole. Please ask whether numbers appear twice.
supervisor-worry-deletion = The clock jumped by more than a week. Nothing is deleted until your technician confirms the time, or a day has passed.
supervisor-worry-forecast = At the moment no wait can be estimated, because the forecast is missing. Calling goes on. Please tell your technician.
supervisor-worry-day = The day cannot be opened.
supervisor-worry-mute = No announcement can be heard in { $zone }: no device there has sound now.
supervisor-worry-not-made = Something cannot be shown or said ({ $detail }). Everything else goes on. Please tell your technician.
supervisor-worry-file = The changed office file is not in use yet. Please tell your technician.
supervisor-worry-certificate = The renewed certificate cannot be read. Please tell your technician.
supervisor-worry-restarted = A device had to start a part of its work again: { $detail }. It goes on. Please tell your technician.
supervisor-worry-webhooks = Other systems do not take what they are told ({ $detail }). Nothing is lost; it is tried again.
supervisor-worry-voices = No voice of this machine speaks: { $detail }. Nothing is announced in these languages. espeak-ng speaks all of them.
supervisor-worry-letters = Alerts do not reach whom they should ({ $detail }). They stay listed here. Please tell your technician.
letters-subject-began = { $office }: { $what }
letters-subject-ended = { $office }: over: { $what }
letters-began = Since { $since }: { $what }.
letters-ended = Over at { $until }, after { $minutes } { $minutes ->
    [one] minute
   *[other] minutes
  }: { $what }.
letters-detail = Reason given: { $detail }
letters-foot = Sent by Aufruf for { $office }. The office file says who gets these messages.
supervisor-clock-right = The clock is right now
supervisor-said-opened = Service { $letter } is open.
supervisor-said-closed = Service { $letter } is closed.
supervisor-said-assigned = { $counter } has new services.
supervisor-said-help = Somebody needs help.
staff-reason-system-down = system is down
staff-reason-staff-short = short of staff
staff-reason-meeting = meeting
staff-reason-evacuation = evacuation
staff-reason-full = too full
staff-reason-hours = outside hours
staff-reason-limit = limit reached
staff-reason-not-today = cannot be reached today

## Bericht

report-title = Report of the day
report-day = Day
report-date = { $day }/{ $month }/{ $year }
report-show = Show
report-empty = No ticket was drawn on this day.
report-total = Whole day
report-by-service = By service
report-by-hour = By hour
report-service = Service
report-hour = Drawn
report-hour-span = { $from }:00–{ $to }:00
report-tickets = Tickets
report-served = Served
report-open = Still open
report-missed = Did not come
report-cancelled = Cancelled
report-wait-mean = Mean wait
report-wait-median = Median wait
report-wait-p90 = 90% waited at most
report-wait-means = The wait is from drawing the ticket (for appointments from the agreed time) to the first call.
report-hidden = A dash means that there are fewer than { $least } values.
report-hidden-label = not shown, fewer than { $least } values
report-plot-tickets = Tickets per hour
report-plot-wait = Median wait per hour, in minutes
report-share = { $percent }%
report-told = Told and kept
report-told-sentence = Of { $promises } waits told in { $weeks ->
    [1] one week
   *[other] { $weeks } weeks
  }, { $covered }% were within the range shown; { $later }% of people were called later than shown. On average the time told was { $error } min off.
report-told-few = There are still too few waits told to say anything.
report-told-promises = Told
report-told-covered = Within range
report-told-after = Later than shown
report-told-error = Mean error
report-told-bias = On average
report-told-changed = Changed
report-told-minutes = { $minutes } min
report-told-earlier = { $minutes } min earlier
report-told-later = { $minutes } min later
report-told-total = All services
report-told-by-week = By week
report-told-week = Week
report-told-week-of = Week { $week }, from { $day }/{ $month }
report-told-plot = Called within the range shown, in per cent by week
report-told-means = Counted until the first call, even if nobody came. “Changed” are tickets whose service, category or counter was changed, or that paused, were cancelled or expired; they count nowhere else.

## Termine eines Tages

appointments-title = Appointments
appointments-choose = Chosen
appointments-time = Appointment
appointments-code = Code
appointments-told = Message
appointments-told-mail = gets a mail
appointments-told-refused = the mail address is not accepted
appointments-told-none = no mail address
appointments-told-unknown = not known at the moment
appointments-room = Room
appointments-has-room = yes
appointments-from = from
appointments-until = before
appointments-all = all
appointments-only = only without room
appointments-back = Back to the appointments
appointments-lacking = Appointments without room, because roster, opening hours or shares were changed:
appointments-count = { $count ->
    [one] 1 appointment
   *[other] { $count } appointments
  }
appointments-left = { $count } more are not listed: at most { $most } at once. Choose a shorter time.
appointments-what = What shall happen with the chosen appointments?
appointments-move = Move: each to the free time nearest to its time of day, on the first day with room from
appointments-to = Day
appointments-cancel = Cancel
appointments-preview = Preview
appointments-preview-means = Nothing changes yet.
appointments-none = There are no such appointments left on this day.
appointments-days = Days with appointments
appointments-will-move = { $count ->
    [one] 1 appointment will be moved
   *[other] { $count } appointments will be moved
  }
appointments-will-cancel = { $count ->
    [one] 1 appointment will be cancelled
   *[other] { $count } appointments will be cancelled
  }
appointments-move-means = Whoever left a mail address gets the new time with a calendar file. Code and link stay valid. Whoever was moved can be moved back afterwards.
appointments-cancel-means = Whoever left a mail address is told that it is cancelled. A cancellation cannot be taken back.
appointments-new-time = New time
appointments-no-place = no free time found, stays as it is
appointments-do-move = { $count ->
    [one] Move 1 appointment
   *[other] Move { $count } appointments
  }
appointments-do-cancel = { $count ->
    [one] Cancel 1 appointment
   *[other] Cancel { $count } appointments
  }
appointments-untold = { $count ->
    [one] 1 person cannot get a mail
   *[other] { $count } people cannot get a mail
  }
appointments-untold-why = This list can be printed. Whoever booked with another system is known there by the reference beside the code.
appointments-moved = { $count ->
    [one] 1 appointment is moved.
   *[other] { $count } appointments are moved.
  }
appointments-cancelled = { $count ->
    [one] 1 appointment is cancelled.
   *[other] { $count } appointments are cancelled.
  }
appointments-gone = { $count ->
    [one] 1 no longer existed.
   *[other] { $count } no longer existed.
  }
appointments-refused = { $count ->
    [one] 1 appointment stayed as it was
   *[other] { $count } appointments stayed as they were
  }
appointments-why = Why
appointments-did = { $count ->
    [one] 1 changed appointment
   *[other] { $count } changed appointments
  }
appointments-move-back = { $count ->
    [one] Move it back
   *[other] Move all { $count } back
  }

## Telefonplatz

phonedesk-title = Phone desk
phonedesk-find = Service, code or number
phonedesk-how = A letter or the beginning of a service shows the next free times, a code the appointment, a number its place in the line.
phonedesk-persons = People
phonedesk-search = Search
phonedesk-offices = All offices
phonedesk-left = { $count ->
    [one] 1 more office is not listed; the search looks there too.
   *[other] { $count } more offices are not listed; the search looks there too.
  }
phonedesk-service = Service
phonedesk-office = Office
phonedesk-now = Now without an appointment
phonedesk-next = Next appointment
phonedesk-none-soon = none in four weeks
phonedesk-nothing-bookable = No appointments can be booked here.
phonedesk-numbers = Numbers of today
phonedesk-slots = The next free times
phonedesk-from = From
phonedesk-places = Where it is offered
phonedesk-nothing = There is no such service, appointment or number.
phonedesk-reference = Reference in the other system:
phonedesk-here = This person is checked in and has a number.
phonedesk-missed = This appointment is over.
phonedesk-code = Code to read out
phonedesk-cancel-means = The time becomes free. This cannot be taken back.
phonedesk-no-slot = No time is free in the next four weeks.
phonedesk-new = New search
phonedesk-mail = Mail address for code and calendar file
phonedesk-language = Language of the mail
phonedesk-send = Send mail
phonedesk-booked = The appointment is booked.
phonedesk-moved = The appointment is moved.
phonedesk-mailed = The mail will be sent in a moment.
phonedesk-cancelled = The appointment is cancelled.
phonedesk-taken = This time was just taken. This is still free:
phonedesk-mail-failed = The mail address could not be stored. The appointment stands.
phonedesk-wish = Nothing suits? Note a wish
phonedesk-wish-means = When a time becomes free that suits, it is kept for { $span } and shown on this page, to those who have waited longest first. You call them, or they call again and name a code.
phonedesk-wish-phone = Telephone number (may stay empty)
phonedesk-wish-note = Note the wish
phonedesk-wish-noted = The wish is noted. Read out the code.
phonedesk-wish-of = Wish for an appointment
phonedesk-wish-freed = Became free for people who wished for a time
phonedesk-wish-call = Call:
phonedesk-wish-calls = They call again.
phonedesk-wish-code = Code of the wish:
phonedesk-wish-until = kept until { $time }
phonedesk-wish-take = They take it: book
phonedesk-wish-pass = Not reached, or no: the next one
phonedesk-wish-passed = The time goes to the next one in order.
phonedesk-wish-waits = Nothing is free yet. A time that becomes free is kept for { $span } and shown at the phone desk.
phonedesk-wish-end = End the wish
phonedesk-wish-ended = The wish is ended, the telephone number is deleted.
phonedesk-wish-over = This wish is over.
phonedesk-wish-gone = This time is no longer kept for this wish.
phonedesk-keys = Keys press buttons
phonedesk-alphabet =
    A Alfa, B Bravo, C Charlie, D Delta, E Echo, F Foxtrot, G Golf, H Hotel, I India, J Juliett, K Kilo, L Lima,
    M Mike, N November, O Oscar, P Papa, Q Quebec, R Romeo, S Sierra, T Tango, U Uniform, V Victor, W Whiskey,
    X X-ray, Y Yankee, Z Zulu

## Auswertung der Termine

evaluation-title = Evaluation
evaluation-from = From
evaluation-to = to
evaluation-csv = Load as CSV
evaluation-since = No-shows, cancellations and lead times are known since { $day }.
evaluation-few = There are too few visits to say anything.
evaluation-hour = Hour
evaluation-class = Range
evaluation-hours-long = { $hours } h
evaluation-hours = Appointments and walk-ins by hour
evaluation-hours-says = { $booked } appointments were booked, { $walk } people came without one.
evaluation-missed-says = Nobody came to { $percent } % of the appointments.
evaluation-use = Utilisation by hour
evaluation-use-says = Of the time that is offered for appointments, { $percent } % was booked.
evaluation-use-busiest = The fullest hour begins at { $hour }.
evaluation-use-means = Offered is what roster, opening hours and shares of today allow on these days.
evaluation-overbooked = At present { $more } % more is offered than the share for appointments: nobody came to { $missed } % of the last { $booked } appointments. { $kept } % of those who came were called in time. Each appointment still has a counter of its own; if more people come than expected, walk-ins wait longer.
evaluation-overbooked-few = Nothing is overbooked at present: as long as fewer than { $least } appointments are known, it is uncertain how many people do not come.
evaluation-overbooked-late = Nothing is overbooked at present: lately { $kept } % of those who came to their appointment were called in time, and it takes { $least } %.
evaluation-overbooked-reliable = Nothing is overbooked at present: nearly everybody came lately.
evaluation-services = Utilisation by service
evaluation-services-says = Services share counters: the hours offered cannot be added up.
evaluation-punctual = Called in time
evaluation-punctual-says = { $percent } % were called at most { $minutes } minutes after their slot, or after their check-in if they came later.
evaluation-waits = Waits of walk-ins, on the same days
evaluation-waits-says = Whoever came without an appointment waited { $median } minutes in the median; nine of ten at most { $most }.
evaluation-late = When people come to their appointment
evaluation-late-says = Nine of ten are there at most { $minutes } minutes after their slot; a negative number means before.
evaluation-class-late = { $low } to { $high } min
evaluation-class-late-under = more than { $end } min
evaluation-class-late-over = { $end } min and later
evaluation-ahead = How long ahead people book
evaluation-ahead-says = Appointments that were cancelled are not counted.
evaluation-cancelled-says = { $count ->
    [one] 1 was cancelled.
   *[other] { $count } were cancelled.
  }
evaluation-class-ahead = { $low } to under { $high } days
evaluation-class-ahead-under = under { $end } day
evaluation-class-ahead-over = { $end } days and more
evaluation-days = Share of walk-ins by day
evaluation-days-says = { $percent } % of everybody who came had no appointment.
evaluation-series-booked = Booked
evaluation-series-taken = Came
evaluation-series-missed = Did not come
evaluation-series-walk-ins = Walk-ins
evaluation-series-used = Utilisation
evaluation-series-offered-hours = Offered
evaluation-series-booked-hours = Booked
evaluation-series-punctual = In time
evaluation-series-wait-median = Median
evaluation-series-wait-p90 = 90 % waited at most
evaluation-series-share = Walk-ins
evaluation-study = How many appointments this staffing carries
evaluation-study-means = Days like these are simulated: with as many walk-ins as lately, and with one appointment an hour more or less. Carried is what is called within { $minutes } minutes in at least 86 % of the cases.
evaluation-study-ask = Work it out, takes up to a minute
evaluation-study-most = { $count ->
    [one] This staffing carries about 1 appointment a day.
   *[other] This staffing carries about { $count } appointments a day.
  }
evaluation-study-none = This staffing does not even carry as many appointments as now.
evaluation-study-full = More appointments cannot be booked: hours, roster and the share for people without an appointment leave no room.
evaluation-study-slots = Appointments
evaluation-study-kept = Called in time
evaluation-study-overdue = With an appointment: 90 % wait at most
evaluation-study-walk-in = Without one: 90 % wait at most
evaluation-study-day = { $count } a day
evaluation-study-now = (as now)
evaluation-study-less = (one an hour less)
evaluation-study-more = (one an hour more)
evaluation-study-range = { $low } to { $high }
evaluation-study-how = { $days } simulated days; the small range covers eight of ten of them.

## Vorführung

demo-message-briefly = We are moving quickly today. Thank you for your patience.
demo-message-papers = Please have your ID card ready.
demo-message-photo = You can take photos at the machine by the entrance.

## Fehler

# What a refusal says: one sentence on what is, and if possible a second on what helps.
problem-malformed = The request could not be read. Please reload the page.
problem-not-signed-in = You are no longer signed in. Please sign in again.
problem-not-allowed = You are not allowed to do that.
problem-not-yours = That belongs to another place.
problem-picking-not-allowed = This office calls in order only.
problem-origin-refused = The request came from a foreign page.
problem-unknown-office = There is no such office.
problem-unknown-counter = There is no such counter.
problem-unknown-ticket = This number no longer exists.
problem-unknown-service = This service is not offered here.
problem-unknown-zone = There is no such room.
problem-unknown-display = There is no such display.
problem-unknown-device = There is no such device.
problem-unknown-webhook = There is no such connection to another system.
problem-unknown-message = This message is already removed.
problem-unknown-appointment = There is no such appointment.
problem-unknown-code = We do not know this code today. Please check it, or go to reception.
problem-unknown-route = There is no such address.
problem-method-not-allowed = That is not possible at this address.
problem-counter-busy = Somebody is still at the counter.
problem-counter-busy-number = { $number } is still at the counter. Finish or park first.
problem-counter-closed = The counter is closed.
problem-counter-paused = The counter is on a break.
problem-counter-idle = Nobody is at the counter.
problem-counter-held = Somebody else has this counter. You can take it over.
problem-cannot-serve = This counter cannot serve that.
problem-cannot-serve-number = This counter cannot serve { $number }.
problem-needs-not-met = This counter lacks what is needed.
problem-needs-not-met-number = This counter lacks what { $number } needs.
problem-ticket-not-waiting = This number is no longer waiting.
problem-ticket-not-waiting-number = { $number } is at another counter already.
problem-not-arrived = Nobody is here yet. Press “Is here” first.
problem-not-arrived-number = { $number } is not here yet. Press “Is here” first.
problem-wrong-state = That is not possible at the moment.
problem-wrong-state-number = That is not possible with { $number } at the moment.
problem-not-yet = It is too early for that.
problem-not-yet-until = That is possible from { $until }.
problem-service-closed = This service is closed at the moment.
problem-service-closed-until = This service is closed until { $until }.
problem-outside-hours = This service is not open now.
problem-outside-hours-until = This service is open again from { $until }.
problem-limit-reached = All numbers for today are taken.
problem-day-closed = The day is not open yet.
problem-stale-press = The press arrived too late. Please look and press again.
problem-nothing-to-undo = There is nothing to undo.
problem-too-late-to-undo = Undo works for { $seconds } seconds only.
problem-overtaken = Something else has happened since, so this is no longer possible.
problem-slot-taken = This time is taken.
problem-slot-taken-next-free = This time is taken. The next free one is { $next_free }.
problem-slot-invalid = There are no appointments at this time.
problem-not-today = This appointment is not today.
problem-too-late-to-change = It is too late for a change.
problem-lease-expired = This device's stock of numbers has expired.
problem-link-expired = This link has expired.
problem-log-trimmed = Nothing that old is kept.
problem-too-large = That is too much at once.
problem-not-json = The request could not be read. Please reload the page.
problem-invalid = Something in the request is not right.
problem-key-missing = The request was incomplete. Please reload the page.
problem-key-reused = This press already stood for something else. Please press again.
problem-too-many = Too many tries. Please wait a moment.
problem-fault = Something went wrong on the server. Please try again.
problem-store-unavailable = The store does not answer. Nothing was changed, or it counts and will show at once.
problem-starting = The server is starting.
problem-stopping = The server is stopping.

# Reception

desk-title = Reception
desk-draw = New number
desk-give = Give out the number
desk-check-in = Check in an appointment
desk-code = Code of the confirmation
desk-services = Services
desk-waiting = { $count ->
    [0] nobody waits
    [one] one person waits
   *[other] { $count } wait
}
desk-closed = closed
desk-numbers = Numbers
desk-mind = To keep in mind
desk-priority-means = for whom waiting is too much; nobody has to give a reason
desk-no-paper = no paper, only the code for a phone
desk-printer = Printer
desk-printer-silent = { $printer } (does not answer)
desk-which = For which service?
desk-given = Given out last
desk-ahead = Ahead
desk-expected = Wait
desk-paper = Paper
desk-qr = For the phone: scan
desk-qr-alt = Code of this number for the phone
desk-find = Find a number
desk-find-service = Service
desk-find-time = Drawn at about
desk-any = all
desk-found = Found
desk-found-none = No such number is still here.
desk-offices = Other offices

station-title = Station

# All offices of a city

offices-title = All offices
offices-office = Office
offices-state = State
offices-counters = Counters
offices-waiting = Waiting
offices-longest = longest wait
offices-expected = expected
offices-alerts = Alerts
offices-open = { $open } of { $all } open
offices-target = target { $target } min
offices-state-away = cannot be reached
offices-state-no-counter = no counter open
offices-state-needs = no counter that fits
offices-state-over-target = over the target
offices-state-tight = getting tight
offices-state-unknown = no estimate
offices-state-on-target = on target
offices-state-closed = closed
offices-alert-durability = store not safe
offices-alert-clock = clock is behind
offices-alert-visual-call = Call not seen
offices-alert-no-counter = people without a counter
offices-alert-printer = printer
offices-alert-over-target = waiting time
offices-alert-overbooked = appointments without room
offices-alert-mute = announcements
offices-alert-device = device
offices-alert-idle-counter = a counter calls nobody
start-open-offices = All offices at a glance
staff-all-offices = All offices

## Administration

admin-title = Administration
admin-people = Accounts
admin-devices = Devices
admin-tokens = Access keys
admin-audit = Audit
admin-open = Accounts, devices, access keys, audit
admin-roles = Roles
admin-role = Role
admin-role-admin = Administrator
admin-role-supervisor = Supervisor
admin-role-clerk = Counter
admin-role-desk = Reception
admin-role-observer = Read only
admin-role-booking = Booking portal
admin-role-display = Display
admin-role-kiosk = Kiosk
admin-role-station = Station
admin-role-printer = Printer
admin-role-announcer = Announcer
admin-office = Office
admin-office-all = all offices
admin-no-role = no role
admin-nameless = without a name
admin-me = This is you.
admin-state = State
admin-state-good = can sign in
admin-state-invited = no password yet
admin-state-disabled = disabled
admin-invite = Invite a colleague
admin-invite-how = You give a name and the first role, and get a link. With it the colleague chooses a password.
admin-invite-press = Make the account and show the link
admin-name-taken = There is already an account with this name.
admin-name-missing = Please give a name with which the colleague signs in.
admin-last = This cannot be done: afterwards nobody could administer. First give the role “Administrator” for all offices to another account.
admin-disabled-no-link = The account is disabled. Enable it first, then give a link.
admin-add = Give the role
admin-take = Take away
admin-take-how = If a role is taken away, the colleague has to sign in again.
admin-entry = Signing in
admin-link = Give a new link
admin-link-how = With it the colleague chooses a new password. The link before it stops working.
admin-sign-out = Sign out everywhere
admin-sign-out-how = Every open session ends in a moment. The password stays.
admin-disable = Disable
admin-disable-how = Nobody can sign in with this account any more; every open session ends.
admin-enable = Enable
admin-enable-how = The password is the same as before.
admin-link-for = Link for { $who }
admin-link-what = The link is shown only now; it works once, for one day. Give it only to this colleague.
admin-link-here = Link
admin-link-back = To the account
admin-done-add = The role is given.
admin-done-take = The role is taken away.
admin-done-disable = The account is disabled.
admin-done-enable = The account is enabled.
admin-done-sign-out = All sessions of this account end in a moment.
admin-done-rename = The device has its new name.
admin-done-move = The device has moved.
admin-done-away = The device is unpaired.
admin-done-reload = The device loads its page again.
admin-done-identify = The device now shows its name for a short while.
admin-done-revoke = The key is revoked. Its connections close in a moment.
admin-devices-how = All paired devices of the offices that this server runs. A broken device is unpaired, and the new one paired by its code.
admin-devices-pair = Pair a new device: on the supervisor's page
admin-devices-none = No device is paired here.
admin-seen = last seen { $at }
admin-seen-never = never seen
admin-device-name = Name (empty: as in the office file)
admin-device-to = Move: from now on it is
admin-rename = Rename
admin-move = Move
admin-tokens-how = A key lets a device or a program in. “aufruf token” makes new ones.
admin-tokens-more = There are { $count } keys; these are the newest. “aufruf tokens” lists all.
admin-tokens-none = There is no valid key.
admin-token = Key
admin-used = Last used
admin-used-never = never
admin-expires = Valid until
admin-expires-never = no end
admin-revoke = Revoke
admin-audit-how = What administrators and supervisors did. What anybody does at a counter is never here. Entries are deleted after a year.
admin-audit-any = all
admin-audit-at = When
admin-audit-by = Who
admin-audit-act = What
admin-audit-about = Details
admin-audit-from = From
admin-audit-to = To
admin-audit-show = Show
admin-audit-file = Download as a table (CSV)
admin-audit-older = Older entries
admin-audit-none = No entry fits.
admin-audit-command-line = command line
admin-settings = Settings
admin-settings-how = What is changed here counts instead of the office file, also over later files, until it is taken back.
admin-set-what = What shall change
admin-set-day = Special day (only for it)
admin-set-choose = Choose
admin-set-value-choice = New value
admin-set-value-lines = New value, one per line (hours as 08:00-12:00; empty: closed or none)
admin-set-value-number = New value (empty: none)
admin-set-value-text = New value
admin-set-from = From
admin-set-press = Set
admin-set-key = Key
admin-set-page = Set here
admin-set-file = Office file
admin-set-since = Since
admin-set-counts = counts
admin-set-coming = still to come
admin-set-idle = the file has no place for it
admin-set-back = Take back
admin-set-none = Nothing is set here; the office file counts.
admin-set-hours = Opening hours
admin-set-mon = Monday
admin-set-tue = Tuesday
admin-set-wed = Wednesday
admin-set-thu = Thursday
admin-set-fri = Friday
admin-set-sat = Saturday
admin-set-sun = Sunday
admin-set-special = Special day
admin-set-holidays = Closed days (dates), besides the public holidays of the state
admin-set-services = Service
admin-set-counters = Counter
admin-set-zones = Waiting area
admin-set-situations = Situation
admin-set-texts = Texts and rules
admin-set-ticket = Text on tickets
admin-set-close-intake = Close intake
admin-set-services-names = Name
admin-set-services-target-minutes = Target for the wait, minutes
admin-set-services-minutes = Expected minutes
admin-set-services-daily-limit = Tickets per day
admin-set-services-hints = Hint
admin-set-services-papers = Papers to bring
admin-set-counters-label = Label
admin-set-counters-services = Services
admin-set-counters-features = Features
admin-set-counters-way = Way
admin-set-zones-names = Name
admin-set-displays = Display
admin-set-displays-zones = Waiting areas it shows
admin-set-situations-displays = Words on displays
admin-set-situations-phones = Words on phones
admin-set-situations-counters = Words for counters
admin-set-call = What a call says
admin-set-call-way = What it says with a way
admin-set-call-brief = What a brief call says
admin-set-calls = Calls
admin-set-recall-limit = How often somebody is called again
admin-set-recall-pause = Seconds until the next call of the same number
admin-set-repeat-after = Seconds after which a call is spoken once more (0: never)
admin-set-missed-shown = Seconds for which a missed call stays visible
admin-set-show = Show the difference
admin-set-difference = What changes: { $key }
admin-set-before = Until now
admin-set-after = From then on
admin-set-nothing = nothing
admin-set-warned = To consider:
admin-fault-no-page = No page sets this key.
admin-fault-no-row = There is no { $what } in { $table }.
admin-fault-misfit = The value names something that the office does not have, or that this counter cannot serve.
admin-fault-range = It must be a number from { $low } to { $high }.
admin-fault-text = It must be a text of 1 to 400 characters.
admin-fault-id = Only letters without umlauts, digits, _ and -, without blanks.
admin-fault-language = This is no language such as de, en or tr.
admin-fault-choice = Possible are: { $words }.
admin-fault-twice = “{ $what }” stands there twice.
admin-fault-whole = It must be a whole number.
admin-fault-number = It must be a number.
admin-fault-list = It must be a list, one entry per line.
admin-fault-span = Write hours as 08:00-12:00, one per line; the last end is 24:00.
admin-fault-span-ends = “{ $span }” ends before it begins. What goes past midnight needs two lines.
admin-fault-span-order = { $span } must come after { $before }, without overlap.
admin-fault-date = This is no day of the calendar. Write it as 2026-12-24.
admin-fault-day-over = This day is over; today is { $day }.
admin-fault-day-far = That is more than { $days } days ahead.
admin-fault-must-say = { $words } must be in it, else nobody hears it.
admin-fault-brace = { $what } is not known, only { $words }.
admin-fault-brace-half = A brace lacks its other half. Possible are: { $words }.
admin-fault-never-spoken = It is never spoken: { $language } is spoken as { $base }.
admin-fault-one-service = At least one must stand there.
admin-fault-own-counter = This display shows its counter alone.
admin-fault-skills = The counter cannot serve { $what }.
admin-fault-pair = It continues another display and needs the same waiting areas as { $what }.
admin-fault-too-long = Too long; at most { $most } characters.
admin-fault-too-many = Too much is set here, { $most } keys at most. Write some of it into the office file.
admin-fault-no-such = The office has no such row, or does not have what the value names.
admin-fault-unserved = No counter can serve it.
admin-fault-retired = It opens with { $what }, which is retired.
admin-fault-unseen = There are counters here, but no display shows their calls.
admin-fault-never-open = The office never opens.
admin-fault-unnamed = The text is missing in: { $languages }.
admin-fault-other = The check says: { $said }
admin-done-setting-lay = The setting counts from its day on.
admin-done-setting-back = The setting is taken back; the office file counts.
admin-act-signed-in = signed in
admin-act-account-made = account made
admin-act-roles-set = roles changed
admin-act-account-disabled = account disabled
admin-act-account-enabled = account enabled
admin-act-signed-out-everywhere = signed out everywhere
admin-act-link-made = link given
admin-act-token-made = key made
admin-act-token-revoked = key revoked
admin-act-device-paired = device paired
admin-act-device-renamed = device renamed
admin-act-device-moved = device moved
admin-act-device-sent-away = device unpaired
admin-act-counter-assigned = counter assigned
admin-act-tickets-moved = tickets moved
admin-act-ticket-boosted = ticket moved up
admin-act-service-boosted = service moved up
admin-act-moves-applied = set of moves applied
admin-act-moves-reverted = set of moves taken back
admin-act-service-opened = service opened
admin-act-service-closed = service closed
admin-act-service-limited = service limited
admin-act-policy-set = order of calls changed
admin-act-rule-set = standing rule changed
admin-act-helper-called = helper called
admin-act-roster-set = roster changed
admin-act-walk-ins-set = share for walk-ins changed
admin-act-message-posted = message shown
admin-act-message-cleared = message removed
admin-act-zone-silenced = announcements silenced
admin-act-silence-ended = announcements on again
admin-act-call-tested = test call
admin-act-setting-laid = setting laid over the office file
admin-act-setting-taken-back = setting taken back
admin-act-day-opened = day opened
admin-act-day-closed = day closed
admin-passkeys = Second step: passkeys
admin-passkeys-how = With a passkey (fingerprint, security key, phone) your password alone is not enough to sign in. Keep two, in case one is lost.
admin-passkeys-none = You have no passkey yet.
admin-passkeys-no-token = Only an account with a password can have passkeys.
admin-passkeys-no-address = This cannot be done here: browsers make passkeys only if the server is reached by https and by a name, not by a number such as 192.168.1.10.
admin-passkey = Passkey
admin-passkey-name = A name by which you know it
admin-passkey-add = Make a passkey
admin-passkey-failed = No passkey was made. Please try again.
admin-passkey-made = made { $at }
admin-passkey-used = last used { $at }
admin-passkey-remove = Remove
admin-no-passkeys = Remove the passkeys
admin-no-passkeys-how = If all are lost: afterwards the password is enough.
admin-done-passkey = The passkey is made. You are asked for it at the next sign-in.
admin-done-passkey-gone = The passkey is removed.
admin-done-no-passkeys = The passkeys are removed.
admin-act-passkey-added = passkey made
admin-act-passkey-removed = passkey removed
admin-act-passkeys-removed = all passkeys removed
admin-outside = This person signs in with the city’s account. The roles come from the groups there, at every sign-in.

## The interface

api-title = Interface
api-what = What other programs may ask and do, with an example of every command.
api-english = Names and explanations are in English, as on the wire. The same for programs:
api-asked = Commands and ways
api-live = The live socket
api-live-what = One socket shows one board: a greeting, the whole board, and every change after it.
api-help = Connecting, step by step
api-contents = Contents
api-commands = Commands
api-commands-what = A command goes to POST /api/v1/offices/OFFICE/commands, with a key in the header Idempotency-Key: the same key again is the same press.
api-ways = Ways
api-who = Who may:
api-body = Is sent:
api-said = What a device says
api-heard = What a device hears
api-shapes = Shapes
api-shapes-what = What answers and boards consist of.
api-field = Field
api-kind = Kind
api-meaning = Meaning
api-must = is needed
api-example = Example

## Help

help-title = Help
help-open = Open the help
help-find = Search in the help
help-search = Search
help-chapters = Chapters of the help
help-technical = Technical pages
help-papers = Papers for running an office (German)
help-found = { $count ->
    [0] Nothing found. A shorter word often helps.
    [one] One place.
   *[other] { $count } places, the best first.
}
