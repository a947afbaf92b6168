// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLatin1StringView>
#include <QStringView>

#include <optional>

namespace cf {

enum class OrderStatus : quint8 { Placed, Paid, Accepted, InKitchen, Ready, Completed, Cancelled };
QLatin1StringView orderStatusName(OrderStatus status);
std::optional<OrderStatus> orderStatusFromName(QStringView name);

// Open: neither completed nor cancelled. What the digest covers.
constexpr bool isOpen(OrderStatus s)
{
    return s != OrderStatus::Completed && s != OrderStatus::Cancelled;
}

// On the kitchen's board: paid for and not yet ready.
constexpr bool isLiveTicket(OrderStatus s)
{
    return s == OrderStatus::Paid || s == OrderStatus::Accepted || s == OrderStatus::InKitchen;
}

enum class LineStatus : quint8 { Open, Started, Ready, Voided };
QLatin1StringView lineStatusName(LineStatus status);
std::optional<LineStatus> lineStatusFromName(QStringView name);

enum class ServiceType : quint8 { DineIn, Takeaway, Delivery, DriveThru, Curbside };
QLatin1StringView serviceTypeName(ServiceType type);
std::optional<ServiceType> serviceTypeFromName(QStringView name);

} // namespace cf
