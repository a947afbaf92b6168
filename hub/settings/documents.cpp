// SPDX-License-Identifier: Apache-2.0
#include "hub/settings/documents.h"

#include "hub/settings/menu.h"
#include "hub/settings/pickup.h"
#include "hub/settings/printers.h"
#include "hub/settings/restaurant.h"
#include "hub/settings/staff.h"
#include "shared/kitchen/kitchen_settings.h"
#include "shared/protocol/canonical_json.h"

#include <algorithm>
#include <array>

namespace cf::hub {

namespace {

template<auto read, auto write>
Result<QJsonObject> through(const QJsonObject &json)
{
    const auto document = read(json);
    return document ? Result<QJsonObject>(write(*document)) : document.error();
}

constexpr auto kinds = std::to_array<DocumentKind>({
    {"kitchen", ReadableBy::Kitchen, through<settingsFromJson, settingsToJson>},
    {"menu", ReadableBy::Everyone, through<menuFromJson, menuToJson>},
    {"pickup", ReadableBy::Everyone, through<pickupFromJson, pickupToJson>},
    {"printers", ReadableBy::Manager, through<printersFromJson, printersToJson>},
    {"restaurant", ReadableBy::Everyone, through<restaurantFromJson, restaurantToJson>},
    {"staff", ReadableBy::Manager, through<staffFromJson, staffToJson>, staffShown},
});

} // namespace

std::span<const DocumentKind> documentKinds()
{
    return kinds;
}

const DocumentKind *documentKind(QByteArrayView name)
{
    const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                   [&](const DocumentKind &one) { return one.name == name; });
    return kind != kinds.end() ? &*kind : nullptr;
}

QByteArray shownBody(const DocumentKind &kind, const QByteArray &body)
{
    Result<QJsonObject> json = kind.shown ? parseJsonObject(body) : QJsonObject();
    if (!kind.shown || !json)
        return kind.shown ? QByteArrayLiteral("{}") : body;
    const QLatin1StringView settings("settings");
    json->insert(settings, kind.shown(json->value(settings).toObject()));
    return canonicalJson(*json);
}

QByteArray unsaidDocument(QByteArrayView name)
{
    const DocumentKind *kind = documentKind(name);
    return kind ? canonicalJson(kind->normalise({}).value()) : QByteArrayLiteral("{}");
}

} // namespace cf::hub
