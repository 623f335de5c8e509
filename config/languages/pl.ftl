# Aufruf, polski. Język to jeden plik: teksty, które widzą i słyszą klienci urzędu.
# Nagłówki mówią, kto pokazuje lub wypowiada tekst.

## Gemeinsam

common-failed = Nie udało się. Proszę spróbować ponownie.
common-wait-none = bez oczekiwania
common-wait-about = około { $minutes } min
common-learning = wartość szacunkowa, system jeszcze się uczy
common-range = { $low }–{ $high }
common-wait-range = { common-range } min
common-no-wait-no-counter = W tej chwili żadne stanowisko nie obsługuje tej sprawy
common-no-wait-no-step-free = W tej chwili żadne stanowisko bez schodów nie obsługuje tej sprawy
common-no-wait-closed = W tej chwili zamknięte: żadne stanowisko nie obsługuje tej sprawy
common-no-wait-situation = W tej chwili nie wiadomo, jak długo to potrwa
common-no-wait-stale = W tej chwili nie wiadomo, jak długo to potrwa
common-span-seconds = { $seconds } s
common-span-minutes = { $minutes } min
common-span-hours = { $hours } godz. { $minutes } min
common-language = Język
common-language-name = Polski
common-language-direction = ltr
common-accessibility = Dostępność
common-back = Wstecz
common-close = Zamknij
common-connecting = Trwa łączenie
common-disconnected = Połączenie przerwane
common-data-age = Stan sprzed { $age }
common-data-none = Jeszcze brak danych
common-unanswered = Serwer nie odpowiada. Trwa ponowne łączenie.
common-needs-script = Ta strona wymaga JavaScriptu.

## Start und Anmeldung

start-home = Do początku
start-problem-404 = Nie ma takiej strony
start-problem-404-how = Być może w adresie jest błąd albo link jest stary.
start-problem-410 = Ten link jest już nieważny
start-problem-410-how = Linki do numerów są ważne tylko w swoim dniu. Proszę zapytać w recepcji.
start-problem-429 = Zbyt wiele prób
start-problem-429-how = Proszę odczekać minutę i spróbować ponownie.
start-problem-500 = Nie udało się
start-problem-500-how = Błąd jest po naszej stronie. Proszę spróbować ponownie.
start-problem-503 = Chwilowo niedostępne
start-problem-503-how = Proszę spróbować ponownie za chwilę. Nic nie przepadło.

## Erklärung zur Barrierefreiheit

statement-what = Ta deklaracja dotyczy ekranów, automatu, biletu na telefonie i tych stron.
statement-how = Stosujemy normę EN 301 549. Każdą nową wersję sprawdzają programy. Osoby z niepełnosprawnościami jeszcze jej nie sprawdziły.
statement-gaps = Czego jeszcze nie ma
statement-gap-signs = Nie ma filmów w języku migowym.
statement-gap-easy = Teksty w prostym niemieckim są szkicem.
statement-instead = W recepcji ktoś Państwu pomoże. Nie potrzeba do tego automatu ani telefonu.
statement-report = Coś dla Państwa nie działa?
statement-write = Proszę do nas napisać lub zadzwonić.
statement-ask = Proszę powiedzieć o tym w recepcji.
statement-form = Formularz
statement-enforcement = Nasza odpowiedź nie pomaga? Organ nadzoru bezpłatnie pośredniczy.

## Wartedisplay

wall-title = Wezwania
wall-room = Czas oczekiwania
wall-media = Obrazy
wall-media-hold = Zatrzymaj obrazy
wall-media-go-on = Wznów obrazy
wall-nobody = Proszę czekać. Numer zostanie tu wyświetlony i wywołany.
wall-closed = Dziś nieczynne.
wall-please-wait = Proszę czekać
wall-desk-paused = Przerwa
wall-desk-back = Przerwa do { $time }
wall-phrase-checked = no
wall-phrase-wait = Proszę chwilę zaczekać.
wall-phrase-sign = Proszę tu podpisać.
wall-phrase-papers = Proszę mi pokazać:
wall-phrase-come-back = Proszę wrócić i przynieść:
wall-phrase-done = To wszystko. Do widzenia.
wall-more = { $count ->
    [one] Jeszcze 1 numer na zmianę
    [few] Jeszcze { $count } numery na zmianę
   *[many] Jeszcze { $count } numerów na zmianę
}
wall-waits = Czas oczekiwania od teraz, w minutach
wall-waiting = Oczekujący
wall-count = { $count ->
    [one] czeka { $count }
    [few] czekają { $count }
   *[many] czeka { $count }
}
wall-service-closed = zamknięte
wall-not-today = prawdopodobnie już nie dziś
wall-next = Następne
wall-missed = Numer przepadł? Proszę do recepcji.
wall-letters = Każda litera oznacza inną sprawę.
wall-door = Automat nie działa? Numer można pobrać telefonem:
wall-door-code = Kod
wall-moved = Teraz w „{ $service }”: { $numbers }{ $more ->
    [0] {""}
   *[other] {" "}i jeszcze { $more }
}. Miejsce w kolejce zostaje.
wall-spoken = Numer { $number }, { $counter }{ $way ->
    [nowhere] {""}
   *[other] , { $way }
}
wall-ask = Proszę zapytać w recepcji.
wall-hidden = Wezwania są ukryte, bo mogą być nieaktualne. Proszę zapytać w recepcji.
wall-refused = Ten ekran nie jest zalogowany.
wall-unknown = Nie ma takiego ekranu w tym urzędzie.
wall-sound-off = Dźwięk wyłączony – proszę dotknąć tutaj

## Pfeile an Anzeige und Telefon

place-left = w lewo
place-right = w prawo
place-up = schodami w górę
place-down = schodami w dół
place-straight = prosto

## Telefonticket

phone-your-number = Twój numer
phone-state-waiting = Czekasz
phone-state-called = Twoja kolej
phone-state-serving = Jesteś przy stanowisku
phone-state-parked = Na chwilę odłożone
phone-state-away = Twój numer ma przerwę
phone-state-missed = Twój numer został wywołany
phone-state-finished = Gotowe
phone-state-cancelled = Numer zwrócony
phone-state-expired = Ten numer jest już nieważny
phone-leave = Możesz wyjść do godziny { $time }.
phone-moved = Numer przeniesiono do tej sprawy o { $time }. Miejsce w kolejce zostaje.
phone-longer-fewer-counters = Trwa to dłużej, niż zapowiadano, bo otwartych jest mniej stanowisk.
phone-ahead = { $count ->
    [0] Nikt nie jest przed Tobą
    [one] { $count } osoba przed Tobą
    [few] { $count } osoby przed Tobą
   *[many] { $count } osób przed Tobą
}
phone-you-are-next = Twoja kolej jest następna
phone-not-before = Ponowne wezwanie możliwe od godziny { $time }
phone-called-at = Twój numer został wywołany o { $time }
phone-missed-once-how = Jesteś na miejscu? Prosimy pozostać w poczekalni.
phone-here = Jestem tutaj
phone-here-how = Dobrze. Twój numer wrócił do kolejki i zostanie wywołany jeszcze raz.
phone-passed-appointment = { $count ->
    [one] { $count } osoba z umówioną wizytą weszła przed Tobą.
    [few] { $count } osoby z umówioną wizytą weszły przed Tobą.
   *[many] { $count } osób z umówioną wizytą weszło przed Tobą.
}
phone-passed-other = { $count ->
    [one] { $count } osoba weszła przed Tobą z innego powodu.
    [few] { $count } osoby weszły przed Tobą z innego powodu.
   *[many] { $count } osób weszło przed Tobą z innego powodu.
}
phone-come = Prosimy podejść teraz:
phone-spoken-called = Numer { $number }, Twoja kolej: { $counter }
phone-parked-how = Prosimy zostać w pobliżu. Numer zostanie wywołany ponownie.
phone-away-until = Przerwa do { $time }
phone-away-how = Zachowujesz swoje miejsce. W czasie przerwy nie będzie wezwania.
phone-missed-ago = { $age } temu
phone-missed-how = Jesteś na miejscu? Wkrótce znów będzie Twoja kolej.
phone-missed-desk = Proszę zgłosić się do recepcji.
phone-goodbye = Do widzenia.
phone-cancelled-how = Po nowy numer proszę podejść do automatu.
phone-expired-how = Po nowy numer proszę podejść do automatu.
phone-ring = Zadzwoń, gdy będzie moja kolej
phone-ring-on = Dzwoni, dopóki ta strona jest otwarta
phone-push = Powiadom, gdy przyjdzie kolej
phone-push-on = Wiadomość przyjdzie, nawet gdy strona jest zamknięta
phone-push-denied = Ta przeglądarka nie pozwala na wiadomości. Proszę nie zamykać strony.
phone-push-failed = Nie udało się. Proszę nie zamykać tej strony.
phone-no-https = Bez https: przy zamkniętej stronie nie ma wiadomości, a ekran może zgasnąć.
phone-later = Wezwanie dopiero { $from }–{ $to }
phone-pause = { $minutes ->
    [one] Potrzebuję jeszcze { $minutes } minuty
    [few] Potrzebuję jeszcze { $minutes } minut
   *[many] Potrzebuję jeszcze { $minutes } minut
}
phone-pause-longer = { $minutes ->
    [one] Jeszcze { $minutes } minuta przerwy
    [few] Jeszcze { $minutes } minuty przerwy
   *[many] Jeszcze { $minutes } minut przerwy
}
phone-cancel = Już nie przyjdę
phone-cancel-really = Zwrócić numer?
phone-cancel-means = Stracisz swoje miejsce w kolejce.
phone-cancel-yes = Tak, zwróć numer
phone-cancel-no = Nie, przyjdę
phone-return-missed = Jestem tutaj, proszę wywołać ponownie
phone-return-away = Jestem z powrotem
phone-way-step-free = Pokaż drogę bez schodów
phone-papers = Proszę przygotować
phone-look-again = Odśwież: ta strona nie zmienia się sama.
phone-link-dead = Ten link jest już nieważny. Proszę zapytać w recepcji.

## Termine

book-title = Umów wizytę
book-question = W jakiej sprawie?
book-several = Podczas jednej wizyty można załatwić do { $most } spraw.
book-persons = Dla ilu osób?
book-find = Pokaż wolne terminy
book-walk-in = Dziś bez umówienia:
book-choose = Proszę wybrać jedną lub więcej spraw, najwyżej pięć.
book-when-ask = Kiedy Państwu pasuje?
book-takes = trwa około { $minutes } min
book-change = Inna sprawa
book-free = { $count ->
    [one] { $count } wolny termin
    [few] { $count } wolne terminy
    [many] { $count } wolnych terminów
   *[other] { $count } wolnego terminu
}
book-morning = Przed południem
book-afternoon = Po południu
book-later = Późniejsze dni
book-none = W tych dniach nie ma wolnych terminów. Można też przyjść bez umówienia.
book-elsewhere = Wolne w innych urzędach
book-taken = Ten termin został właśnie zajęty. Proszę wybrać inny.
book-expired = Ten termin nie jest już dla Państwa zarezerwowany. Proszę wybrać ponownie.
book-work-undone = Przeglądarka musi przez chwilę coś obliczyć, żeby programy nie zajmowały terminów. To się nie udało: proszę zezwolić na JavaScript i spróbować ponownie, zadzwonić lub przyjść.
book-work-wait = Chwileczkę, termin jest pobierany …
book-next = Najbliższy wolny termin:
book-next-none = W tej chwili nie ma wolnych terminów.
wish-title = Powiadomić, gdy coś się zwolni
wish-why = Gdy zwolni się odpowiedni termin, otrzymają Państwo wiadomość. Termin będzie zarezerwowany przez { $span }.
wish-first = Najwcześniej
wish-last = Najpóźniej
wish-part = O jakiej porze?
wish-any = Dowolnej
wish-sites = Także w tych urzędach
wish-mail = Adres e-mail
wish-send = Powiadomić mnie
wish-noted = Otrzymają Państwo wiadomość, gdy coś się zwolni.
wish-end = Nie szukać dalej
wish-ended = Już nie szukamy
wish-ended-means = Państwa adres został usunięty.
wish-free = Zwolnił się termin
wish-take = Zarezerwować ten termin
wish-gone = Ten termin nie jest już dla Państwa zarezerwowany. Szukamy dalej.
wish-subject = Zwolnił się termin: { $when }
book-yours = Państwa wizyta
book-when = { $day }, godz. { $time }
book-day = { $day }
book-people = { $count ->
    [one] { $count } osoba
    [few] { $count } osoby
    [many] { $count } osób
   *[other] { $count } osoby
}
book-held = Ten termin jest zarezerwowany do godz. { $time }.
book-nameless = Nie pytamy o nazwisko. Otrzymają Państwo kod.
book-confirm = Zarezerwuj
book-other = Inny termin
book-papers = Proszę przynieść
book-done = Wizyta jest umówiona.
book-moved = Wizyta została przełożona.
book-here = Przybycie zostało zgłoszone. Numer:
book-code = Kod
book-code-is = Kod do zgłoszenia się w urzędzie: { $code }
book-code-picture = Kod jako obraz dla automatu
book-code-how = Po przyjściu proszę zgłosić się tym kodem w automacie.
book-keep = Kto może otworzyć tę stronę, może zmienić wizytę. Proszę zachować jej adres.
book-calendar = Dodaj do kalendarza
book-missed = Ta wizyta już minęła.
book-again = Umów nową wizytę
book-move = Przełóż wizytę
book-cancel = Odwołaj wizytę
book-cancel-means = Termin będzie wtedy wolny dla innych.
book-cancel-yes = Tak, odwołaj
book-cancelled = Wizyta została odwołana
book-over = Tej wizyty już nie ma
book-until-now = Dotychczas: { $time }
book-mail = Adres e-mail (nieobowiązkowo)
book-mail-why = Otrzymają Państwo wtedy kod, przypomnienie oraz linki do zmiany i odwołania wizyty. Adres usuniemy na koniec dnia wizyty.
book-mail-wrong = To nie jest adres e-mail. Pole można też zostawić puste.
book-mail-sent = Za chwilę otrzymają Państwo e-mail.
book-mail-failed = Nie udało się zapisać adresu e-mail. Proszę zapisać kod.
mail-subject-booked = Państwa wizyta: { $when }
mail-subject-moved = Wizyta została przełożona: { $when }
mail-subject-cancelled = Wizyta została odwołana: { $when }
mail-subject-reminder = Przypomnienie o wizycie: { $when }
mail-reminder = Proszę pamiętać o wizycie.
mail-release = Nie mogą Państwo przyjść? Proszę odwołać wizytę, aby ktoś inny dostał tę godzinę.
mail-also = Na ten adres e-mail jest jeszcze jedna wizyta: { $when }. Jeśli potrzebna jest tylko jedna, proszę odwołać drugą.
mail-foot = Ten e-mail wysłał { $office }, ponieważ przy rezerwacji podano Państwa adres. Usuniemy go na koniec dnia wizyty.

## Numer z kodem przy drzwiach

draw-how = Proszę wpisać kod, który teraz widać przy drzwiach. Zmienia się co pięć minut.
draw-code = Kod przy drzwiach (sześć cyfr)
draw-none = W tym urzędzie numery wydają tylko automat i recepcja.
draw-have = Masz już numer { $number }.
draw-show = Pokaż mój numer
draw-choose = Proszę wybrać sprawę.
draw-wrong = Ten kod już nie działa albo jest błędny. Proszę odczytać go przy drzwiach jeszcze raz.
draw-already = Z tym kodem numer został już pobrany. Za pięć minut przy drzwiach będzie nowy.
draw-nothing = Teraz żadna sprawa nie jest obsługiwana.
draw-qr = Kod QR: adres tej strony

## Kiosk

kiosk-title = Pobierz numer
kiosk-question = W jakiej sprawie?
kiosk-touch = Proszę dotknąć. Otrzymasz numer.
kiosk-closed-title = W tej chwili nieczynne.
kiosk-closed-now = Teraz nie wydajemy tu numerów.
kiosk-closed = zamknięte
kiosk-closed-closed = w tej chwili zamknięte
kiosk-closed-day-closed = jeszcze nieczynne
kiosk-closed-hours = teraz nieczynne
kiosk-closed-limit = wszystkie numery na dziś są wydane
kiosk-closed-not-today = prawdopodobnie dziś już niemożliwe
kiosk-closed-no-numbers = w tym automacie nie ma teraz numerów, proszę podejść do recepcji
kiosk-comma = ,
kiosk-opens-today = dziś ponownie od { $time }
kiosk-opens-on = ponownie: { $day }, od { $time }
kiosk-waiting = { $count ->
    [0] nikt nie czeka
    [one] czeka { $count } osoba
    [few] czekają { $count } osoby
   *[many] czeka { $count } osób
}
kiosk-reached-yes = dziś na pewno
kiosk-reached-likely = dziś prawdopodobnie
kiosk-reached-no = prawdopodobnie już nie dziś
kiosk-not-step-free = brak otwartego stanowiska bez schodów
kiosk-online = Można też z domu: { $address }
kiosk-cut-off = Automat nie ma teraz połączenia. Proszę podejść do recepcji.
kiosk-alone = Automat nie ma teraz połączenia. Numer i tak można tu pobrać.
kiosk-refused = Ten automat nie jest zalogowany. Proszę podejść do recepcji.
kiosk-unknown = Nie ma takiego automatu w tym urzędzie. Proszę podejść do recepcji.
kiosk-unanswered = Nie było odpowiedzi. Proszę dotknąć jeszcze raz tego samego, wydamy tylko jeden numer. W razie kłopotu proszę podejść do recepcji.

kiosk-appointment = Mam umówioną wizytę
kiosk-needs = Potrzebuję pomocy lub więcej miejsca
kiosk-large = Duże litery
kiosk-help = Proszę o pomoc
kiosk-on = Dalej
kiosk-needs-title = Czego potrzebujesz?
kiosk-needs-why = Nie trzeba podawać powodu. Widzą to tylko pracownicy.
kiosk-needs-given = Zapisano: { $needs }
kiosk-needs-change = Zmień
kiosk-need-step-free = Droga bez schodów
kiosk-need-escort = Proszę po mnie przyjść
kiosk-need-visual-call = Nie słyszę wezwania
kiosk-need-hearing-loop = Pętla indukcyjna
kiosk-need-interpreter = Tłumacz
kiosk-need-more-room = Więcej miejsca (wózek dziecięcy, chodzik)
kiosk-help-asked = Wezwaliśmy pomoc. Proszę tu poczekać.
kiosk-help-coming = Ktoś już idzie.
kiosk-help-nobody = W tej chwili nikt nie jest wolny. Proszę podejść do recepcji.
kiosk-help-failed = Nie udało się. Proszę podejść do recepcji.

kiosk-code-title = Twój kod
kiosk-code-where = Jest w potwierdzeniu wizyty. Można go też zeskanować.
kiosk-code = Kod
kiosk-keypad = Klawiatura
kiosk-check-in = Zgłoś się
kiosk-erase = Usuń

kiosk-your-number = Twój numer
kiosk-take-paper = Proszę wziąć papier.
kiosk-no-paper = Dziś bez papieru: proszę zapamiętać numer.
kiosk-qr = W telefonie: zeskanuj i zobacz swoje miejsce w kolejce
kiosk-qr-alt = Kod do telefonu
kiosk-ahead = { $count ->
    [0] Twoja kolej jest następna.
    [one] { $count } osoba jest przed Tobą.
    [few] { $count } osoby są przed Tobą.
   *[many] { $count } osób jest przed Tobą.
}
kiosk-learning = Czas oczekiwania jest szacowany, system jeszcze się uczy.
kiosk-expected = Czas oczekiwania: około
kiosk-called-how = Numer zostanie wyświetlony i wywołany.
kiosk-papers = Proszę przygotować
kiosk-done = Gotowe
kiosk-longer = Pokaż dłużej
kiosk-still-there = Czy nadal tu jesteś?
kiosk-ends-in = { $seconds ->
    [one] Ekran zacznie od nowa za { $seconds } sekundę.
    [few] Ekran zacznie od nowa za { $seconds } sekundy.
   *[many] Ekran zacznie od nowa za { $seconds } sekund.
}
kiosk-more-time = Tak, dalej

kiosk-several = Kilka spraw
kiosk-touch-several = Dotknij wszystkiego, czego potrzebujesz. Dostaniesz jeden numer na wszystko.
kiosk-search = Szukaj sprawy
kiosk-below = Inne sprawy
kiosk-goes-on = Dalej jest więcej
kiosk-chosen = { $count ->
    [0] Nic jeszcze nie wybrano
    [one] Dalej: { $count } sprawa
    [few] Dalej: { $count } sprawy
    [many] Dalej: { $count } spraw
   *[other] Dalej: { $count } sprawy
}
kiosk-one-ticket = jeden numer na wszystko
kiosk-low = Przyciski niżej
kiosk-matter = Państwa sprawy
kiosk-bring = Proszę przynieść:
kiosk-wait-now = W tej chwili
kiosk-persons = Ile osób?
kiosk-how-many = Ile?
kiosk-less = mniej
kiosk-more = więcej
kiosk-have = Mam wszystko: pobierz numer
kiosk-draw = Pobierz numer
kiosk-come-back = Wrócę później
kiosk-come-back-means = Miejsce w kolejce czeka { $minutes } min.
kiosk-later = Wolę dziś { $from }–{ $to }
kiosk-later-means = Miejsce jest zachowane. Nie wezwiemy przed { $from }.
kiosk-later-taken = Proszę być tutaj o { $from }. Wezwiemy mniej więcej do { $to }.
kiosk-back-by = Miejsce jest zachowane. Proszę wrócić do { $time }.
kiosk-online-alt = Kod do telefonu: załatw w domu
kiosk-mine = Mój numer
kiosk-mine-title = Państwa numer
kiosk-mine-where = Numer i cztery znaki obok albo proszę przyłożyć kartkę do czytnika.
kiosk-mine-code = Numer i znaki
kiosk-mine-show = Pokaż
kiosk-mine-unknown = Nie znamy dziś tego numeru z tymi znakami.
kiosk-print-again = Drukuj ponownie
kiosk-own-code = Znaki do tego automatu:
kiosk-speech-on = Czytanie na głos jest włączone. Strzałki: dalej i wstecz. Klawisz Enter: wybierz. Plus i minus: głośniej i ciszej.
kiosk-speech-volume = Głośność { $percent } procent
kiosk-speech-chosen = wybrano
kiosk-speech-off = teraz niedostępne
kiosk-needs-help = Potrzebuję pomocy
kiosk-search-title = Czego Państwo szukają?
kiosk-search-typed = Wpisane litery
kiosk-search-found = { $count ->
    [0] Nic nie znaleziono
    [one] { $count } sprawa
    [few] { $count } sprawy
    [many] { $count } spraw
   *[other] { $count } sprawy
}

## Papierticket

ticket-day = { $weekday ->
    [1] pon.
    [2] wt.
    [3] śr.
    [4] czw.
    [5] pt.
    [6] sob.
   *[7] niedz.
} { $day }.{ $month }
ticket-wait = Szacowany czas oczekiwania:
ticket-range = { common-range } { $high ->
    [one] minuta
    [few] minuty
   *[many] minut
}
ticket-minutes = { $minutes ->
    [one] { $minutes } minuta
    [few] { $minutes } minuty
   *[many] { $minutes } minut
}
ticket-leave = Możesz wyjść do godziny { $time } (stan z { $drawn }).
ticket-ahead = { $count ->
    [0] Twoja kolej jest następna
    [one] Jedna osoba przed Tobą
    [few] { $count } osoby przed Tobą
   *[many] { $count } osób przed Tobą
}
ticket-link = Twoje miejsce w kolejce, w telefonie
ticket-code = Znaki dla automatu: { $code }
ticket-papers = Proszę przygotować:
ticket-follow = Numer zostanie wyświetlony i wywołany.
ticket-alone = Wydano bez połączenia. Numer jest ważny.

## Ansage

# Wypowiadane: Numer A, zero jeden siedem, zapraszamy, stanowisko trzy. Bez kropki na końcu.
say-call = Numer { $number }, zapraszamy, { $place }
say-call-way = Numer { $number }, zapraszamy, { $place }, { $way }
say-brief = { $number }, { $place }
say-test = To jest próba dźwięku, tak brzmi zapowiedź
say-counter = stanowisko { $counter }
# Jak wypowiada się słowa z tabliczek (tabliczka: wypowiadane).
say-place-names = Schalter: stanowisko, Zimmer: pokój, Raum: sala, Platz: miejsce, Kasse: kasa, Büro: biuro
# Liczby od 0 do 99; pierwsze dziesięć to także cyfry.
say-numbers =
    zero, jeden, dwa, trzy, cztery, pięć, sześć, siedem, osiem, dziewięć,
    dziesięć, jedenaście, dwanaście, trzynaście, czternaście, piętnaście, szesnaście, siedemnaście, osiemnaście, dziewiętnaście,
    dwadzieścia, dwadzieścia jeden, dwadzieścia dwa, dwadzieścia trzy, dwadzieścia cztery, dwadzieścia pięć, dwadzieścia sześć, dwadzieścia siedem, dwadzieścia osiem, dwadzieścia dziewięć,
    trzydzieści, trzydzieści jeden, trzydzieści dwa, trzydzieści trzy, trzydzieści cztery, trzydzieści pięć, trzydzieści sześć, trzydzieści siedem, trzydzieści osiem, trzydzieści dziewięć,
    czterdzieści, czterdzieści jeden, czterdzieści dwa, czterdzieści trzy, czterdzieści cztery, czterdzieści pięć, czterdzieści sześć, czterdzieści siedem, czterdzieści osiem, czterdzieści dziewięć,
    pięćdziesiąt, pięćdziesiąt jeden, pięćdziesiąt dwa, pięćdziesiąt trzy, pięćdziesiąt cztery, pięćdziesiąt pięć, pięćdziesiąt sześć, pięćdziesiąt siedem, pięćdziesiąt osiem, pięćdziesiąt dziewięć,
    sześćdziesiąt, sześćdziesiąt jeden, sześćdziesiąt dwa, sześćdziesiąt trzy, sześćdziesiąt cztery, sześćdziesiąt pięć, sześćdziesiąt sześć, sześćdziesiąt siedem, sześćdziesiąt osiem, sześćdziesiąt dziewięć,
    siedemdziesiąt, siedemdziesiąt jeden, siedemdziesiąt dwa, siedemdziesiąt trzy, siedemdziesiąt cztery, siedemdziesiąt pięć, siedemdziesiąt sześć, siedemdziesiąt siedem, siedemdziesiąt osiem, siedemdziesiąt dziewięć,
    osiemdziesiąt, osiemdziesiąt jeden, osiemdziesiąt dwa, osiemdziesiąt trzy, osiemdziesiąt cztery, osiemdziesiąt pięć, osiemdziesiąt sześć, osiemdziesiąt siedem, osiemdziesiąt osiem, osiemdziesiąt dziewięć,
    dziewięćdziesiąt, dziewięćdziesiąt jeden, dziewięćdziesiąt dwa, dziewięćdziesiąt trzy, dziewięćdziesiąt cztery, dziewięćdziesiąt pięć, dziewięćdziesiąt sześć, dziewięćdziesiąt siedem, dziewięćdziesiąt osiem, dziewięćdziesiąt dziewięć

## Aufsicht

staff-reason-system-down = awaria systemu
staff-reason-staff-short = za mało pracowników
staff-reason-meeting = narada
staff-reason-evacuation = ewakuacja
staff-reason-full = zbyt wielu klientów
staff-reason-hours = poza godzinami otwarcia
staff-reason-limit = limit wyczerpany
staff-reason-not-today = dziś już niemożliwe

## Vorführung

demo-message-briefly = Dziś idzie szybko. Dziękujemy za cierpliwość.
demo-message-papers = Proszę przygotować dowód tożsamości.
demo-message-photo = Zdjęcia można zrobić w automacie przy wejściu.

## Fehler

problem-malformed = Nie udało się odczytać żądania. Proszę odświeżyć stronę.
problem-not-signed-in = To urządzenie nie jest już zalogowane. Proszę zapytać w recepcji.
problem-not-allowed = To nie jest tu dozwolone.
problem-not-yours = To należy do innego urządzenia.
problem-origin-refused = Żądanie przyszło z obcej strony.
problem-unknown-office = Nie ma takiego urzędu.
problem-unknown-ticket = Tego numeru już nie ma.
problem-unknown-service = Tej sprawy tu nie załatwiamy.
problem-unknown-webhook = Nie ma takiego połączenia.
problem-unknown-device = Nie ma takiego urządzenia.
problem-unknown-appointment = Nie ma takiej wizyty.
problem-unknown-code = Nie znamy dziś tego kodu. Proszę go sprawdzić lub podejść do recepcji.
problem-unknown-route = Nie ma takiego adresu.
problem-wrong-state = W tej chwili to niemożliwe.
problem-not-yet = Na to jest jeszcze za wcześnie.
problem-not-yet-until = To możliwe dopiero od { $until }.
problem-service-closed = Ta sprawa jest w tej chwili zamknięta.
problem-service-closed-until = Ta sprawa jest zamknięta do { $until }.
problem-outside-hours = Ta sprawa nie jest teraz obsługiwana.
problem-outside-hours-until = Ta sprawa będzie znów obsługiwana od { $until }.
problem-limit-reached = Wszystkie numery na dziś są wydane.
problem-day-closed = Dzień nie jest jeszcze otwarty.
problem-stale-press = Dotknięcie dotarło zbyt późno. Proszę spojrzeć i dotknąć ponownie.
problem-overtaken = Tymczasem coś się zmieniło, dlatego nie jest to już możliwe.
problem-not-today = Ta wizyta nie jest dzisiaj.
problem-too-late-to-change = Na zmianę jest już za późno.
problem-link-expired = Ten link wygasł.
problem-too-large = To za dużo naraz.
problem-invalid = Jedna z danych jest nieprawidłowa.
problem-key-reused = To dotknięcie dotyczyło już czegoś innego. Proszę dotknąć ponownie.
problem-too-many = Zbyt wiele prób. Proszę chwilę poczekać.
problem-fault = Na serwerze wystąpił błąd. Proszę spróbować ponownie.
problem-store-unavailable = Pamięć nie odpowiada. Nic się nie zmieniło albo zmiana zaraz będzie widoczna.
problem-starting = Serwer się uruchamia.
problem-stopping = Serwer się zatrzymuje.
