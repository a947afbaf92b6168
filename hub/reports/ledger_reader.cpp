// SPDX-License-Identifier: Apache-2.0
#include "hub/reports/ledger_reader.h"

namespace cf::hub {

QByteArray SearchPlace::text() const
{
    return (amongNumbers ? "n" : "") + QByteArray::number(before);
}

std::optional<SearchPlace> SearchPlace::fromText(QByteArrayView text)
{
    SearchPlace place;
    place.amongNumbers = text.startsWith('n');
    bool isNumber = false;
    place.before = text.sliced(place.amongNumbers ? 1 : 0).toLongLong(&isNumber);
    return isNumber && place.before > 0 ? std::optional(place) : std::nullopt;
}

} // namespace cf::hub
