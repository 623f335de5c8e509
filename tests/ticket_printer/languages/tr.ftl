ticket-day = { $day }.{ $month }. { $weekday ->
    [1] Pzt
    [2] Sal
    [3] Çar
    [4] Per
    [5] Cum
    [6] Cmt
   *[7] Paz
}
ticket-wait = Bekleme süreniz yaklaşık
ticket-range = { $low }–{ $high } dakika
ticket-minutes = { $minutes } dakika
ticket-leave = Saat { $time }’ye kadar ayrılabilirsiniz.
ticket-ahead = { $count ->
    [0] Sıra sizde
   *[other] Önünüzde { $count } kişi var
}
ticket-link = Sıradaki yeriniz, telefonunuzda
ticket-papers = Lütfen hazır bulundurun:
ticket-follow = Numaranız gösterilecek ve söylenecektir.
common-language-direction = ltr
ticket-code = Numaratör için işaretler: { $code }
