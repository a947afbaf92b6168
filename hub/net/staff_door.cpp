// SPDX-License-Identifier: Apache-2.0
#include "hub/net/staff_door.h"

#include "shared/protocol/canonical_json.h"

namespace cf::hub {

Role roleOf(StaffRole role)
{
    switch (role) {
    case StaffRole::Kitchen: return Role::Kitchen;
    case StaffRole::Manager: return Role::Manager;
    case StaffRole::Counter: break;
    }
    return Role::Counter;
}

const Staff &StaffDoor::staff(const OrderHub &hub)
{
    const SettingsRecord record = hub.document(QByteArrayLiteral("staff"));
    if (record.rev == m_rev)
        return m_staff;
    m_rev = record.rev;
    const Result<QJsonObject> json = parseJsonObject(record.body);
    Result<Staff> staff = json ? staffFromJson(*json) : json.error();
    m_staff = staff ? std::move(*staff) : Staff(); // what cannot be read lets nobody in
    return m_staff;
}

bool StaffDoor::letsIn(const Caller &caller, const OrderHub &hub)
{
    if (caller.staff.isEmpty())
        return true;
    const StaffMember *member = staff(hub).member(caller.staff);
    return member && roleOf(member->role) == caller.role && caller.since >= member->sessionsFrom;
}

} // namespace cf::hub
