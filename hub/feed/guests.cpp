// SPDX-License-Identifier: Apache-2.0
#include "hub/feed/guests.h"

#include <array>

namespace cf::feed {

namespace {

template<size_t count>
QString one(Dice &dice, const std::array<const char *, count> &of)
{
    return QString::fromUtf8(dice.pick(of));
}

constexpr std::array names{
    "Ana",
    "Ben",
    "Chloé",
    "Dimitri",
    "Élodie",
    "Fatima",
    "Günther",
    "Hélène",
    "İpek",
    "Jürgen",
    "Kübra",
    "Łukasz",
    "Marie-Claire",
    "Noah",
    "Øyvind",
    "Priya",
    "Quentin",
    "Rosa",
    "Søren",
    "Tomáš",
    "Ursula",
    "Věra",
    "Wei",
    "Xavier",
    "Yasmin",
    "Zoë",
    "王小明",
    "佐藤 美咲",
    "김민준",
    "陳大文",
    "Нина",
    "Γιώργος",
    "محمد",
    "Señor Muñoz",
    "Müller",
    "Weiß",
    "O'Brien",
    "Ng",
    "Maximiliane-Theodora von Hohenfels-Wittelsbach zu Altdorf",
    "Bartholomew Featherstonehaugh-Cholmondeley",
    "Office 3rd floor (Accounting & Controlling)",
};

constexpr std::array orderNotes{
    "No cutlery, please",
    "Ring twice, the bell is broken",
    "Nut allergy at the table!",
    "Two bags please",
    "Back entrance, please call",
    "All together, no courses",
    "Birthday at the table, candle with the dessert",
    "Bitte alles einpacken",
    "Sin gluten, por favor",
    "子供用の取り皿を2枚お願いします",
    "Guest in a hurry: train at 13:10",
    "Please keep hot and cold dishes apart, and write the name on each box, it is for an office",
};

constexpr std::array lateNotes{
    "Guests have moved to table 12",
    "Coeliac at seat 2: kitchen informed",
    "Mains in ten minutes",
    "They are waiting for two more guests",
    "Driver is early",
    "Please bring mustard along",
};

constexpr std::array toKitchen{
    "Guest asks how long",
    "Table is seated, fire when ready",
    "VIP: please check the plate",
    "Two high chairs, children first",
    "Dessert with the coffee, please",
};

constexpr std::array toFront{
    "Salmon is out, last two portions",
    "Five minutes more for the pizza",
    "Please pick up: getting cold",
    "Which side with the steak?",
    "Fryer is being changed: chips in eight minutes",
};

constexpr std::array cancels{
    "guest left", "ordered twice", "card declined", "wrong table", "courier did not come",
};

constexpr std::array voids{"out of stock", "guest changed their mind", "entered twice", "allergy"};

} // namespace

QString guestName(Dice &dice)
{
    return one(dice, names);
}

QString guestPhone(Dice &dice)
{
    return QStringLiteral("+49 151 %1").arg(dice.between(1'000'000, 9'999'999));
}

QString orderNote(Dice &dice)
{
    return one(dice, orderNotes);
}

QString lateNote(Dice &dice)
{
    return one(dice, lateNotes);
}

QString kitchenMessage(Dice &dice)
{
    return one(dice, toKitchen);
}

QString frontMessage(Dice &dice)
{
    return one(dice, toFront);
}

QString cancelReason(Dice &dice)
{
    return one(dice, cancels);
}

QString voidReason(Dice &dice)
{
    return one(dice, voids);
}

} // namespace cf::feed
