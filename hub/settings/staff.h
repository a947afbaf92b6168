// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"
#include "shared/base/ids.h"
#include "shared/base/result.h"

#include <QJsonObject>

#include <functional>
#include <optional>
#include <vector>

namespace cf::hub {

enum class StaffRole : quint8 { Counter, Kitchen, Manager };
QLatin1StringView staffRoleName(StaffRole role);
std::optional<StaffRole> staffRoleFromName(QStringView name);

// Somebody who signs in with a PIN.
struct StaffMember {
    QString id; // 16 hex digits, given by the hub
    QString name;
    StaffRole role = StaffRole::Counter;
    QByteArray pinHash;       // 64 hex digits; empty: no PIN, and so no way in
    Timestamp sessionsFrom{}; // sessions from before are none any more
    bool operator==(const StaffMember &) const = default;
};

// One salt for all, so that a PIN is hashed once to be looked for among everybody, and two people
// cannot have the same one: it alone says who signs in.
struct Staff {
    QByteArray salt; // 32 hex digits; empty: nobody has a PIN yet
    std::vector<StaffMember> people;
    bool operator==(const Staff &) const = default;

    [[nodiscard]] const StaffMember *member(QStringView id) const;
    // Whose PIN has this hash; compares with everybody's, each in constant time.
    [[nodiscard]] const StaffMember *withPin(QByteArrayView hash) const;
};

// As it is stored. What people may read of it is staffShown(): no hash and no salt, which would
// give away a PIN of four digits to whoever tries all of them.
Result<Staff> staffFromJson(const QJsonObject &json);
QJsonObject staffToJson(const Staff &staff);
// From the stored form: `people`, each with `id, name, role, has_pin`.
QJsonObject staffShown(const QJsonObject &stored);

// What a manager says of one person.
struct StaffEdit {
    QString id; // empty: somebody new
    QString name;
    StaffRole role = StaffRole::Counter;
    QString pin; // empty: as it is
    bool endsSessions = false;
};
Result<std::vector<StaffEdit>> staffEditsFromJson(const QJsonObject &json);

// What making a change needs from outside. `hash` is slow on purpose.
struct StaffTools {
    std::function<QByteArray(QByteArrayView pin, QByteArrayView salt)> hash;
    Random &random;
    Timestamp now{};
};
// The whole list after it: who is not in it is gone. Sessions of who has another PIN or role now
// end. Errors name the field of the edits: an id that there is not, a PIN that is another's.
Result<Staff> editStaff(const Staff &staff, const std::vector<StaffEdit> &edits,
                        const StaffTools &tools);

} // namespace cf::hub
