// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/store/link_state.h"
#include "kds-app/store/outbox.h"
#include "kds-app/store/ticket_store.h"
#include "shared/kitchen/kitchen_settings.h"

#include <QObject>

namespace cf::kds {

// What the models and the controller know of the kitchen: the tickets, the link, and a way to wish
// for something. The product's is sync/HubClient; tests bring their own.
class KitchenLink : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] virtual const TicketStore &tickets() const = 0;
    [[nodiscard]] virtual const LinkState &link() const = 0;
    [[nodiscard]] virtual const KitchenSettings &settings() const = 0;
    [[nodiscard]] virtual std::vector<Rejection>
    rejections() const = 0; // not dismissed, oldest first

    // Stored on this display, shown at once, sent when there is a hub. Returns the command's n, or
    // 0 when the order is already as wished. Errors, nothing kept: UnknownOrder, ValidationFailed,
    // UnknownLine, TransitionNotAllowed, SeqMismatch, Unavailable (outbox full), StorageFailed.
    virtual Result<qint64> submit(const QUuid &orderId, EventType type, const QJsonObject &payload,
                                  std::optional<int> expectedSeq = std::nullopt) = 0;
    // Somebody has seen the refusal. False: there is none with this n.
    virtual bool dismissRejection(qint64 n) = 0;
    // The board as of `position` is on the screen.
    virtual void notePainted(qint64 position) = 0;
    // Asks the hub for orders that were handed out long ago; olderFound() tells. What it finds can
    // then be recalled. Empty: nothing is wanted any more.
    virtual void lookFor(const QString &text) = 0;

Q_SIGNALS:
    void changed(const cf::kds::ChangeSet &changes);
    void linkChanged(const cf::kds::LinkState &state);
    void settingsChanged();
    void rejected(const cf::kds::Rejection &rejection);
    // `ok` false: the hub does not answer.
    void olderFound(const QString &text, const std::vector<cf::OrderState> &orders, bool ok);
};

} // namespace cf::kds
