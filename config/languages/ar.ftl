# Aufruf، العربية. اللغة ملف واحد: النصوص التي يراها الزوار ويسمعونها.
# العناوين تقول من يعرض النص أو ينطقه.

## Gemeinsam

common-failed = لم ينجح ذلك. يرجى المحاولة مرة أخرى.
common-wait-none = بلا انتظار
common-wait-about = { $minutes ->
    [zero] حوالي { $minutes } دقيقة
    [one] حوالي دقيقة
    [two] حوالي دقيقتين
    [few] حوالي { $minutes } دقائق
    [many] حوالي { $minutes } دقيقة
   *[other] حوالي { $minutes } دقيقة
}
common-learning = تقدير لا يزال يتعلم
common-range = { $low } إلى { $high }
common-wait-range = من { common-range } { $high ->
    [zero] دقيقة
    [one] دقيقة
    [two] دقيقة
    [few] دقائق
    [many] دقيقة
   *[other] دقيقة
}
common-no-wait-no-counter = لا يوجد حاليًا شباك مفتوح لهذه الخدمة
common-no-wait-no-step-free = لا يوجد حاليًا شباك مفتوح بلا درجات لهذه الخدمة
common-no-wait-closed = مغلق حاليًا: لا يوجد شباك مفتوح لهذه الخدمة
common-no-wait-situation = لا يُعرف حاليًا كم سيستغرق ذلك
common-no-wait-stale = لا يُعرف حاليًا كم سيستغرق ذلك
common-span-seconds = { $seconds ->
    [zero] { $seconds } ثانية
    [one] ثانية
    [two] ثانيتين
    [few] { $seconds } ثوانٍ
    [many] { $seconds } ثانية
   *[other] { $seconds } ثانية
}
common-span-minutes = { $minutes ->
    [zero] { $minutes } دقيقة
    [one] دقيقة
    [two] دقيقتين
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
}
common-span-hours = { $hours } س { $minutes } د
common-language = اللغة
common-language-name = العربية
common-language-direction = rtl
common-accessibility = إمكانية الوصول
common-back = رجوع
common-close = إغلاق
common-connecting = جارٍ الاتصال
common-disconnected = انقطع الاتصال
common-data-age = آخر تحديث قبل { $age }
common-data-none = لا توجد بيانات بعد
common-unanswered = الخادم لا يجيب. تستمر محاولة الاتصال.
common-needs-script = تحتاج هذه الصفحة إلى JavaScript.

## Start und Anmeldung

start-home = إلى البداية
start-problem-404 = هذه الصفحة غير موجودة
start-problem-404-how = ربما يوجد خطأ في العنوان، أو أن الرابط قديم.
start-problem-410 = هذا الرابط لم يعد صالحًا
start-problem-410-how = روابط الأرقام صالحة في يومها فقط. يرجى السؤال في الاستقبال.
start-problem-429 = محاولات كثيرة جدًا
start-problem-429-how = يرجى الانتظار دقيقة ثم المحاولة مرة أخرى.
start-problem-500 = لم ينجح ذلك
start-problem-500-how = الخطأ من جانبنا. يرجى المحاولة مرة أخرى.
start-problem-503 = غير متاح الآن
start-problem-503-how = يرجى المحاولة بعد لحظة. لم يضع شيء.

## Erklärung zur Barrierefreiheit

statement-what = يخص هذا البيان شاشات العرض والجهاز والرقم على الهاتف وهذه الصفحات.
statement-how = معيارنا هو EN 301 549. تفحص البرامج كل إصدار جديد. ولم يفحصه أشخاص ذوو إعاقة بعد.
statement-gaps = ما لا يعمل بعد
statement-gap-signs = لا توجد مقاطع فيديو بلغة الإشارة.
statement-gap-easy = النصوص بالألمانية السهلة مسودة.
statement-instead = يساعدك الموظفون في الاستقبال، ولا تحتاج لذلك إلى الجهاز ولا إلى الهاتف.
statement-report = هل هناك شيء لا يعمل لك؟
statement-write = يرجى أن تكتب إلينا أو تتصل بنا.
statement-ask = يرجى إخبارنا في الاستقبال.
statement-form = استمارة
statement-enforcement = ألم يساعدك جوابنا؟ تتوسط جهة الإنفاذ مجانًا.

## Wartedisplay

wall-title = النداء
wall-room = أوقات الانتظار
wall-media = صور
wall-media-hold = إيقاف الصور
wall-media-go-on = متابعة الصور
wall-nobody = يرجى الانتظار. سيُعرض رقمك هنا ويُنادى عليه.
wall-closed = مغلق اليوم.
wall-please-wait = يرجى الانتظار
wall-desk-paused = استراحة
wall-desk-back = استراحة حتى { $time }
wall-phrase-checked = no
wall-phrase-wait = يرجى الانتظار لحظة.
wall-phrase-sign = يرجى التوقيع هنا.
wall-phrase-papers = يرجى أن تُظهر لي:
wall-phrase-come-back = يرجى العودة ومعك:
wall-phrase-done = انتهينا. مع السلامة.
wall-more = { $count ->
    [zero] لا أرقام أخرى
    [one] رقم آخر بالتناوب
    [two] رقمان آخران بالتناوب
    [few] { $count } أرقام أخرى بالتناوب
    [many] { $count } رقمًا آخر بالتناوب
   *[other] { $count } رقم آخر بالتناوب
}
wall-waits = مدة الانتظار من الآن، بالدقائق
wall-waiting = المنتظرون
wall-count = { $count ->
    [zero] لا أحد ينتظر
    [one] شخص واحد ينتظر
    [two] شخصان ينتظران
    [few] { $count } أشخاص ينتظرون
    [many] { $count } شخصًا ينتظرون
   *[other] { $count } شخص ينتظرون
}
wall-service-closed = مغلق
wall-not-today = على الأرجح ليس اليوم
wall-next = التالي
wall-missed = هل فاتك النداء؟ يرجى التوجه إلى الاستقبال.
wall-letters = كل حرف يعني معاملة مختلفة.
wall-door = الجهاز معطّل؟ خذ رقمًا بهاتفك:
wall-door-code = الرمز
wall-moved = الآن لدى «{ $service }»: { $numbers }{ $more ->
    [0] {""}
   *[other] {" "}و{ $more } أخرى
}. مكانكم في الدور يبقى كما هو.
wall-spoken = رقم { $number }، { $counter }{ $way ->
    [nowhere] {""}
   *[other] ، { $way }
}
wall-ask = يرجى السؤال في الاستقبال.
wall-hidden = النداءات مخفية لأنها قد لا تكون صحيحة. يرجى السؤال في الاستقبال.
wall-refused = هذه الشاشة غير مسجلة.
wall-unknown = لا توجد شاشة كهذه في هذا المكتب.
wall-sound-off = الصوت مغلق – المس هنا

## Pfeile an Anzeige und Telefon

place-left = إلى اليسار
place-right = إلى اليمين
place-up = صعودًا على الدرج
place-down = نزولًا على الدرج
place-straight = إلى الأمام مباشرة

## Telefonticket

phone-your-number = رقمك
phone-state-waiting = أنت في الانتظار
phone-state-called = حان دورك
phone-state-serving = أنت عند الشباك
phone-state-parked = مؤجل لحظة
phone-state-away = رقمك متوقف مؤقتًا
phone-state-missed = تم النداء عليك
phone-state-finished = انتهى
phone-state-cancelled = أُعيد الرقم
phone-state-expired = هذا الرقم لم يعد صالحًا
phone-leave = يمكنك المغادرة حتى الساعة { $time }.
phone-moved = تم نقل رقمك إلى هذه المعاملة في { $time }. يبقى مكانك في الدور.
phone-longer-fewer-counters = سيستغرق ذلك أطول مما أُعلن، لأن الشبابيك المفتوحة أقل.
phone-ahead = { $count ->
    [0] لا أحد أمامك
    [zero] لا أحد أمامك
    [one] شخص واحد أمامك
    [two] شخصان أمامك
    [few] { $count } أشخاص أمامك
    [many] { $count } شخصًا أمامك
   *[other] { $count } شخص أمامك
}
phone-you-are-next = أنت التالي
phone-not-before = يمكن النداء عليك مجددًا ابتداءً من الساعة { $time }
phone-called-at = تم النداء عليك في الساعة { $time }
phone-missed-once-how = هل أنت هنا؟ إذن يرجى البقاء في قاعة الانتظار.
phone-here = أنا هنا
phone-here-how = حسنًا. عدت إلى الدور وسيُنادى عليك مرة أخرى.
phone-passed-appointment = { $count ->
    [zero] لم يدخل قبلك أحد لديه موعد.
    [one] دخل قبلك شخص واحد لديه موعد.
    [two] دخل قبلك شخصان لديهما موعد.
    [few] دخل قبلك { $count } أشخاص لديهم موعد.
    [many] دخل قبلك { $count } شخصًا لديهم موعد.
   *[other] دخل قبلك { $count } شخص لديهم موعد.
}
phone-passed-other = { $count ->
    [zero] لم يدخل قبلك أحد لسبب آخر.
    [one] دخل قبلك شخص واحد لسبب آخر.
    [two] دخل قبلك شخصان لسبب آخر.
    [few] دخل قبلك { $count } أشخاص لسبب آخر.
    [many] دخل قبلك { $count } شخصًا لسبب آخر.
   *[other] دخل قبلك { $count } شخص لسبب آخر.
}
phone-come = يرجى القدوم الآن إلى
phone-spoken-called = رقم { $number }، حان دورك: { $counter }
phone-parked-how = يرجى البقاء قريبًا. سيُنادى عليك مرة أخرى.
phone-away-until = توقف حتى الساعة { $time }
phone-away-how = تحتفظ بمكانك. لن يُنادى عليك أثناء التوقف.
phone-missed-ago = قبل { $age }
phone-missed-how = هل أنت هنا؟ إذن سيحين دورك قريبًا من جديد.
phone-missed-desk = يرجى التوجه إلى الاستقبال.
phone-goodbye = مع السلامة.
phone-cancelled-how = للحصول على رقم جديد يرجى التوجه إلى جهاز الأرقام.
phone-expired-how = للحصول على رقم جديد يرجى التوجه إلى جهاز الأرقام.
phone-ring = رنين عندما يحين دوري
phone-ring-on = يرن ما دامت هذه الصفحة مفتوحة
phone-push = أرسل لي رسالة عندما يحين دوري
phone-push-on = تصل الرسالة حتى لو أُغلقت الصفحة
phone-push-denied = هذا المتصفح لا يسمح بالرسائل. يرجى إبقاء هذه الصفحة مفتوحة.
phone-push-failed = لم ينجح ذلك. يرجى إبقاء هذه الصفحة مفتوحة.
phone-no-https = من دون https: لا رسائل بعد إغلاق الصفحة، وقد تنطفئ الشاشة.
phone-later = النداء عليّ فقط من { $from } إلى { $to }
phone-pause = { $minutes ->
    [zero] أحتاج إلى وقت إضافي
    [one] أحتاج إلى دقيقة إضافية
    [two] أحتاج إلى دقيقتين إضافيتين
    [few] أحتاج إلى { $minutes } دقائق إضافية
    [many] أحتاج إلى { $minutes } دقيقة إضافية
   *[other] أحتاج إلى { $minutes } دقيقة إضافية
}
phone-pause-longer = { $minutes ->
    [zero] توقف إضافي
    [one] توقف دقيقة إضافية
    [two] توقف دقيقتين إضافيتين
    [few] توقف { $minutes } دقائق إضافية
    [many] توقف { $minutes } دقيقة إضافية
   *[other] توقف { $minutes } دقيقة إضافية
}
phone-cancel = لن آتي
phone-cancel-really = هل تريد إعادة الرقم؟
phone-cancel-means = ستفقد مكانك في الدور.
phone-cancel-yes = نعم، أعيد الرقم
phone-cancel-no = لا، سآتي
phone-return-missed = أنا هنا، يرجى النداء عليّ مجددًا
phone-return-away = لقد عدت
phone-way-step-free = عرض الطريق بلا درج
phone-papers = يرجى تجهيز
phone-look-again = أعد التحميل: هذه الصفحة لا تتغير من تلقاء نفسها.
phone-link-dead = هذا الرابط لم يعد صالحًا. يرجى السؤال في الاستقبال.

## Termine

book-title = حجز موعد
book-question = ما سبب الزيارة؟
book-several = يمكنك إنجاز ما يصل إلى { $most } معاملات في موعد واحد.
book-persons = لكم شخص؟
book-find = عرض الأوقات المتاحة
book-walk-in = اليوم من دون موعد:
book-choose = يرجى اختيار معاملة واحدة أو أكثر، خمس على الأكثر.
book-when-ask = متى يناسبك؟
book-takes = { $minutes ->
    [zero] يستغرق نحو { $minutes } دقيقة
    [one] يستغرق نحو دقيقة
    [two] يستغرق نحو دقيقتين
    [few] يستغرق نحو { $minutes } دقائق
    [many] يستغرق نحو { $minutes } دقيقة
   *[other] يستغرق نحو { $minutes } دقيقة
}
book-change = معاملة أخرى
book-free = { $count ->
    [zero] لا وقت متاح
    [one] وقت واحد متاح
    [two] وقتان متاحان
    [few] { $count } أوقات متاحة
    [many] { $count } وقتًا متاحًا
   *[other] { $count } وقت متاح
}
book-morning = قبل الظهر
book-afternoon = بعد الظهر
book-later = أيام لاحقة
book-none = لا يوجد وقت متاح في هذه الأيام. يمكنك الحضور من دون موعد أيضًا.
book-elsewhere = متاح في مكاتب أخرى
book-taken = حُجز هذا الوقت للتو. يرجى اختيار وقت آخر.
book-expired = لم يعد هذا الوقت محفوظًا لك. يرجى الاختيار من جديد.
book-work-undone = على متصفحك أن يحسب شيئًا للحظة حتى لا تستولي البرامج على المواعيد. لم ينجح ذلك: يرجى السماح بجافا سكريبت والمحاولة مرة أخرى، أو الاتصال بنا أو الحضور.
book-work-wait = لحظة من فضلك، يجري حجز الوقت …
book-next = أقرب موعد متاح:
book-next-none = لا يوجد موعد متاح حاليًا.
wish-title = إبلاغي عند توفر موعد
wish-why = عندما يتوفر وقت يناسبك ستصلك رسالة بالبريد الإلكتروني، ويُحجز الوقت لك { $span }.
wish-first = ليس قبل
wish-last = ليس بعد
wish-part = في أي وقت؟
wish-any = أي وقت
wish-sites = أيضًا في هذه المكاتب
wish-mail = عنوان البريد الإلكتروني
wish-send = أبلغوني
wish-noted = ستصلك رسالة عند توفر موعد.
wish-end = التوقف عن البحث
wish-ended = توقفنا عن البحث
wish-ended-means = حُذف عنوان بريدك.
wish-free = توفر وقت لك
wish-take = حجز هذا الموعد
wish-gone = لم يعد هذا الوقت محفوظًا لك. نواصل البحث.
wish-subject = توفر وقت: { $when }
book-yours = موعدك
book-when = { $day }، الساعة { $time }
book-day = { $day }
book-people = { $count ->
    [zero] لا أحد
    [one] شخص واحد
    [two] شخصان
    [few] { $count } أشخاص
    [many] { $count } شخصًا
   *[other] { $count } شخص
}
book-held = هذا الوقت محفوظ لك حتى الساعة { $time }.
book-nameless = لا نسأل عن اسمك. ستحصل على رمز.
book-confirm = احجز الموعد
book-other = وقت آخر
book-papers = يرجى إحضار
book-done = تم حجز موعدك.
book-moved = تم تغيير موعدك.
book-here = تم تسجيل حضورك. رقمك:
book-code = رمزك
book-code-is = رمز تسجيل الحضور في المكتب: { $code }
book-code-picture = صورة رمزك لجهاز الأرقام
book-code-how = سجّل حضورك به على الجهاز عند وصولك.
book-keep = من يستطيع فتح هذه الصفحة يستطيع تغيير الموعد. يرجى حفظ عنوانها.
book-calendar = إضافة إلى التقويم
book-missed = انتهى هذا الموعد.
book-again = حجز موعد جديد
book-move = تغيير الموعد
book-cancel = إلغاء الموعد
book-cancel-means = عندئذ يصبح الوقت متاحًا لغيرك.
book-cancel-yes = نعم، ألغِ الموعد
book-cancelled = تم إلغاء موعدك
book-over = هذا الموعد لم يعد موجودًا
book-until-now = حتى الآن: { $time }
book-mail = عنوان البريد الإلكتروني (اختياري)
book-mail-why = عندها تصلكم رسالة فيها الرمز وتذكير وروابط لتغيير الموعد أو إلغائه. نحذف العنوان في نهاية يوم موعدكم.
book-mail-wrong = هذا ليس عنوان بريد إلكتروني. يمكنكم أيضًا ترك الحقل فارغًا.
book-mail-sent = ستصلكم رسالة بعد قليل.
book-mail-failed = تعذّر حفظ عنوان بريدكم الإلكتروني. يُرجى تدوين الرمز.
mail-subject-booked = موعدكم: { $when }
mail-subject-moved = تغيّر موعدكم: { $when }
mail-subject-cancelled = أُلغي موعدكم: { $when }
mail-subject-reminder = تذكير بموعدكم: { $when }
mail-reminder = يُرجى تذكّر موعدكم.
mail-release = لا تستطيعون الحضور؟ يُرجى إلغاء الموعد ليحصل غيركم على الوقت.
mail-also = يوجد موعد آخر لهذا العنوان: { $when }. إن كنتم تحتاجون إلى موعد واحد فقط فيُرجى إلغاء الآخر.
mail-foot = هذه الرسالة من { $office } لأن عنوانكم ذُكر عند الحجز. نحذفه في نهاية يوم موعدكم.

## رقم بالرمز عند الباب

draw-how = أدخل الرمز المعروض الآن عند الباب. يتغيّر كل خمس دقائق.
draw-code = الرمز عند الباب (ستة أرقام)
draw-none = تُعطى الأرقام في هذا المكتب عند الجهاز وعند الاستقبال فقط.
draw-have = لديك بالفعل الرقم { $number }.
draw-show = اعرض رقمي
draw-choose = يرجى اختيار سبب الزيارة.
draw-wrong = هذا الرمز لم يعد صالحًا أو غير صحيح. يرجى قراءته عند الباب مرة أخرى.
draw-already = أخذت رقمًا بهذا الرمز من قبل. بعد خمس دقائق يظهر رمز جديد عند الباب.
draw-nothing = لا توجد خدمة مفتوحة الآن.
draw-qr = رمز QR: عنوان هذه الصفحة

## Kiosk

kiosk-title = خذ رقمًا
kiosk-question = ما سبب زيارتك؟
kiosk-touch = يرجى اللمس. ستحصل على رقم.
kiosk-closed-title = مغلق الآن.
kiosk-closed-now = لا توجد أرقام هنا الآن.
kiosk-closed = مغلق
kiosk-closed-closed = مغلق حاليًا
kiosk-closed-day-closed = لم يُفتح بعد
kiosk-closed-hours = غير مفتوح الآن
kiosk-closed-limit = نفدت جميع أرقام اليوم
kiosk-closed-not-today = على الأرجح لن يصلك الدور اليوم
kiosk-closed-no-numbers = لا توجد أرقام في هذا الجهاز الآن، يرجى التوجه إلى الاستقبال
kiosk-comma = ،
kiosk-opens-today = يُفتح اليوم مجددًا في الساعة { $time }
kiosk-opens-on = يُفتح مجددًا { $day } في الساعة { $time }
kiosk-waiting = { $count ->
    [0] لا أحد ينتظر
    [zero] لا أحد ينتظر
    [one] شخص واحد ينتظر
    [two] شخصان ينتظران
    [few] { $count } أشخاص ينتظرون
    [many] { $count } شخصًا ينتظرون
   *[other] { $count } شخص ينتظرون
}
kiosk-reached-yes = اليوم بالتأكيد
kiosk-reached-likely = اليوم على الأرجح
kiosk-reached-no = على الأرجح ليس اليوم
kiosk-not-step-free = لا يوجد الآن شباك مفتوح بلا درجات
kiosk-online = ممكن أيضًا من المنزل: { $address }
kiosk-cut-off = لا يوجد اتصال بالجهاز الآن. يرجى التوجه إلى الاستقبال.
kiosk-alone = لا يوجد اتصال بالجهاز الآن. ستحصل هنا على رقم رغم ذلك.
kiosk-refused = هذا الجهاز غير مسجل. يرجى التوجه إلى الاستقبال.
kiosk-unknown = لا يوجد جهاز كهذا في هذا المكتب. يرجى التوجه إلى الاستقبال.
kiosk-unanswered = لم يأتِ جواب. يرجى لمس الاختيار نفسه مرة أخرى، ستحصل على رقم واحد فقط. وإلا فيرجى التوجه إلى الاستقبال.

kiosk-appointment = لديّ موعد
kiosk-needs = أحتاج إلى مساعدة أو مكان أوسع
kiosk-large = خط كبير
kiosk-help = أرسلوا شخصًا إليّ
kiosk-on = متابعة
kiosk-needs-title = ماذا تحتاج؟
kiosk-needs-why = لا حاجة إلى ذكر السبب. الموظفون فقط يرون ذلك.
kiosk-needs-given = تم التدوين: { $needs }
kiosk-needs-change = تغيير
kiosk-need-step-free = طريق بلا درجات
kiosk-need-escort = يرجى اصطحابي
kiosk-need-visual-call = لا أسمع النداء
kiosk-need-hearing-loop = حلقة سمعية
kiosk-need-interpreter = مترجم
kiosk-need-more-room = مساحة أكبر (عربة أطفال، مشّاية)
kiosk-help-asked = لقد أبلغنا الموظفين. يرجى الانتظار هنا.
kiosk-help-coming = سيأتي شخص إليك.
kiosk-help-nobody = لا أحد متفرغ الآن. يرجى التوجه إلى الاستقبال.
kiosk-help-failed = لم ينجح ذلك. يرجى التوجه إلى الاستقبال.

kiosk-code-title = رمزك
kiosk-code-where = تجده في رسالة التأكيد. يمكنك أيضًا مسحه ضوئيًا.
kiosk-code = الرمز
kiosk-keypad = لوحة المفاتيح
kiosk-check-in = تسجيل
kiosk-erase = مسح

kiosk-your-number = رقمك
kiosk-take-paper = يرجى أخذ الورقة.
kiosk-no-paper = اليوم بلا ورق: يرجى حفظ الرقم.
kiosk-qr = على هاتفك: امسح الرمز وشاهد مكانك في الدور
kiosk-qr-alt = رمز لهاتفك
kiosk-ahead = { $count ->
    [0] أنت التالي.
    [zero] أنت التالي.
    [one] شخص واحد أمامك.
    [two] شخصان أمامك.
    [few] { $count } أشخاص أمامك.
    [many] { $count } شخصًا أمامك.
   *[other] { $count } شخص أمامك.
}
kiosk-learning = أوقات الانتظار تقديرية، والتقدير لا يزال يتعلم.
kiosk-expected = مدة انتظارك حوالي
kiosk-called-how = سيُعرض رقمك ويُنادى عليه.
kiosk-papers = يرجى تجهيز
kiosk-done = تم
kiosk-longer = عرض مدة أطول
kiosk-still-there = هل ما زلت هنا؟
kiosk-ends-in = { $seconds ->
    [zero] تبدأ الشاشة من جديد الآن.
    [one] تبدأ الشاشة من جديد بعد ثانية واحدة.
    [two] تبدأ الشاشة من جديد بعد ثانيتين.
    [few] تبدأ الشاشة من جديد بعد { $seconds } ثوانٍ.
    [many] تبدأ الشاشة من جديد بعد { $seconds } ثانية.
   *[other] تبدأ الشاشة من جديد بعد { $seconds } ثانية.
}
kiosk-more-time = نعم، متابعة

kiosk-several = عدة معاملات
kiosk-touch-several = المس كل ما تحتاج إليه. ستحصل على رقم واحد للجميع.
kiosk-search = ابحث عن خدمة
kiosk-below = خدمات أخرى
kiosk-goes-on = يوجد المزيد في الأسفل
kiosk-chosen = { $count ->
    [zero] لم يُختر شيء بعد
    [one] متابعة بمعاملة واحدة
    [two] متابعة بمعاملتين
    [few] متابعة بـ { $count } معاملات
    [many] متابعة بـ { $count } معاملة
   *[other] متابعة بـ { $count } معاملة
}
kiosk-one-ticket = رقم واحد للجميع
kiosk-low = الأزرار في الأسفل
kiosk-matter = معاملاتك
kiosk-bring = يرجى إحضار:
kiosk-wait-now = الآن
kiosk-persons = كم عدد الأشخاص؟
kiosk-how-many = كم العدد؟
kiosk-less = أقل
kiosk-more = أكثر
kiosk-have = لديّ كل شيء: خذ رقمًا
kiosk-draw = خذ رقمًا
kiosk-come-back = سأعود لاحقًا
kiosk-come-back-means = يُحفظ مكانك { $minutes } دقيقة.
kiosk-later = أفضّل اليوم من { $from } إلى { $to }
kiosk-later-means = يُحفظ مكانك. لن يُنادى عليك قبل الساعة { $from }.
kiosk-later-taken = يرجى الحضور الساعة { $from }. سيُنادى عليك حتى الساعة { $to } تقريبًا.
kiosk-back-by = مكانك محفوظ. يرجى العودة قبل الساعة { $time }.
kiosk-online-alt = رمز لهاتفك: أنجزها من المنزل
kiosk-mine = رقمي
kiosk-mine-title = رقمك
kiosk-mine-where = الرقم والرموز الأربعة بجانبه، أو ضع الورقة تحت القارئ.
kiosk-mine-code = الرقم والرموز
kiosk-mine-show = عرض
kiosk-mine-unknown = لا نعرف اليوم هذا الرقم مع هذه الرموز.
kiosk-print-again = اطبع مرة أخرى
kiosk-own-code = رموزك لهذا الجهاز:
kiosk-speech-on = القراءة الصوتية تعمل. الأسهم: التالي والسابق. مفتاح الإدخال: اختيار. زائد وناقص: رفع الصوت وخفضه.
kiosk-speech-volume = مستوى الصوت { $percent } بالمئة
kiosk-speech-chosen = مُختار
kiosk-speech-off = غير متاح الآن
kiosk-needs-help = أحتاج إلى مساعدة
kiosk-search-title = عمّ تبحث؟
kiosk-search-typed = حروفك
kiosk-search-found = { $count ->
    [zero] لم يُعثر على شيء
    [one] خدمة واحدة
    [two] خدمتان
    [few] { $count } خدمات
    [many] { $count } خدمة
   *[other] { $count } خدمة
}

## Papierticket

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
ticket-range = { common-wait-range }
ticket-minutes = { $minutes ->
    [zero] دقيقة واحدة
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
}
ticket-leave = يمكنك المغادرة حتى الساعة { $time } (حُسب في { $drawn }).
ticket-ahead = { $count ->
    [0] أنت التالي
    [zero] أنت التالي
    [one] شخص واحد أمامك
    [two] شخصان أمامك
    [few] { $count } أشخاص أمامك
    [many] { $count } شخصًا أمامك
   *[other] { $count } شخص أمامك
}
ticket-link = مكانك في الدور على هاتفك
ticket-code = رموز الجهاز: { $code }
ticket-papers = يرجى تجهيز:
ticket-follow = سيُعرض رقمك ويُنادى عليه.
ticket-alone = صدر دون اتصال. رقمك صالح.

## Ansage

# المنطوق: الرقم A، صفر واحد سبعة، تفضل، شباك ثلاثة. بلا نقطة في النهاية. الحركات مكتوبة لأن الأصوات الآلية لا تعرفها.
say-call = الرَّقْمُ { $number }، يُرْجَى الْحُضُورُ، { $place }
say-call-way = الرَّقْمُ { $number }، يُرْجَى الْحُضُورُ، { $place }، { $way }
say-brief = { $number }، { $place }
say-test = هَذَا اِخْتِبَارٌ لِلصَّوْتِ، هَكَذَا يُسْمَعُ النِّدَاءُ
say-counter = شُبَّاك { $counter }
# كيف تُنطق كلمات اللافتات (اللافتة: المنطوق).
say-place-names = Schalter: شُبَّاك, Zimmer: غُرْفَة, Raum: غُرْفَة, Platz: مَكْتَب, Kasse: صُنْدُوق, Büro: مَكْتَب
# الأعداد من 0 إلى 99؛ العشرة الأولى هي الأرقام أيضًا.
say-numbers =
    صِفْر, وَاحِد, اِثْنَان, ثَلَاثَة, أَرْبَعَة, خَمْسَة, سِتَّة, سَبْعَة, ثَمَانِيَة, تِسْعَة,
    عَشَرَة, أَحَدَ عَشَر, اِثْنَا عَشَر, ثَلَاثَةَ عَشَر, أَرْبَعَةَ عَشَر, خَمْسَةَ عَشَر, سِتَّةَ عَشَر, سَبْعَةَ عَشَر, ثَمَانِيَةَ عَشَر, تِسْعَةَ عَشَر,
    عِشْرُون, وَاحِد وَعِشْرُون, اِثْنَان وَعِشْرُون, ثَلَاثَة وَعِشْرُون, أَرْبَعَة وَعِشْرُون, خَمْسَة وَعِشْرُون, سِتَّة وَعِشْرُون, سَبْعَة وَعِشْرُون, ثَمَانِيَة وَعِشْرُون, تِسْعَة وَعِشْرُون,
    ثَلَاثُون, وَاحِد وَثَلَاثُون, اِثْنَان وَثَلَاثُون, ثَلَاثَة وَثَلَاثُون, أَرْبَعَة وَثَلَاثُون, خَمْسَة وَثَلَاثُون, سِتَّة وَثَلَاثُون, سَبْعَة وَثَلَاثُون, ثَمَانِيَة وَثَلَاثُون, تِسْعَة وَثَلَاثُون,
    أَرْبَعُون, وَاحِد وَأَرْبَعُون, اِثْنَان وَأَرْبَعُون, ثَلَاثَة وَأَرْبَعُون, أَرْبَعَة وَأَرْبَعُون, خَمْسَة وَأَرْبَعُون, سِتَّة وَأَرْبَعُون, سَبْعَة وَأَرْبَعُون, ثَمَانِيَة وَأَرْبَعُون, تِسْعَة وَأَرْبَعُون,
    خَمْسُون, وَاحِد وَخَمْسُون, اِثْنَان وَخَمْسُون, ثَلَاثَة وَخَمْسُون, أَرْبَعَة وَخَمْسُون, خَمْسَة وَخَمْسُون, سِتَّة وَخَمْسُون, سَبْعَة وَخَمْسُون, ثَمَانِيَة وَخَمْسُون, تِسْعَة وَخَمْسُون,
    سِتُّون, وَاحِد وَسِتُّون, اِثْنَان وَسِتُّون, ثَلَاثَة وَسِتُّون, أَرْبَعَة وَسِتُّون, خَمْسَة وَسِتُّون, سِتَّة وَسِتُّون, سَبْعَة وَسِتُّون, ثَمَانِيَة وَسِتُّون, تِسْعَة وَسِتُّون,
    سَبْعُون, وَاحِد وَسَبْعُون, اِثْنَان وَسَبْعُون, ثَلَاثَة وَسَبْعُون, أَرْبَعَة وَسَبْعُون, خَمْسَة وَسَبْعُون, سِتَّة وَسَبْعُون, سَبْعَة وَسَبْعُون, ثَمَانِيَة وَسَبْعُون, تِسْعَة وَسَبْعُون,
    ثَمَانُون, وَاحِد وَثَمَانُون, اِثْنَان وَثَمَانُون, ثَلَاثَة وَثَمَانُون, أَرْبَعَة وَثَمَانُون, خَمْسَة وَثَمَانُون, سِتَّة وَثَمَانُون, سَبْعَة وَثَمَانُون, ثَمَانِيَة وَثَمَانُون, تِسْعَة وَثَمَانُون,
    تِسْعُون, وَاحِد وَتِسْعُون, اِثْنَان وَتِسْعُون, ثَلَاثَة وَتِسْعُون, أَرْبَعَة وَتِسْعُون, خَمْسَة وَتِسْعُون, سِتَّة وَتِسْعُون, سَبْعَة وَتِسْعُون, ثَمَانِيَة وَتِسْعُون, تِسْعَة وَتِسْعُون

## Aufsicht

staff-reason-system-down = عطل في النظام
staff-reason-staff-short = نقص في الموظفين
staff-reason-meeting = اجتماع
staff-reason-evacuation = إخلاء
staff-reason-full = مزدحم جدًا
staff-reason-hours = خارج أوقات العمل
staff-reason-limit = بلغ الحد الأقصى
staff-reason-not-today = لم يعد ممكنًا اليوم

## Vorführung

demo-message-briefly = العمل يسير اليوم بسرعة. شكرًا على صبركم.
demo-message-papers = يرجى تجهيز بطاقة الهوية.
demo-message-photo = يمكنكم التقاط الصور في الجهاز عند المدخل.

## Fehler

problem-malformed = تعذرت قراءة الطلب. يرجى إعادة تحميل الصفحة.
problem-not-signed-in = لم يعد هذا الجهاز مسجلًا. يرجى السؤال في الاستقبال.
problem-not-allowed = هذا غير مسموح به هنا.
problem-not-yours = هذا يخص جهازًا آخر.
problem-origin-refused = جاء الطلب من صفحة غريبة.
problem-unknown-office = هذه الدائرة غير موجودة.
problem-unknown-ticket = هذا الرقم لم يعد موجودًا.
problem-unknown-service = هذه الخدمة غير متوفرة هنا.
problem-unknown-webhook = لا يوجد اتصال كهذا.
problem-unknown-device = هذا الجهاز غير موجود.
problem-unknown-appointment = هذا الموعد غير موجود.
problem-unknown-code = لا نعرف هذا الرمز اليوم. يرجى التحقق منه أو التوجه إلى الاستقبال.
problem-unknown-route = هذا العنوان غير موجود.
problem-wrong-state = هذا غير ممكن الآن.
problem-not-yet = ما زال الوقت مبكرًا لذلك.
problem-not-yet-until = هذا ممكن ابتداءً من الساعة { $until }.
problem-service-closed = هذه الخدمة مغلقة حاليًا.
problem-service-closed-until = هذه الخدمة مغلقة حتى الساعة { $until }.
problem-outside-hours = هذه الخدمة غير مفتوحة الآن.
problem-outside-hours-until = تُفتح هذه الخدمة مجددًا في الساعة { $until }.
problem-limit-reached = نفدت جميع أرقام اليوم.
problem-day-closed = لم يُفتح اليوم بعد.
problem-stale-press = وصل الطلب متأخرًا. يرجى النظر ثم اللمس مرة أخرى.
problem-overtaken = حدث شيء آخر في هذه الأثناء، لذلك لم يعد هذا ممكنًا.
problem-not-today = هذا الموعد ليس اليوم.
problem-too-late-to-change = فات وقت التغيير.
problem-link-expired = انتهت صلاحية هذا الرابط.
problem-too-large = هذا كثير دفعة واحدة.
problem-invalid = إحدى البيانات غير صحيحة.
problem-key-reused = كان هذا الطلب لشيء آخر. يرجى اللمس مرة أخرى.
problem-too-many = محاولات كثيرة جدًا. يرجى الانتظار قليلًا.
problem-fault = حدث خطأ في الخادم. يرجى المحاولة مرة أخرى.
problem-store-unavailable = التخزين لا يجيب. لم يتغير شيء، أو سيظهر التغيير بعد قليل.
problem-starting = الخادم يبدأ الآن.
problem-stopping = الخادم يتوقف الآن.
