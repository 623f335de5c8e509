# Aufruf, українська. Мова — це один файл: тексти, які бачать і чують відвідувачі.
# Заголовки кажуть, хто показує або вимовляє текст.

## Gemeinsam

common-failed = Не вдалося. Будь ласка, спробуйте ще раз.
common-wait-none = без очікування
common-wait-about = приблизно { $minutes } хв
common-learning = орієнтовно, система ще вчиться
common-range = { $low }–{ $high }
common-wait-range = { common-range } хв
common-no-wait-no-counter = Зараз для цього не відкрито жодної стійки
common-no-wait-no-step-free = Зараз для цього не відкрито жодної стійки без сходів
common-no-wait-closed = Зараз зачинено: для цього не відкрито жодної стійки
common-no-wait-situation = Зараз невідомо, скільки це триватиме
common-no-wait-stale = Зараз невідомо, скільки це триватиме
common-span-seconds = { $seconds } с
common-span-minutes = { $minutes } хв
common-span-hours = { $hours } год { $minutes } хв
common-language = Мова
common-language-name = Українська
common-language-direction = ltr
common-accessibility = Доступність
common-back = Назад
common-close = Закрити
common-connecting = Встановлюється зв’язок
common-disconnected = Зв’язок перервано
common-data-age = Оновлено { $age } тому
common-data-none = Даних ще немає
common-unanswered = Сервер не відповідає. Триває спроба з’єднання.
common-needs-script = Ця сторінка потребує JavaScript.

## Start und Anmeldung

start-home = На початок
start-problem-404 = Такої сторінки немає
start-problem-404-how = Можливо, в адресі помилка або посилання застаріло.
start-problem-410 = Це посилання більше не дійсне
start-problem-410-how = Посилання на номери дійсні лише у свій день. Будь ласка, запитайте в адміністратора.
start-problem-429 = Забагато спроб
start-problem-429-how = Будь ласка, зачекайте хвилину і спробуйте ще раз.
start-problem-500 = Не вдалося
start-problem-500-how = Помилка на нашому боці. Будь ласка, спробуйте ще раз.
start-problem-503 = Зараз недоступно
start-problem-503-how = Будь ласка, спробуйте ще раз за мить. Нічого не втрачено.

## Erklärung zur Barrierefreiheit

statement-what = Ця заява стосується табло, автомата, номера на телефоні та цих сторінок.
statement-how = Ми дотримуємося стандарту EN 301 549. Кожну нову версію перевіряють програми. Люди з інвалідністю ще не перевіряли.
statement-gaps = Чого ще немає
statement-gap-signs = Немає відео жестовою мовою.
statement-gap-easy = Тексти простою німецькою є чернеткою.
statement-instead = В адміністратора вам допоможуть. Для цього не потрібні ні автомат, ні телефон.
statement-report = Щось для вас не працює?
statement-write = Будь ласка, напишіть або зателефонуйте нам.
statement-ask = Будь ласка, скажіть про це адміністратору.
statement-form = Форма
statement-enforcement = Наша відповідь не допомогла? Орган нагляду безкоштовно посередничає.

## Wartedisplay

wall-title = Виклики
wall-room = Час очікування
wall-media = Зображення
wall-media-hold = Зупинити показ
wall-media-go-on = Продовжити показ
wall-nobody = Будь ласка, зачекайте. Ваш номер буде показано тут і оголошено.
wall-closed = Сьогодні зачинено.
wall-please-wait = Будь ласка, зачекайте
wall-desk-paused = Перерва
wall-desk-back = Перерва до { $time }
wall-phrase-checked = no
wall-phrase-wait = Будь ласка, зачекайте хвилину.
wall-phrase-sign = Будь ласка, підпишіть тут.
wall-phrase-papers = Покажіть, будь ласка:
wall-phrase-come-back = Прийдіть, будь ласка, знову і візьміть із собою:
wall-phrase-done = Усе готово. До побачення.
wall-more = { $count ->
    [one] Ще { $count } номер по черзі
    [few] Ще { $count } номери по черзі
   *[many] Ще { $count } номерів по черзі
}
wall-waits = Очікування від цього часу, у хвилинах
wall-waiting = Очікують
wall-count = { $count ->
    [one] чекає { $count }
    [few] чекають { $count }
   *[many] чекають { $count }
}
wall-service-closed = зачинено
wall-not-today = імовірно, вже не сьогодні
wall-next = Наступні
wall-missed = Пропустили? Зверніться до адміністратора.
wall-letters = Кожна літера — окрема послуга.
wall-door = Автомат не працює? Візьміть номер у телефоні:
wall-door-code = Код
wall-moved = Тепер у черзі «{ $service }»: { $numbers }{ $more ->
    [0] {""}
   *[other] {" "}і ще { $more }
}. Ваше місце в черзі зберігається.
wall-spoken = Номер { $number }, { $counter }{ $way ->
    [nowhere] {""}
   *[other] , { $way }
}
wall-ask = Будь ласка, запитайте в адміністратора.
wall-hidden = Виклики приховано, бо вони можуть бути застарілими. Будь ласка, запитайте в адміністратора.
wall-refused = Цей екран не зареєстровано.
wall-unknown = Такого екрана в цій установі немає.
wall-sound-off = Звук вимкнено – торкніться тут

## Pfeile an Anzeige und Telefon

place-left = ліворуч
place-right = праворуч
place-up = сходами вгору
place-down = сходами вниз
place-straight = прямо

## Telefonticket

phone-your-number = Ваш номер
phone-state-waiting = Ви чекаєте
phone-state-called = Ваша черга
phone-state-serving = Ви біля стійки
phone-state-parked = На мить відкладено
phone-state-away = Ваш номер на паузі
phone-state-missed = Вас викликали
phone-state-finished = Готово
phone-state-cancelled = Номер повернуто
phone-state-expired = Цей номер більше не дійсний
phone-leave = Ви можете відійти до { $time }.
phone-moved = Ваш номер перенесено на цю справу о { $time }. Ваше місце в черзі зберігається.
phone-longer-fewer-counters = Це триває довше, ніж повідомлялося, бо відкрито менше стійок.
phone-ahead = { $count ->
    [0] Перед вами нікого немає
    [one] Перед вами { $count } людина
    [few] Перед вами { $count } людини
   *[many] Перед вами { $count } людей
}
phone-you-are-next = Ви наступні
phone-not-before = Вас можуть знову викликати з { $time }
phone-called-at = Вас викликали о { $time }
phone-missed-once-how = Ви тут? Тоді, будь ласка, залишайтеся в залі очікування.
phone-here = Я тут
phone-here-how = Добре. Ви знову в черзі, і вас викличуть ще раз.
phone-passed-appointment = { $count ->
    [one] { $count } людина із записом пройшла перед вами.
    [few] { $count } людини із записом пройшли перед вами.
   *[many] { $count } людей із записом пройшли перед вами.
}
phone-passed-other = { $count ->
    [one] { $count } людина пройшла перед вами з іншої причини.
    [few] { $count } людини пройшли перед вами з іншої причини.
   *[many] { $count } людей пройшли перед вами з іншої причини.
}
phone-come = Будь ласка, підійдіть зараз:
phone-spoken-called = Номер { $number }, ваша черга: { $counter }
phone-parked-how = Будь ласка, залишайтеся поруч. Вас викличуть знову.
phone-away-until = Пауза до { $time }
phone-away-how = Ваше місце зберігається. Під час паузи вас не викликатимуть.
phone-missed-ago = { $age } тому
phone-missed-how = Ви тут? Тоді скоро знову буде ваша черга.
phone-missed-desk = Будь ласка, зверніться до адміністратора.
phone-goodbye = До побачення.
phone-cancelled-how = По новий номер підійдіть, будь ласка, до автомата.
phone-expired-how = По новий номер підійдіть, будь ласка, до автомата.
phone-ring = Подзвонити, коли моя черга
phone-ring-on = Дзвонить, поки ця сторінка відкрита
phone-push = Сповістити, коли моя черга
phone-push-on = Сповіщення прийде, навіть якщо сторінку закрито
phone-push-denied = Цей браузер не дозволяє сповіщень. Будь ласка, не закривайте сторінку.
phone-push-failed = Не вдалося. Будь ласка, не закривайте цю сторінку.
phone-no-https = Без https: коли сторінку закрито, сповіщень немає, а екран може згаснути.
phone-later = Викликати лише { $from }–{ $to }
phone-pause = { $minutes ->
    [one] Мені потрібна ще { $minutes } хвилина
    [few] Мені потрібно ще { $minutes } хвилини
   *[many] Мені потрібно ще { $minutes } хвилин
}
phone-pause-longer = { $minutes ->
    [one] Ще { $minutes } хвилина паузи
    [few] Ще { $minutes } хвилини паузи
   *[many] Ще { $minutes } хвилин паузи
}
phone-cancel = Я вже не прийду
phone-cancel-really = Повернути номер?
phone-cancel-means = Ви втратите своє місце в черзі.
phone-cancel-yes = Так, повернути номер
phone-cancel-no = Ні, я прийду
phone-return-missed = Я тут, викличте мене ще раз
phone-return-away = Я знову тут
phone-way-step-free = Показати шлях без сходинок
phone-papers = Будь ласка, підготуйте
phone-look-again = Оновіть: ця сторінка не змінюється сама.
phone-link-dead = Це посилання більше не дійсне. Будь ласка, запитайте в адміністратора.

## Termine

book-title = Записатися на прийом
book-question = З якого питання?
book-several = За один прийом можна вирішити до { $most } питань.
book-persons = Для скількох людей?
book-find = Показати вільний час
book-walk-in = Сьогодні без запису:
book-choose = Будь ласка, виберіть одне або кілька питань, не більше п’яти.
book-when-ask = Коли вам зручно?
book-takes = триває приблизно { $minutes } хв
book-change = Інше питання
book-free = { $count ->
    [one] { $count } вільна година
    [few] { $count } вільні години
    [many] { $count } вільних годин
   *[other] { $count } вільної години
}
book-morning = До полудня
book-afternoon = Після полудня
book-later = Пізніші дні
book-none = У ці дні вільного часу немає. Можна прийти й без запису.
book-elsewhere = Вільно в інших відділеннях
book-taken = Цей час щойно зайняли. Будь ласка, виберіть інший.
book-expired = Цей час більше не збережено за вами. Будь ласка, виберіть ще раз.
book-work-undone = Щоб програми не забирали всі записи, ваш браузер має трохи порахувати. Це не вдалося: дозвольте JavaScript і спробуйте ще раз, зателефонуйте або приходьте.
book-work-wait = Хвилинку, ваш час отримується …
book-next = Найближчий вільний час:
book-next-none = Зараз вільного часу немає.
wish-title = Повідомити, щойно з’явиться вільний час
wish-why = Коли звільниться зручний для вас час, ви отримаєте лист. Цей час зберігатиметься за вами { $span }.
wish-first = Не раніше
wish-last = Не пізніше
wish-part = О котрій годині?
wish-any = Будь-коли
wish-sites = Також у цих відділеннях
wish-mail = Адреса електронної пошти
wish-send = Повідомити мене
wish-noted = Ви отримаєте лист, щойно звільниться час.
wish-end = Більше не шукати
wish-ended = Ми більше не шукаємо
wish-ended-means = Вашу адресу видалено.
wish-free = Звільнився час
wish-take = Записатися на цей час
wish-gone = Цей час більше не збережено за вами. Ми шукаємо далі.
wish-subject = Звільнився час: { $when }
book-yours = Ваш прийом
book-when = { $day }, { $time }
book-day = { $day }
book-people = { $count ->
    [one] { $count } людина
    [few] { $count } людини
    [many] { $count } людей
   *[other] { $count } людини
}
book-held = Цей час збережено за вами до { $time }.
book-nameless = Ми не питаємо імені. Ви отримаєте код.
book-confirm = Записатися
book-other = Інший час
book-papers = Будь ласка, візьміть із собою
book-done = Вас записано.
book-moved = Запис перенесено.
book-here = Ваш прихід відмічено. Ваш номер:
book-code = Ваш код
book-code-is = Код для відмітки про прихід: { $code }
book-code-picture = Ваш код як зображення для автомата
book-code-how = Коли прийдете, відмітьтеся цим кодом на автоматі.
book-keep = Хто може відкрити цю сторінку, може змінити запис. Збережіть її адресу.
book-calendar = Додати до календаря
book-missed = Час цього прийому минув.
book-again = Записатися знову
book-move = Перенести запис
book-cancel = Скасувати запис
book-cancel-means = Тоді час звільниться для інших.
book-cancel-yes = Так, скасувати
book-cancelled = Ваш запис скасовано
book-over = Цього запису більше немає
book-until-now = Зараз: { $time }
book-mail = Адреса електронної пошти (необов'язково)
book-mail-why = Тоді ви отримаєте код, нагадування і посилання, щоб перенести або скасувати запис. Наприкінці дня запису ми видалимо адресу.
book-mail-wrong = Це не адреса електронної пошти. Поле можна залишити порожнім.
book-mail-sent = Зараз ви отримаєте лист.
book-mail-failed = Не вдалося зберегти вашу адресу. Будь ласка, запишіть код.
mail-subject-booked = Ваш запис: { $when }
mail-subject-moved = Ваш запис перенесено: { $when }
mail-subject-cancelled = Ваш запис скасовано: { $when }
mail-subject-reminder = Нагадування про запис: { $when }
mail-reminder = Не забудьте, будь ласка, про свій запис.
mail-release = Не можете прийти? Тоді скасуйте, будь ласка, запис, щоб цей час дістався іншим.
mail-also = На цю адресу є ще один запис: { $when }. Якщо вам потрібен лише один, скасуйте, будь ласка, інший.
mail-foot = Цей лист надіслано від { $office }, бо під час запису вказали вашу адресу. Наприкінці дня запису ми її видалимо.

## Номер за кодом біля дверей

draw-how = Введіть код, який зараз показано біля дверей. Він змінюється кожні п’ять хвилин.
draw-code = Код біля дверей (шість цифр)
draw-none = У цій установі номери видають лише автомат і адміністратор.
draw-have = Ви вже маєте номер { $number }.
draw-show = Показати мій номер
draw-choose = Будь ласка, оберіть, з якого ви питання.
draw-wrong = Цей код уже не діє або неправильний. Будь ласка, прочитайте його біля дверей ще раз.
draw-already = За цим кодом ви вже взяли номер. За п’ять хвилин біля дверей буде новий.
draw-nothing = Зараз жодна послуга не надається.
draw-qr = QR-код: адреса цієї сторінки

## Kiosk

kiosk-title = Взяти номер
kiosk-question = З якого питання ви прийшли?
kiosk-touch = Будь ласка, торкніться. Ви отримаєте номер.
kiosk-closed-title = Зараз зачинено.
kiosk-closed-now = Зараз номери тут не видаються.
kiosk-closed = зачинено
kiosk-closed-closed = зараз зачинено
kiosk-closed-day-closed = ще не відчинено
kiosk-closed-hours = зараз не працює
kiosk-closed-limit = на сьогодні всі номери видано
kiosk-closed-not-today = імовірно, сьогодні вже не встигнемо
kiosk-closed-no-numbers = тут зараз немає номерів, зверніться до адміністратора
kiosk-comma = ,
kiosk-opens-today = сьогодні знову з { $time }
kiosk-opens-on = знову: { $day }, з { $time }
kiosk-waiting = { $count ->
    [0] ніхто не чекає
    [one] чекає { $count } людина
    [few] чекають { $count } людини
   *[many] чекають { $count } людей
}
kiosk-reached-yes = сьогодні точно
kiosk-reached-likely = імовірно, сьогодні
kiosk-reached-no = імовірно, вже не сьогодні
kiosk-not-step-free = зараз немає відкритої стійки без сходів
kiosk-online = Можна й удома: { $address }
kiosk-cut-off = Автомат зараз не має зв’язку. Будь ласка, зверніться до адміністратора.
kiosk-alone = Автомат зараз не має зв’язку. Номер ви все одно отримаєте тут.
kiosk-refused = Цей автомат не зареєстровано. Будь ласка, зверніться до адміністратора.
kiosk-unknown = Такого автомата в цій установі немає. Будь ласка, зверніться до адміністратора.
kiosk-unanswered = Відповіді не було. Торкніться ще раз того самого, ви отримаєте лише один номер. Інакше зверніться до адміністратора.

kiosk-appointment = Я маю запис
kiosk-needs = Мені потрібна допомога або більше місця
kiosk-large = Великий шрифт
kiosk-help = Покликати працівника
kiosk-on = Далі
kiosk-needs-title = Що вам потрібно?
kiosk-needs-why = Причину казати не треба. Це бачать лише працівники.
kiosk-needs-given = Записано: { $needs }
kiosk-needs-change = Змінити
kiosk-need-step-free = Шлях без сходів
kiosk-need-escort = Будь ласка, зустріньте мене
kiosk-need-visual-call = Я не чую виклику
kiosk-need-hearing-loop = Індукційна петля
kiosk-need-interpreter = Перекладач
kiosk-need-more-room = Більше місця (дитячий візок, ходунки)
kiosk-help-asked = Ми повідомили працівників. Будь ласка, зачекайте тут.
kiosk-help-coming = До вас уже йдуть.
kiosk-help-nobody = Зараз ніхто не вільний. Будь ласка, зверніться до адміністратора.
kiosk-help-failed = Не вдалося. Будь ласка, зверніться до адміністратора.

kiosk-code-title = Ваш код
kiosk-code-where = Він у вашому підтвердженні. Його також можна відсканувати.
kiosk-code = Код
kiosk-keypad = Клавіатура
kiosk-check-in = Підтвердити
kiosk-erase = Стерти

kiosk-your-number = Ваш номер
kiosk-take-paper = Будь ласка, візьміть папірець.
kiosk-no-paper = Сьогодні без паперу: будь ласка, запам’ятайте номер.
kiosk-qr = На телефоні: скануйте й дивіться своє місце в черзі
kiosk-qr-alt = Код для вашого телефону
kiosk-ahead = { $count ->
    [0] Ви наступні.
    [one] Перед вами { $count } людина.
    [few] Перед вами { $count } людини.
   *[many] Перед вами { $count } людей.
}
kiosk-learning = Час очікування орієнтовний, система ще вчиться.
kiosk-expected = Ви чекатимете приблизно
kiosk-called-how = Ваш номер буде показано й оголошено.
kiosk-papers = Будь ласка, підготуйте
kiosk-done = Готово
kiosk-longer = Показувати довше
kiosk-still-there = Ви ще тут?
kiosk-ends-in = { $seconds ->
    [one] Екран почне спочатку через { $seconds } секунду.
    [few] Екран почне спочатку через { $seconds } секунди.
   *[many] Екран почне спочатку через { $seconds } секунд.
}
kiosk-more-time = Так, далі

kiosk-several = Кілька справ
kiosk-touch-several = Торкніться всього, що вам потрібно. Ви отримаєте один номер на все.
kiosk-search = Пошук послуги
kiosk-below = Інші послуги
kiosk-goes-on = Далі є ще
kiosk-chosen = { $count ->
    [0] Ще нічого не вибрано
    [one] Далі: { $count } справа
    [few] Далі: { $count } справи
    [many] Далі: { $count } справ
   *[other] Далі: { $count } справи
}
kiosk-one-ticket = один номер на все
kiosk-low = Кнопки нижче
kiosk-matter = Ваші справи
kiosk-bring = Будь ласка, візьміть із собою:
kiosk-wait-now = Зараз
kiosk-persons = Скільки людей?
kiosk-how-many = Скільки?
kiosk-less = менше
kiosk-more = більше
kiosk-have = У мене все є: узяти номер
kiosk-draw = Узяти номер
kiosk-come-back = Я повернуся
kiosk-come-back-means = Ваше місце зберігається { $minutes } хв.
kiosk-later = Краще сьогодні { $from }–{ $to }
kiosk-later-means = Ваше місце зберігається. Вас не викличуть раніше { $from }.
kiosk-later-taken = Будь ласка, будьте тут о { $from }. Вас викличуть приблизно до { $to }.
kiosk-back-by = Ваше місце зберігається. Поверніться, будь ласка, до { $time }.
kiosk-online-alt = Код для телефону: зробити вдома
kiosk-mine = Мій номер
kiosk-mine-title = Ваш номер
kiosk-mine-where = Номер і чотири знаки поруч, або піднесіть папір до зчитувача.
kiosk-mine-code = Номер і знаки
kiosk-mine-show = Показати
kiosk-mine-unknown = Такого номера з такими знаками сьогодні немає.
kiosk-print-again = Надрукувати ще раз
kiosk-own-code = Ваші знаки для цього автомата:
kiosk-speech-on = Озвучення ввімкнено. Стрілки: далі й назад. Клавіша введення: вибрати. Плюс і мінус: гучніше й тихіше.
kiosk-speech-volume = Гучність { $percent } відсотків
kiosk-speech-chosen = вибрано
kiosk-speech-off = зараз недоступно
kiosk-needs-help = Мені потрібна допомога
kiosk-search-title = Що ви шукаєте?
kiosk-search-typed = Ваші літери
kiosk-search-found = { $count ->
    [0] Нічого не знайдено
    [one] { $count } послуга
    [few] { $count } послуги
    [many] { $count } послуг
   *[other] { $count } послуги
}

## Papierticket

ticket-day = { $weekday ->
    [1] Пн
    [2] Вт
    [3] Ср
    [4] Чт
    [5] Пт
    [6] Сб
   *[7] Нд
} { $day }.{ $month }.
ticket-wait = Ви чекатимете приблизно
ticket-range = { common-range } { $high ->
    [one] хвилину
    [few] хвилини
   *[many] хвилин
}
ticket-minutes = { $minutes ->
    [one] { $minutes } хвилину
    [few] { $minutes } хвилини
   *[many] { $minutes } хвилин
}
ticket-leave = Ви можете відійти до { $time } (станом на { $drawn }).
ticket-ahead = { $count ->
    [0] Ви наступні
    [one] Перед вами { $count } людина
    [few] Перед вами { $count } людини
   *[many] Перед вами { $count } людей
}
ticket-link = Ваше місце в черзі на вашому телефоні
ticket-code = Знаки для автомата: { $code }
ticket-papers = Будь ласка, підготуйте:
ticket-follow = Ваш номер буде показано й оголошено.
ticket-alone = Видано без зв’язку. Ваш номер дійсний.

## Ansage

# Вимовляється: Номер A, нуль один сім, запрошуємо, стійка три. Без крапки в кінці.
say-call = Номер { $number }, запрошуємо, { $place }
say-call-way = Номер { $number }, запрошуємо, { $place }, { $way }
say-brief = { $number }, { $place }
say-test = Це перевірка звуку, так звучить оголошення
say-counter = стійка { $counter }
# Як вимовляються слова з табличок (табличка: вимовляється).
say-place-names = Schalter: стійка, Zimmer: кімната, Raum: кімната, Platz: місце, Kasse: каса, Büro: кабінет
# Числа від 0 до 99; перші десять — це також цифри.
say-numbers =
    нуль, один, два, три, чотири, п’ять, шість, сім, вісім, дев’ять,
    десять, одинадцять, дванадцять, тринадцять, чотирнадцять, п’ятнадцять, шістнадцять, сімнадцять, вісімнадцять, дев’ятнадцять,
    двадцять, двадцять один, двадцять два, двадцять три, двадцять чотири, двадцять п’ять, двадцять шість, двадцять сім, двадцять вісім, двадцять дев’ять,
    тридцять, тридцять один, тридцять два, тридцять три, тридцять чотири, тридцять п’ять, тридцять шість, тридцять сім, тридцять вісім, тридцять дев’ять,
    сорок, сорок один, сорок два, сорок три, сорок чотири, сорок п’ять, сорок шість, сорок сім, сорок вісім, сорок дев’ять,
    п’ятдесят, п’ятдесят один, п’ятдесят два, п’ятдесят три, п’ятдесят чотири, п’ятдесят п’ять, п’ятдесят шість, п’ятдесят сім, п’ятдесят вісім, п’ятдесят дев’ять,
    шістдесят, шістдесят один, шістдесят два, шістдесят три, шістдесят чотири, шістдесят п’ять, шістдесят шість, шістдесят сім, шістдесят вісім, шістдесят дев’ять,
    сімдесят, сімдесят один, сімдесят два, сімдесят три, сімдесят чотири, сімдесят п’ять, сімдесят шість, сімдесят сім, сімдесят вісім, сімдесят дев’ять,
    вісімдесят, вісімдесят один, вісімдесят два, вісімдесят три, вісімдесят чотири, вісімдесят п’ять, вісімдесят шість, вісімдесят сім, вісімдесят вісім, вісімдесят дев’ять,
    дев’яносто, дев’яносто один, дев’яносто два, дев’яносто три, дев’яносто чотири, дев’яносто п’ять, дев’яносто шість, дев’яносто сім, дев’яносто вісім, дев’яносто дев’ять

## Aufsicht

staff-reason-system-down = збій системи
staff-reason-staff-short = замало працівників
staff-reason-meeting = нарада
staff-reason-evacuation = евакуація
staff-reason-full = забагато відвідувачів
staff-reason-hours = поза робочим часом
staff-reason-limit = ліміт вичерпано
staff-reason-not-today = сьогодні вже неможливо

## Vorführung

demo-message-briefly = Сьогодні черга рухається швидко. Дякуємо за терпіння.
demo-message-papers = Будь ласка, підготуйте посвідчення особи.
demo-message-photo = Фото можна зробити в автоматі біля входу.

## Fehler

problem-malformed = Запит не вдалося прочитати. Будь ласка, оновіть сторінку.
problem-not-signed-in = Цей пристрій більше не зареєстровано. Будь ласка, запитайте в адміністратора.
problem-not-allowed = Тут це не дозволено.
problem-not-yours = Це належить іншому пристрою.
problem-origin-refused = Запит надійшов із чужої сторінки.
problem-unknown-office = Такої установи немає.
problem-unknown-ticket = Цього номера вже немає.
problem-unknown-service = Тут цим не займаються.
problem-unknown-webhook = Такого з’єднання немає.
problem-unknown-device = Такого пристрою немає.
problem-unknown-appointment = Такого запису немає.
problem-unknown-code = Сьогодні ми не знаємо цього коду. Перевірте його або зверніться до адміністратора.
problem-unknown-route = Такої адреси немає.
problem-wrong-state = Зараз це неможливо.
problem-not-yet = Для цього ще зарано.
problem-not-yet-until = Це можливо лише з { $until }.
problem-service-closed = Ця послуга зараз закрита.
problem-service-closed-until = Ця послуга закрита до { $until }.
problem-outside-hours = Ця послуга зараз не надається.
problem-outside-hours-until = Ця послуга знову надається з { $until }.
problem-limit-reached = На сьогодні всі номери видано.
problem-day-closed = День ще не відкрито.
problem-stale-press = Запит надійшов запізно. Будь ласка, погляньте й торкніться ще раз.
problem-overtaken = Тим часом сталося щось інше, тому це вже неможливо.
problem-not-today = Цей запис не на сьогодні.
problem-too-late-to-change = Змінювати вже запізно.
problem-link-expired = Термін дії посилання минув.
problem-too-large = Це забагато за один раз.
problem-invalid = Якесь значення неправильне.
problem-key-reused = Цей запит уже стосувався іншого. Будь ласка, торкніться ще раз.
problem-too-many = Забагато спроб. Будь ласка, трохи зачекайте.
problem-fault = На сервері сталася помилка. Будь ласка, спробуйте ще раз.
problem-store-unavailable = Сховище не відповідає. Нічого не змінено, або зміна зараз з’явиться.
problem-starting = Сервер запускається.
problem-stopping = Сервер зупиняється.
