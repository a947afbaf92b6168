// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/stuck_reader.h"

#include "shared/protocol/json_codec.h"

namespace cf::sim {

StuckReader::StuckReader(Dialer &dialer, const QString &device) : m_device(device)
{
    m_wire = dialer.dial(m_link, this, kitchenStreamRequest());
}

StuckReader::~StuckReader()
{
    if (m_wire)
        m_wire->abort(End::Client);
}

void StuckReader::onMessage(const Message &message)
{
    if (!message.response)
        return;
    Hello hello;
    hello.device = m_device;
    hello.name = m_device;
    m_wire->send(End::Client, {encode(hello)});
    m_wire->setReading(End::Client, false);
}

} // namespace cf::sim
