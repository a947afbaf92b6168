// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/simulation/dialer.h"

namespace cf::sim {

// A stranger on the kitchen stream: says hello and never reads. The hub must get rid of it, and
// nobody else may notice.
class StuckReader final : public WireUser
{
public:
    StuckReader(Dialer &dialer, const QString &device);
    ~StuckReader() override;

    void onMessage(const Message &message) override;
    void onClosed() override { m_wire.reset(); }

private:
    LinkPtr m_link = std::make_shared<Link>();
    QString m_device;
    WirePtr m_wire;
};

} // namespace cf::sim
