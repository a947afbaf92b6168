// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hub/net/channel.h"
#include "hub/net/services.h"

#include <QHash>
#include <QJsonObject>

namespace cf::hub {

// Everything as it is now: `{now, head, orders, displays, stations, alarms, count, digest}`.
QJsonObject nowJson(Services &services);

// A console that follows the kitchen as server-sent events: `now` with everything, then `change`
// with what is others than what it was told, `hb` when nothing is. Changes are gathered for
// limits::nowPauseMin; nothing is queued for a console that does not read: it is told the
// difference once it does. Net thread.
class NowSession final : public StreamUser, public std::enable_shared_from_this<NowSession>
{
public:
    NowSession(Services &services, Channel &channel);
    ~NowSession() override;
    NowSession(const NowSession &) = delete;
    NowSession &operator=(const NowSession &) = delete;

    void start() override;
    void onWritten(const Outgoing &) override { }
    void onWritable() override { flush(); }
    void onShutdown() override { m_channel.close(); }

private:
    void watch();
    void look();
    void flush();
    void sendAll();
    [[nodiscard]] QJsonObject changes();
    void addOrders(QJsonObject &json);
    void addIfOther(QJsonObject &json, QLatin1StringView key, const QJsonArray &value);
    void send(QLatin1StringView name, const QJsonObject &json);

    Services &m_services;
    Channel &m_channel;
    Timer m_gather;
    Timer m_look;
    OrderHub::WatchId m_watch = 0;
    Monotonic m_lastSent{};
    // What it was told.
    QByteArray m_epoch;
    qint64 m_head = -1;
    QByteArray m_settingsId;
    QHash<QUuid, int> m_orders; // id -> seq
    QHash<QString, QJsonArray> m_lists;
};

} // namespace cf::hub
