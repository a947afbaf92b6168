<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>AllDayPanel</name>
    <message>
        <source>All-day: %1 items</source>
        <translation>إجمالي الأصناف: %1</translation>
    </message>
    <message>
        <source>ALL</source>
        <translation>الكل</translation>
    </message>
    <message>
        <source>Nothing to cook</source>
        <translation>لا شيء للتحضير</translation>
    </message>
</context>
<context>
    <name>AllDayRow</name>
    <message>
        <source>◐ %1 cooking</source>
        <translation>◐ %1 قيد التحضير</translation>
    </message>
</context>
<context>
    <name>AllergenTag</name>
    <message>
        <source>⚠ %1: tap to confirm</source>
        <translation>⚠ المس للتأكيد: %1</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>READY</source>
        <translation>جاهز</translation>
    </message>
    <message>
        <source>+%1 more</source>
        <translation>+%1 أخرى</translation>
    </message>
    <message>
        <source>Nothing waiting for pickup</source>
        <translation>لا طلبات بانتظار الاستلام</translation>
    </message>
    <message>
        <source>RECALL</source>
        <translation>استرجاع</translation>
    </message>
</context>
<context>
    <name>ClosedFooter</name>
    <message>
        <source>Asking the hub for older ones…</source>
        <translation>جارٍ سؤال الخادم عن الطلبات الأقدم…</translation>
    </message>
    <message>
        <source>The hub does not answer: only the last ones are here</source>
        <translation>الخادم لا يجيب: هنا الطلبات الأخيرة فقط</translation>
    </message>
</context>
<context>
    <name>ClosedOrder</name>
    <message>
        <source>RECALL</source>
        <translation>استرجاع</translation>
    </message>
</context>
<context>
    <name>ClosedPanel</name>
    <message>
        <source>Recall</source>
        <translation>استرجاع</translation>
    </message>
    <message>
        <source>Recall: %1</source>
        <translation>استرجاع: %1</translation>
    </message>
    <message>
        <source>Nothing has left this board yet</source>
        <translation>لم يغادر أي طلب هذه الشاشة بعد</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>لا نتائج</translation>
    </message>
</context>
<context>
    <name>CourseDivider</name>
    <message>
        <source>FIRE</source>
        <translation>إطلاق</translation>
    </message>
</context>
<context>
    <name>EmptyBoard</name>
    <message>
        <source>Nothing to take out</source>
        <translation>لا شيء للتقديم</translation>
    </message>
    <message>
        <source>No open orders</source>
        <translation>لا طلبات مفتوحة</translation>
    </message>
    <message>
        <source>Nothing for %1</source>
        <translation>لا شيء لدى %1</translation>
    </message>
    <message>
        <source>Catching up with the hub</source>
        <translation>جارٍ التحديث من الخادم</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>غير متصل</translation>
    </message>
    <message>
        <source>Proven equal to the hub %1 ago</source>
        <translation>تأكدت المطابقة مع الخادم قبل %1</translation>
    </message>
    <message>
        <source>Orders may still be on their way</source>
        <translation>قد تصل طلبات أخرى بعد</translation>
    </message>
    <message>
        <source>This screen has not reached the hub yet: orders may be waiting</source>
        <translation>لم تصل هذه الشاشة إلى الخادم بعد: قد تكون هناك طلبات بالانتظار</translation>
    </message>
    <message>
        <source>There may be new orders since %1. Ask the counter.</source>
        <translation>قد توجد طلبات جديدة منذ %1. اسأل الكاونتر.</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>Expo</source>
        <translation>التمرير</translation>
    </message>
    <message>
        <source>Runner</source>
        <translation>النادل</translation>
    </message>
    <message>
        <source>open</source>
        <translation>مفتوحة</translation>
    </message>
    <message>
        <source>late</source>
        <translation>متأخرة</translation>
    </message>
    <message>
        <source>items to cook</source>
        <translation>للتحضير</translation>
    </message>
</context>
<context>
    <name>KeyLine</name>
    <message>
        <source>press a key …</source>
        <translation>اضغط مفتاحًا …</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>بلا مفتاح</translation>
    </message>
    <message>
        <source>CANCEL</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>LEARN</source>
        <translation>تعيين</translation>
    </message>
</context>
<context>
    <name>KeysPanel</name>
    <message>
        <source>Bump, choose</source>
        <translation>تم، اختيار</translation>
    </message>
    <message>
        <source>Recall, close</source>
        <translation>استرجاع، إغلاق</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>بدء</translation>
    </message>
    <message>
        <source>Next ticket or line</source>
        <translation>الطلب أو السطر التالي</translation>
    </message>
    <message>
        <source>Previous ticket or line</source>
        <translation>الطلب أو السطر السابق</translation>
    </message>
    <message>
        <source>Lines of the ticket</source>
        <translation>أسطر الطلب</translation>
    </message>
    <message>
        <source>Ticket menu, move a line</source>
        <translation>قائمة الطلب، نقل سطر</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>الصفحة التالية</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>الصفحة السابقة</translation>
    </message>
    <message>
        <source>All-day</source>
        <translation>الإجمالي</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Press the key</source>
        <translation>اضغط المفتاح</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>المفاتيح</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>لوحة المفاتيح</translation>
    </message>
    <message>
        <source>20-key bump bar</source>
        <translation>لوحة من 20 مفتاحًا</translation>
    </message>
    <message>
        <source>KB9000</source>
        <translation>KB9000</translation>
    </message>
    <message>
        <source>A digit bumps at once</source>
        <translation>الرقم يُنهي الطلب فورًا</translation>
    </message>
    <message>
        <source>Guard against double bumps</source>
        <translation>منع الإنهاء المزدوج</translation>
    </message>
</context>
<context>
    <name>Kitchen</name>
    <message>
        <source>a restart would forget taps: %1</source>
        <translation>إعادة التشغيل تُفقد اللمسات: %1</translation>
    </message>
    <message>
        <source>the hub refuses this display&apos;s token</source>
        <translation>الخادم يرفض مفتاح هذه الشاشة</translation>
    </message>
    <message>
        <source>another display has taken its place</source>
        <translation>حلّت شاشة أخرى محلها</translation>
    </message>
    <message>
        <source>the board differed, loading it anew</source>
        <translation>اختلفت اللوحة، يُعاد تحميلها</translation>
    </message>
    <message>
        <source>asking, no stream gets through</source>
        <translation>استعلام دوري، لا بث مباشر</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>جارٍ الاتصال</translation>
    </message>
    <message>
        <source>plain</source>
        <translation>عادي</translation>
    </message>
    <message>
        <source>unrouted %1</source>
        <translation>غير موجّه %1</translation>
    </message>
    <message>
        <source>%1 cancelled: stop cooking</source>
        <translation>أُلغي %1: أوقفوا التحضير</translation>
    </message>
    <message>
        <source>The kitchen</source>
        <translation>المطبخ</translation>
    </message>
    <message>
        <source>%1 waits for the kitchen</source>
        <translation>بانتظار المطبخ: %1</translation>
    </message>
    <message>
        <source>%1 bumped</source>
        <translation>تم %1</translation>
    </message>
    <message>
        <source>%1: void confirmed</source>
        <translation>تأكد الإلغاء: %1</translation>
    </message>
    <message>
        <source>%1: allergens confirmed</source>
        <translation>تأكدت مسببات الحساسية: %1</translation>
    </message>
    <message>
        <source>%1 recalled</source>
        <translation>استُرجع %1</translation>
    </message>
    <message>
        <source>%1 picked up</source>
        <translation>استُلم %1</translation>
    </message>
    <message>
        <source>%1 in its turn</source>
        <translation>في دوره: %1</translation>
    </message>
    <message>
        <source>%1 first</source>
        <translation>أولًا: %1</translation>
    </message>
    <message>
        <source>%1 course %2 on hold</source>
        <translation>عُلّقت الدفعة %2 من %1</translation>
    </message>
    <message>
        <source>%1 course %2 fired</source>
        <translation>أُطلقت الدفعة %2 من %1</translation>
    </message>
    <message>
        <source>%1: the floor was told</source>
        <translation>أُبلغت الصالة: %1</translation>
    </message>
    <message>
        <source>%1 %2: the kitchen says when it is cooked</source>
        <translation>المطبخ يحدد متى يجهز: %1 %2</translation>
    </message>
    <message>
        <source>%1 %2 recalled</source>
        <translation>استُرجع: %1 %2</translation>
    </message>
    <message>
        <source>%1 %2 done</source>
        <translation>تم: %1 %2</translation>
    </message>
    <message>
        <source>%1 %2 to %3</source>
        <translation>نُقل %1 %2 إلى %3</translation>
    </message>
    <message>
        <source>%1: the tap could not be saved, nothing was done. %2</source>
        <translation>تعذّر حفظ اللمسة ولم يُنفَّذ شيء: %1. %2</translation>
    </message>
    <message>
        <source>live, but not saved here</source>
        <translation>مباشر، لكن دون حفظ هنا</translation>
    </message>
    <message>
        <source>live</source>
        <translation>مباشر</translation>
    </message>
    <message>
        <source>catching up, %1 behind</source>
        <translation>جارٍ التحديث، المتبقي %1</translation>
    </message>
    <message>
        <source>catching up</source>
        <translation>جارٍ التحديث</translation>
    </message>
    <message>
        <source>offline, as of %1</source>
        <translation>غير متصل، حتى %1</translation>
    </message>
    <message>
        <source>offline, never connected</source>
        <translation>غير متصل، لم يتصل قط</translation>
    </message>
    <message>
        <source>not allowed in, as of %1</source>
        <translation>الدخول مرفوض، حتى %1</translation>
    </message>
    <message>
        <source>not allowed in, never connected</source>
        <translation>الدخول مرفوض، لم يتصل قط</translation>
    </message>
    <message>
        <source>1 tap waiting to be sent</source>
        <translation>لمسات بانتظار الإرسال: 1</translation>
    </message>
    <message>
        <source>%1 taps waiting to be sent</source>
        <translation>لمسات بانتظار الإرسال: %1</translation>
    </message>
    <message>
        <source>proven %1 ago</source>
        <translation>تم التحقق قبل %1</translation>
    </message>
    <message>
        <source>%1 behind</source>
        <translation>متأخر %1</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>منذ %1</translation>
    </message>
    <message>
        <source>Bumped</source>
        <translation>تم هنا</translation>
    </message>
    <message>
        <source>%1 %2 ago</source>
        <translation>%1 قبل %2</translation>
    </message>
    <message>
        <source>Course %1 · hold</source>
        <translation>الدفعة %1 · معلّقة</translation>
    </message>
    <message>
        <source>Course %1 · fired</source>
        <translation>الدفعة %1 · أُطلقت</translation>
    </message>
    <message>
        <source>Course %1</source>
        <translation>الدفعة %1</translation>
    </message>
    <message>
        <source>Added later · hold</source>
        <translation>أُضيف · معلّق</translation>
    </message>
    <message>
        <source>Added later</source>
        <translation>أُضيف لاحقًا</translation>
    </message>
    <message>
        <source>%1 was not started</source>
        <translation>لم يبدأ %1</translation>
    </message>
    <message>
        <source>%1 was not bumped</source>
        <translation>لم يُنهَ %1</translation>
    </message>
    <message>
        <source>%1 was not recalled</source>
        <translation>لم يُسترجع %1</translation>
    </message>
    <message>
        <source>%1 was not closed</source>
        <translation>لم يُغلق %1</translation>
    </message>
    <message>
        <source>%1 was not moved</source>
        <translation>لم يُنقل %1</translation>
    </message>
    <message>
        <source>%1 was not confirmed</source>
        <translation>لم يُؤكَّد %1</translation>
    </message>
    <message>
        <source>%1 was not fired</source>
        <translation>لم يُطلق %1</translation>
    </message>
    <message>
        <source>%1 was not held</source>
        <translation>لم يُعلَّق %1</translation>
    </message>
    <message>
        <source>%1 keeps its priority</source>
        <translation>بقيت أولوية %1 كما هي</translation>
    </message>
    <message>
        <source>%1 has not told the floor</source>
        <translation>لم تُبلَّغ الصالة: %1</translation>
    </message>
    <message>
        <source>the hub does not know this order</source>
        <translation>الخادم لا يعرف هذا الطلب</translation>
    </message>
    <message>
        <source>it has been cancelled</source>
        <translation>أُلغي الطلب</translation>
    </message>
    <message>
        <source>it has already been picked up</source>
        <translation>سبق استلامه</translation>
    </message>
    <message>
        <source>it is already ready</source>
        <translation>إنه جاهز بالفعل</translation>
    </message>
    <message>
        <source>it has not been paid yet</source>
        <translation>لم يُدفع ثمنه بعد</translation>
    </message>
    <message>
        <source>Dine in</source>
        <translation>محلي</translation>
    </message>
    <message>
        <source>Takeaway</source>
        <translation>سفري</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>توصيل</translation>
    </message>
    <message>
        <source>Drive-thru</source>
        <translation>خدمة السيارات</translation>
    </message>
    <message>
        <source>Curbside</source>
        <translation>تسليم للسيارة</translation>
    </message>
    <message>
        <source>Table %1</source>
        <translation>طاولة %1</translation>
    </message>
    <message>
        <source>1 guest</source>
        <translation>عدد الضيوف: 1</translation>
    </message>
    <message>
        <source>%1 guests</source>
        <translation>عدد الضيوف: %1</translation>
    </message>
    <message>
        <source>due %1</source>
        <translation>الموعد %1</translation>
    </message>
    <message>
        <source>%1 h %2</source>
        <translation>%1 س %2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 ث</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 د</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 س</translation>
    </message>
    <message>
        <source>in %1 min</source>
        <translation>بعد %1 د</translation>
    </message>
    <message>
        <source>due in %1 h</source>
        <translation>باقي %1 س</translation>
    </message>
    <message>
        <source>due in %1 min</source>
        <translation>باقي %1 د</translation>
    </message>
    <message>
        <source>due now</source>
        <translation>حان الموعد</translation>
    </message>
    <message>
        <source>%1 min overdue</source>
        <translation>متأخر %1 د</translation>
    </message>
    <message>
        <source>%1 h overdue</source>
        <translation>متأخر %1 س</translation>
    </message>
    <message>
        <source>Not paid</source>
        <translation>غير مدفوع</translation>
    </message>
    <message>
        <source>New</source>
        <translation>جديد</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>مقبول</translation>
    </message>
    <message>
        <source>Cooking</source>
        <translation>قيد التحضير</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>جاهز</translation>
    </message>
    <message>
        <source>Picked up</source>
        <translation>تم الاستلام</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>ملغى</translation>
    </message>
    <message>
        <source>%1 stations are not looked after</source>
        <translation>محطات بلا متابعة: %1</translation>
    </message>
    <message>
        <source>%1 is off</source>
        <translation>الشاشة مطفأة: %1</translation>
    </message>
    <message>
        <source>%1 does not show its tickets</source>
        <translation>لا تُعرض الطلبات: %1</translation>
    </message>
    <message>
        <source>nothing to cook there yet</source>
        <translation>لا شيء للتحضير هناك بعد</translation>
    </message>
    <message>
        <source>1 ticket unseen</source>
        <translation>عدد الطلبات غير المعروضة: 1</translation>
    </message>
    <message>
        <source>%1 tickets unseen</source>
        <translation>عدد الطلبات غير المعروضة: %1</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>منذ %1</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 ي</translation>
    </message>
</context>
<context>
    <name>KitchenPage</name>
    <message>
        <source>Move %1 to</source>
        <translation>نقل %1 إلى</translation>
    </message>
    <message>
        <source>Ticket %1</source>
        <translation>الطلب %1</translation>
    </message>
    <message>
        <source>★ Rush, or in its turn</source>
        <translation>★ عاجل، أو في دوره</translation>
    </message>
    <message>
        <source>Please come to the kitchen</source>
        <translation>يرجى الحضور إلى المطبخ</translation>
    </message>
    <message>
        <source>✉ Come to the kitchen</source>
        <translation>✉ الحضور إلى المطبخ</translation>
    </message>
    <message>
        <source>This order will be late</source>
        <translation>سيتأخر هذا الطلب</translation>
    </message>
    <message>
        <source>✉ Will be late</source>
        <translation>✉ سيتأخر</translation>
    </message>
    <message>
        <source>Something of this order is out of stock</source>
        <translation>نفد صنف من هذا الطلب</translation>
    </message>
    <message>
        <source>✉ Out of stock</source>
        <translation>✉ نفد الصنف</translation>
    </message>
</context>
<context>
    <name>LineMark</name>
    <message>
        <source>S%1</source>
        <translation>م%1</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>CounterFire: %1</source>
        <translation>CounterFire: %1</translation>
    </message>
</context>
<context>
    <name>MoreBelow</name>
    <message>
        <source>▼ more below, swipe up</source>
        <translation>▼ المزيد أدناه، اسحب لأعلى</translation>
    </message>
</context>
<context>
    <name>NoticeBanner</name>
    <message>
        <source>+%1 more</source>
        <translation>+%1 أخرى</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>حسنًا</translation>
    </message>
</context>
<context>
    <name>PageButtons</name>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>+%1 more</source>
        <translation>+%1 أخرى</translation>
    </message>
</context>
<context>
    <name>TicketCard</name>
    <message>
        <source>◔ elsewhere: %1</source>
        <translation>◔ في محطات أخرى: %1</translation>
    </message>
</context>
<context>
    <name>TicketFooter</name>
    <message>
        <source>ALLERGENS SEEN</source>
        <translation>الحساسية: عُلم</translation>
    </message>
    <message>
        <source>VOID SEEN</source>
        <translation>الإلغاء: عُلم</translation>
    </message>
    <message>
        <source>FIRE NEXT COURSE</source>
        <translation>إطلاق التالية</translation>
    </message>
    <message>
        <source>COOKING</source>
        <translation>قيد التحضير</translation>
    </message>
    <message>
        <source>HAND OUT</source>
        <translation>تسليم</translation>
    </message>
    <message>
        <source>BUMP</source>
        <translation>تم</translation>
    </message>
    <message>
        <source>START</source>
        <translation>بدء</translation>
    </message>
</context>
<context>
    <name>TicketHeader</name>
    <message>
        <source>LATE</source>
        <translation>متأخر</translation>
    </message>
    <message>
        <source>HURRY</source>
        <translation>أسرع</translation>
    </message>
    <message>
        <source>★ rush</source>
        <translation>★ عاجل</translation>
    </message>
    <message>
        <source>↶ recalled</source>
        <translation>↶ مسترجع</translation>
    </message>
    <message>
        <source>↑ not sent yet</source>
        <translation>↑ لم يُرسل بعد</translation>
    </message>
</context>
<context>
    <name>TicketLine</name>
    <message>
        <source>✕ voided, do not make: tap to confirm</source>
        <translation>✕ ملغى، لا تحضّره: المس للتأكيد</translation>
    </message>
    <message>
        <source>✕ voided, do not make</source>
        <translation>✕ ملغى، لا تحضّره</translation>
    </message>
    <message>
        <source>? unrouted</source>
        <translation>? غير موجّه</translation>
    </message>
</context>
<context>
    <name>UndoToast</name>
    <message>
        <source>UNDO</source>
        <translation>تراجع</translation>
    </message>
</context>
</TS>
