// SPDX-License-Identifier: Apache-2.0
#include "hub/receipts/receipt_words.h"

#include <array>

namespace cf::hub {

namespace {

using Words = std::array<const char *, wordCount>;

// In the order of Word. Translations of format version 1: to change one is another version.
constexpr Words english{"Order",     "Table",       "Guests",        "Name",
                        "Dine in",   "Takeaway",    "Delivery",      "Drive-through",
                        "Curbside",  "Subtotal",    "included",      "Tip",
                        "Total",     "Paid",        "Card",          "Cash",
                        "Change",    "Due",         "Reference",     "Tax ID",
                        "Tel.",      "Added later", "Voided",        "Difference",
                        "CANCELLED", "COPY",        "POSSIBLE COPY", "Follow your order",
                        "Allergens", "CHANGED",     "Course"};
constexpr Words spanish{"Pedido",
                        "Mesa",
                        "Comensales",
                        "Nombre",
                        "En sala",
                        "Para llevar",
                        "Reparto",
                        "Autoservicio",
                        "Recogida en coche",
                        "Subtotal",
                        "incluido",
                        "Propina",
                        "Total",
                        "Pagado",
                        "Tarjeta",
                        "Efectivo",
                        "Cambio",
                        "Pendiente",
                        "Referencia",
                        "NIF",
                        "Tel.",
                        "Añadido después",
                        "Anulado",
                        "Diferencia",
                        "CANCELADO",
                        "COPIA",
                        "POSIBLE COPIA",
                        "Siga su pedido",
                        "Alérgenos",
                        "MODIFICADO",
                        "Plato"};
constexpr Words chinese{
    "订单",     "桌号", "人数",       "姓名",         "堂食",   "外带",   "外送",       "得来速",
    "路边取餐", "小计", "已含",       "小费",         "合计",   "已付",   "银行卡",     "现金",
    "找零",     "未付", "参考号",     "税号",         "电话",   "后加",   "已取消菜品", "差额",
    "已取消",   "副本", "可能为副本", "跟踪您的订单", "过敏原", "已更改", "道次"};
constexpr Words arabic{"طلب",   "طاولة",        "الضيوف",     "الاسم",           "في المطعم",
                       "سفري",  "توصيل",        "من السيارة", "استلام بالسيارة", "المجموع الفرعي",
                       "مشمول", "إكرامية",      "الإجمالي",   "المدفوع",         "بطاقة",
                       "نقدًا",  "الباقي",       "المتبقي",    "المرجع",          "الرقم الضريبي",
                       "هاتف",  "أضيف لاحقًا",   "ملغى",       "الفرق",           "أُلغي الطلب",
                       "نسخة",  "قد تكون نسخة", "تابع طلبك",  "مسببات الحساسية", "تم التغيير",
                       "الدفعة"};

const Words &wordsOf(QStringView language)
{
    using L1 = QLatin1StringView;
    if (language == L1("es"))
        return spanish;
    if (language == L1("zh"))
        return chinese;
    return language == L1("ar") ? arabic : english;
}

} // namespace

QString serviceWord(ServiceType type, QStringView language)
{
    switch (type) {
    case ServiceType::DineIn: return word(Word::DineIn, language);
    case ServiceType::Takeaway: return word(Word::Takeaway, language);
    case ServiceType::Delivery: return word(Word::Delivery, language);
    case ServiceType::DriveThru: return word(Word::DriveThru, language);
    case ServiceType::Curbside: return word(Word::Curbside, language);
    }
    return {};
}

QString word(Word word, QStringView language)
{
    return QString::fromUtf8(wordsOf(language).at(static_cast<size_t>(word)));
}

} // namespace cf::hub
