// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/clock.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace cf::kds {

// How this display stands to its hub, as the sync side reports it.
struct LinkFacts {
    enum class State : quint8 {
        Live,       // proven equal to the hub within the last heartbeats
        CatchingUp, // connected, not yet equal
        Offline,    // nothing heard; the board is as of `provenAt`
        Refused,    // the hub does not let this display in; it will not come back by itself
    };
    State state = State::Offline;
    bool unsaved = false; // this display cannot write its file: what it shows is not kept
    std::optional<Timestamp> provenAt; // hub time of the last proof that board and hub were equal
    qint64 eventsBehind = 0;
    int outbox = 0; // commands the hub has not answered
    QString hint;   // e.g. "asking every few seconds", empty for nothing to add
    bool operator==(const LinkFacts &) const = default;
};

// The connection in words. Never says "live" of anything else.
class LinkModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The application makes the board's models")
    Q_PROPERTY(State state READ state NOTIFY changed FINAL)
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
    Q_PROPERTY(QString detail READ detail NOTIFY changed FINAL)
    Q_PROPERTY(QString provenText READ provenText NOTIFY changed FINAL)
    Q_PROPERTY(QString agoText READ agoText NOTIFY changed FINAL)
    Q_PROPERTY(int outbox READ outbox NOTIFY changed FINAL)

public:
    enum State { Live, Impaired, CatchingUp, Offline, Refused };
    Q_ENUM(State)

    using QObject::QObject;

    void setFacts(const LinkFacts &facts);
    // The hub's time.
    void setNow(Timestamp now);
    // In another language.
    void sayAgain() { Q_EMIT changed(); }
    [[nodiscard]] const LinkFacts &facts() const { return m_facts; }

    [[nodiscard]] State state() const;
    // "live", "catching up, 120 behind", "offline, as of 12:03:10"
    [[nodiscard]] QString text() const;
    // "3 taps waiting to be sent", or the hint, or how old the proof is
    [[nodiscard]] QString detail() const;
    // "12:03:10", empty when nothing was ever proven
    [[nodiscard]] QString provenText() const;
    // "2 s", "4 min": since it was last proven; empty when it never was
    [[nodiscard]] QString agoText() const { return m_agoText; }
    [[nodiscard]] int outbox() const { return m_facts.outbox; }

Q_SIGNALS:
    void changed();

private:
    bool refreshAgo();

    LinkFacts m_facts;
    Timestamp m_now{};
    QString m_agoText;
};

} // namespace cf::kds
