# Aufruf, русский. Язык — это один файл: тексты, которые видят и слышат посетители.
# Заголовки говорят, кто показывает или произносит текст.

## Gemeinsam

common-failed = Не получилось. Пожалуйста, попробуйте ещё раз.
common-wait-none = без ожидания
common-wait-about = около { $minutes } мин
common-learning = приблизительно, система ещё учится
common-range = { $low }–{ $high }
common-wait-range = { common-range } мин
common-no-wait-no-counter = Сейчас для этого не открыто ни одно окно
common-no-wait-no-step-free = Сейчас для этого не открыто ни одно окно без ступеней
common-no-wait-closed = Сейчас закрыто: для этого не открыто ни одно окно
common-no-wait-situation = Сейчас неизвестно, сколько это продлится
common-no-wait-stale = Сейчас неизвестно, сколько это продлится
common-span-seconds = { $seconds } с
common-span-minutes = { $minutes } мин
common-span-hours = { $hours } ч { $minutes } мин
common-language = Язык
common-language-name = Русский
common-language-direction = ltr
common-accessibility = Доступность
common-back = Назад
common-close = Закрыть
common-connecting = Устанавливается связь
common-disconnected = Связь прервана
common-data-age = Обновлено { $age } назад
common-data-none = Данных пока нет
common-unanswered = Сервер не отвечает. Идёт попытка соединения.
common-needs-script = Для этой страницы нужен JavaScript.

## Start und Anmeldung

start-home = В начало
start-problem-404 = Такой страницы нет
start-problem-404-how = Возможно, в адресе ошибка или ссылка устарела.
start-problem-410 = Эта ссылка больше не действует
start-problem-410-how = Ссылки на номера действуют только в свой день. Пожалуйста, обратитесь к администратору.
start-problem-429 = Слишком много попыток
start-problem-429-how = Пожалуйста, подождите минуту и попробуйте ещё раз.
start-problem-500 = Не получилось
start-problem-500-how = Ошибка на нашей стороне. Пожалуйста, попробуйте ещё раз.
start-problem-503 = Сейчас недоступно
start-problem-503-how = Пожалуйста, попробуйте ещё раз чуть позже. Ничего не потеряно.

## Erklärung zur Barrierefreiheit

statement-what = Это заявление касается табло, автомата, номера на телефоне и этих страниц.
statement-how = Мы следуем стандарту EN 301 549. Каждую новую версию проверяют программы. Люди с инвалидностью её ещё не проверяли.
statement-gaps = Чего пока нет
statement-gap-signs = Нет видео на жестовом языке.
statement-gap-easy = Тексты на простом немецком — черновик.
statement-instead = Администратор вам поможет. Для этого не нужны ни автомат, ни телефон.
statement-report = Что-то у вас не получается?
statement-write = Пожалуйста, напишите или позвоните нам.
statement-ask = Пожалуйста, скажите об этом администратору.
statement-form = Форма
statement-enforcement = Наш ответ не помог? Надзорный орган бесплатно выступит посредником.

## Wartedisplay

wall-title = Вызовы
wall-room = Время ожидания
wall-media = Изображения
wall-media-hold = Остановить показ
wall-media-go-on = Продолжить показ
wall-nobody = Пожалуйста, подождите. Ваш номер будет показан здесь и объявлен.
wall-closed = Сегодня закрыто.
wall-please-wait = Пожалуйста, подождите
wall-desk-paused = Перерыв
wall-desk-back = Перерыв до { $time }
wall-phrase-checked = no
wall-phrase-wait = Пожалуйста, подождите минуту.
wall-phrase-sign = Пожалуйста, распишитесь здесь.
wall-phrase-papers = Покажите, пожалуйста:
wall-phrase-come-back = Приходите, пожалуйста, снова и возьмите с собой:
wall-phrase-done = Всё готово. До свидания.
wall-more = { $count ->
    [one] Ещё { $count } номер по очереди
    [few] Ещё { $count } номера по очереди
   *[many] Ещё { $count } номеров по очереди
}
wall-waits = Ожидание с этого момента, в минутах
wall-waiting = Ожидают
wall-count = { $count ->
    [one] ждёт { $count }
    [few] ждут { $count }
   *[many] ждут { $count }
}
wall-service-closed = закрыто
wall-not-today = вероятно, уже не сегодня
wall-next = Следующие
wall-missed = Пропустили? Обратитесь к администратору.
wall-letters = Каждая буква — отдельная услуга.
wall-door = Автомат не работает? Возьмите номер в телефоне:
wall-door-code = Код
wall-moved = Теперь в очереди «{ $service }»: { $numbers }{ $more ->
    [0] {""}
   *[other] {" "}и ещё { $more }
}. Ваше место в очереди сохраняется.
wall-spoken = Номер { $number }, { $counter }{ $way ->
    [nowhere] {""}
   *[other] , { $way }
}
wall-ask = Пожалуйста, обратитесь к администратору.
wall-hidden = Вызовы скрыты, так как они могли устареть. Пожалуйста, обратитесь к администратору.
wall-refused = Этот экран не зарегистрирован.
wall-unknown = Такого экрана в этом учреждении нет.
wall-sound-off = Звук выключен – коснитесь здесь

## Pfeile an Anzeige und Telefon

place-left = налево
place-right = направо
place-up = по лестнице вверх
place-down = по лестнице вниз
place-straight = прямо

## Telefonticket

phone-your-number = Ваш номер
phone-state-waiting = Вы ждёте
phone-state-called = Ваша очередь
phone-state-serving = Вы у окна
phone-state-parked = Ненадолго отложено
phone-state-away = Ваш номер на паузе
phone-state-missed = Вас вызывали
phone-state-finished = Готово
phone-state-cancelled = Номер возвращён
phone-state-expired = Этот номер больше не действует
phone-leave = Вы можете отойти до { $time }.
phone-moved = Ваш номер перенесён на это дело в { $time }. Ваше место в очереди сохраняется.
phone-longer-fewer-counters = Это длится дольше, чем сообщалось, так как открыто меньше окон.
phone-ahead = { $count ->
    [0] Перед вами никого нет
    [one] Перед вами { $count } человек
    [few] Перед вами { $count } человека
   *[many] Перед вами { $count } человек
}
phone-you-are-next = Вы следующие
phone-not-before = Вас могут снова вызвать с { $time }
phone-called-at = Вас вызывали в { $time }
phone-missed-once-how = Вы здесь? Тогда, пожалуйста, оставайтесь в зале ожидания.
phone-here = Я здесь
phone-here-how = Хорошо. Вы снова в очереди, и вас вызовут ещё раз.
phone-passed-appointment = { $count ->
    [one] { $count } человек с записью прошёл перед вами.
    [few] { $count } человека с записью прошли перед вами.
   *[many] { $count } человек с записью прошли перед вами.
}
phone-passed-other = { $count ->
    [one] { $count } человек прошёл перед вами по другой причине.
    [few] { $count } человека прошли перед вами по другой причине.
   *[many] { $count } человек прошли перед вами по другой причине.
}
phone-come = Пожалуйста, подойдите сейчас:
phone-spoken-called = Номер { $number }, ваша очередь: { $counter }
phone-parked-how = Пожалуйста, оставайтесь рядом. Вас вызовут снова.
phone-away-until = Пауза до { $time }
phone-away-how = Ваше место сохраняется. Во время паузы вас не вызовут.
phone-missed-ago = { $age } назад
phone-missed-how = Вы здесь? Тогда скоро снова будет ваша очередь.
phone-missed-desk = Пожалуйста, обратитесь к администратору.
phone-goodbye = До свидания.
phone-cancelled-how = За новым номером подойдите, пожалуйста, к терминалу.
phone-expired-how = За новым номером подойдите, пожалуйста, к терминалу.
phone-ring = Позвонить, когда моя очередь
phone-ring-on = Звонит, пока эта страница открыта
phone-push = Сообщить, когда моя очередь
phone-push-on = Сообщение придёт, даже если страница закрыта
phone-push-denied = Этот браузер не разрешает сообщения. Пожалуйста, не закрывайте страницу.
phone-push-failed = Не получилось. Пожалуйста, не закрывайте страницу.
phone-no-https = Без https: при закрытой странице сообщений нет, а экран может погаснуть.
phone-later = Вызвать только { $from }–{ $to }
phone-pause = { $minutes ->
    [one] Мне нужна ещё { $minutes } минута
    [few] Мне нужно ещё { $minutes } минуты
   *[many] Мне нужно ещё { $minutes } минут
}
phone-pause-longer = { $minutes ->
    [one] Ещё { $minutes } минута паузы
    [few] Ещё { $minutes } минуты паузы
   *[many] Ещё { $minutes } минут паузы
}
phone-cancel = Я уже не приду
phone-cancel-really = Вернуть номер?
phone-cancel-means = Вы потеряете своё место в очереди.
phone-cancel-yes = Да, вернуть номер
phone-cancel-no = Нет, я приду
phone-return-missed = Я здесь, вызовите меня ещё раз
phone-return-away = Я снова здесь
phone-way-step-free = Показать путь без ступеней
phone-papers = Пожалуйста, подготовьте
phone-look-again = Обновите: эта страница не меняется сама.
phone-link-dead = Эта ссылка больше не действует. Пожалуйста, обратитесь к администратору.

## Termine

book-title = Записаться на приём
book-question = По какому вопросу?
book-several = За один приём можно решить до { $most } вопросов.
book-persons = Для скольких человек?
book-find = Показать свободное время
book-walk-in = Сегодня без записи:
book-choose = Пожалуйста, выберите один или несколько вопросов, не больше пяти.
book-when-ask = Когда вам удобно?
book-takes = займёт около { $minutes } мин
book-change = Другой вопрос
book-free = { $count ->
    [one] свободно { $count } время
    [few] свободно { $count } времени
    [many] свободно { $count } времён
   *[other] свободно { $count } времени
}
book-morning = До полудня
book-afternoon = После полудня
book-later = Следующие дни
book-none = В эти дни свободного времени нет. Можно прийти и без записи.
book-elsewhere = Свободно в других отделениях
book-taken = Это время только что заняли. Пожалуйста, выберите другое.
book-expired = Это время больше не закреплено за вами. Пожалуйста, выберите снова.
book-work-undone = Чтобы программы не забирали все записи, ваш браузер должен немного посчитать. Это не удалось: разрешите JavaScript и попробуйте ещё раз, позвоните или приходите.
book-work-wait = Одну минуту, ваше время запрашивается …
book-next = Ближайшее свободное время:
book-next-none = Сейчас свободного времени нет.
wish-title = Сообщить, когда появится свободное время
wish-why = Когда освободится подходящее время, вы получите письмо. Это время будет закреплено за вами { $span }.
wish-first = Не раньше
wish-last = Не позже
wish-part = В какое время?
wish-any = Любое
wish-sites = Также в этих отделениях
wish-mail = Адрес электронной почты
wish-send = Сообщить мне
wish-noted = Вы получите письмо, как только освободится время.
wish-end = Больше не искать
wish-ended = Мы больше не ищем
wish-ended-means = Ваш адрес удалён.
wish-free = Освободилось время
wish-take = Записаться на это время
wish-gone = Это время больше не закреплено за вами. Мы ищем дальше.
wish-subject = Освободилось: { $when }
book-yours = Ваш приём
book-when = { $day }, { $time }
book-day = { $day }
book-people = { $count ->
    [one] { $count } человек
    [few] { $count } человека
    [many] { $count } человек
   *[other] { $count } человека
}
book-held = Это время закреплено за вами до { $time }.
book-nameless = Мы не спрашиваем имя. Вы получите код.
book-confirm = Записаться
book-other = Другое время
book-papers = Пожалуйста, возьмите с собой
book-done = Вы записаны.
book-moved = Запись перенесена.
book-here = Ваш приход отмечен. Ваш номер:
book-code = Ваш код
book-code-is = Код для отметки о приходе: { $code }
book-code-picture = Ваш код в виде картинки для терминала
book-code-how = Когда придёте, отметьтесь этим кодом на терминале.
book-keep = Кто может открыть эту страницу, может изменить запись. Сохраните её адрес.
book-calendar = Добавить в календарь
book-missed = Время этого приёма прошло.
book-again = Записаться снова
book-move = Перенести запись
book-cancel = Отменить запись
book-cancel-means = Тогда время освободится для других.
book-cancel-yes = Да, отменить
book-cancelled = Ваша запись отменена
book-over = Этой записи больше нет
book-until-now = Сейчас: { $time }
book-mail = Адрес электронной почты (необязательно)
book-mail-why = Тогда вы получите код, напоминание и ссылки, чтобы перенести или отменить запись. В конце дня записи мы удалим адрес.
book-mail-wrong = Это не адрес электронной почты. Поле можно оставить пустым.
book-mail-sent = Сейчас вы получите письмо.
book-mail-failed = Не удалось сохранить ваш адрес. Пожалуйста, запишите код.
mail-subject-booked = Ваша запись: { $when }
mail-subject-moved = Ваша запись перенесена: { $when }
mail-subject-cancelled = Ваша запись отменена: { $when }
mail-subject-reminder = Напоминание о записи: { $when }
mail-reminder = Пожалуйста, не забудьте о своей записи.
mail-release = Не сможете прийти? Тогда отмените, пожалуйста, запись, чтобы время досталось другим.
mail-also = На этот адрес есть ещё одна запись: { $when }. Если вам нужна только одна, отмените, пожалуйста, другую.
mail-foot = Это письмо отправлено от { $office }, потому что при записи указали ваш адрес. В конце дня записи мы его удалим.

## Номер по коду у двери

draw-how = Введите код, который сейчас показан у двери. Он меняется каждые пять минут.
draw-code = Код у двери (шесть цифр)
draw-none = В этом учреждении номера выдают только терминал и администратор.
draw-have = У вас уже есть номер { $number }.
draw-show = Показать мой номер
draw-choose = Пожалуйста, выберите, по какому вы вопросу.
draw-wrong = Этот код уже не действует или неверен. Пожалуйста, прочитайте его у двери ещё раз.
draw-already = По этому коду вы уже взяли номер. Через пять минут у двери появится новый.
draw-nothing = Сейчас ни одна услуга не оказывается.
draw-qr = QR-код: адрес этой страницы

## Kiosk

kiosk-title = Взять номер
kiosk-question = По какому вопросу вы пришли?
kiosk-touch = Пожалуйста, коснитесь. Вы получите номер.
kiosk-closed-title = Сейчас закрыто.
kiosk-closed-now = Сейчас номера здесь не выдаются.
kiosk-closed = закрыто
kiosk-closed-closed = сейчас закрыто
kiosk-closed-day-closed = ещё не открыто
kiosk-closed-hours = сейчас не работает
kiosk-closed-limit = на сегодня все номера выданы
kiosk-closed-not-today = вероятно, сегодня уже не успеем
kiosk-closed-no-numbers = здесь сейчас нет номеров, обратитесь к администратору
kiosk-comma = ,
kiosk-opens-today = сегодня снова с { $time }
kiosk-opens-on = снова: { $day }, с { $time }
kiosk-waiting = { $count ->
    [0] никто не ждёт
    [one] ждёт { $count } человек
    [few] ждут { $count } человека
   *[many] ждут { $count } человек
}
kiosk-reached-yes = сегодня точно
kiosk-reached-likely = вероятно, сегодня
kiosk-reached-no = вероятно, уже не сегодня
kiosk-not-step-free = сейчас нет открытого окна без ступеней
kiosk-online = Можно и из дома: { $address }
kiosk-cut-off = У терминала сейчас нет связи. Пожалуйста, обратитесь к администратору.
kiosk-alone = У терминала сейчас нет связи. Номер вы всё равно получите здесь.
kiosk-refused = Этот терминал не зарегистрирован. Пожалуйста, обратитесь к администратору.
kiosk-unknown = Такого терминала в этом учреждении нет. Пожалуйста, обратитесь к администратору.
kiosk-unanswered = Ответа не было. Коснитесь ещё раз того же самого, вы получите только один номер. Иначе обратитесь к администратору.

kiosk-appointment = У меня есть запись
kiosk-needs = Мне нужна помощь или больше места
kiosk-large = Крупный шрифт
kiosk-help = Позвать сотрудника
kiosk-on = Дальше
kiosk-needs-title = Что вам нужно?
kiosk-needs-why = Причину называть не нужно. Это видят только сотрудники.
kiosk-needs-given = Записано: { $needs }
kiosk-needs-change = Изменить
kiosk-need-step-free = Путь без ступеней
kiosk-need-escort = Пожалуйста, встретьте меня
kiosk-need-visual-call = Я не слышу вызов
kiosk-need-hearing-loop = Индукционная петля
kiosk-need-interpreter = Переводчик
kiosk-need-more-room = Больше места (коляска, ходунки)
kiosk-help-asked = Мы сообщили сотрудникам. Пожалуйста, подождите здесь.
kiosk-help-coming = К вам уже идут.
kiosk-help-nobody = Сейчас никто не свободен. Пожалуйста, обратитесь к администратору.
kiosk-help-failed = Не получилось. Пожалуйста, обратитесь к администратору.

kiosk-code-title = Ваш код
kiosk-code-where = Он есть в вашем подтверждении. Его также можно отсканировать.
kiosk-code = Код
kiosk-keypad = Клавиатура
kiosk-check-in = Подтвердить
kiosk-erase = Стереть

kiosk-your-number = Ваш номер
kiosk-take-paper = Пожалуйста, возьмите талон.
kiosk-no-paper = Сегодня без бумаги: пожалуйста, запомните номер.
kiosk-qr = На телефоне: отсканируйте и смотрите своё место в очереди
kiosk-qr-alt = Код для вашего телефона
kiosk-ahead = { $count ->
    [0] Вы следующие.
    [one] Перед вами { $count } человек.
    [few] Перед вами { $count } человека.
   *[many] Перед вами { $count } человек.
}
kiosk-learning = Время ожидания приблизительное, система ещё учится.
kiosk-expected = Вы будете ждать около
kiosk-called-how = Ваш номер будет показан и объявлен.
kiosk-papers = Пожалуйста, подготовьте
kiosk-done = Готово
kiosk-longer = Показывать дольше
kiosk-still-there = Вы ещё здесь?
kiosk-ends-in = { $seconds ->
    [one] Экран начнёт сначала через { $seconds } секунду.
    [few] Экран начнёт сначала через { $seconds } секунды.
   *[many] Экран начнёт сначала через { $seconds } секунд.
}
kiosk-more-time = Да, дальше

kiosk-several = Несколько вопросов
kiosk-touch-several = Коснитесь всего, что вам нужно. Вы получите один номер на всё.
kiosk-search = Поиск услуги
kiosk-below = Другие услуги
kiosk-goes-on = Ниже есть ещё
kiosk-chosen = { $count ->
    [0] Ещё ничего не выбрано
    [one] Далее: { $count } вопрос
    [few] Далее: { $count } вопроса
    [many] Далее: { $count } вопросов
   *[other] Далее: { $count } вопроса
}
kiosk-one-ticket = один номер на всё
kiosk-low = Кнопки ниже
kiosk-matter = Ваши вопросы
kiosk-bring = Пожалуйста, принесите:
kiosk-wait-now = Сейчас
kiosk-persons = Сколько человек?
kiosk-how-many = Сколько?
kiosk-less = меньше
kiosk-more = больше
kiosk-have = У меня всё есть: взять номер
kiosk-draw = Взять номер
kiosk-come-back = Я вернусь
kiosk-come-back-means = Ваше место сохраняется { $minutes } мин.
kiosk-later = Лучше сегодня { $from }–{ $to }
kiosk-later-means = Ваше место сохраняется. Вас не вызовут раньше { $from }.
kiosk-later-taken = Пожалуйста, будьте здесь в { $from }. Вас вызовут примерно до { $to }.
kiosk-back-by = Ваше место сохраняется. Вернитесь, пожалуйста, до { $time }.
kiosk-online-alt = Код для телефона: сделать из дома
kiosk-mine = Мой номер
kiosk-mine-title = Ваш номер
kiosk-mine-where = Номер и четыре знака рядом, или поднесите бумагу к считывателю.
kiosk-mine-code = Номер и знаки
kiosk-mine-show = Показать
kiosk-mine-unknown = Такого номера с такими знаками сегодня нет.
kiosk-print-again = Напечатать ещё раз
kiosk-own-code = Ваши знаки для этого автомата:
kiosk-speech-on = Озвучивание включено. Стрелки: вперёд и назад. Клавиша ввода: выбрать. Плюс и минус: громче и тише.
kiosk-speech-volume = Громкость { $percent } процентов
kiosk-speech-chosen = выбрано
kiosk-speech-off = сейчас недоступно
kiosk-needs-help = Мне нужна помощь
kiosk-search-title = Что вы ищете?
kiosk-search-typed = Ваши буквы
kiosk-search-found = { $count ->
    [0] Ничего не найдено
    [one] { $count } услуга
    [few] { $count } услуги
    [many] { $count } услуг
   *[other] { $count } услуги
}

## Papierticket

ticket-day = { $weekday ->
    [1] Пн
    [2] Вт
    [3] Ср
    [4] Чт
    [5] Пт
    [6] Сб
   *[7] Вс
} { $day }.{ $month }.
ticket-wait = Время ожидания: около
ticket-range = { common-range } { $high ->
    [one] минуты
    [few] минут
   *[many] минут
}
ticket-minutes = { $minutes ->
    [one] { $minutes } минуты
    [few] { $minutes } минут
   *[many] { $minutes } минут
}
ticket-leave = Вы можете отойти до { $time } (по состоянию на { $drawn }).
ticket-ahead = { $count ->
    [0] Вы следующие
    [one] Перед вами { $count } человек
    [few] Перед вами { $count } человека
   *[many] Перед вами { $count } человек
}
ticket-link = Ваше место в очереди на вашем телефоне
ticket-code = Знаки для автомата: { $code }
ticket-papers = Пожалуйста, подготовьте:
ticket-follow = Ваш номер будет показан и объявлен.
ticket-alone = Выдан без связи. Ваш номер действителен.

## Ansage

# Произносится: Номер A, ноль один семь, просим подойти, окно три. Без точки в конце.
say-call = Номер { $number }, просим подойти, { $place }
say-call-way = Номер { $number }, просим подойти, { $place }, { $way }
say-brief = { $number }, { $place }
say-test = Это проверка звука, так звучит объявление
say-counter = окно { $counter }
# Как произносятся слова с табличек (табличка: произносится).
say-place-names = Schalter: окно, Zimmer: кабинет, Raum: комната, Platz: место, Kasse: касса, Büro: кабинет
# Числа от 0 до 99; первые десять — это также цифры.
say-numbers =
    ноль, один, два, три, четыре, пять, шесть, семь, восемь, девять,
    десять, одиннадцать, двенадцать, тринадцать, четырнадцать, пятнадцать, шестнадцать, семнадцать, восемнадцать, девятнадцать,
    двадцать, двадцать один, двадцать два, двадцать три, двадцать четыре, двадцать пять, двадцать шесть, двадцать семь, двадцать восемь, двадцать девять,
    тридцать, тридцать один, тридцать два, тридцать три, тридцать четыре, тридцать пять, тридцать шесть, тридцать семь, тридцать восемь, тридцать девять,
    сорок, сорок один, сорок два, сорок три, сорок четыре, сорок пять, сорок шесть, сорок семь, сорок восемь, сорок девять,
    пятьдесят, пятьдесят один, пятьдесят два, пятьдесят три, пятьдесят четыре, пятьдесят пять, пятьдесят шесть, пятьдесят семь, пятьдесят восемь, пятьдесят девять,
    шестьдесят, шестьдесят один, шестьдесят два, шестьдесят три, шестьдесят четыре, шестьдесят пять, шестьдесят шесть, шестьдесят семь, шестьдесят восемь, шестьдесят девять,
    семьдесят, семьдесят один, семьдесят два, семьдесят три, семьдесят четыре, семьдесят пять, семьдесят шесть, семьдесят семь, семьдесят восемь, семьдесят девять,
    восемьдесят, восемьдесят один, восемьдесят два, восемьдесят три, восемьдесят четыре, восемьдесят пять, восемьдесят шесть, восемьдесят семь, восемьдесят восемь, восемьдесят девять,
    девяносто, девяносто один, девяносто два, девяносто три, девяносто четыре, девяносто пять, девяносто шесть, девяносто семь, девяносто восемь, девяносто девять

## Aufsicht

staff-reason-system-down = сбой системы
staff-reason-staff-short = не хватает сотрудников
staff-reason-meeting = совещание
staff-reason-evacuation = эвакуация
staff-reason-full = слишком много посетителей
staff-reason-hours = вне часов работы
staff-reason-limit = лимит исчерпан
staff-reason-not-today = сегодня уже невозможно

## Vorführung

demo-message-briefly = Сегодня очередь движется быстро. Спасибо за терпение.
demo-message-papers = Пожалуйста, подготовьте удостоверение личности.
demo-message-photo = Фото можно сделать в автомате у входа.

## Fehler

problem-malformed = Запрос не удалось прочитать. Пожалуйста, обновите страницу.
problem-not-signed-in = Это устройство больше не зарегистрировано. Пожалуйста, обратитесь к администратору.
problem-not-allowed = Здесь это не разрешено.
problem-not-yours = Это относится к другому устройству.
problem-origin-refused = Запрос пришёл с чужой страницы.
problem-unknown-office = Такого учреждения нет.
problem-unknown-ticket = Этого номера больше нет.
problem-unknown-service = Здесь этим не занимаются.
problem-unknown-webhook = Такого соединения нет.
problem-unknown-device = Такого устройства нет.
problem-unknown-appointment = Такой записи нет.
problem-unknown-code = Сегодня мы не знаем этого кода. Проверьте его или обратитесь к администратору.
problem-unknown-route = Такого адреса нет.
problem-wrong-state = Сейчас это невозможно.
problem-not-yet = Для этого ещё рано.
problem-not-yet-until = Это возможно только с { $until }.
problem-service-closed = Эта услуга сейчас закрыта.
problem-service-closed-until = Эта услуга закрыта до { $until }.
problem-outside-hours = Эта услуга сейчас не оказывается.
problem-outside-hours-until = Эта услуга снова оказывается с { $until }.
problem-limit-reached = На сегодня все номера выданы.
problem-day-closed = День ещё не открыт.
problem-stale-press = Запрос пришёл слишком поздно. Пожалуйста, посмотрите и коснитесь ещё раз.
problem-overtaken = Тем временем произошло что-то другое, поэтому это уже невозможно.
problem-not-today = Эта запись не на сегодня.
problem-too-late-to-change = Менять уже поздно.
problem-link-expired = Срок действия ссылки истёк.
problem-too-large = Это слишком много за один раз.
problem-invalid = Какое-то значение неверно.
problem-key-reused = Этот запрос уже относился к другому. Пожалуйста, коснитесь ещё раз.
problem-too-many = Слишком много попыток. Пожалуйста, немного подождите.
problem-fault = На сервере произошла ошибка. Пожалуйста, попробуйте ещё раз.
problem-store-unavailable = Хранилище не отвечает. Ничего не изменено, или изменение сейчас появится.
problem-starting = Сервер запускается.
problem-stopping = Сервер останавливается.
