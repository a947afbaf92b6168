// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/property/generators.h"

#include "shared/base/ids.h"
#include "shared/base/limits.h"
#include "shared/order/payload.h"

#include <QJsonArray>

#include <cmath>

namespace cf::prop {

using namespace std::chrono_literals;
using L1 = QLatin1StringView;
namespace gen = rc::gen;

namespace {

// One character, one or two units long. None from U+E000 to U+FFFF: beside surrogates QJsonObject
// sorts them one way when it parses and another when it is built, and so is not equal to itself.
rc::Gen<QString> character()
{
    const auto range = [](char32_t first, char32_t last) {
        return gen::map(within<quint32>(first, last + 1), [](quint32 code) {
            const auto point = static_cast<char32_t>(code);
            return QString::fromUcs4(&point, 1);
        });
    };
    return gen::weightedOneOf<QString>({{10, range(U'a', U'z')},
                                        {2, range(U' ', U'~')},
                                        {1, range(0x00, 0x1f)},
                                        {2, oneOf<QString>({"\"", "\\", "/", "\u007f", "\u2028"})},
                                        {2, range(0xa1, 0xd7ff)},
                                        {2, range(0x10000, 0x1fffd)}});
}

QString joined(const std::vector<QString> &parts, int lengthMax)
{
    QString text;
    for (const QString &part : parts) {
        if (text.size() + part.size() > lengthMax)
            break;
        text += part;
    }
    return text;
}

} // namespace

rc::Gen<QString> text(int lengthMax)
{
    const auto some = gen::map(gen::container<std::vector<QString>>(character()),
                               [lengthMax](const auto &parts) { return joined(parts, lengthMax); });
    const auto full = gen::map(character(), [lengthMax](const QString &one) {
        return one.repeated(lengthMax / static_cast<int>(one.size()));
    });
    return gen::weightedOneOf<QString>({{2, gen::just(QString())}, {10, some}, {1, full}});
}

rc::Gen<QString> name(int lengthMax)
{
    return gen::map(text(lengthMax - 1), [](const QString &some) { return some + u'x'; });
}

rc::Gen<QString> brokenText()
{
    const auto unit = gen::weightedOneOf<quint16>(
        {{3, within<quint16>(0, 0xffff)}, {1, within<quint16>(0xd800, 0xe000)}});
    return gen::map(gen::container<std::vector<quint16>>(unit), [](const auto &units) {
        QString text;
        for (const quint16 one : units)
            text += QChar(one);
        return text;
    });
}

rc::Gen<QByteArray> hex(int digits)
{
    return gen::map(gen::container<std::string>(static_cast<size_t>(digits),
                                                gen::elementOf(std::string("0123456789abcdef"))),
                    [](const std::string &text) { return QByteArray::fromStdString(text); });
}

rc::Gen<QUuid> uuid()
{
    return gen::map(within<int>(1, 1'000'000'000), [](int n) {
        return *parseUuid(
            QStringLiteral("0192b3c4-0000-7000-8000-%1").arg(n, 12, 10, QLatin1Char('0')));
    });
}

rc::Gen<Timestamp> moment()
{
    constexpr qint64 first = -62'135'596'800'000; // 0001-01-01
    constexpr qint64 last = 253'402'300'799'999;  // 9999-12-31, its last millisecond
    const auto ms =
        gen::weightedOneOf<qint64>({{8, within<qint64>(1'700'000'000'000, 1'900'000'000'000)},
                                    {1, within<qint64>(first, last)},
                                    {1, oneOf<qint64>({first, last, 0, -1, 1})}});
    return gen::map(ms, [](qint64 v) { return Timestamp(std::chrono::milliseconds(v)); });
}

rc::Gen<qint64> exactInteger(qint64 min, qint64 max)
{
    const qint64 exact = Q_INT64_C(1) << 53;
    const qint64 low = std::max(min, -exact);
    const qint64 high = std::min(max, exact);
    return gen::weightedOneOf<qint64>({{6, within<qint64>(low, std::min(high, low + 1000))},
                                       {2, within<qint64>(low, high)},
                                       {1, oneOf<qint64>({low, high})}});
}

rc::Gen<double> number()
{
    const auto bits = gen::map(gen::arbitrary<quint64>(), [](quint64 pattern) {
        double value = 0;
        memcpy(&value, &pattern, sizeof value);
        return std::isfinite(value) ? value : 0.0;
    });
    const auto tenths = gen::map(within<int>(-100'000, 100'000), [](int n) { return n / 10.0; });
    return gen::weightedOneOf<double>(
        {{3, gen::map(within<int>(-1000, 1000), [](int n) { return double(n); })},
         {3, tenths},
         {3, bits},
         {1,
          oneOf<double>({0.0, -0.0, 1e21, 1e-6, 1e-7, 123456789012345680000.0, 5e-324,
                         1.7976931348623157e308, 9007199254740993.0, 0.1, 333333333.33333329})}});
}

namespace {

rc::Gen<QJsonValue> jsonOf(int depth, bool isBroken)
{
    const auto words = isBroken ? brokenText() : text();
    const auto scalar =
        gen::oneOf(gen::map(words, [](const QString &v) { return QJsonValue(v); }),
                   gen::map(number(), [](double v) { return QJsonValue(v); }),
                   gen::map(exactInteger(-1'000'000, Q_INT64_C(1) << 53),
                            [](qint64 v) { return QJsonValue(v); }),
                   gen::map(gen::arbitrary<bool>(), [](bool v) { return QJsonValue(v); }),
                   gen::just(QJsonValue(QJsonValue::Null)));
    if (depth <= 0)
        return scalar;
    const auto list = gen::scale(0.3, gen::container<std::vector<QJsonValue>>(jsonOf(0, isBroken)));
    const auto array = gen::map(list, [](const std::vector<QJsonValue> &values) {
        QJsonArray array;
        for (const QJsonValue &value : values)
            array.append(value);
        return QJsonValue(array);
    });
    const auto object = gen::map(jsonObject(depth - 1, isBroken),
                                 [](const QJsonObject &json) { return QJsonValue(json); });
    return gen::weightedOneOf<QJsonValue>({{4, scalar}, {1, array}, {2, object}});
}

} // namespace

rc::Gen<QJsonValue> json(int depth)
{
    return jsonOf(depth, false);
}

rc::Gen<QJsonObject> jsonObject(int depth, bool isBroken)
{
    const auto key = isBroken ? brokenText() : text(20);
    const auto members =
        gen::scale(0.3, gen::container<std::vector<std::pair<QString, QJsonValue>>>(
                            gen::pair(key, jsonOf(depth, isBroken))));
    return gen::map(members, [](const auto &pairs) {
        QJsonObject object;
        for (const auto &[name, value] : pairs)
            object.insert(name, value);
        return object;
    });
}

namespace {

rc::Gen<std::optional<qint64>> price()
{
    return maybe(exactInteger(-limits::moneyMax, limits::moneyMax));
}

Modifier makeModifier()
{
    return {*text(limits::nameLengthMax), *name(limits::nameLengthMax),
            *within(1, limits::quantityMax + 1), *price()};
}

} // namespace

rc::Gen<Item> item(const QString &lineId)
{
    return gen::exec([lineId] {
        Item item;
        item.lineId = lineId;
        item.sku = *text();
        item.name = *name(limits::nameLengthMax);
        item.quantity = *within(1, limits::quantityMax + 1);
        item.unitPrice = *price();
        item.category = *text();
        item.station = *text();
        item.course =
            *gen::weightedOneOf<int>({{3, within(0, 4)}, {1, within(0, limits::courseMax + 1)}});
        item.seat = *text();
        item.note = *text(limits::noteLengthMax);
        const int allergens = *within(0, 4);
        for (int i = 0; i < allergens; ++i)
            item.allergens.append(*name());
        const int modifiers = *within(0, 3);
        for (int i = 0; i < modifiers; ++i)
            item.modifiers.push_back(makeModifier());
        return item;
    });
}

rc::Gen<OrderState> orderDraft(int linesMax)
{
    return gen::exec([linesMax] {
        OrderState order;
        order.number = *name(limits::numberLengthMax);
        order.sourceName = *text();
        order.externalId = *text();
        order.serviceType = *maybe(gen::map(within(0, 5), [](int n) { return ServiceType(n); }));
        order.table = *text();
        order.covers = *maybe(within(0, limits::coversMax + 1));
        order.customerName = *text();
        order.customerPhone = *text();
        order.dueAt = *maybe(moment());
        order.note = *text(limits::noteLengthMax);
        order.currency = *oneOf<QString>({QString(), "EUR", "JPY"});
        order.priority = *gen::arbitrary<bool>();
        order.meta = *gen::scale(0.5, jsonObject(2));
        const int lines = *gen::inRange(1, linesMax + 1);
        for (int i = 1; i <= lines; ++i)
            order.lines.emplace_back().item = *item(QString::number(i));
        return order;
    });
}

rc::Gen<Actor> actor()
{
    return gen::exec([] { return Actor{ActorKind(*within(0, 5)), *text(), *text(), *text()}; });
}

} // namespace cf::prop
