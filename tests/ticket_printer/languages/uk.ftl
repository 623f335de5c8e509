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
ticket-range = { $low }–{ $high } хвилин
ticket-minutes = { $minutes ->
    [one] { $minutes } хвилина
    [few] { $minutes } хвилини
   *[other] { $minutes } хвилин
}
ticket-leave = Ви можете відійти до { $time }.
ticket-ahead = { $count ->
    [0] Ви наступні
    [one] { $count } людина перед вами
    [few] { $count } людини перед вами
   *[other] { $count } людей перед вами
}
ticket-link = Ваше місце в черзі на вашому телефоні
ticket-papers = Будь ласка, приготуйте:
ticket-follow = Ваш номер буде показано й оголошено.
common-language-direction = ltr
ticket-code = Знаки для автомата: { $code }
