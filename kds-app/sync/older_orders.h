// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/sync/http_lane.h"
#include "shared/order/order_state.h"

#include <QTimer>
#include <QUrl>

#include <memory>

class QNetworkAccessManager;

namespace cf::kds {

// Looks in the hub's whole log for orders that were handed out, for recall: which there are, and
// then each as it now stands. One question at a time, the last one counts. Bounded in what it asks
// for and in what it waits.
class OlderOrders : public QObject
{
    Q_OBJECT
public:
    explicit OlderOrders(QObject *parent = nullptr);
    ~OlderOrders() override;

    void setHub(const QUrl &hub, const QString &token);
    // Soon, when nothing else was asked meanwhile: a word is typed letter by letter. An empty text
    // asks nothing any more.
    void ask(const QString &text);

Q_SIGNALS:
    // Newest first. `ok` false: the hub has not answered, or cannot look.
    void answered(const QString &text, const std::vector<cf::OrderState> &orders, bool ok);

private:
    void search();
    void onAnswer(const HttpAnswer &answer);
    bool takeIds(const HttpAnswer &answer);
    bool takeOrder(const HttpAnswer &answer);
    void fetchNext();
    void finish(bool ok);

    QUrl m_hub;
    QString m_token;
    QString m_text;
    QTimer m_soon;
    std::unique_ptr<QNetworkAccessManager> m_network;
    HttpLane m_lane;
    bool m_isSearching = false; // else orders are fetched
    QStringList m_ids;          // still to be fetched
    std::vector<OrderState> m_orders;
};

} // namespace cf::kds
