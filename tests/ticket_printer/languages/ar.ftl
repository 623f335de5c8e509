ticket-day = { $weekday ->
    [1] الاثنين
    [2] الثلاثاء
    [3] الأربعاء
    [4] الخميس
    [5] الجمعة
    [6] السبت
   *[7] الأحد
} { $day }/{ $month }
ticket-wait = مدة انتظارك حوالي
ticket-range = { $low }–{ $high } دقيقة
ticket-minutes = { $minutes ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $minutes } دقائق
   *[other] { $minutes } دقيقة
}
ticket-leave = يمكنك المغادرة حتى الساعة { $time }.
ticket-ahead = { $count ->
    [0] أنت التالي
    [one] شخص واحد أمامك
    [two] شخصان أمامك
    [few] { $count } أشخاص أمامك
   *[other] { $count } شخصًا أمامك
}
ticket-link = مكانك في الطابور على هاتفك
ticket-papers = يرجى تجهيز:
ticket-follow = سيُعرض رقمك ويُنادى عليه.
common-language-direction = rtl
ticket-code = رموز الجهاز: { $code }
