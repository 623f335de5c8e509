# Aufruf, Türkçe. Bir dil bir dosyadır: ziyaretçilerin gördüğü ve duyduğu metinler.
# Başlıklar, metni kimin gösterdiğini veya söylediğini belirtir.

## Gemeinsam

common-failed = Bu işlem yapılamadı. Lütfen yeniden deneyin.
common-wait-none = bekleme yok
common-wait-about = yaklaşık { $minutes } dk
common-learning = tahmin, hâlâ öğreniyor
common-range = { $low }–{ $high }
common-wait-range = { common-range } dk
common-no-wait-no-counter = Şu anda bunun için açık gişe yok
common-no-wait-no-step-free = Şu anda bunun için basamaksız açık gişe yok
common-no-wait-closed = Şu anda kapalı: bunun için açık gişe yok
common-no-wait-situation = Ne kadar süreceği şu anda bilinmiyor
common-no-wait-stale = Ne kadar süreceği şu anda bilinmiyor
common-span-seconds = { $seconds } sn
common-span-minutes = { $minutes } dk
common-span-hours = { $hours } sa { $minutes } dk
common-language = Dil
common-language-name = Türkçe
common-language-direction = ltr
common-accessibility = Erişilebilirlik
common-back = Geri
common-close = Kapat
common-connecting = Bağlantı kuruluyor
common-disconnected = Bağlantı kesildi
common-data-age = Son güncelleme: { $age } önce
common-data-none = Henüz veri yok
common-unanswered = Sunucudan yanıt yok. Bağlantı yeniden deneniyor.
common-needs-script = Bu sayfa için JavaScript gerekir.

## Start und Anmeldung

start-home = Başa dön
start-problem-404 = Böyle bir sayfa yok
start-problem-404-how = Adreste bir yazım hatası olabilir ya da bağlantı eskidir.
start-problem-410 = Bu bağlantı artık geçerli değil
start-problem-410-how = Numara bağlantıları yalnızca o gün geçerlidir. Lütfen danışmaya sorun.
start-problem-429 = Çok fazla deneme
start-problem-429-how = Lütfen bir dakika bekleyip yeniden deneyin.
start-problem-500 = Bu işlem yapılamadı
start-problem-500-how = Hata bizden kaynaklanıyor. Lütfen yeniden deneyin.
start-problem-503 = Şu anda ulaşılamıyor
start-problem-503-how = Lütfen biraz sonra yeniden deneyin. Hiçbir şey kaybolmadı.

## Erklärung zur Barrierefreiheit

statement-what = Bu açıklama ekranlar, numaratör, telefondaki numara ve bu sayfalar içindir.
statement-how = Ölçütümüz EN 301 549 standardıdır. Her yeni sürümü programlar denetler. Engelli kişiler henüz denetlemedi.
statement-gaps = Henüz olmayanlar
statement-gap-signs = İşaret dilinde video yoktur.
statement-gap-easy = Kolay Almanca metinler bir taslaktır.
statement-instead = Danışmada size yardım edilir. Bunun için numaratöre veya telefona gerek yoktur.
statement-report = Sizin için çalışmayan bir şey mi var?
statement-write = Lütfen bize yazın veya bizi arayın.
statement-ask = Lütfen danışmada söyleyin.
statement-form = Form
statement-enforcement = Yanıtımız size yardımcı olmuyor mu? Uygulama kurumu ücretsiz arabuluculuk yapar.

## Wartedisplay

wall-title = Çağrılar
wall-room = Bekleme süreleri
wall-media = Görseller
wall-media-hold = Görselleri durdur
wall-media-go-on = Görsellere devam et
wall-nobody = Lütfen bekleyin. Numaranız burada gösterilecek ve anons edilecek.
wall-closed = Bugün kapalıyız.
wall-please-wait = Lütfen bekleyin
wall-desk-paused = Mola
wall-desk-back = Mola, { $time } saatine kadar
wall-phrase-checked = no
wall-phrase-wait = Lütfen bir dakika bekleyin.
wall-phrase-sign = Lütfen burayı imzalayın.
wall-phrase-papers = Lütfen bana gösterin:
wall-phrase-come-back = Lütfen şunlarla tekrar gelin:
wall-phrase-done = İşiniz bitti. Güle güle.
wall-more = { $count ->
    [one] Sırayla gösterilen 1 numara daha
   *[other] Sırayla gösterilen { $count } numara daha
}
wall-waits = Şu andan itibaren bekleme, dakika
wall-waiting = Bekleyenler
wall-count = { $count } kişi bekliyor
wall-service-closed = kapalı
wall-not-today = büyük olasılıkla bugün değil
wall-next = Sıradakiler
wall-missed = Kaçırdınız mı? Lütfen danışmaya gidin.
wall-letters = Her harf ayrı bir işlem içindir.
wall-door = Otomat bozuk mu? Numarayı telefondan alın:
wall-door-code = Kod
wall-moved = Şimdi “{ $service }” için: { $numbers }{ $more ->
    [0] {""}
   *[other] {" "}ve { $more } numara daha
}. Sıradaki yeriniz değişmez.
wall-spoken = Numara { $number }, { $counter }{ $way ->
    [nowhere] {""}
   *[other] , { $way }
}
wall-ask = Lütfen danışmaya sorun.
wall-hidden = Çağrılar güncel olmayabileceği için gizlendi. Lütfen danışmaya sorun.
wall-refused = Bu ekran kayıtlı değil.
wall-unknown = Bu büroda böyle bir ekran yok.
wall-sound-off = Ses kapalı – buraya dokunun

## Pfeile an Anzeige und Telefon

place-left = sola
place-right = sağa
place-up = merdivenden yukarı
place-down = merdivenden aşağı
place-straight = düz ileri

## Telefonticket

phone-your-number = Numaranız
phone-state-waiting = Bekliyorsunuz
phone-state-called = Sıra sizde
phone-state-serving = Gişedesiniz
phone-state-parked = Kısa süre bekletiliyor
phone-state-away = Numaranız duraklatıldı
phone-state-missed = Çağrıldınız
phone-state-finished = Tamamlandı
phone-state-cancelled = Numara geri verildi
phone-state-expired = Bu numara artık geçerli değil
phone-leave = Saat { $time } olana kadar ayrılabilirsiniz.
phone-moved = Numaranız saat { $time } itibarıyla bu işleme taşındı. Sıradaki yeriniz değişmez.
phone-longer-fewer-counters = Daha az gişe açık olduğu için bekleme bildirilenden uzun sürüyor.
phone-ahead = { $count ->
    [0] Önünüzde kimse yok
   *[other] Önünüzde { $count } kişi var
}
phone-you-are-next = Sıradaki sizsiniz
phone-not-before = Saat { $time } itibarıyla yeniden çağrılabilirsiniz
phone-called-at = Saat { $time } itibarıyla çağrıldınız
phone-missed-once-how = Burada mısınız? O hâlde lütfen bekleme salonunda kalın.
phone-here = Buradayım
phone-here-how = Tamam. Yeniden sıradasınız ve bir kez daha çağrılacaksınız.
phone-passed-appointment = Randevusu olan { $count } kişi sizden önce alındı.
phone-passed-other = Başka bir nedenle { $count } kişi sizden önce alındı.
phone-come = Lütfen şimdi gelin:
phone-spoken-called = Numara { $number }, sıra sizde: { $counter }
phone-parked-how = Lütfen yakında kalın. Yeniden çağrılacaksınız.
phone-away-until = { $time } saatine kadar ara
phone-away-how = Yeriniz korunur. Ara süresince çağrılmazsınız.
phone-missed-ago = { $age } önce
phone-missed-how = Burada mısınız? O hâlde sıra yakında yine size gelecek.
phone-missed-desk = Lütfen danışmaya başvurun.
phone-goodbye = Hoşça kalın.
phone-cancelled-how = Yeni numara için lütfen numara makinesine gidin.
phone-expired-how = Yeni numara için lütfen numara makinesine gidin.
phone-ring = Sıram gelince çal
phone-ring-on = Bu sayfa açık olduğu sürece çalar
phone-push = Sıram gelince mesaj gönder
phone-push-on = Sayfa kapalıyken de mesaj gelir
phone-push-denied = Bu tarayıcı mesajlara izin vermiyor. Lütfen bu sayfayı açık bırakın.
phone-push-failed = Bu olmadı. Lütfen bu sayfayı açık bırakın.
phone-no-https = https olmadan: sayfa kapalıyken mesaj gelmez ve ekran kapanabilir.
phone-later = Ancak { $from }–{ $to } arası çağrılmak istiyorum
phone-pause = { $minutes } dakika daha zamana ihtiyacım var
phone-pause-longer = { $minutes } dakika daha ara
phone-cancel = Artık gelmiyorum
phone-cancel-really = Numara geri verilsin mi?
phone-cancel-means = Sıradaki yerinizi kaybedersiniz.
phone-cancel-yes = Evet, numarayı geri ver
phone-cancel-no = Hayır, geliyorum
phone-return-missed = Buradayım, lütfen yeniden çağırın
phone-return-away = Geri geldim
phone-way-step-free = Basamaksız yolu göster
phone-papers = Lütfen hazır bulundurun
phone-look-again = Yenileyin: bu sayfa kendiliğinden değişmez.
phone-link-dead = Bu bağlantı artık geçerli değil. Lütfen danışmaya sorun.

## Termine

book-title = Randevu al
book-question = Ne için geleceksiniz?
book-several = Bir randevuda en çok { $most } işlem yaptırabilirsiniz.
book-persons = Kaç kişi için?
book-find = Boş saatleri göster
book-walk-in = Bugün randevusuz:
book-choose = Lütfen bir veya birkaç işlem seçin, en çok beş.
book-when-ask = Size ne zaman uyar?
book-takes = yaklaşık { $minutes } dakika sürer
book-change = Başka işlem
book-free = { $count } boş saat
book-morning = Öğleden önce
book-afternoon = Öğleden sonra
book-later = Sonraki günler
book-none = Bu günlerde boş saat yok. Randevusuz da gelebilirsiniz.
book-elsewhere = Başka bürolarda boş
book-taken = Bu saat az önce verildi. Lütfen başka bir saat seçin.
book-expired = Bu saat artık sizin için ayrılmış değil. Lütfen yeniden seçin.
book-work-undone = Programların randevuları toplamaması için tarayıcınızın kısa bir hesap yapması gerekir. Bu olmadı: Lütfen JavaScript’e izin verip yeniden deneyin, bizi arayın veya gelin.
book-work-wait = Bir dakika, saatiniz alınıyor …
book-next = İlk boş randevu:
book-next-none = Şu anda boş randevu yok.
wish-title = Boş bir saat çıkınca haber al
wish-why = Size uyan bir saat boşalınca bir e-posta alırsınız. Saat { $span } sizin için ayrılır.
wish-first = En erken
wish-last = En geç
wish-part = Hangi saatte?
wish-any = Fark etmez
wish-sites = Şu bürolarda da
wish-mail = E-posta adresi
wish-send = Haber ver
wish-noted = Boş bir saat çıkınca bir e-posta alacaksınız.
wish-end = Artık arama
wish-ended = Artık aramıyoruz
wish-ended-means = E-posta adresiniz silindi.
wish-free = Bir saat boşaldı
wish-take = Bu randevuyu al
wish-gone = Bu saat artık sizin için ayrılmış değil. Aramaya devam ediyoruz.
wish-subject = Boşaldı: { $when }
book-yours = Randevunuz
book-when = { $day }, saat { $time }
book-day = { $day }
book-people = { $count } kişi
book-held = Bu saat { $time } olana kadar sizin için ayrıldı.
book-nameless = Adınızı sormuyoruz. Bir kod alacaksınız.
book-confirm = Randevuyu al
book-other = Başka saat
book-papers = Lütfen yanınızda getirin
book-done = Randevunuz alındı.
book-moved = Randevunuz değiştirildi.
book-here = Geldiğiniz bildirildi. Numaranız:
book-code = Kodunuz
book-code-is = Büroda kullanacağınız kod: { $code }
book-code-picture = Numara makinesi için kodunuzun resmi
book-code-how = Gelince bu kodla makinede geldiğinizi bildirin.
book-keep = Bu sayfayı açabilen herkes randevuyu değiştirebilir. Lütfen adresini saklayın.
book-calendar = Takvime ekle
book-missed = Bu randevunun zamanı geçti.
book-again = Yeni randevu al
book-move = Randevuyu değiştir
book-cancel = Randevuyu iptal et
book-cancel-means = O zaman bu saat başkalarına açılır.
book-cancel-yes = Evet, iptal et
book-cancelled = Randevunuz iptal edildi
book-over = Bu randevu artık yok
book-until-now = Şimdiki randevu: { $time }
book-mail = E-posta adresi (isteğe bağlı)
book-mail-why = Size kodu, bir hatırlatmayı ve randevuyu değiştirme ya da iptal etme bağlantılarını göndeririz. Adresi randevu gününün sonunda sileriz.
book-mail-wrong = Bu bir e-posta adresi değil. Alanı boş da bırakabilirsiniz.
book-mail-sent = Birazdan bir e-posta alacaksınız.
book-mail-failed = E-posta adresiniz kaydedilemedi. Lütfen kodu not edin.
mail-subject-booked = Randevunuz: { $when }
mail-subject-moved = Randevunuz değiştirildi: { $when }
mail-subject-cancelled = Randevunuz iptal edildi: { $when }
mail-subject-reminder = Randevu hatırlatması: { $when }
mail-reminder = Lütfen randevunuzu unutmayın.
mail-release = Gelemeyecek misiniz? O zaman lütfen randevuyu iptal edin, saat başkasına kalsın.
mail-also = Bu e-posta adresi için bir randevu daha var: { $when }. Yalnızca birine ihtiyacınız varsa lütfen diğerini iptal edin.
mail-foot = Bu e-posta { $office } tarafından gönderildi, çünkü randevu alınırken adresiniz verildi. Adresi randevu gününün sonunda sileriz.

## Kapıdaki kodla numara

draw-how = Şu anda kapıda görünen kodu girin. Kod her beş dakikada bir değişir.
draw-code = Kapıdaki kod (altı rakam)
draw-none = Bu dairede numara yalnızca otomatta ve danışmada verilir.
draw-have = Zaten { $number } numaranız var.
draw-show = Numaramı göster
draw-choose = Lütfen ne için geldiğinizi seçin.
draw-wrong = Bu kod artık geçerli değil ya da yanlış. Lütfen kapıda yeniden okuyun.
draw-already = Bu kodla zaten bir numara aldınız. Beş dakika sonra kapıda yeni bir kod olur.
draw-nothing = Şu anda hiçbir işlem açık değil.
draw-qr = QR kodu: bu sayfanın adresi

## Kiosk

kiosk-title = Numara alın
kiosk-question = Ne için geldiniz?
kiosk-touch = Lütfen dokunun. Bir numara alacaksınız.
kiosk-closed-title = Şu anda kapalı.
kiosk-closed-now = Şu anda burada numara verilmiyor.
kiosk-closed = kapalı
kiosk-closed-closed = şu anda kapalı
kiosk-closed-day-closed = henüz açılmadı
kiosk-closed-hours = şu anda açık değil
kiosk-closed-limit = bugünün bütün numaraları verildi
kiosk-closed-not-today = büyük olasılıkla bugün sıra gelmez
kiosk-closed-no-numbers = şu anda bu makineden numara verilmiyor, lütfen danışmaya gidin
kiosk-comma = ,
kiosk-opens-today = bugün { $time } itibarıyla yeniden açık
kiosk-opens-on = { $day }, { $time } itibarıyla yeniden açık
kiosk-waiting = { $count ->
    [0] bekleyen yok
   *[other] { $count } kişi bekliyor
}
kiosk-reached-yes = bugün kesin
kiosk-reached-likely = büyük olasılıkla bugün
kiosk-reached-no = büyük olasılıkla bugün değil
kiosk-not-step-free = şu anda basamaksız açık gişe yok
kiosk-online = Evden de yapılabilir: { $address }
kiosk-cut-off = Makinenin şu anda bağlantısı yok. Lütfen danışmaya gidin.
kiosk-alone = Makinenin şu anda bağlantısı yok. Yine de buradan numara alabilirsiniz.
kiosk-refused = Bu makine kayıtlı değil. Lütfen danışmaya gidin.
kiosk-unknown = Bu büroda böyle bir makine yok. Lütfen danışmaya gidin.
kiosk-unanswered = Yanıt gelmedi. Lütfen aynı yere bir kez daha dokunun, yalnızca bir numara alırsınız. Olmazsa lütfen danışmaya gidin.

kiosk-appointment = Randevum var
kiosk-needs = Yardıma veya daha fazla yere ihtiyacım var
kiosk-large = Büyük yazı
kiosk-help = Biri gelsin
kiosk-on = Devam
kiosk-needs-title = Neye ihtiyacınız var?
kiosk-needs-why = Neden belirtmeniz gerekmez. Bunu yalnızca çalışanlar görür.
kiosk-needs-given = Not edildi: { $needs }
kiosk-needs-change = Değiştir
kiosk-need-step-free = Basamaksız yol
kiosk-need-escort = Lütfen beni alın
kiosk-need-visual-call = Çağrıyı duymuyorum
kiosk-need-hearing-loop = İşitme döngüsü
kiosk-need-interpreter = Tercüman
kiosk-need-more-room = Daha fazla yer (bebek arabası, yürüteç)
kiosk-help-asked = Haber verdik. Lütfen burada bekleyin.
kiosk-help-coming = Yanınıza biri geliyor.
kiosk-help-nobody = Şu anda kimse müsait değil. Lütfen danışmaya gidin.
kiosk-help-failed = Bu işlem yapılamadı. Lütfen danışmaya gidin.

kiosk-code-title = Kodunuz
kiosk-code-where = Onay yazınızda yazar. Kodu okutabilirsiniz de.
kiosk-code = Kod
kiosk-keypad = Klavye
kiosk-check-in = Geldiğimi bildir
kiosk-erase = Sil

kiosk-your-number = Numaranız
kiosk-take-paper = Lütfen kâğıdı alın.
kiosk-no-paper = Bugün kâğıt yok: lütfen numarayı aklınızda tutun.
kiosk-qr = Telefonunuzda: okutun ve sıradaki yerinizi görün
kiosk-qr-alt = Telefonunuz için kod
kiosk-ahead = { $count ->
    [0] Sıradaki sizsiniz.
   *[other] Önünüzde { $count } kişi var.
}
kiosk-learning = Bekleme süreleri tahminidir, tahmin hâlâ öğreniyor.
kiosk-expected = Bekleme süreniz yaklaşık
kiosk-called-how = Numaranız gösterilecek ve anons edilecek.
kiosk-papers = Lütfen hazır bulundurun
kiosk-done = Tamam
kiosk-longer = Daha uzun göster
kiosk-still-there = Hâlâ orada mısınız?
kiosk-ends-in = Ekran { $seconds } saniye sonra baştan başlar.
kiosk-more-time = Evet, devam

kiosk-several = Birden fazla işlem
kiosk-touch-several = İhtiyacınız olan her şeye dokunun. Hepsi için tek numara alırsınız.
kiosk-search = İşlem ara
kiosk-below = Diğer işlemler
kiosk-goes-on = Aşağıda devamı var
kiosk-chosen = { $count ->
    [0] Henüz bir şey seçilmedi
   *[other] { $count } işlemle devam
}
kiosk-one-ticket = hepsi için tek numara
kiosk-low = Düğmeler daha aşağıda
kiosk-matter = İşlemleriniz
kiosk-bring = Lütfen getirin:
kiosk-wait-now = Şu anda
kiosk-persons = Kaç kişi?
kiosk-how-many = Kaç tane?
kiosk-less = daha az
kiosk-more = daha çok
kiosk-have = Her şeyim var: numara al
kiosk-draw = Numara al
kiosk-come-back = Yine geleceğim
kiosk-come-back-means = Yeriniz { $minutes } dakika korunur.
kiosk-later = Bugün { $from }–{ $to } arası gelmek istiyorum
kiosk-later-means = Yeriniz korunur. Saat { $from } olmadan çağrılmazsınız.
kiosk-later-taken = Lütfen saat { $from } burada olun. Yaklaşık { $to } saatine kadar çağrılırsınız.
kiosk-back-by = Yeriniz korunuyor. Lütfen saat { $time } itibarıyla dönün.
kiosk-online-alt = Telefonunuz için kod: evden yapın
kiosk-mine = Numaram
kiosk-mine-title = Numaranız
kiosk-mine-where = Numara ve yanındaki dört işaret; ya da kâğıdı okuyucunun altına tutun.
kiosk-mine-code = Numara ve işaretler
kiosk-mine-show = Göster
kiosk-mine-unknown = Bu işaretlerle bu numarayı bugün tanımıyoruz.
kiosk-print-again = Yeniden yazdır
kiosk-own-code = Bu cihaz için işaretleriniz:
kiosk-speech-on = Sesli okuma açık. Ok tuşları: ileri ve geri. Giriş tuşu: seç. Artı ve eksi: sesi aç ve kıs.
kiosk-speech-volume = Ses düzeyi yüzde { $percent }
kiosk-speech-chosen = seçildi
kiosk-speech-off = şu anda olmuyor
kiosk-needs-help = Yardıma ihtiyacım var
kiosk-search-title = Ne arıyorsunuz?
kiosk-search-typed = Harfleriniz
kiosk-search-found = { $count ->
    [0] Bir şey bulunamadı
   *[other] { $count } işlem
}

## Papierticket

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
ticket-range = { common-range } dakika
ticket-minutes = { $minutes } dakika
ticket-leave = Saat { $time } zamanına kadar ayrılabilirsiniz ({ $drawn } itibarıyla).
ticket-ahead = { $count ->
    [0] Sıradaki sizsiniz
   *[other] Önünüzde { $count } kişi var
}
ticket-link = Sıradaki yeriniz, telefonunuzda
ticket-code = Numaratör için işaretler: { $code }
ticket-papers = Lütfen hazır bulundurun:
ticket-follow = Numaranız gösterilecek ve anons edilecek.
ticket-alone = Bağlantı olmadan verildi. Numaranız geçerlidir.

## Ansage

# Söylenen: Numara A, sıfır bir yedi, sizi bekliyoruz, gişe üç. Sonunda nokta yok.
say-call = Numara { $number }, sizi bekliyoruz, { $place }
say-call-way = Numara { $number }, sizi bekliyoruz, { $place }, { $way }
say-brief = { $number }, { $place }
say-test = Bu bir denemedir, anons böyle duyulur
say-counter = gişe { $counter }
# Tabelalardaki sözcükler nasıl söylenir (tabela: söylenen).
say-place-names = Schalter: gişe, Zimmer: oda, Raum: oda, Platz: masa, Kasse: vezne, Büro: büro
# 0’dan 99’a kadar sayılar; ilk on tanesi aynı zamanda rakamlardır.
say-numbers =
    sıfır, bir, iki, üç, dört, beş, altı, yedi, sekiz, dokuz,
    on, on bir, on iki, on üç, on dört, on beş, on altı, on yedi, on sekiz, on dokuz,
    yirmi, yirmi bir, yirmi iki, yirmi üç, yirmi dört, yirmi beş, yirmi altı, yirmi yedi, yirmi sekiz, yirmi dokuz,
    otuz, otuz bir, otuz iki, otuz üç, otuz dört, otuz beş, otuz altı, otuz yedi, otuz sekiz, otuz dokuz,
    kırk, kırk bir, kırk iki, kırk üç, kırk dört, kırk beş, kırk altı, kırk yedi, kırk sekiz, kırk dokuz,
    elli, elli bir, elli iki, elli üç, elli dört, elli beş, elli altı, elli yedi, elli sekiz, elli dokuz,
    altmış, altmış bir, altmış iki, altmış üç, altmış dört, altmış beş, altmış altı, altmış yedi, altmış sekiz, altmış dokuz,
    yetmiş, yetmiş bir, yetmiş iki, yetmiş üç, yetmiş dört, yetmiş beş, yetmiş altı, yetmiş yedi, yetmiş sekiz, yetmiş dokuz,
    seksen, seksen bir, seksen iki, seksen üç, seksen dört, seksen beş, seksen altı, seksen yedi, seksen sekiz, seksen dokuz,
    doksan, doksan bir, doksan iki, doksan üç, doksan dört, doksan beş, doksan altı, doksan yedi, doksan sekiz, doksan dokuz

## Aufsicht

staff-reason-system-down = sistem arızalı
staff-reason-staff-short = personel yetersiz
staff-reason-meeting = toplantı
staff-reason-evacuation = tahliye
staff-reason-full = çok dolu
staff-reason-hours = çalışma saatleri dışında
staff-reason-limit = sınıra ulaşıldı
staff-reason-not-today = bugün artık mümkün değil

## Vorführung

demo-message-briefly = Bugün işler hızlı ilerliyor. Sabrınız için teşekkürler.
demo-message-papers = Lütfen kimliğinizi hazır bulundurun.
demo-message-photo = Girişteki makinede fotoğraf çektirebilirsiniz.

## Fehler

problem-malformed = İstek okunamadı. Lütfen sayfayı yenileyin.
problem-not-signed-in = Bu cihaz artık kayıtlı değil. Lütfen danışmaya sorun.
problem-not-allowed = Buna burada izin verilmiyor.
problem-not-yours = Bu, başka bir cihaza ait.
problem-origin-refused = İstek yabancı bir sayfadan geldi.
problem-unknown-office = Böyle bir büro yok.
problem-unknown-ticket = Bu numara artık yok.
problem-unknown-service = Bu işlem burada yapılmıyor.
problem-unknown-webhook = Böyle bir bağlantı yok.
problem-unknown-device = Böyle bir cihaz yok.
problem-unknown-appointment = Böyle bir randevu yok.
problem-unknown-code = Bu kodu bugün tanımıyoruz. Lütfen kontrol edin veya danışmaya gidin.
problem-unknown-route = Böyle bir adres yok.
problem-wrong-state = Bu şu anda mümkün değil.
problem-not-yet = Bunun için henüz erken.
problem-not-yet-until = Bu ancak { $until } itibarıyla mümkün.
problem-service-closed = Bu işlem şu anda kapalı.
problem-service-closed-until = Bu işlem { $until } saatine kadar kapalı.
problem-outside-hours = Bu işlem şu anda açık değil.
problem-outside-hours-until = Bu işlem { $until } itibarıyla yeniden açık.
problem-limit-reached = Bugünün bütün numaraları verildi.
problem-day-closed = Gün henüz açılmadı.
problem-stale-press = İstek çok geç ulaştı. Lütfen bakıp yeniden dokunun.
problem-overtaken = Bu arada başka bir şey oldu, bu yüzden artık mümkün değil.
problem-not-today = Bu randevu bugün değil.
problem-too-late-to-change = Değişiklik için çok geç.
problem-link-expired = Bu bağlantının süresi doldu.
problem-too-large = Bu bir defada çok fazla.
problem-invalid = Bir bilgi doğru değil.
problem-key-reused = Bu istek başka bir şey için kullanıldı. Lütfen yeniden dokunun.
problem-too-many = Çok fazla deneme yapıldı. Lütfen biraz bekleyin.
problem-fault = Sunucuda bir hata oluştu. Lütfen yeniden deneyin.
problem-store-unavailable = Bellek yanıt vermiyor. Hiçbir şey değişmedi ya da değişiklik birazdan görünecek.
problem-starting = Sunucu açılıyor.
problem-stopping = Sunucu kapanıyor.
