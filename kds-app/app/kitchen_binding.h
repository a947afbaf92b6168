// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kds-app/model/kds_controller.h"
#include "kds-app/store/kitchen_link.h"

namespace cf::kds {

// Joins the store's side to the models': changes go up as orders, intents go down as commands with
// their payloads. Knows no rule of either.
class KitchenBinding : public QObject, public KitchenPort
{
    Q_OBJECT
public:
    explicit KitchenBinding(KitchenLink &link) : m_link(link) { }

    // Shows what there is, and from now on what changes. `controller` must outlive this.
    void bind(KdsController &controller);

    Status submit(const KitchenIntent &intent) override;
    void refusalSeen(qint64 n) override;
    void lookFor(const QString &text) override;

    // Position of the board that the models show.
    [[nodiscard]] qint64 shownPosition() const { return m_shownPosition; }

Q_SIGNALS:
    // The models show the board as of `position` now.
    void shown(qint64 position);

private:
    void showAll();
    void onChanged(const ChangeSet &changes);
    void onLinkChanged(const LinkState &state);
    void onSettingsChanged();
    void onRejected(const Rejection &rejection);
    void show(const QUuid &id);
    void refreshUnsent();
    [[nodiscard]] bool isUnsent(const QUuid &id) const;

    KitchenLink &m_link;
    KdsController *m_controller = nullptr;
    QSet<QUuid> m_unsent; // shown as such
    qint64 m_shownPosition = 0;
};

LinkFacts linkFactsOf(const LinkState &state);

} // namespace cf::kds
