// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/hub/net/net_kit.h"
#include "tests/hub/net/wire.h"

#include <QJsonDocument>
#include <QObject>

namespace cf::test {

// What the tests of the kitchen stream ask of a hub.
class KitchenTest : public QObject
{
protected:
    QJsonObject place(const QString &number)
    {
        const QByteArray body = QJsonDocument(orderBody(number)).toJson(QJsonDocument::Compact);
        return jsonOf(ask(m_kit->port(), postText("/v1/orders", body)));
    }
    QByteArray get(const QByteArray &path, const QByteArray &headers = {})
    {
        return ask(m_kit->port(), getText(path, headers));
    }
    QByteArray cursorNow()
    {
        return jsonOf(get("/v1/kds/snapshot")).value("cursor").toString().toUtf8();
    }

    std::unique_ptr<NetKit> m_kit;
};

} // namespace cf::test
