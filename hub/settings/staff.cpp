// SPDX-License-Identifier: Apache-2.0
// The one place that spells the keys of a staff list.
#include "hub/settings/staff.h"

#include "hub/settings/one_line.h"
#include "hub/settings/settings_limits.h"

#include <QSet>

#include <algorithm>

namespace cf::hub {

using L1 = QLatin1StringView;

namespace {

constexpr qsizetype idLength = 16;
constexpr qsizetype hashLength = 64;
constexpr qsizetype saltLength = 32;

QString pinRule()
{
    return QStringLiteral("must be %1 to %2 digits")
        .arg(limits::pinDigitsMin)
        .arg(limits::pinDigitsMax);
}

StaffRole readRole(const Fields &fields)
{
    const QString name = fields.required(L1("role"), limits::nameLengthMax);
    const std::optional<StaffRole> role = staffRoleFromName(name);
    if (!name.isEmpty() && !role)
        fields.fail(L1("role"), QStringLiteral("must be counter, kitchen or manager"));
    return role.value_or(StaffRole::Counter);
}

QByteArray readHex(const Fields &fields, L1 key, qsizetype length)
{
    const QByteArray text = fields.text(key, limits::nameLengthMax).toLatin1();
    if (text.isEmpty() || (text.size() == length && isLowerHex(text)))
        return text;
    fields.fail(key, QStringLiteral("must be %1 lower-case hex digits").arg(length));
    return {};
}

template<typename Read>
void forEachPerson(const QJsonObject &json, std::vector<FieldError> &errors, Read readOne)
{
    const Fields fields(json, QString(), errors);
    const QJsonArray people = fields.array(L1("people"), 0, limits::staffMax);
    for (qsizetype i = 0; i < people.size(); ++i) {
        const QString at = QStringLiteral("/people/%1").arg(i);
        if (people.at(i).isObject())
            readOne(Fields(people.at(i).toObject(), at, errors));
        else
            fields.fail(at, QStringLiteral("must be an object"));
    }
}

void readPin(const Fields &fields, StaffEdit &edit)
{
    edit.pin = fields.text(L1("pin"), limits::nameLengthMax);
    if (edit.pin.isEmpty())
        return;
    const bool isDigits = std::all_of(edit.pin.begin(), edit.pin.end(),
                                      [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!isDigits || edit.pin.size() < limits::pinDigitsMin
        || edit.pin.size() > limits::pinDigitsMax)
        fields.fail(L1("pin"), pinRule());
    else if (edit.role == StaffRole::Manager && edit.pin.size() < limits::managerPinDigitsMin)
        fields.fail(L1("pin"), QStringLiteral("must be at least %1 digits: it opens everything")
                                   .arg(limits::managerPinDigitsMin));
}

// One person as edited; what was not said of it stays.
class Editor
{
public:
    Editor(const Staff &before, const StaffTools &tools) : m_before(before), m_tools(tools)
    {
        m_after.salt =
            before.salt.isEmpty() ? randomHex(saltLength / 2, tools.random) : before.salt;
    }

    void take(const StaffEdit &edit)
    {
        const QString at = QStringLiteral("/people/%1").arg(m_after.people.size());
        const StaffMember *old = m_before.member(edit.id);
        StaffMember member = old ? *old : StaffMember();
        if (!edit.id.isEmpty() && !old)
            m_errors.push_back({at + QStringLiteral("/id"),
                                QStringLiteral("is nobody's; leave it out for somebody new")});
        if (edit.id.isEmpty())
            member.id = QString::fromLatin1(randomHex(idLength / 2, m_tools.random));
        const QByteArray hash =
            edit.pin.isEmpty() ? member.pinHash : m_tools.hash(edit.pin.toLatin1(), m_after.salt);
        if (edit.endsSessions || hash != member.pinHash || edit.role != member.role)
            member.sessionsFrom = m_tools.now;
        member.pinHash = hash;
        member.name = edit.name;
        if (old && old->role != StaffRole::Manager && edit.role == StaffRole::Manager
            && edit.pin.isEmpty() && !hash.isEmpty())
            m_errors.push_back({at + QStringLiteral("/pin"),
                                QStringLiteral("is needed: a manager's is longer than others")});
        member.role = edit.role;
        m_after.people.push_back(std::move(member));
    }

    // Whose PIN is whose is only known once everybody's is.
    Result<Staff> finish()
    {
        QSet<QByteArray> taken;
        for (size_t i = 0; i < m_after.people.size(); ++i) {
            const QByteArray &hash = m_after.people.at(i).pinHash;
            if (!hash.isEmpty() && taken.contains(hash))
                m_errors.push_back({QStringLiteral("/people/%1/pin").arg(i),
                                    QStringLiteral("cannot be this one: choose another")});
            taken.insert(hash);
        }
        if (!m_errors.empty())
            return invalidFields(std::move(m_errors));
        return std::move(m_after);
    }

private:
    const Staff &m_before;
    const StaffTools &m_tools;
    Staff m_after;
    std::vector<FieldError> m_errors;
};

} // namespace

QLatin1StringView staffRoleName(StaffRole role)
{
    switch (role) {
    case StaffRole::Counter: return L1("counter");
    case StaffRole::Kitchen: return L1("kitchen");
    case StaffRole::Manager: return L1("manager");
    }
    return {};
}

std::optional<StaffRole> staffRoleFromName(QStringView name)
{
    for (const StaffRole role : {StaffRole::Counter, StaffRole::Kitchen, StaffRole::Manager}) {
        if (name == staffRoleName(role))
            return role;
    }
    return std::nullopt;
}

const StaffMember *Staff::member(QStringView id) const
{
    const auto found = std::find_if(people.begin(), people.end(),
                                    [id](const StaffMember &one) { return one.id == id; });
    return found != people.end() ? &*found : nullptr;
}

const StaffMember *Staff::withPin(QByteArrayView hash) const
{
    const StaffMember *found = nullptr;
    for (const StaffMember &member : people) {
        if (member.pinHash.size() != hash.size() || hash.isEmpty())
            continue;
        int difference = 0;
        for (qsizetype i = 0; i < hash.size(); ++i)
            difference |= member.pinHash.at(i) ^ hash.at(i);
        if (difference == 0)
            found = &member;
    }
    return found;
}

Result<Staff> staffFromJson(const QJsonObject &json)
{
    std::vector<FieldError> errors;
    Staff staff;
    staff.salt = readHex(Fields(json, QString(), errors), L1("salt"), saltLength);
    forEachPerson(json, errors, [&staff](const Fields &fields) {
        StaffMember member;
        member.id = QString::fromLatin1(readHex(fields, L1("id"), idLength));
        member.name = requiredLine(fields, L1("name"), limits::nameLengthMax);
        member.role = readRole(fields);
        member.pinHash = readHex(fields, L1("pin_hash"), hashLength);
        const auto from = fields.integer(L1("sessions_from"), 0, limits::moneyMax * 1000);
        member.sessionsFrom = Timestamp(std::chrono::milliseconds(from.value_or(0)));
        staff.people.push_back(std::move(member));
    });
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return staff;
}

QJsonObject staffToJson(const Staff &staff)
{
    QJsonArray people;
    for (const StaffMember &member : staff.people) {
        const qint64 from = member.sessionsFrom.time_since_epoch().count();
        people.append(QJsonObject{{L1("id"), member.id},
                                  {L1("name"), member.name},
                                  {L1("role"), staffRoleName(member.role)},
                                  {L1("pin_hash"), QString::fromLatin1(member.pinHash)},
                                  {L1("sessions_from"), from}});
    }
    return {{L1("v"), 1}, {L1("salt"), QString::fromLatin1(staff.salt)}, {L1("people"), people}};
}

QJsonObject staffShown(const QJsonObject &stored)
{
    const Result<Staff> staff = staffFromJson(stored);
    QJsonArray people;
    for (const StaffMember &member : staff ? staff->people : std::vector<StaffMember>())
        people.append(QJsonObject{{L1("id"), member.id},
                                  {L1("name"), member.name},
                                  {L1("role"), staffRoleName(member.role)},
                                  {L1("has_pin"), !member.pinHash.isEmpty()}});
    return {{L1("v"), 1}, {L1("people"), people}};
}

Result<std::vector<StaffEdit>> staffEditsFromJson(const QJsonObject &json)
{
    std::vector<FieldError> errors;
    std::vector<StaffEdit> edits;
    QSet<QString> ids;
    forEachPerson(json, errors, [&](const Fields &fields) {
        StaffEdit edit;
        edit.id = fields.text(L1("id"), limits::nameLengthMax);
        if (!edit.id.isEmpty() && ids.contains(edit.id))
            fields.fail(L1("id"), QStringLiteral("is there twice"));
        ids.insert(edit.id);
        edit.name = requiredLine(fields, L1("name"), limits::nameLengthMax);
        edit.role = readRole(fields);
        readPin(fields, edit);
        edit.endsSessions = fields.boolean(L1("end_sessions")).value_or(false);
        edits.push_back(std::move(edit));
    });
    const auto pins = std::count_if(edits.begin(), edits.end(),
                                    [](const StaffEdit &edit) { return !edit.pin.isEmpty(); });
    if (pins > limits::pinsPerChangeMax)
        errors.push_back(
            {QStringLiteral("/people"),
             QStringLiteral("sets more than %1 PINs at once").arg(limits::pinsPerChangeMax)});
    if (!errors.empty())
        return invalidFields(std::move(errors));
    return edits;
}

Result<Staff> editStaff(const Staff &staff, const std::vector<StaffEdit> &edits,
                        const StaffTools &tools)
{
    Editor editor(staff, tools);
    for (const StaffEdit &edit : edits)
        editor.take(edit);
    return editor.finish();
}

} // namespace cf::hub
